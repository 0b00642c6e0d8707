"""The messages by which an admin composes an announcement: what to pick from, what was picked, what to do with it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.announcements.composing import MOST_PICKED
from bot.answers.naming import as_written, metric_name
from bot.replies import texts
from bot.replies.actions import Announce, Compose, Pick, encode
from bot.replies.counties import place_names
from bot.replies.figures import key_figures
from bot.replies.model import Button, Reply, Run
from bot.replies.quotes import shortened
from bot.reports.chapters import chapters
from bot.reports.model import Report
from bot.state.announcements import Stage
from bot.state.outbox import Counts

PER_LIST = 8
PICKED, UNPICKED = "☑ ", "☐ "

Rows = tuple[tuple[Button, ...], ...]


def menu(report: Report | None, draft: int) -> Reply:
    """What can be announced."""
    cancel = (_step(texts.CANCEL_BUTTON, "cancel", draft),)
    if report is None:
        return Reply((Run(texts.ANNOUNCE_WORDS),), (cancel,))
    kinds = tuple(Button(label, encode(Compose(what, draft))) for what, label in texts.PICK_BUTTONS.items())
    text = f"{texts.ANNOUNCE_MENU.format(report=report.title or report.id)}\n{texts.ANNOUNCE_WORDS}"
    return Reply((Run(text, own=True),), (kinds, cancel))


def items(report: Report, what: str) -> list[tuple[int, str]]:
    """What a list offers: (index, label). Indices are those of Report.metrics, Report.sections, or of its places."""
    if what == "section":
        return [(index, report.sections[index].title) for index in chapters(report)]
    if what == "county":
        return list(enumerate(place_names((report,))))
    at = {id(metric): index for index, metric in enumerate(report.metrics)}
    return [
        (at[id(metric)], f"{metric_name(report, metric)}：{as_written(report.text, metric)}")
        for metric in key_figures(report)
    ]


def listing(report: Report, what: str, draft: int, at: int, picked: Sequence[int] = ()) -> Reply:
    """A list to pick from, from item `at` on; several figures, but one section or one county."""
    offered = items(report, what)
    at = max(0, min(at, len(offered) - 1) // PER_LIST * PER_LIST)
    several = what == "metrics"
    marks = {True: PICKED, False: UNPICKED} if several else {False: "", True: ""}
    rows: list[tuple[Button, ...]] = [
        (Button(shortened(f"{marks[index in picked]}{label}", 40), encode(Pick(what, draft, index, at))),)
        for index, label in offered[at : at + PER_LIST]
    ]
    turns = [(texts.PREVIOUS, at - PER_LIST), (texts.NEXT, at + PER_LIST)]
    rows.append(tuple(Button(label, encode(Compose(what, draft, to))) for label, to in turns if 0 <= to < len(offered)))
    preview = _step(texts.PREVIEW_PICKED.format(count=len(picked)), "preview", draft)
    rows.append((*((preview,) if picked else ()), _step(texts.CANCEL_BUTTON, "cancel", draft)))
    text = {"metrics": texts.ANNOUNCE_METRICS, "section": texts.ANNOUNCE_SECTION, "county": texts.ANNOUNCE_COUNTY}[what]
    return Reply((Run(text.format(most=MOST_PICKED), own=True),), tuple(row for row in rows if row), replaces=True)


def control(draft: int, parts: int, chats: int) -> Reply:
    """Below the preview: to how many chats it will go, and the two buttons."""
    cancel = _step(texts.CANCEL_BUTTON, "cancel", draft)
    if not chats:
        return Reply((Run(texts.PREVIEW_NOBODY),), ((cancel,),))
    text = (texts.PREVIEW_ONE if parts == 1 else texts.PREVIEW_MANY).format(parts=parts, chats=chats)
    return Reply((Run(text, own=True),), ((_step(texts.SEND_BUTTON.format(chats=chats), "send", draft), cancel),))


def progress(announcement: int, stage: Stage, counts: Counts) -> Reply:
    """How far it is, with a button that stops it; in the end what became of it."""
    given = {
        **{"sent": counts.sent, "waiting": counts.waiting, "failed": counts.failed, "total": counts.total},
        **{"unknown": counts.unknown, "cancelled": counts.cancelled},
    }
    going = stage is Stage.SENDING
    text = texts.PROGRESS if going else texts.SENT_SOME if stage is Stage.STOPPED else texts.SENT_ALL
    if counts.unknown:
        text = f"{text}\n{texts.PERHAPS}"
    buttons = (_step(texts.STOP_BUTTON, "stop", announcement),) if going else ()
    if counts.unknown and stage is Stage.DONE:
        buttons = (_step(texts.AGAIN_BUTTON.format(**given), "again", announcement),)
    return Reply((Run(text.format(**given), own=True),), (buttons,) if buttons else (), replaces=True)


def _step(label: str, step: str, draft: int) -> Button:
    return Button(label, encode(Announce(step, draft)))
