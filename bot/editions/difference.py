"""What changes from one set of reports to another: reports by id or by whose they are, metrics by what they say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.reports.model import Metric, Report


@dataclass(frozen=True, slots=True)
class Changed:
    """One report in two states. `changed` are pairs (old, new) of the same metric with another value."""

    old: Report
    new: Report
    added: tuple[Metric, ...]
    gone: tuple[Metric, ...]
    changed: tuple[tuple[Metric, Metric], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Reports that come, that go, and that stay with another text or another reading of it."""

    added: tuple[Report, ...] = ()
    gone: tuple[Report, ...] = ()
    changed: tuple[Changed, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.changed)


def difference(old: Sequence[Report], new: Sequence[Report]) -> Difference:
    """Compare two libraries. A report is the same by its id, or else by place, body and year."""
    pairs = _pairs(old, new)
    paired = {id(report) for pair in pairs for report in pair}
    return Difference(
        added=tuple(report for report in new if id(report) not in paired),
        gone=tuple(report for report in old if id(report) not in paired),
        changed=tuple(compared for pair in pairs if (compared := compare(*pair)) is not None),
    )


def compare(old: Report, new: Report) -> Changed | None:
    """One report in two states; None where nothing that can be asked for has changed."""
    if old == new or (old.text == new.text and old.metrics == new.metrics and old.title == new.title):
        return None
    added: list[Metric] = []
    gone: list[Metric] = []
    changed: list[tuple[Metric, Metric]] = []
    before, after = _by_meaning(old), _by_meaning(new)
    for key in dict.fromkeys([*before, *after]):
        left, right = _unequal(before.get(key, []), after.get(key, []))
        both = min(len(left), len(right))
        changed += zip(left[:both], right[:both], strict=True)
        gone += left[both:]
        added += right[both:]
    return Changed(old, new, tuple(added), tuple(gone), tuple(changed))


def identity(report: Report) -> tuple[str, str, int] | None:
    """Whose report it is and of which year; None where the report does not say all three."""
    known = report.place and report.body and report.year
    return (report.place, report.body, report.year) if known and report.year else None


def _pairs(old: Sequence[Report], new: Sequence[Report]) -> list[tuple[Report, Report]]:
    by_id = {report.id: report for report in old}
    pairs = [(by_id[report.id], report) for report in new if report.id in by_id]
    met = {id(report) for pair in pairs for report in pair}
    whose = {identity(report): report for report in old if id(report) not in met and identity(report)}
    for report in new:
        same = whose.pop(identity(report), None) if id(report) not in met else None
        if same is not None:
            pairs.append((same, report))
    return pairs


Key = tuple[str, str, str, str, str, bool]


def _by_meaning(report: Report) -> dict[Key, list[Metric]]:
    found: dict[Key, list[Metric]] = defaultdict(list)
    for metric in sorted(report.metrics, key=lambda metric: metric.start):
        if not metric.rank:
            key = (metric.label, metric.subject, metric.unit, metric.place, metric.period, metric.target)
            found[key].append(metric)
    return found


def _unequal(old: list[Metric], new: list[Metric]) -> tuple[list[Metric], list[Metric]]:
    """What is left on both sides once metrics that say the same have been taken out in pairs."""
    right = list(new)
    left = []
    for metric in old:
        same = next((other for other in right if _said(other) == _said(metric)), None)
        if same is None:
            left.append(metric)
        else:
            right = [other for other in right if other is not same]
    return left, right


def _said(metric: Metric) -> tuple[object, ...]:
    return metric.value, metric.value_max, metric.bound
