"""Units as they are asked for: 多少张, 几万人, and which units may answer for which."""

from __future__ import annotations

import re
from functools import cache

from bot.answers.words import table
from bot.reports.metrics.tables import COUNTERS, EVENTS, MEASURES, ORDINAL_UNITS, UNIT_NOT_BEFORE

_THING = "床位"  # a unit in reports (500床位); in 多少床位 it is what is asked about

# 哪三个, and 五大行动都是哪些: of how many a list is asked for.
_COUNT = re.compile(
    r"有?哪([两二三四五六七八九十]|\d{1,2})(?!\d)"
    r"|(?<![\d.])([两二三四五六七八九十]|\d{1,2})(?:大|个|家|条|处|所|项|座|类|种)[^\d]{0,8}?(?:是哪|有哪|都是|分别)"
)
_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}


@cache
def _fellows() -> dict[str, tuple[str, ...]]:
    """Unit -> units that answer it, the unit itself first."""
    fellows: dict[str, list[str]] = {unit: [unit] for unit in (*COUNTERS, *EVENTS, *MEASURES)}
    for name, row in table("questions")["fellows"].items():
        for unit in row:
            others = row if name != "things" or unit == row[0] else row[:1]  # 个 counts all things, 篇 no 家
            fellows.setdefault(unit, [unit]).extend(other for other in others if other not in fellows[unit])
    return {unit: tuple(others) for unit, others in fellows.items()}


def _not_in_a_word(unit: str) -> str:
    """A pattern of the unit, where it does not begin a word: 多少【国】债."""
    others = UNIT_NOT_BEFORE.get(unit, "")
    return re.escape(unit) + (f"(?![{re.escape(others)}])" if others else "")


@cache
def unit_after() -> re.Pattern[str]:
    """A unit behind 多少 or 几, with 万 and 亿 before it: 多少万人, 多少亿, 几家."""
    units = sorted(_fellows().keys() - {_THING}, key=len, reverse=True)
    names = "|".join(map(_not_in_a_word, units))
    return re.compile(rf"\s*(?:({names})|(万亿|亿|万|千|百)({names})?)")


@cache
def ordinal_after() -> re.Pattern[str]:
    """What is numbered, behind 第几: 第几届, 第几批."""
    return re.compile("|".join(map(_not_in_a_word, sorted(ORDINAL_UNITS, key=len, reverse=True))))


def fellow_units(unit: str) -> tuple[str, ...]:
    """Units that a figure may have when `unit` was asked for, the best first."""
    return _fellows().get(unit, (unit,))


def count_asked(text: str) -> int | None:
    """Of how many things a list is asked for, where the question says so."""
    match = _COUNT.search(text)
    if not match:
        return None
    word = next(group for group in match.groups() if group)
    return int(word) if word.isdecimal() else _NUMERALS.get(word)
