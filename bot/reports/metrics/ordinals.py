"""Numbers that name (第十六届, 二十届三中全会, “四个自信”, 六步法): they count nothing, but people ask for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.reports.metrics.numerals import ARABIC, SPELLED, read
from bot.reports.metrics.patterns import SPACES, TRIM, any_of
from bot.reports.metrics.quantity import Quantity, quantity
from bot.reports.metrics.tables import ORDINAL_UNITS, SESSIONS, UNIT_NOT_BEFORE

_NUMERAL = rf"(?:[0-9０-９]{{1,4}}|{SPELLED})"
_ORDINAL = re.compile(
    rf"(?:第(?P<first>{_NUMERAL})[{SPACES}]?(?P<unit>{any_of(ORDINAL_UNITS)})"
    rf"|(?<=届)(?P<session>{_NUMERAL})(?P<sitting>{any_of(SESSIONS)})"
    rf"|(?P<term>{_NUMERAL})(?P<elected>届)(?={_NUMERAL}(?:{any_of(SESSIONS)}))"
    rf"|(?<![前第])(?P<quarter>[一二三四1-4])(?P<season>季度))"
)
_DIGITS = "0-9０-９零〇○一二两三四五六七八九十百千万亿.．点,"  # what a whole numeral has none of around it
_MARKS = re.compile(
    "第|届|季度"
)  # one of these stands in every ordinal; looked for first, since most clauses have none
_NAME = re.compile(rf"[^，,。；;、：:（）()《》“”!！?？\n\r|{SPACES}]{{0,24}}")
_NEXT = re.compile(rf"[和与及]?第{_NUMERAL}|上$")  # 第四届人民代表大会|第四次会议|上
_OWNER = re.compile(r"[^，,。；;、：:!！?？\n\r|]*$")
_LONGEST_OWNER = 24  # characters


def find_ordinals(text: str, start: int, end: int) -> Iterator[Quantity]:
    """The ordinals of `text[start:end]` in order; places in an order (第42位) are found as quantities."""
    if not _MARKS.search(text, start, end):
        return
    for match in _ORDINAL.finditer(text, start, end):
        numeral = match["first"] or match["session"] or match["term"] or match["quarter"]
        unit = match["unit"] or match["sitting"] or match["elected"] or match["season"]
        value = read(numeral)
        if value is None or text[match.end() : match.end() + 1] in tuple(UNIT_NOT_BEFORE.get(unit, "")):
            continue
        yield quantity(text, match.start(), match.end(), value, unit, rank=True)


def name_of(text: str, ordinal: Quantity, end: int) -> str:
    """What an ordinal numbers: 海峡论坛 of 成功举办第十五届海峡论坛; "" where nothing follows."""
    name = _NAME.match(text, ordinal.end, end)
    return _NEXT.split(name.group())[0].strip(TRIM) if name else ""


def words_before(text: str, ordinal: Quantity) -> str:
    """The words before an ordinal, which may say whose it is: 北京市|第十一届人民代表大会."""
    found = _OWNER.search(text, max(0, ordinal.start - _LONGEST_OWNER), ordinal.start)
    return found.group().strip(TRIM) if found else ""


def numbered(text: str, unit: str, start: int, end: int) -> Iterator[Quantity]:
    """Every whole numeral with `unit` right behind it, whether it counts or names: “四个|自信”, 六步|法, 五位|一体."""
    pattern = _with_unit(unit)
    for match in pattern.finditer(text, start, end):
        if (value := read(match["numeral"])) is not None:
            yield quantity(text, match.start(), match.end(), value, unit)


@lru_cache(maxsize=64)
def _with_unit(unit: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![{_DIGITS}])第?(?P<numeral>{ARABIC}|{SPELLED})(?![{_DIGITS}])[{SPACES}]?{re.escape(unit)}")
