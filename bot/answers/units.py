"""Units as they are asked for: 多少张, 几万人, and which units may answer for which."""

from __future__ import annotations

import re
from functools import cache

from bot.answers.words import table
from bot.reports.metrics.tables import COUNTERS, EVENTS, MEASURES


@cache
def _fellows() -> dict[str, tuple[str, ...]]:
    """Unit -> units that answer it, the unit itself first."""
    fellows: dict[str, list[str]] = {unit: [unit] for unit in (*COUNTERS, *EVENTS, *MEASURES)}
    for name, row in table("questions")["fellows"].items():
        for unit in row:
            others = row if name != "things" or unit == row[0] else row[:1]  # 个 counts all things, 篇 no 家
            fellows.setdefault(unit, [unit]).extend(other for other in others if other not in fellows[unit])
    return {unit: tuple(others) for unit, others in fellows.items()}


@cache
def unit_after() -> re.Pattern[str]:
    """A unit behind 多少 or 几, with 万 and 亿 before it: 多少万人, 多少亿, 几家."""
    units = sorted(_fellows(), key=len, reverse=True)
    names = "|".join(map(re.escape, units))
    return re.compile(rf"\s*(?:({names})|(万亿|亿|万|千|百)({names})?)")


def fellow_units(unit: str) -> tuple[str, ...]:
    """Units that a figure may have when `unit` was asked for, the best first."""
    return _fellows().get(unit, (unit,))
