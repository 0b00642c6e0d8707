"""A difference of two editions as lines: which reports come and go, which figures are other ones now."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answers.naming import as_written, metric_name
from bot.editions.difference import Changed, Difference
from bot.replies import texts
from bot.replies.quotes import report_line
from bot.replies.smalltalk import clean
from bot.reports.model import Metric, Report


def difference_lines(difference: Difference) -> Iterator[str]:
    """The whole difference, one line each."""
    if not difference:
        yield texts.DIFFERENCE_NONE
    for top, reports in ((texts.REPORTS_ADDED, difference.added), (texts.REPORTS_GONE, difference.gone)):
        if reports:
            yield top
            yield from (f"· {named(report)}{texts.REPORT_COUNTED.format(metrics=report.figures)}" for report in reports)
    for changed in difference.changed:
        yield from _changed_lines(changed)


def _changed_lines(changed: Changed) -> Iterator[str]:
    counts = {name: len(getattr(changed, name)) for name in texts.REPORT_CHANGES}
    said = [texts.REPORT_CHANGES[name].format(count=count) for name, count in counts.items() if count]
    yield f"{named(changed.new)}：{'，'.join(said) or texts.TEXT_CHANGED}"
    for old, new in changed.changed:
        name = metric_name(changed.new, new)
        yield texts.METRIC_CHANGED.format(name=name, old=_written(changed.old, old), new=_written(changed.new, new))
    for metric in changed.added:
        yield texts.METRIC_ADDED.format(name=metric_name(changed.new, metric), new=_written(changed.new, metric))
    for metric in changed.gone:
        yield texts.METRIC_GONE.format(name=metric_name(changed.old, metric), old=_written(changed.old, metric))


def named(report: Report) -> str:
    return clean(report_line(report))


def _written(report: Report, metric: Metric) -> str:
    return as_written(report.text, metric) + (texts.TARGET if metric.target else "")
