"""Long replies become pages: one message, turned by buttons, cut where a reader would pause.

Lengths are counted in UTF-16 code units, as Telegram counts them (https://core.telegram.org/api/entities).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.answers.model import Evidence
from bot.replies import texts
from bot.replies.actions import Action, ActionError, Paged, encode
from bot.replies.model import Asked, Button, Picture, Poll, Reply, Run, Style

PAUSES = ("\n", "。！？", "；;", "，,、 ")  # where a text is cut, best first
FOOTER_UNITS = 24  # kept free for 第 12 / 34 页


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply before it is cut into pages. `again` is the action that makes the same draft once more."""

    runs: tuple[Run, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    again: Paged | None = None
    picture: Picture | None = None  # of a draft of one page
    share: Action | None = None  # what a link to it opens
    asked: Asked | None = None  # the question that this answers, or not
    quiz: Poll | None = None  # of a draft of one page


def page_of(draft: Draft, number: int, units: int) -> Reply:
    """Page `number` (from 1; 0 is the first, and one past the end is the last) of at most `units` UTF-16 units."""
    pages = paginate(draft.runs, units - FOOTER_UNITS)
    if len(pages) == 1:
        return Reply(pages[0], draft.buttons, draft.evidence, number > 0, draft.picture, quiz=draft.quiz)
    at = min(max(number, 1), len(pages))
    footer = Run(texts.PAGE.format(at=at, of=len(pages)), Style.FAINT, own=True)
    turns = _turns(draft.again, at, len(pages))
    buttons = (turns, *draft.buttons) if turns else draft.buttons
    return Reply((*pages[at - 1], Run("\n\n"), footer), buttons, draft.evidence, replaces=number > 0)


def paginate(runs: Iterable[Run], units: int) -> list[tuple[Run, ...]]:
    """Runs as pages, none empty and none over `units`. What stands between blank lines is kept together if it fits."""
    pages: list[tuple[Run, ...]] = []
    page: list[Run] = []
    free = units
    for block in _blocks(runs):
        size = sum(utf16(run.text) for run in block)
        if size > free and page and (size <= units or free < units // 2):
            pages.append(_trimmed(page))
            page, free = [], units
        for run in block:
            for piece in _pieces(run, free, units):
                if utf16(piece.text) > free:
                    pages.append(_trimmed(page))
                    page, free = [], units
                page.append(piece)
                free -= utf16(piece.text)
    pages.append(_trimmed(page))
    return [page for page in pages if page] or [()]


def utf16(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, units: int) -> int:
    """Where to cut a text so that at most `units` stand before: at a pause, but never before half of that."""
    end = size = 0
    while end < len(text) and (size := size + utf16(text[end])) <= units:
        end += 1
    if end == len(text):
        return end
    for pauses in PAUSES:
        at = max(text.rfind(pause, 0, end) for pause in pauses)
        if at + 1 > end // 2:
            return at + 1
    return max(end, 1)


def _blocks(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Runs gathered up to each blank line."""
    block: list[Run] = []
    for run in runs:
        block.append(run)
        if run.style is not Style.QUOTE and run.text.endswith("\n\n"):
            yield block
            block = []
    if block:
        yield block


def _pieces(run: Run, free: int, units: int) -> Iterator[Run]:
    """A run in pieces that fit: whole if it fits a page of its own, else cut at pauses."""
    rest = run.text
    if utf16(rest) <= units and (utf16(rest) <= free or utf16(rest) < units // 2):
        yield run
        return
    room = free if free >= units // 4 else units
    while rest:
        at = cut(rest, room)
        yield replace(run, text=rest[:at])
        rest, room = rest[at:], units


def _trimmed(page: list[Run]) -> tuple[Run, ...]:
    """Without blank lines at the top and at the end."""
    kept = list(page)
    while kept and not kept[0].text.strip():
        kept.pop(0)
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept and kept[-1].style is not Style.QUOTE:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip("\n"))
    if kept and kept[0].style is not Style.QUOTE:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip("\n"))
    return tuple(kept)


def _turns(again: Paged | None, at: int, of: int) -> tuple[Button, ...]:
    """上一页 and 下一页, as far as there are pages on that side."""
    if again is None:
        return ()
    try:
        back = Button(texts.PREVIOUS, encode(replace(again, page=at - 1)))
        forth = Button(texts.NEXT, encode(replace(again, page=at + 1)))
    except ActionError:
        return ()
    return tuple(button for button, fits in ((back, at > 1), (forth, at < of)) if fits)
