"""Questions that the reports in force do answer, to show people what can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.answers.model import Answer
from bot.answers.naming import metric_name
from bot.catalogue import MANY
from bot.replies.desk import Desk
from bot.reports.gazetteer import short_name
from bot.reports.model import Metric, Report, newest_first

if TYPE_CHECKING:
    from bot.library import Library

TRIED = 6  # metrics tried for each example; each costs a question
REPORTS = 3  # reports tried, the newest first
COUNTED = frozenset(
    "个张人名家所座条项件户辆亩篇起处期"
)  # measure words that 有多少 asks for; money and rates are asked otherwise
LABEL_LENGTH = range(3, 9)  # a label that makes a natural question


def examples(desk: Desk, count: int = 3) -> tuple[str, ...]:
    """Up to `count` (at most 3) questions, each tried out: the number asked for is the number answered."""
    library = desk.get_library()
    if desk.tried_out is None or desk.tried_out[0] is not library:
        desk.tried_out = (library, _tried_out(library, count=3))
    return desk.tried_out[1][:count]


def _tried_out(library: Library, count: int) -> tuple[str, ...]:
    """One from each part of the newest report that has enough of them."""
    best: tuple[str, ...] = ()
    for report in newest_first(library.reports)[:REPORTS]:
        candidates = [metric for metric in report.metrics if _is_plain(report, metric)]
        parts = [candidates[at * len(candidates) // count : (at + 1) * len(candidates) // count] for at in range(count)]
        found = filter(None, (_first_answered(library, report, part[:TRIED]) for part in parts))
        best = max(best, tuple(dict.fromkeys(found)), key=len)
        if len(best) == count:
            break
    return best


def _first_answered(library: Library, report: Report, metrics: Sequence[Metric]) -> str | None:
    for metric in metrics:
        scope = _scope(library, report, metric)
        question = f"{scope}{metric_name(report, metric)}有多少{metric.unit}？"
        answer = library.ask(question, reports=None if scope else (report,))
        if isinstance(answer, Answer) and answer.value == metric.value and answer.unit == metric.unit:
            return question
    return None


def _scope(library: Library, report: Report, metric: Metric) -> str:
    """云泽2023年: among many reports a question has to say of which."""
    many = len(library.reports) > MANY and report.place and metric.period.isdecimal()
    return f"{short_name(report.place)}{metric.period}年" if many else ""


def _is_plain(report: Report, metric: Metric) -> bool:
    """Whether the metric makes a short question by itself: a count of things, of the report's own place."""
    return (
        len(metric.label) in LABEL_LENGTH
        and bool(metric.predicate)  # where the verb is known the label is a noun: not 省委采用有多少篇
        and metric_name(report, metric).isalpha()
        and metric.unit in COUNTED
        and metric.place in ("", report.place)
        and not metric.target
        and not metric.rank
    )
