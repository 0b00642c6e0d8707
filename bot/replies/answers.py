"""An Answer or a NotFound becomes a draft: what is said, its quote, where it stands, what to press next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from bot.answers.model import Answer, Evidence, Kind, NotFound
from bot.answers.naming import as_written, metric_name
from bot.answers.scope import short
from bot.replies import texts
from bot.replies.actions import (
    Action,
    ActionError,
    Say,
    ShowCounty,
    ShowMetric,
    ShowQuote,
    ShowSection,
    Why,
    digest,
    edition_key,
    encode,
)
from bot.replies.figures import metric_evidence
from bot.replies.guard import unsupported
from bot.replies.model import Button, Run, Style
from bot.replies.pages import Draft
from bot.replies.pictures import card_button
from bot.replies.quotes import quote_runs, section_above, short_name, shortened, where_runs
from bot.reports.model import Report

LONG_ITEM = 12  # characters; a list with longer items, or with many, gets a line for each
MANY_ITEMS = 8
RELATED = 2
ALTERNATIVES = 2
WORTH_SHOWING = 0.5  # of the answer's own score; below it an alternative only distracts
NEAR_MISSES = 3

Row = tuple[Button, ...]


def answer_draft(answer: Answer) -> Draft:
    """The answer in bold, the quote, the section path and report, a note if there is one, then buttons."""
    evidence = (answer.evidence, *answer.also)
    if len(evidence) > 1 and answer.items == tuple(one.quote for one in evidence):  # headings are their own quotes
        runs = [*_said(answer), *where_runs(answer.evidence), Run("\n\n")]
    else:
        runs = [*_said(answer), *(run for one in evidence for run in quote_runs(one))]
    if answer.note:
        runs.append(Run(f"{answer.note}\n\n"))
    return Draft(tuple(runs), _buttons(answer), evidence, share=answer_action(answer))


def not_found_draft(missing: NotFound, reason: str = "") -> Draft:
    """One kind sentence, whole questions to choose from or near misses with their own quotes, what to do next."""
    runs = [Run(f"{reason or missing.reason or texts.NOT_FOUND}\n\n", own=True)]
    if missing.choices:
        lines = "\n".join(f"· {question}" for question in missing.choices)
        return Draft((*runs, Run(f"{texts.TRY}\n{lines}", own=True)), tuple(_choices(missing.choices)))
    near = missing.near[:NEAR_MISSES]
    if near:
        runs.append(Run(f"{texts.NEAR}\n"))
        for answer in near:
            runs += quote_runs(answer.evidence)
    runs.append(Run(texts.NOT_FOUND_HINT))
    rows = tuple((answer_button(answer),) for answer in near)
    return Draft(tuple(runs), rows, tuple(answer.evidence for answer in near))


def _choices(questions: Sequence[str]) -> Iterator[Row]:
    """A button for each question that one can hold."""
    for question in questions:
        with suppress(ActionError):
            yield (Button(shortened(question), encode(Say(0, question))),)


def metric_draft(report: Report, index: int) -> Draft:
    """A metric that was pressed, shown as an answer."""
    metric = report.metrics[index]
    evidence = metric_evidence(report, metric)
    answer = Answer(
        question=metric_name(report, metric),
        kind=Kind.NUMBER,
        text=as_written(report.text, metric),
        evidence=evidence,
        score=1.0,
        value=metric.value,
        value_max=metric.value_max,
        unit=metric.unit,
        metric=index,
    )
    draft = answer_draft(answer)
    if unsupported(answer.question, (evidence.quote,)):
        return draft
    return replace(draft, runs=(Run(f"{answer.question}\n"), *draft.runs))


def quote_draft(evidence: Evidence) -> Draft:
    """A quote that was pressed."""
    row = (section_button(evidence), *county_buttons(evidence))
    return Draft(quote_runs(evidence), (row,), (evidence,), share=quote_action(evidence))


def answer_button(answer: Answer) -> Button:
    """A button that shows another answer: its metric where it has one, else its quote."""
    report = answer.evidence.report
    if answer.metric is not None and answer.metric < len(report.metrics):
        return metric_button(report, answer.metric)
    return Button(shortened(f"“{answer.evidence.quote}”"), encode(quote_action(answer.evidence)))


def answer_action(answer: Answer) -> Action:
    """What shows this answer again: its metric where it has one, else its quote."""
    report = answer.evidence.report
    if answer.metric is not None and answer.metric < len(report.metrics):
        return ShowMetric(edition_key(report), answer.metric)
    return quote_action(answer.evidence)


def quote_action(evidence: Evidence) -> ShowQuote:
    return ShowQuote(edition_key(evidence.report), evidence.start, evidence.end)


def metric_button(report: Report, index: int) -> Button:
    """Labelled by what is counted, not by the figure: a button carries no evidence."""
    return Button(shortened(metric_name(report, report.metrics[index])), encode(ShowMetric(edition_key(report), index)))


def section_button(evidence: Evidence, label: str = texts.SECTION_BUTTON) -> Button:
    index = section_above(evidence.report, evidence.start)
    return Button(label, encode(ShowSection(0, edition_key(evidence.report), index)))


def county_buttons(evidence: Evidence, limit: int = 2) -> Row:
    """One for each place below the report's own that the quote names."""
    named = [place for place in evidence.report.places if short(place) in evidence.quote]
    return tuple(county_button(place, texts.COUNTY_BUTTON.format(place=place)) for place in named[:limit])


def county_button(place: str, label: str = "") -> Button:
    return Button(label or place, encode(ShowCounty(0, digest(place))))


def _said(answer: Answer) -> Iterator[Run]:
    """The answer in bold, a long list line by line; nothing where a passage is its own quote."""
    if answer.kind is Kind.PASSAGE and answer.text == answer.evidence.quote:
        return
    if len(answer.items) > MANY_ITEMS or any(len(item) > LONG_ITEM for item in answer.items):
        for number, item in enumerate(answer.items, 1):
            yield Run(f"{number}. ", own=True)
            yield Run(item, Style.BOLD)
            yield Run("\n")
        return
    yield Run(answer.text, Style.BOLD)
    yield Run("\n")


def _buttons(answer: Answer) -> tuple[Row, ...]:
    """Its section and counties and the reason in one row, then what may have been meant, then related metrics."""
    report = answer.evidence.report
    why: Action = Why()
    first = (
        section_button(answer.evidence),
        *county_buttons(answer.evidence, 1),
        *((card_button(report, answer.metric),) if answer.metric is not None else ()),
        Button(texts.WHY_BUTTON, encode(why)),
    )
    others = [
        _named(answer_button(other), other.evidence.report, report)
        for other in answer.alternatives[:ALTERNATIVES]
        if other.evidence != answer.evidence and other.score >= answer.score * WORTH_SHOWING
    ]
    related = [metric_button(report, index) for index in _related(answer)]
    seen = {button.action: button for button in (*others, *related)}
    return (first, *((button,) for button in seen.values()))


def _named(button: Button, report: Report, here: Report) -> Button:
    """A button into another report says which: the same figure stands in many."""
    return button if report is here else replace(button, label=shortened(f"{short_name(report)}：{button.label}"))


def _related(answer: Answer) -> list[int]:
    """Other metrics of the same clause, then of the same section, the nearest in the text first."""
    report = answer.evidence.report
    if answer.metric is None or answer.metric >= len(report.metrics):
        return []
    here = report.metrics[answer.metric]
    section = report.clauses[here.clause].section
    near = [
        index
        for index, metric in enumerate(report.metrics)
        if index != answer.metric and metric.label != here.label and report.clauses[metric.clause].section == section
    ]
    return sorted(near, key=lambda index: abs(report.metrics[index].start - here.start))[:RELATED]
