"""Questions about a report as a whole: what is to be done (明年干啥), what was done, what is not well, its parts."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from bot.answers.composing import headings
from bot.answers.model import Answer, Evidence, Kind
from bot.answers.questions import Question
from bot.answers.scope import Scope
from bot.answers.words import table
from bot.reports.chapters import chapters, heads_below, planned, reviewed
from bot.reports.model import Report

SURE = 0.95
_OF_THE_WHOLE = "问的是整份报告，用它自己的标题或原话回答"
_LONGEST = 400  # characters of the sentences about troubles

# How reports come to speak of what is not well, at the end of the review; the surest first.
_TROUBLES = (
    re.compile(r"[^。！？\n]*清醒地?(?:认识|看|意识)到"),
    re.compile(r"[^。！？\n]*(?:存在|面临)[^，,。；;\n]{0,16}(?:问题|困难|不足|短板|矛盾|挑战)"),
)
_SENTENCE = re.compile(r"[^。！？\n]*[。！？]")


def overview(question: Question, scope: Scope, report: Report) -> Answer | None:
    """The headings that answer a question with no other content than the whole; None for any other question."""
    if question.asks in ("number", "person", "place", "time") or scope.place or scope.zone or scope.foreign:
        return None
    silent = question.weightless.union(*(range(*span) for span in scope.spans))
    rest = "".join(" " if at in silent else char for at, char in enumerate(question.text))
    if _filler().sub("", rest).strip():
        return None
    if any(word in question.text for word in _of_troubles()):
        return _troubles(question, report)
    index = _section(question, report)
    if index is None:
        return None
    section = report.sections[index]
    heads = [report.sections[one] for one in chapters(report)] if index == 0 else heads_below(section)
    path = (section.title,) if index else ()
    if len(heads) < 2:
        return None
    return replace(headings(question.said, report, heads, path, SURE), why=(_OF_THE_WHOLE,))


def _section(question: Question, report: Report) -> int | None:
    """The section that is asked for, 0 for the whole report; None where the question does not say."""
    ahead, done = planned(report), reviewed(report)
    if question.years:
        told = [
            one for one in (ahead, done) if one is not None and str(question.years[0]) in report.sections[one].title
        ]
        return told[0] if told else None
    words = table("questions")["overviews"]
    if question.plan or (question.relative or 0) > 0:
        return ahead
    if (question.relative or 0) < 0 or question.five_years or question.plan is False:
        return done
    for row, section in (("parts", 0), ("done", done), ("ahead", ahead)):
        if any(word in question.text for word in words[row]):
            return section
    return None


def _troubles(question: Question, report: Report) -> Answer | None:
    """The sentences in which the report says what is not well, from where it comes to speak of it to the line's end."""
    if question.years and question.years[0] not in report.years:
        return None
    found = next(filter(None, (pattern.search(report.text) for pattern in _TROUBLES)), None)
    if found is None:
        return None
    start = end = found.start() + len(found[0]) - len(found[0].lstrip())
    while (sentence := _SENTENCE.match(report.text, end)) and (end == start or sentence.end() - start <= _LONGEST):
        end = sentence.end()
    clause = next((clause for clause in report.clauses if clause.start <= start < clause.end), None)
    if clause is None or end == start:
        return None
    return Answer(
        question=question.said,
        kind=Kind.PASSAGE,
        text=report.text[start:end],
        evidence=Evidence(report, start, end, clause.path),
        score=SURE,
        why=(_OF_THE_WHOLE,),
    )


def _of_troubles() -> list[str]:
    data = table("questions")
    return [*data["lacks"]["asked"], *data["overviews"]["troubles"]]


@cache
def _filler() -> re.Pattern[str]:
    words = [*_of_troubles(), *(word for row in table("questions")["overviews"].values() for word in row)]
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
