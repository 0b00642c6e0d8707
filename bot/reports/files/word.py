"""Word (.docx): paragraphs and table rows in reading order, a line each; what Word only generates is missing."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from bot.reports.files.limits import (
    MAX_ENTRIES,
    MAX_TAGS,
    MAX_UNPACKED,
    MAX_XML,
    check_text,
    refusal,
)
from bot.reports.files.text import glue, known_as
from bot.reports.files.visible import LAYOUT_CHARS
from bot.reports.model import Source

_DOCTYPE = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T|E\0?N\0?T)")  # in UTF-8 and UTF-16
_RESAVE = "请用 Word 或 WPS 重新另存为 .docx，或另存为 .txt"
_SKIPPED = frozenset(map(qn, ("w:del", "w:moveFrom", "w:instrText", "w:rPr", "w:pPr", "w:rt")))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_P, _TBL, _TR, _TC, _T, _R, _BOX, _PPR = map(
    qn, ("w:p", "w:tbl", "w:tr", "w:tc", "w:t", "w:r", "w:txbxContent", "w:pPr")
)
_MARKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def read(data: bytes, filename: str, name: str) -> Source:
    """The body's text; text boxes follow their paragraph. Headers, footers and footnotes are left out.

    Raises ReportError for what is no .docx, is encrypted, or would unpack to far more than a report.
    """
    package = _checked_package(data, filename)
    try:
        document = docx.Document(package)
    except (OpcError, KeyError, ValueError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        seen = f"Word 文件已损坏，打不开（{type(error).__name__}: {str(error)[:60]}）"
        raise refusal(filename, seen, _RESAVE) from error
    lines = list(_lines(document.element.body))
    text = "\n".join(lines)
    check_text(text, filename)
    title = (document.core_properties.title or "").strip()
    # The property is often left over from a template: it counts only where the text says it too.
    meta = {"title": title} if title and title in text else {}
    numbered = _numbered(document)
    warnings = (f"有 {numbered} 段用了自动编号，编号不是文字，没有读出",) if numbered else ()
    return Source(name, text, meta, warnings=warnings)


def _checked_package(data: bytes, filename: str) -> io.BytesIO:
    """Refuse by the zip's directory and then by what really comes out of it, before any of it is parsed.

    Returns the package anew, not packed: its XML as it was checked, pictures and the like without content.
    """
    if not data.startswith(b"PK"):
        what = known_as(data) or "别的格式"
        raise refusal(filename, f"后缀是 .docx，内容却是{what}", _RESAVE)
    if data.count(b"PK\x01\x02") > MAX_ENTRIES:
        raise refusal(filename, f"压缩包里有超过 {MAX_ENTRIES} 个文件", _RESAVE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _repacked(_checked_parts(package, filename))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, zlib.error) as error:
        raise refusal(filename, f"Word 文件已损坏（{str(error)[:60]}）", _RESAVE) from error


def _repacked(parts: dict[str, bytes]) -> io.BytesIO:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return package


def _checked_parts(package: zipfile.ZipFile, filename: str) -> dict[str, bytes]:
    """The entries by name; only XML has content. Unpacks no more than the directory declares, which may lie."""
    entries = package.infolist()
    if "word/document.xml" not in package.namelist():
        raise refusal(filename, "压缩包里没有 word/document.xml，不是 Word 文件", _RESAVE)
    if any(entry.flag_bits & 1 for entry in entries):
        raise refusal(filename, "Word 文件加了密码", "请去掉密码后另存")
    odd = next((e for e in entries if e.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)), None)
    if odd:  # other methods unpack without a bound
        raise refusal(filename, f"{odd.filename} 的压缩方法不是 Word 用的", _RESAVE)
    parts = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
    for total, limit in ((sum(e.file_size for e in entries), MAX_UNPACKED), (sum(e.file_size for e in parts), MAX_XML)):
        if total > limit:
            seen = f"解压后有 {total / 1e6:.0f} MB，超过上限 {limit / 1e6:.0f} MB"
            raise refusal(filename, seen, "请只留报告正文，删去图片后另存")
    contents = dict.fromkeys((entry.filename for entry in entries), b"")
    tags = 0
    for part in parts:
        with package.open(part) as stream:
            content = stream.read(part.file_size + 1)  # without a size it would first unpack all that there is
        contents[part.filename] = content
        tags += content.count(b"<")
        if _DOCTYPE.search(content):
            raise refusal(filename, f"{part.filename} 里有实体声明（DOCTYPE），Word 文件不该有", _RESAVE)
        if tags > 3 * MAX_TAGS:
            raise refusal(filename, f"Word 文件里有超过 {3 * MAX_TAGS} 个标签", "请只留报告正文后另存")
    return contents


def _lines(parent: etree._Element) -> Iterator[str]:
    """A line for each paragraph and each table row below `parent`, through content controls and tracked insertions."""
    for child in parent:
        if child.tag == _P:
            yield from _paragraph(child)
        elif child.tag == _TBL:
            yield from _table(child)
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _lines(child)


def _paragraph(paragraph: etree._Element) -> Iterator[str]:
    """All text that is neither deleted nor a field's code, also in links, smart tags and content controls."""
    pieces: list[str] = []
    boxes: list[etree._Element] = []
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        if element.tag in _SKIPPED or element.tag == _FALLBACK or (element.tag == _R and _is_hidden(element)):
            walk.skip_subtree()
        elif element.tag == _BOX:
            boxes.append(element)
            walk.skip_subtree()
        elif element.tag == _T:
            pieces.append(element.text or "")
        else:
            pieces.append(_MARKS.get(element.tag, ""))
    yield "".join(pieces)
    for box in boxes:
        yield from _lines(box)


def _is_hidden(run: etree._Element) -> bool:
    vanish = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return vanish is not None and vanish.get(qn("w:val"), "1") not in ("0", "false", "off")


def _table(table: etree._Element) -> Iterator[str]:
    """Rows with their cells parted by tabs; a cell that holds running text or another table gives its own lines."""
    for row in table.iter(_TR):
        if next(row.iterancestors(_TBL)) is not table:
            continue
        cells = [[line for line in _lines(cell) if line.strip()] for cell in row.iter(_TC) if _row_of(cell) is row]
        if any(len(cell) > 1 and sum(map(len, cell)) > LAYOUT_CHARS for cell in cells):
            for cell in cells:
                yield from cell
        else:
            yield "\t".join(map(_one_line, cells))


def _row_of(cell: etree._Element) -> etree._Element:
    return next(cell.iterancestors(_TR))


def _one_line(lines: list[str]) -> str:
    joined = ""
    for line in "\n".join(lines).split("\n"):
        joined += glue(joined, line) + line
    return joined


def _numbered(document: Document) -> int:
    """How many paragraphs carry a number that Word generates, directly or by their style."""
    styles = {
        style.get(qn("w:styleId"))
        for style in document.styles.element.iter(qn("w:style"))
        if style.find(f"{_PPR}/{qn('w:numPr')}") is not None
    }
    count = 0
    for properties in document.element.body.iter(_PPR):
        number = properties.find(f"{qn('w:numPr')}/{qn('w:numId')}")
        style = properties.find(qn("w:pStyle"))
        if number is not None:
            count += number.get(qn("w:val")) != "0"
        elif style is not None:
            count += style.get(qn("w:val")) in styles
    return count
