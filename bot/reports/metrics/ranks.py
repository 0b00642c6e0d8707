"""Places in an order and anniversaries: facts that can be asked for, no amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.reports.metrics.lookalikes import STOP
from bot.reports.metrics.numerals import read
from bot.reports.metrics.patterns import any_of
from bot.reports.metrics.quantity import Quantity, quantity
from bot.reports.metrics.tables import MOVED, RANKED_BY
from bot.reports.model import Bound

#: 第42位, 第一: the ordinal of a candidate.
ORDINAL = r"第(?P<place>[0-9０-９]+|[一二三四五六七八九十百]+)(?P<order>位|名)?"

_RANKED_BY = re.compile(rf"(?:{any_of(RANKED_BY)})[^，。；、,;]{{0,8}}$")
_MOVED = re.compile(rf"(?:{any_of(MOVED)})了?$")
_TOP = re.compile(
    r"前(?P<place>[0-9]+|二十|[三五十]|[一二三四五六七八九]十)(?P<order>位|名)?(?=[，。；、,;！\s之行]|$)"
)


def read_ordinal(text: str, match: re.Match[str]) -> Quantity | None:
    """第42位 and 位居第一 are ranks; 第十六届, 第一产业 are not."""
    place = read(match["place"])
    if place is None:
        return None
    if not match["order"]:
        ends = match.end() >= len(text) or text[match.end()] in STOP
        if not ends or not _RANKED_BY.search(text[max(0, match.start() - 12) : match.start()]):
            return None
    return quantity(text, match.start(), match.end(), place, match["order"] or "位", rank=True)


def read_anniversary(text: str, start: int, numeral: str) -> Quantity | None:
    """成立75周年."""
    if not text.startswith("周年", start + len(numeral)) or (years := read(numeral)) is None:
        return None
    return quantity(text, start, start + len(numeral) + 2, years, "周年", rank=True)


def moves(text: str, start: int) -> bool:
    """前移3位 speaks of ranks, not of persons."""
    return bool(_MOVED.search(text[max(0, start - 4) : start]))


def read_tops(text: str, start: int, end: int) -> Iterator[Quantity]:
    """全省前五: among the first five."""
    if text.find("前", start, end) < 0:
        return
    for match in _TOP.finditer(text, start, end):
        place = read(match["place"]) or Decimal(0)
        unit = match["order"] or "位"
        yield quantity(text, match.start(), match.end(), place, unit, bound=Bound.LESS, rank=True)
