"""Answers that the operator gave: a verbatim quote of a report, or words marked as the operator's own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.answers.model import Evidence
from bot.catalogue import MANY
from bot.questions.forms import form
from bot.replies import texts_operating as texts
from bot.replies.asked import FIXED
from bot.replies.guard import check
from bot.replies.model import Asked, Reply, Run, Style
from bot.replies.pages import Draft
from bot.replies.quotes import path_to, quote_runs, section_above
from bot.reports.model import Report
from bot.state.questions import Fixed

if TYPE_CHECKING:
    from bot.library import Library

log = logging.getLogger(__name__)

LONGEST = 1000  # characters of a fixed answer
LOOKED_FOR = 80  # characters of them by which the reports are found that may have them
NEAREST = 20  # clauses


@dataclass(slots=True)
class FixedAnswers:
    """Those in force, by form; `draft` is what the desk asks before it asks the library."""

    get_library: Callable[[], Library]
    answers: dict[str, Fixed] = field(default_factory=dict)

    def replace(self, answers: Iterable[Fixed]) -> None:
        self.answers = {answer.form: answer for answer in answers}

    def draft(self, question: str) -> Draft | None:
        """The answer to a question of that very form; None where there is none, or its quote has left the reports."""
        if not self.answers:
            return None
        answer = self.answers.get(form(question))
        return None if answer is None else self.shown(answer, question)

    def shown(self, answer: Fixed, question: str = "") -> Draft | None:
        asked = Asked(question, FIXED, 1.0, answer.text[:200], report=answer.report)
        if not answer.report:
            runs = (Run(f"{answer.text}\n\n", own=True), Run(texts.FIX_OWN, Style.FAINT, own=True))
            return Draft(runs, asked=asked)
        evidence = self.evidence(answer.text, answer.report)
        if evidence is None:
            log.warning("a fixed answer quotes what is in no report any more: %s", answer.report)
            return None
        return Draft(quote_runs(evidence), evidence=(evidence,), asked=asked)

    def evidence(self, text: str, report: str = "") -> Evidence | None:
        """Where a text stands verbatim and cuts no figure: in that report, or in the newest that has it."""
        library = self.get_library()
        held = [one for one in library.reports if one.id == report] if report else reports_with(library, text)
        found = (_found(one, text) for one in sorted(held, key=lambda one: -(one.year or 0)))
        return next(filter(None, found), None)


def reports_with(library: Library, words: str) -> Sequence[Report]:
    """The reports in which these words may stand; of many, which are not all open, those with the nearest clauses."""
    if len(library.reports) <= MANY:
        return library.reports
    nearest = {evidence.report.id: evidence.report for evidence in library.search(words[:LOOKED_FOR], NEAREST)}
    return tuple(nearest.values())


def _found(report: Report, text: str) -> Evidence | None:
    start = report.text.find(text)
    while start >= 0:
        path = path_to(report, report.sections[section_above(report, start)])
        evidence = Evidence(report, start, start + len(text), path)
        whole = not any(m.start < edge < m.end for m in report.metrics for edge in (start, evidence.end))
        if whole and not check(Reply((Run(text, Style.QUOTE),), evidence=(evidence,))):
            return evidence
        start = report.text.find(text, start + 1)
    return None
