"""What is announced becomes the messages that will be sent, each checked by the guard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.announcements.choosing import Candidate
from bot.replies import texts
from bot.replies.actions import ListMetrics, Subscribe, encode, report_key
from bot.replies.answers import metric_draft, section_button
from bot.replies.chapters import section_draft
from bot.replies.counties import place_draft
from bot.replies.guard import check
from bot.replies.model import Button, Quiz, Reply, Run, Style
from bot.replies.pages import Draft, paginate, utf16
from bot.replies.pictures import CAPTION_UNITS, caption, picture_of
from bot.replies.quiz import drawn
from bot.replies.smalltalk import clean
from bot.reports.model import Report

UNITS = 4000  # UTF-16 units of a message; Telegram takes 4,096 and （12/34） needs room
MOST_PICKED = 12

Pages = tuple[Reply, ...]


class Unborne(Exception):
    """What was composed is not borne out by its report: it is not sent. The text has the guard's reasons."""


def of_words(text: str) -> Pages:
    """The operator's own words, marked as such; line ends are kept. () for nothing to say."""
    lines = [clean(line) for line in text.replace("\r\n", "\n").split("\n")]
    said = "\n".join(lines).strip()
    if not said:
        return ()
    return _pages(Draft((Run(f"{said}\n\n", own=True), Run(texts.OWN_WORDS, Style.FAINT))))


def of_metrics(report: Report, indices: Sequence[int]) -> Pages:
    """Figures, each with its quote and section, and their picture where the text is short enough to stand below it."""
    drafts = [metric_draft(report, index) for index in indices]
    runs = [run for draft in drafts for run in draft.runs]
    evidence = [one for draft in drafts for one in draft.evidence]
    buttons = (section_button(evidence[0]),) if len(indices) == 1 else (_all_figures(report),)
    picture = picture_of([(report, report.metrics[index]) for index in indices], report.title)
    return _pages(Draft(tuple(runs), (buttons,), tuple(evidence), picture=picture))


def of_section(report: Report, index: int) -> Pages:
    """A section, word for word."""
    return of_draft(section_draft(report, index))


def of_county(reports: Sequence[Report], place: str) -> Pages:
    """All that is said of a place."""
    return of_draft(place_draft(reports, place))


def of_draft(draft: Draft) -> Pages:
    """What the chat would answer, all its pages, without buttons."""
    return _pages(replace(draft, buttons=()))


def daily(candidate: Candidate) -> Pages:
    """每日一数: one figure with its quote, and its card."""
    shown = metric_draft(candidate.report, candidate.index)
    runs = (Run(texts.DAILY_TITLE, Style.BOLD), Run("\n"), *shown.runs)
    row = (section_button(shown.evidence[0]), _leave())
    picture = picture_of([(candidate.report, candidate.metric)])
    return _pages(Draft(runs, (row,), shown.evidence, picture=picture))


def weekly(chosen: Sequence[Candidate]) -> Pages:
    """每周数读: figures from all over a report on one card, below it their sentences word for word."""
    figures = [(one.report, one.metric) for one in chosen]
    runs, evidence = caption(texts.WEEKLY_TITLE, figures)
    row = (_all_figures(chosen[0].report), _leave())
    return _pages(Draft(runs, (row,), evidence, picture=picture_of(figures, texts.WEEKLY_TITLE)))


def quiz(asked: Quiz) -> Pages:
    """A quiz from a report."""
    return _pages(drawn(asked))


def _pages(draft: Draft) -> Pages:
    """The draft as messages, numbered where there are several; buttons stand under the last. Raises Unborne."""
    parts = paginate(draft.runs, UNITS)
    if problems := [
        problem for part in parts for problem in check(Reply(part, evidence=draft.evidence, quiz=draft.quiz))
    ]:
        raise Unborne("; ".join(problems))
    last = len(parts)
    if last == 1:
        picture = draft.picture if sum(utf16(run.text) for run in parts[0]) <= CAPTION_UNITS else None
        return (Reply(parts[0], draft.buttons, draft.evidence, picture=picture, quiz=draft.quiz),)
    return tuple(
        Reply((*part, *_number(at, last)), draft.buttons if at == last else (), draft.evidence)
        for at, part in enumerate(parts, 1)
    )


def _number(at: int, of: int) -> Iterable[Run]:
    return (Run("\n"), Run(texts.PART.format(at=at, of=of), Style.FAINT, own=True))


def _all_figures(report: Report) -> Button:
    return Button(texts.METRICS_BUTTON, encode(ListMetrics(0, report_key(report))))


def _leave() -> Button:
    return Button(texts.UNSUBSCRIBE_BUTTON, encode(Subscribe("none")))
