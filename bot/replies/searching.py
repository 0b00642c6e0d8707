"""/search: the places of the text where words stand, quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from bot.answers.model import Evidence
from bot.answers.words import fold, normalise
from bot.replies import texts
from bot.replies.actions import Say
from bot.replies.model import Run
from bot.replies.pages import Draft
from bot.replies.quotes import clause_evidence, quote_runs, trimmed
from bot.replies.smalltalk import clean, echo
from bot.reports.model import Part, Report

if TYPE_CHECKING:
    from bot.library import Library

RESULTS = 10
NEAR = 3  # passages shown where the words themselves stand nowhere
EXCERPT = 160  # characters of a quote shown around the words found
STOPS = "。；;！？!?\n"


def search_draft(library: Library, reports: Sequence[Report], words: str) -> Draft:
    """Up to ten quotes that hold every word; where there is none, what comes near, and it says so."""
    said = echo(words)
    wanted = normalise(clean(words)).split()
    found = list(islice(_holding(reports, wanted), RESULTS + 1))
    more, found = len(found) > RESULTS, found[:RESULTS]
    if found:
        top = (texts.SEARCH_MORE if more else texts.SEARCH_TOP).format(words=said, count=len(found))
    else:
        found = library.search(clean(words), NEAR)
        top = texts.SEARCH_NEAR.format(words=said)
    if not found:
        return Draft((Run(texts.SEARCH_NONE.format(words=said) + texts.SEARCH_HINT, own=True),))
    found = [excerpt(evidence, wanted[0] if wanted else "") for evidence in found]
    runs = [Run(f"{top}\n\n", own=True)]
    for number, evidence in enumerate(found, 1):
        runs += [Run(f"{number}.\n", own=True), *quote_runs(evidence)]
    return Draft(tuple(runs), evidence=tuple(found), again=Say(0, f"/search {said}"))


def _holding(reports: Sequence[Report], wanted: Sequence[str]) -> Iterator[Evidence]:
    """The clauses that hold every word, report by report in reading order, page furniture last."""
    for report in reports:
        text = fold(report.text)
        for furniture in (False, True):
            for clause in report.clauses:
                if (clause.part is Part.FURNITURE) is furniture and all(
                    text.find(word, clause.start, clause.end) >= 0 for word in wanted
                ):
                    yield clause_evidence(report, clause)


def excerpt(evidence: Evidence, word: str) -> Evidence:
    """A long passage narrowed to the sentences around a word, or to its beginning."""
    quote = evidence.quote
    if len(quote) <= EXCERPT:
        return evidence
    at = max(fold(quote).find(word), 0)
    start = max(quote.rfind(stop, 0, at) for stop in STOPS) + 1
    ends = [end + 1 for stop in STOPS if (end := quote.find(stop, max(at, start + EXCERPT // 2))) >= 0]
    end = min(ends, default=len(quote))
    start, end = trimmed(evidence.report.text, evidence.start + start, evidence.start + end)
    return Evidence(evidence.report, start, end, evidence.path)
