"""What the question log is told of a question: how it ended, how surely, and which metric came nearest."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.model import Answer, NotFound
from bot.answers.naming import metric_name
from bot.replies.model import Asked, Reply
from bot.replies.pages import Draft
from bot.replies.smalltalk import QUESTION_LIMIT

ANSWERED, NOT_FOUND, FIXED = "answered", "not_found", "fixed"
ANSWER_KEPT = 200  # characters of an answer that a list of complaints can show


def asked_of(found: Answer | NotFound) -> Asked:
    """The outcome of a question that the library was asked."""
    question = found.question[:QUESTION_LIMIT]
    if isinstance(found, NotFound):
        nearest = _name(found.near[0]) if found.near else ""
        report = found.near[0].evidence.report.id if found.near else ""
        return Asked(question, NOT_FOUND, found.score, nearest=nearest, report=report)
    said, report = found.text[:ANSWER_KEPT], found.evidence.report.id
    return Asked(question, ANSWERED, found.score, said, _name(found), report)


def with_comparison(draft: Draft, question: str) -> Draft:
    """A comparison that was asked for in free text counts as answered where it has evidence to show."""
    outcome = ANSWERED if draft.evidence else NOT_FOUND
    return replace(draft, asked=Asked(question[:QUESTION_LIMIT], outcome, score=float(bool(draft.evidence))))


def borne_out(asked: Asked, sent: Reply, fallback: Reply) -> Asked:
    """What came of a question once the guard has spoken: an answer that it held back was none."""
    return replace(asked, outcome=NOT_FOUND, answer="") if sent == fallback else asked


def _name(answer: Answer) -> str:
    """The metric's name; of what is no metric, the beginning of the quote."""
    report = answer.evidence.report
    if answer.metric is not None and answer.metric < len(report.metrics):
        return metric_name(report, report.metrics[answer.metric])
    return answer.evidence.quote[:30]
