"""Questions about a report as a whole: what is to be done (明年干啥), what was done, what it speaks of."""

from __future__ import annotations

import re
from functools import cache

from bot.answers.composing import headings
from bot.answers.model import Answer
from bot.answers.questions import Question
from bot.answers.scope import Scope
from bot.answers.words import table
from bot.reports.chapters import chapters, heads_below, planned, reviewed
from bot.reports.model import Report

SURE = 0.95


def overview(question: Question, scope: Scope, report: Report) -> Answer | None:
    """The headings that answer a question with no other content than the whole; None for any other question."""
    if question.asks in ("number", "person", "place", "time") or scope.place or scope.foreign:
        return None
    silent = question.weightless.union(*(range(*span) for span in scope.spans))
    rest = "".join(" " if at in silent else char for at, char in enumerate(question.text))
    if _filler().sub("", rest).strip():
        return None
    index = _section(question, report)
    if index is None:
        return None
    section = report.sections[index]
    heads = [report.sections[one] for one in chapters(report)] if index == 0 else heads_below(section)
    path = (section.title,) if index else ()
    return headings(question.said, report, heads, path, SURE) if len(heads) > 1 else None


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


@cache
def _filler() -> re.Pattern[str]:
    words = [word for row in table("questions")["overviews"].values() for word in row]
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
