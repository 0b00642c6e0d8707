"""Bounds of a figure: 近5万名, 120余万元, 300户以上."""

from __future__ import annotations

import re

from bot.reports.metrics.patterns import SPACES, any_of
from bot.reports.metrics.tables import BOUNDS_AFTER, BOUNDS_BEFORE, BOUNDS_INSIDE, NO_BOUND_BEHIND
from bot.reports.model import Bound

_SHORT = "|".join(f"(?<![{behind}]){word}" for word, behind in NO_BOUND_BEHIND.items())
_LONG = any_of(BOUNDS_BEFORE.keys() - NO_BOUND_BEHIND.keys())
_BEFORE = re.compile(rf"(?P<word>{_LONG}|{_SHORT})(?:了|到|达)?[{SPACES}]?$")
_AFTER = re.compile(any_of(BOUNDS_AFTER))
_LAST = frozenset("了到达" + SPACES) | {word[-1] for word in BOUNDS_BEFORE}  # what the words of a bound end with
_POWERS = frozenset("百千万亿")
_LONGEST = 6  # characters before a figure in which its bound may stand
_CLOSED_BY = "，。；、,;的"  # 多, 余 and 内 behind a unit end its phrase: 3公里多，


def bound_before(text: str, start: int) -> Bound | None:
    """The bound said before a figure: 突破|5亿元 is more; 上 is one only before a power (上百条, not 网上30条)."""
    last = text[start - 1 : start]
    if last == "上" and text[start : start + 1] in _POWERS:
        return Bound.ABOUT
    if last not in _LAST:
        return None
    match = _BEFORE.search(text[max(0, start - _LONGEST) : start])
    return BOUNDS_BEFORE[match["word"]] if match else None


def bound_behind(text: str, at: int, end: int) -> tuple[Bound | None, int]:
    """The bound said behind a figure, and where its word ends: 5%|左右."""
    match = _AFTER.match(text, at, end)
    if match is None:
        return None, at
    word = match.group()
    if len(word) == 1 and match.end() < end and text[match.end()] not in _CLOSED_BY:
        return None, at
    return BOUNDS_AFTER[word], match.end()


def bound_of(text: str, start: int, numeral: str, behind: Bound | None) -> Bound | None:
    """The bound of a figure, the nearest word first: behind it, inside its numeral (120余万), before it."""
    if behind:
        return behind
    inside = next((BOUNDS_INSIDE[each] for each in numeral if each in BOUNDS_INSIDE), None)
    return inside or bound_before(text, start)
