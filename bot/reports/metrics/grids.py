"""Tables: the metrics of rows and columns, with unit and year from the head row, a unit column, or the line above.

A table is a run of clauses whose cells are parted by tabs (HTML, Word) or bars (Markdown). Its head are the rows before
the first figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.reports.metrics.numerals import parse_numeral
from bot.reports.metrics.quantities import find_quantities
from bot.reports.model import Clause, Metric, Part

Span = tuple[int, int]

_CELL = re.compile(r"[^\t|]+")
_OF_WHICH = re.compile(r"(?:其中|#|＃)\s*[:：]?\s*")
_ROW = re.compile(r"[^\t\n]*\t|\s*\|.*\|")
_RULE = re.compile(r"[\s|:+-]+$")  # |---|:--| of Markdown
_NUMBER = re.compile(r"-?[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?[%％‰]?$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=年|$|\D)")
_IN_BRACKETS = re.compile(r"[（(]([^（）()\d]{1,12})[）)]\s*$")
_TABLE_UNIT = re.compile(r"(?:计量)?单位\s*[:：]\s*([^\s、，,；;]{1,12})")
# Heads of columns that only say that figures follow, or how they changed (origin: tables of statistical communiqués).
_PLAIN_HEADS = re.compile(
    r"(?:绝对[数量值]|总量|数值|实绩|实际数?|完成数?|本年|全年|累计|指标值|数量|本期|年末数?|合计|总计|金额|预计)+$"
)
_CHANGE_HEADS = re.compile(r"增长|增速|增幅|同比|比上年|较上年|增减|±")
_UNIT_HEADS = ("单位", "计量单位")
_LABEL_HEADS = re.compile(r"指标|项目|名称|地区|类别|县区|分类|品名|产品|行业")
_WHOSE = re.compile(
    r"(?:居民|城镇|农村|城市|人口)$"
)  # columns that say whose the row's figure is: 城镇居民|人均可支配收入
_PLACE = re.compile(r".{1,8}(?:省|市|县|区|旗|州|盟|镇|乡|街道|开发区|新区)$")


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    unit: str
    year: str
    change: bool
    plain: bool


def table_rows(text: str, clauses: Sequence[Clause]) -> list[list[int]]:
    """Numbers of the clauses that are rows, one list a table."""
    tables: list[list[int]] = []
    for number, clause in enumerate(clauses):
        if clause.part not in (Part.BODY, Part.APPENDIX) or not _ROW.match(text, clause.start, clause.end):
            continue
        last = tables[-1][-1] if tables else -1
        if last >= 0 and not text[clauses[last].end : clause.start].strip():
            tables[-1].append(number)
        else:
            tables.append([number])
    return [table for table in tables if len(table) > 1]


def read_table(
    text: str, clauses: Sequence[Clause], rows: Sequence[int], *, places: Sequence[str], place: str, period: str
) -> Iterator[Metric]:
    """The metrics of one table; `period` is the year that holds where no head or caption names one."""
    cells = {number: _cells(text, clauses[number]) for number in rows}
    heads = []
    for number in rows:
        if any(_is_figure(text, cell) for cell in cells[number][1:]):
            break
        if not _RULE.match(text, clauses[number].start, clauses[number].end):
            heads.append(number)
    above = _caption(text, clauses, rows[0])
    columns = _columns(text, [cells[number] for number in heads], above)
    head = _trim(text, clauses[heads[-1]].start, clauses[heads[-1]].end) if heads else (0, 0)
    years = _YEAR.findall(above)
    for number in rows:
        if number not in heads:
            row = _Row(text, number, cells[number], columns, head)
            yield from row.metrics(places, place, years[-1] if years else period)


@dataclass(frozen=True, slots=True)
class _Row:
    text: str
    number: int
    cells: list[Span]
    columns: list[_Column]
    head: Span

    def metrics(self, places: Sequence[str], place: str, period: str) -> Iterator[Metric]:
        figures = [at for at, cell in enumerate(self.cells) if at and _is_figure(self.text, cell)]
        if not figures:
            return
        name = next((self.text[a:b] for a, b in self.cells[: figures[0]] if a < b), "")
        unit = _unit_of(name) or self._own_unit()
        name = _OF_WHICH.sub("", _IN_BRACKETS.sub("", name)).strip()
        here = name if name in places or _PLACE.match(name) else ""
        for at in figures:
            column = self.columns[at] if at < len(self.columns) else _Column("", "", "", False, True)
            label = column.title if here else self._label(name, column)
            if label:
                yield self._metric(at, column, label, unit, here or place, column.year or period)

    def _own_unit(self) -> str:
        """The unit of a row that has a column for units."""
        at = next((at for at, column in enumerate(self.columns) if column.title in _UNIT_HEADS), None)
        return self.text[slice(*self.cells[at])] if at is not None and at < len(self.cells) else ""

    @staticmethod
    def _label(name: str, column: _Column) -> str:
        told = column.plain or column.change or not column.title or name.endswith(column.title)
        if told:
            return name
        return f"{column.title}{name}" if _WHOSE.search(column.title) else f"{name}{column.title}"

    def _metric(self, at: int, column: _Column, label: str, unit: str, place: str, period: str) -> Metric:
        start, end = self.cells[at]
        raw = self.text[start:end]
        written = "" if raw[-1] in "%％‰" else column.unit or unit
        value, base = _scaled(raw, written)
        first, last = self.cells[0][0], self.cells[-1][1]
        return Metric(
            raw=raw,
            value=value,
            unit=base,
            start=start,
            end=end,
            label=_CHANGE_HEADS.sub("", label).strip() or label if column.change else label,
            clause=self.number,
            quote_start=first,
            quote_end=last,
            predicate="增长" if column.change else "",
            place=place,
            period=period,
            written_unit=written,
            head_start=self.head[0],
            head_end=self.head[1],
        )


def _cells(text: str, clause: Clause) -> list[Span]:
    """The cells of a row. Between tabs an empty one keeps its place (a merged cell); bars have them at both ends."""
    line = text.rfind("\n", 0, clause.start) + 1
    if "\t" in text[line : clause.end] and "|" not in text[line : clause.end]:
        start = clause.start if text[line : clause.start].strip() else line
        ends = [at for at in range(start, clause.end) if text[at] == "\t"]
        return [_trim(text, a, b) for a, b in zip([start, *(at + 1 for at in ends)], [*ends, clause.end], strict=True)]
    cells = (_trim(text, *match.span()) for match in _CELL.finditer(text, clause.start, clause.end))
    return [cell for cell in cells if cell[0] < cell[1]]


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_figure(text: str, cell: Span) -> bool:
    return bool(_NUMBER.match(text, *cell))


def _caption(text: str, clauses: Sequence[Clause], first: int) -> str:
    """The headings over a table and the line above it: 表1 2023年主要指标, 单位：万元."""
    before = text[clauses[first - 1].start : clauses[first - 1].end] if first else ""
    return " ".join([*clauses[first].path[-1:], before[-60:]])


def _columns(text: str, heads: Sequence[Sequence[Span]], above: str) -> list[_Column]:
    """What each column holds, from the head rows joined downwards; a head row with fewer cells names groups."""
    rows = _spread([[text[slice(*cell)] for cell in head] for head in heads])
    width = max(map(len, rows), default=0)
    table_unit = found[1] if (found := _TABLE_UNIT.search(above)) else ""
    columns: list[_Column] = []
    for at in range(width):
        words = list(dict.fromkeys(row[at] for row in rows if len(row) == width and row[at]))
        year = found[0] if (found := _YEAR.search("".join(words))) else ""
        named = [bare for word in words if (bare := _IN_BRACKETS.sub("", word).strip())]
        bare = "".join([word for word in named if not _PLAIN_HEADS.fullmatch(word)] or named)
        rest = re.sub(r"(?:19|20)[0-9]{2}\s*年?", "", bare).strip()
        change = bool(_CHANGE_HEADS.search(bare))
        plain = not rest or bool(_PLAIN_HEADS.match(rest)) or bool(_LABEL_HEADS.match(rest) and not at)
        unit = next(filter(None, map(_unit_of, reversed(words))), "%" if change else table_unit)
        title = columns[-1].title if change and not _CHANGE_HEADS.sub("", rest).strip() and columns else rest
        columns.append(_Column(title if at or not plain else "", unit, year, change, plain))
    return columns


def _spread(rows: list[list[str]]) -> list[list[str]]:
    """Head rows with merged cells filled in: a group's name over each of its columns, nothing below a cell from above.

    Rows without an empty cell tell of no merging and stay as they are.
    """
    if all(all(row) for row in rows):
        return rows
    width, filled, owned = max(map(len, rows)), [], [False] * max(map(len, rows))
    for row in rows:
        cells, name = [], ""
        for at, word in enumerate([*row, *[""] * (width - len(row))]):
            name = "" if not word and owned[at] else word or name
            cells.append(name)
        owned = [own or (at < len(row) and bool(row[at])) for at, own in enumerate(owned)]
        filled.append(cells)
    return filled


def _unit_of(title: str) -> str:
    found = _IN_BRACKETS.search(title)
    return found[1].removeprefix("单位：").removeprefix("单位:").strip() if found else ""


def _scaled(raw: str, written: str) -> tuple[float, str]:
    """A figure in base units: 402.7 under 亿元 is 40270000000 元."""
    sign, digits = (-1, raw[1:]) if raw.startswith("-") else (1, raw)
    quantity = next(iter(find_quantities(f"{digits}{written}")), None)
    if quantity is not None and (written or raw[-1] in "%％‰"):
        return sign * quantity.value, quantity.unit
    return sign * (parse_numeral(digits) or 0.0), written
