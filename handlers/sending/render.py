"""A Reply becomes Telegram's HTML and an inline keyboard. The only place where texts are escaped.

https://core.telegram.org/bots/api#html-style; lengths in UTF-16 code units, after the tags are taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from html import escape
from itertools import groupby
from typing import Any

from telegram import InlineKeyboardMarkup

from bot.replies.model import Button, Reply, Run, Style
from bot.replies.pages import utf16

Json = dict[str, Any]

LONGEST_TEXT = 4096
MOST_ENTITIES = 100  # Telegram drops what comes after
LONG_QUOTE = 300  # characters; a longer quote is folded, and opens at a touch
CUT = "……"

TAGS = {
    Style.PLAIN: ("", ""),
    Style.BOLD: ("<b>", "</b>"),
    Style.QUOTE: ("<blockquote>", "</blockquote>"),
    Style.CODE: ("<code>", "</code>"),
    Style.FAINT: ("<i>", "</i>"),
}
FOLDED = "<blockquote expandable>"

# Characters that Telegram turns into spaces or that cannot be sent at all: controls and lone surrogates.
_UNSENDABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff]")


def html(reply: Reply) -> str:
    """The reply's text as Telegram's HTML, at most 4096 UTF-16 units long once parsed."""
    entities = 0
    parts = []
    for run in _joined(_fitting(reply.runs)):
        entities += run.style is not Style.PLAIN
        entities += bool(run.url)
        parts.append(_tagged(run) if entities <= MOST_ENTITIES else escape(run.text))
    return "".join(parts)


def plain(reply: Reply) -> str:
    """The same text without any formatting, for when Telegram does not take the formatted one."""
    return "".join(run.text for run in _fitting(reply.runs))


def markup(reply: Reply) -> Json | None:
    """The reply's buttons as Telegram's JSON; None without any."""
    rows = [[_button(button) for button in row] for row in reply.buttons if row]
    return {"inline_keyboard": rows} if rows else None


def keyboard(reply: Reply) -> InlineKeyboardMarkup | None:
    """The same as the library's object."""
    given = markup(reply)
    return InlineKeyboardMarkup.de_json(given) if given else None


def _button(button: Button) -> Json:
    """https://core.telegram.org/bots/api#inlinekeyboardbutton"""
    text = _UNSENDABLE.sub(" ", button.label).strip() or "…"
    return {"text": text, "url": button.url} if button.url else {"text": text, "callback_data": button.action}


def _tagged(run: Run) -> str:
    if not run.text.strip():
        return escape(run.text)  # an entity of blanks is none to Telegram
    opening, closing = TAGS[run.style]
    if run.style is Style.QUOTE and len(run.text) > LONG_QUOTE:
        opening = FOLDED
    text = escape(run.text, quote=False)
    if run.url:
        if run.style is Style.CODE:  # code may hold no link: the link is worth more
            opening = closing = ""
        text = f'<a href="{escape(run.url)}">{text}</a>'
    return f"{opening}{text}{closing}"


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Neighbours of one style as one, since Telegram takes a hundred entities; quotes stay apart."""
    joined = []
    for _, group in groupby(enumerate(runs), key=lambda item: _kind(*item)):
        first, *others = (run for _, run in group)
        joined.append(replace(first, text="".join((first.text, *(run.text for run in others)))) if others else first)
    return joined


def _kind(index: int, run: Run) -> tuple[Style, str, int]:
    return run.style, run.url, index if run.style is Style.QUOTE else -1


def _fitting(runs: Iterable[Run]) -> list[Run]:
    """The runs with what cannot be sent taken out, cut at Telegram's limit. Pages are cut before, where it reads well:
    this is the net below, so that no reply is ever refused for its length."""
    room = LONGEST_TEXT - len(CUT)
    kept = []
    for run in runs:
        text = _UNSENDABLE.sub(" ", run.text)
        if utf16(text) > room:
            while utf16(text) > room:
                text = text[: room - utf16(text)]
            kept += [replace(run, text=text), Run(CUT)]
            break
        room -= utf16(text)
        kept.append(run if text == run.text else replace(run, text=text))
    return kept
