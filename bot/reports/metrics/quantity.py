"""A quantity: a figure as written and as a number."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from bot.reports.metrics.tables import UNIT_NAMES
from bot.reports.model import Bound


class Quantity(NamedTuple):
    """3.7万张 is 37000.0 of 张; `start`..`end` are the span of `raw`.

    `value_max` closes a range (20—30万元). `rank` marks places in an order (第42位) and anniversaries: facts that can
    be asked for, no amounts.
    """

    raw: str
    start: int
    end: int
    value: float
    unit: str
    value_max: float | None = None
    bound: Bound | None = None
    rank: bool = False

    def overlaps(self, other: Quantity) -> bool:
        return self.start < other.end and other.start < self.end


def quantity(
    text: str,
    start: int,
    end: int,
    low: Decimal,
    unit: str,
    *,
    high: Decimal | None = None,
    bound: Bound | None = None,
    rank: bool = False,
) -> Quantity:
    """The quantity written at a span: its numbers as floats, its unit under its one name."""
    top = None if high is None else float(high)
    return Quantity(text[start:end], start, end, float(low), UNIT_NAMES.get(unit, unit), top, bound, rank)
