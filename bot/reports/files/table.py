"""CSV: one report is one row, its text is one cell of it, letter for letter; the other columns are meta."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from bot.reports.files.limits import MAX_BYTES, MAX_CHARS, check_text, has_sentence, refusal
from bot.reports.files.meta import gather
from bot.reports.files.text import decode
from bot.reports.model import Source

# Columns that hold the text, as collections of reports name them; others are found by their prose.
TEXT_COLUMNS = ("full_text", "fulltext", "text", "content", "body", "正文", "全文", "报告全文", "内容")
REPORT_CHARS = 2_000  # a cell of so many characters is a report by itself, shorter ones are its paragraphs
PROSE_CHARS = 30  # shorter cells are names and remarks
MAX_CELLS = 2_000_000
_STOP = re.compile("[。！？；]")

csv.field_size_limit(MAX_BYTES)  # a whole report stands in one cell; the module's own limit is 131,072


def read(data: bytes, filename: str, name: str) -> Source:
    """The longest text cell of the first row that has one. Rows of single paragraphs are joined by line ends.

    Raises ReportError where no column holds prose, such as a table of figures.
    """
    text, warnings = decode(data, filename)
    if len(text) > MAX_CHARS:
        raise refusal(filename, f"表里有 {len(text)} 字，超过上限 {MAX_CHARS} 字", "请一份报告一个文件")
    header, rows, notes = _rows(text, filename)
    warnings += notes
    column = _text_column(header, rows)
    if column is None:
        seen = f"没有正文列（no text column）：{len(rows)} 行，各列是 {'、'.join(header)[:100]}"
        raise refusal(filename, seen, "请把报告全文放进名为 full_text 的一列，或另存为 .txt")
    filled = [(number, row) for number, row in enumerate(rows, start=1) if row[column].strip()]
    number, row = next(((n, r) for n, r in filled if len(r[column]) >= REPORT_CHARS), filled[0])
    body = row[column]
    if len(filled) > 1 and len(body) < REPORT_CHARS:
        body = "\n".join(r[column] for _, r in filled)
        warnings += (f"“{header[column]}”列有 {len(filled)} 行短文，已按顺序逐行接成一篇",)
    elif len(filled) > 1:
        warnings += (f"有 {len(filled)} 行正文，只读了第 {number} 条记录；请一份报告一个文件",)
    check_text(body, filename)
    others = [(key, value) for at, (key, value) in enumerate(zip(header, row, strict=True)) if at != column]
    return Source(name, body, gather(others), warnings=warnings)


def _rows(text: str, filename: str) -> tuple[list[str], list[list[str]], tuple[str, ...]]:
    """Header, rows made as long as the header, warnings. Without a header the columns are numbered."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",\t;，", key=first.count)
    notes: tuple[str, ...] = ()
    try:
        table = list(_parse(text, delimiter, strict=True))
    except csv.Error as error:
        notes = (f"CSV 的引号不成对（{error}），已尽量读出",)
        try:
            table = list(_parse(text, delimiter, strict=False))
        except csv.Error as hopeless:
            raise refusal(filename, f"读不懂的 CSV（{hopeless}）", "请用表格软件另存为 UTF-8 的 .csv") from hopeless
    table = [row for row in table if any(cell.strip() for cell in row)]
    if not table:
        raise refusal(filename, "文件里没有文字", "请放入有正文的报告")
    width = max(map(len, table))
    if width * len(table) > MAX_CELLS:
        raise refusal(filename, f"有 {len(table)} 行、{width} 列，超过上限 {MAX_CELLS} 格", "请一份报告一个文件")
    if len(table) == 1 or any(len(cell) > 50 and has_sentence(cell) for cell in table[0]):
        table.insert(0, [])  # no header: the first row is already a record
    header = [cell.strip() for cell in table[0]]
    header += [f"第{at + 1}列" for at in range(len(header), width)]
    return header, [row + [""] * (width - len(row)) for row in table[1:]], notes


def _parse(text: str, delimiter: str, strict: bool) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)


def _text_column(header: list[str], rows: list[list[str]]) -> int | None:
    """The column with the longest prose: sentences with their stops, not names or figures."""

    def prose(column: int) -> int:
        cell = max((row[column] for row in rows), key=len)
        return len(cell) if len(cell) >= PROSE_CHARS and _STOP.search(cell) and has_sentence(cell) else 0

    named = [at for at, title in enumerate(header) if title.lower() in TEXT_COLUMNS and prose(at)]
    best = max(named or range(len(header)), key=prose)
    return best if prose(best) else None
