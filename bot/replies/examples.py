"""Questions that the reports in force do answer, to show people what can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.model import Answer
from bot.replies.desk import Desk, newest_first
from bot.reports.model import Metric, Report

if TYPE_CHECKING:
    from bot.library import Library

TRIED = 30  # metrics tried before giving up; each costs a question
LABEL_LENGTH = range(3, 9)  # a label that makes a natural question


def examples(desk: Desk, count: int = 3) -> tuple[str, ...]:
    """Up to `count` (at most 3) questions, each tried out: the number asked for is the number answered."""
    library = desk.get_library()
    if desk.tried_out is None or desk.tried_out[0] is not library:
        desk.tried_out = (library, _tried_out(library, count=3))
    return desk.tried_out[1][:count]


def _tried_out(library: Library, count: int) -> tuple[str, ...]:
    found: list[str] = []
    for report in newest_first(library.reports)[:3]:
        candidates = [metric for metric in report.metrics if _is_plain(report, metric)][:TRIED]
        spread = sorted(range(len(candidates)), key=lambda at: (at % 3, at))  # from all over the report
        for at in spread:
            metric = candidates[at]
            question = f"{metric.label}有多少{metric.unit}？"
            answer = library.ask(question)
            if isinstance(answer, Answer) and answer.text == metric.raw and question not in found:
                found.append(question)
            if len(found) == count:
                return tuple(found)
    return tuple(found)


def _is_plain(report: Report, metric: Metric) -> bool:
    """Whether the metric makes a short question by itself: a count of things, of the report's own place."""
    return (
        len(metric.label) in LABEL_LENGTH
        and len(metric.unit) == 1
        and metric.unit not in "%‰倍成元次"
        and metric.place in ("", report.place)
        and not metric.actor
        and not metric.target
        and not metric.rank
        and metric.label.isalpha()
    )
