"""The difference of two figures in words: 增加3000张, 约减少1.2个百分点. Computed by us, never quoted."""

from __future__ import annotations

from decimal import Decimal

from bot.reports.model import Metric

SAME = "没有变化"
UP = "增加"
DOWN = "减少"
ABOUT = "约"
POINTS = "个百分点"  # the difference of two percentages


def difference(old: Metric, new: Metric) -> str | None:
    """From the old figure to the new one; None where the units do not agree or one of them is a span."""
    if old.unit != new.unit or old.value_max is not None or new.value_max is not None:
        return None
    change = Decimal(repr(new.value)) - Decimal(repr(old.value))
    if not change:
        return SAME
    about = ABOUT if old.bound or new.bound else ""
    return f"{about}{UP if change > 0 else DOWN}{spoken(abs(change))}{POINTS if new.unit == '%' else new.unit}"


def spoken(number: Decimal) -> str:
    """A number as a report would write it: 5000 is 5000, 37000 is 3.7万, 445000000000 is 4450亿."""
    for size, name in ((Decimal(10**8), "亿"), (Decimal(10**4), "万")):
        if number >= size:
            return f"{(number / size).normalize():f}{name}"
    return f"{number.normalize():f}"
