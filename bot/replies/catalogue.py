"""/reports, one report's card, and /use: which reports the chat speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.answers.words import normalise
from bot.replies import texts
from bot.replies.actions import (
    ALL,
    ListMetrics,
    ListReports,
    ListSections,
    ShowReport,
    ShowTasks,
    UseReport,
    encode,
    report_key,
)
from bot.replies.desk import Chat, Desk
from bot.replies.model import Button, Run
from bot.replies.pages import Draft
from bot.replies.quotes import report_line, short_name, shortened
from bot.replies.smalltalk import echo
from bot.reports.model import Report, newest_first

BUTTONS = 8  # reports that get a button; more are chosen by their number or year
ALIKE = 80  # of 100, how near a typed name must come to a title
EVERYTHING = frozenset(("all", "全部", "所有", "全部报告", "所有报告"))
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def reports_draft(desk: Desk) -> Draft:
    """All reports in force, newest first, numbered."""
    reports = newest_first(desk.get_library().reports)
    if not reports:
        return Draft((Run(texts.NO_REPORTS),))
    top = Run(texts.REPORTS_TOP.format(count=len(reports)) + "\n\n", own=True)
    hint = Run(f"\n{texts.REPORTS_HINT}")
    buttons = _buttons(reports, ShowReport) if len(reports) <= BUTTONS else ()
    return Draft((top, *_lines(reports), hint), buttons, again=ListReports())


def report_draft(report: Report) -> Draft:
    """What a report says of itself, and what can be opened in it."""
    key = report_key(report)
    facts = [
        f"{name}：{value}" for field, name in texts.REPORT_FACTS.items() if (value := str(getattr(report, field) or ""))
    ]
    runs = [Run(report.title or report.id, own=True), Run("\n" + "\n".join(facts), own=True)]
    if report.url.startswith(("https://", "http://")):
        runs += [Run("\n"), Run(texts.ORIGINAL, url=report.url)]
    buttons = (
        (
            Button(texts.SECTIONS_BUTTON, encode(ListSections(0, key))),
            Button(texts.METRICS_BUTTON, encode(ListMetrics(0, key))),
            Button(texts.TASKS_BUTTON, encode(ShowTasks(0, key))),
        ),
        (Button(texts.USE_BUTTON, encode(UseReport(key))),),
    )
    return Draft(tuple(runs), buttons)


def use_draft(desk: Desk, chat: Chat, words: str) -> Draft:
    """Chooses reports by year, number, name or 全部; without words says which are chosen."""
    everything = newest_first(desk.get_library().reports)
    if not everything:
        return Draft((Run(texts.NO_REPORTS),))
    if not words:
        chosen = desk.chosen(chat)
        top = Run(f"{texts.USE_NOW if chosen else texts.USE_ALL_NOW}\n")
        return Draft((top, *_lines(chosen or everything), Run(f"\n{texts.USE_HINT}")), _choices(everything))
    if normalise(words).strip() in EVERYTHING:
        return choose(desk, chat, ())
    found = matching(everything, words)
    if not found:
        top = Run(texts.USE_UNKNOWN.format(words=echo(words)) + texts.USE_HINT, own=True)
        return Draft((top,), _choices(everything))
    return choose(desk, chat, found)


def choose(desk: Desk, chat: Chat, reports: Sequence[Report]) -> Draft:
    """From now on this chat speaks of these reports; () is all."""
    desk.memory(chat).chosen = tuple(report.id for report in reports)
    if not reports:
        return Draft((Run(texts.USING_ALL.format(count=len(desk.get_library().reports)), own=True),))
    back = (Button(texts.ALL_REPORTS_BUTTON, encode(UseReport(ALL))),)
    return Draft((Run(f"{texts.USING}\n"), *_lines(reports)), (back,))


def matching(reports: Sequence[Report], words: str) -> tuple[Report, ...]:
    """Reports of a year, of a number in the list, or whose name holds or resembles every word."""
    said = normalise(words).strip()
    if said.isdecimal() and not _YEAR.fullmatch(said):
        return tuple(reports[int(said) - 1 : int(said)]) if said.isascii() and 0 < int(said[:6]) <= len(reports) else ()
    years = {int(year) for year in _YEAR.findall(said)}
    names = re.sub(r"(?:19|20)[0-9]{2}年?|[\s的、,，和]+", " ", said).split()
    found = [report for report in reports if not years or report.year in years]
    for name in names:
        found = [report for report in found if _named(report, name)]
    return tuple(found) if years or names else ()


def _named(report: Report, name: str) -> bool:
    full = normalise(f"{report.title} {report.place} {report.body}")
    return name in full or (len(name) >= 4 and fuzz.partial_ratio(name, full) >= ALIKE)


def _lines(reports: Sequence[Report]) -> list[Run]:
    return [Run(f"{number}. {report_line(report)}\n", own=True) for number, report in enumerate(reports, 1)]


def _buttons(reports: Sequence[Report], kind: type[ShowReport] | type[UseReport]) -> tuple[tuple[Button, ...], ...]:
    return tuple((Button(shortened(short_name(report)), encode(kind(report_key(report)))),) for report in reports)


def _choices(reports: Sequence[Report]) -> tuple[tuple[Button, ...], ...]:
    every = Button(texts.ALL_REPORTS_BUTTON, encode(UseReport(ALL)))
    return (*_buttons(reports[:BUTTONS], UseReport), (every,))
