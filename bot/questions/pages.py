"""The lists that admins are shown of what people asked: pages of one message, with buttons for each item."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.questions.grouping import Group
from bot.replies import texts as common
from bot.replies import texts_operating as texts
from bot.replies.actions import Action, ListAsked, Rate, Settle, StopWaiting, digest, encode
from bot.replies.desk import PAGE_UNITS
from bot.replies.guard import guarded
from bot.replies.model import Button, Reply, Run
from bot.replies.pages import Draft, page_of
from bot.replies.smalltalk import clean
from bot.state.questions import Complaint, Fixed

PER_PAGE = 5
SHOWN = 60  # characters of a question in a list
Row = tuple[Button, ...]
T = TypeVar("T")


def with_votes(reply: Reply, key: str) -> Reply:
    """The reply with 👍 and 👎 in a last row."""
    good = Button(texts.GOOD_BUTTON, encode(Rate(key, "good")))
    bad = Button(texts.BAD_BUTTON, encode(Rate(key, "bad")))
    return replace(reply, buttons=(*reply.buttons, (good, bad)))


def unanswered_page(groups: Sequence[Group], fixed: int, zone: ZoneInfo, page: int = 0) -> Reply:
    """Groups with their counts, the latest time and the nearest metric; below, what can be done about each."""
    held = (Button(texts.FIXED_BUTTON.format(count=fixed), encode(ListAsked(0, "fixed"))),) if fixed else ()
    if not groups:
        return _told(texts.UNANSWERED_NONE, buttons=(held,) if held else (), replaces=page > 0)
    at, shown, turns = _cut(groups, page, "unanswered")
    top = texts.UNANSWERED_TOP.format(groups=len(groups), count=sum(group.count for group in groups))
    lines = [f"{top}\n\n"]
    rows: list[Row] = []
    for number, group in enumerate(shown, (at - 1) * PER_PAGE + 1):
        lines.append(texts.GROUP_LINE.format(at=number, said=short(group.said)))
        lines.append(texts.GROUP_FACTS.format(count=group.count, when=moment(group.latest, zone)))
        lines.append(texts.GROUP_NEAREST.format(nearest=short(group.nearest)) if group.nearest else "")
        lines.append("\n")
        rows.append(
            tuple(
                Button(label.format(at=number), encode(Settle(what, digest(group.form), at)))
                for what, label in (
                    ("alias", texts.ALIAS_BUTTON),
                    ("fixed", texts.FIX_BUTTON),
                    ("ignored", texts.IGNORE_BUTTON),
                )
            )
        )
    return _told("".join(lines), tuple(row for row in (*rows, turns, held) if row), page > 0)


def top_page(groups: Sequence[tuple[Group, int]], days: int, page: int = 0) -> Reply:
    """What was asked most; with each group, how often it was not answered."""
    if not groups:
        return _told(texts.TOP_NONE, replaces=page > 0)
    at, shown, turns = _cut(groups, page, "top", 2 * PER_PAGE)
    lines = [texts.TOP_TOP.format(days=days), "\n\n"]
    for number, (group, missed) in enumerate(shown, (at - 1) * 2 * PER_PAGE + 1):
        note = texts.MISSED.format(count=missed) if missed else ""
        lines.append(texts.TOP_LINE.format(at=number, said=short(group.said), count=group.count, missed=note))
    return _told("".join(lines), (turns,) if turns else (), page > 0)


def complaints_page(complaints: Sequence[Complaint], zone: ZoneInfo, page: int = 0) -> Reply:
    """Answers found bad: question, answer, reason, score, edition, time."""
    if not complaints:
        return _told(texts.COMPLAINTS_NONE, replaces=page > 0)
    at, shown, turns = _cut(complaints, page, "feedback")
    lines = [texts.COMPLAINTS_TOP.format(count=len(complaints)), "\n\n"]
    for number, complaint in enumerate(shown, (at - 1) * PER_PAGE + 1):
        asked = complaint.question
        edition = texts.EDITION.format(number=asked.edition) if asked.edition else texts.NO_EDITION
        lines.append(texts.COMPLAINT_QUESTION.format(at=number, said=short(asked.said)))
        said = texts.COMPLAINT_ANSWER.format(answer=short(asked.answer, 2 * SHOWN))
        lines.append(said if asked.answer else texts.COMPLAINT_UNANSWERED)
        lines.append(texts.COMPLAINT_REASON.format(reason=short(complaint.reason, 200)) if complaint.reason else "")
        facts = texts.COMPLAINT_FACTS
        lines.append(facts.format(score=asked.score, edition=edition, when=moment(complaint.at, zone)))
    return _told("".join(lines), (turns,) if turns else (), page > 0)


def fixed_page(answers: Sequence[Fixed], stale: Iterable[str], page: int = 0) -> Reply:
    """The fixed answers with buttons to delete them; `stale` are the forms whose quote is in no report any more."""
    if not answers:
        return _told(texts.FIXED_NONE, replaces=True)
    at, shown, turns = _cut(answers, page, "fixed")
    gone = set(stale)
    lines = [f"{texts.FIXED_TOP}\n\n"]
    buttons: list[Button] = []
    for number, answer in enumerate(shown, (at - 1) * PER_PAGE + 1):
        note = texts.FIXED_STALE if answer.form in gone else texts.FIXED_QUOTE if answer.report else ""
        text = short(answer.text, 2 * SHOWN) + (note or f"（{texts.FIX_OWN}）")
        lines.append(texts.FIXED_LINE.format(at=number, question=short(answer.question), text=text))
        action = Settle("unfix", digest(answer.form), at)
        buttons.append(Button(texts.UNFIX_BUTTON.format(at=number), encode(action)))
    return _told("".join(lines), tuple(row for row in (tuple(buttons), turns) if row), True)


def prompt(text: str) -> Reply:
    """A question to the admin, with a way out."""
    return _told(text, ((Button(texts.CANCEL_BUTTON, encode(StopWaiting())),),))


def said(text: str) -> Reply:
    """A sentence."""
    return _told(text)


def whole(draft: Draft) -> Reply:
    """What a person would be sent, its first page."""
    return guarded(page_of(draft, 0, PAGE_UNITS), said(common.NOT_FOUND))


def moment(at: float, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at, zone).strftime("%m-%d %H:%M")


def short(text: str, limit: int = SHOWN) -> str:
    """In one line, without what hides or reorders, and not too long."""
    words = clean(text)
    return words if len(words) <= limit else words[: limit - 1] + "…"


def _cut(items: Sequence[T], page: int, what: str, size: int = PER_PAGE) -> tuple[int, Sequence[T], Row]:
    """The page's number, its items, and buttons to the pages beside it."""
    last = -(-len(items) // size)
    at = min(max(page, 1), last)
    turns: list[Button] = []
    for label, to in ((common.PREVIOUS, at - 1), (common.NEXT, at + 1)):
        if 1 <= to <= last:
            action: Action = ListAsked(to, what)
            turns.append(Button(label, encode(action)))
    return at, items[(at - 1) * size : at * size], tuple(turns)


def _told(text: str, buttons: tuple[Row, ...] = (), replaces: bool = False) -> Reply:
    return Reply((Run(text.rstrip("\n"), own=True),), buttons, replaces=replaces)
