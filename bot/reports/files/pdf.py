"""PDF: the text layer, page after page. Lines that the page's width broke are joined; page numbers and running heads
stand behind the body, as furniture, so that no sentence is cut by them."""

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, cast
from unicodedata import east_asian_width

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.generic import DictionaryObject

from bot.reports.files.limits import MAX_PAGE_BYTES, MAX_PAGES, PDF_SECONDS, check_text, refusal
from bot.reports.files.text import glue, known_as
from bot.reports.model import Source

_DAMAGED = (PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError)
_AS_TEXT = "请复制正文另存为 .txt"
_PAGE_NUMBER = re.compile(r"[-–—－·•\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，共]+\s*\d{1,4}\s*页?)?[-–—－·•\s]*")
_FIGURES = re.compile(r"\d+")
# How a paragraph begins that is not the rest of the one before it: marks of headings and lists in official prose.
_HEAD = re.compile(
    r"\s*(?:[一二三四五六七八九十]+[、是]|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、](?!\d)|第[一二三四五六七八九十]+|——|[•●▪])"
)
_STOPPED = re.compile(r"[。！？；：!?;:]\s*$")
_PROSE = re.compile(r"[，。！？；,;]")  # what no running head holds
FULL_LINE = 0.9  # of the page's widest line: a line as wide as this was broken by the margin
EDGE_LINES = 2  # at the top and at the foot of a page, where running heads stand

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on slightly wrong files are not for people


class _TooSlow(BaseException):
    """Raised from inside pypdf's interpreter, which catches Exception."""


def read(data: bytes, filename: str, name: str) -> Source:
    """The text layer. Damaged pages are left out with a warning.

    Raises ReportError for encrypted files, files without a text layer, and files too slow to read.
    """
    reader = _open(data, filename)
    pages, warnings = _pages(reader, filename)
    if not any(line.strip() for page in pages for line in page):
        raise refusal(
            filename,
            "；".join((f"PDF 共 {len(pages)} 页，没有文字层（多半是扫描件）", *warnings)),
            "请先做文字识别（OCR），再存为 .docx 或 .txt",
        )
    bodies, edges = _part(pages)
    body = "\n".join(_paragraphs(bodies))
    check_text(body, filename)
    text = "\n".join((body, *edges))
    furniture = ((len(body) + 1, len(text)),) if edges else ()
    title = (reader.metadata.title or "").strip() if reader.metadata else ""
    # As with Word, a title property is often left over: it counts only where the text says it too.
    return Source(name, text, {"title": title} if title and title in body else {}, furniture, warnings)


def _open(data: bytes, filename: str) -> PdfReader:
    if b"%PDF" not in data[:1024]:
        raise refusal(filename, f"后缀是 .pdf，内容却是{known_as(data) or '别的格式'}", _AS_TEXT)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):  # an empty password only forbids printing
            raise refusal(filename, "PDF 加了密码", "请去掉密码后另存")
        count = len(reader.pages)
    except DependencyError as error:
        raise refusal(filename, "PDF 加了密", "请去掉密码后另存") from error
    except _DAMAGED as error:
        seen = f"PDF 已损坏，打不开（{type(error).__name__}: {str(error)[:60]}）"
        raise refusal(filename, seen, "请重新下载，或" + _AS_TEXT[1:]) from error
    if count > MAX_PAGES:
        raise refusal(filename, f"PDF 有 {count} 页，超过上限 {MAX_PAGES} 页", "请只留报告正文")
    return reader


def _pages(reader: PdfReader, filename: str) -> tuple[list[list[str]], tuple[str, ...]]:
    """The lines of each page, and warnings on pages that could not be read."""
    pages: list[list[str]] = []
    bad: list[int] = []
    until = time.monotonic() + PDF_SECONDS
    for number in range(len(reader.pages)):
        lines: list[str] = []
        try:
            lines = _page_text(reader.pages[number], until).splitlines()
        except _TooSlow:
            seen = f"PDF 太复杂，{PDF_SECONDS:.0f} 秒只读到第 {number + 1} 页"
            raise refusal(filename, seen, _AS_TEXT) from None
        except _DAMAGED:
            bad.append(number + 1)
        pages.append([line.rstrip() for line in lines if line.strip()])
    if not bad:
        return pages, ()
    return pages, (f"第 {'、'.join(map(str, bad[:20]))} 页读不出来，已略过",)


def _page_text(page: PageObject, until: float) -> str:
    def watch(*_: Any) -> None:
        if time.monotonic() > until:
            raise _TooSlow

    watch()
    contents = page.get_contents()
    drawn = len(contents.get_data()) if contents is not None else 0
    if drawn + _form_bytes(page) > MAX_PAGE_BYTES:
        raise ValueError("page too large")
    return page.extract_text(visitor_operand_before=watch)


def _form_bytes(page: PageObject) -> int:
    """Bytes of the drawings that the page and they themselves draw by name, each counted once."""
    total, forms, seen = 0, [cast(DictionaryObject, page)], {id(page)}
    while forms and total <= MAX_PAGE_BYTES:
        resources = forms.pop().get("/Resources", DictionaryObject()).get_object()
        for named in resources.get("/XObject", DictionaryObject()).get_object().values():
            form = named.get_object()
            if id(form) not in seen and form.get("/Subtype") == "/Form":
                seen.add(id(form))
                total += len(form.get_data())
                forms.append(form)
    return total


def _part(pages: Sequence[list[str]]) -> tuple[list[list[str]], list[str]]:
    """Each page's body, and the page numbers and running heads of all pages."""

    def edge(page: list[str], at: int) -> bool:
        return at < EDGE_LINES or at >= len(page) - EDGE_LINES

    def shape(line: str) -> str:
        return _FIGURES.sub("#", "".join(line.split()))

    seen = Counter(name for page in pages for name in {shape(x) for at, x in enumerate(page) if edge(page, at)})
    often = max(3, len(pages) / 2)
    running = {name for name, times in seen.items() if times >= often and not _PROSE.search(name)}
    bodies: list[list[str]] = []
    edges: list[str] = []
    for page in pages:
        body: list[str] = []
        for at, line in enumerate(page):
            number = at in (0, len(page) - 1) and _PAGE_NUMBER.fullmatch(line)
            (edges if number or (edge(page, at) and shape(line) in running) else body).append(line)
        bodies.append(body)
    return bodies, edges


def _paragraphs(pages: Sequence[list[str]]) -> Iterator[str]:
    """Lines joined where only the margin broke them: the line is full, ends no sentence, and no heading follows."""
    paragraph = ""
    running_on = False
    for page in pages:
        widest = max(map(_width, page), default=0)
        for line in page:
            if running_on and not _HEAD.match(line):
                line = line.lstrip(" ") if paragraph else line
                paragraph += glue(paragraph, line) + line
            else:
                if paragraph:
                    yield paragraph
                paragraph = line
            running_on = _width(line) >= FULL_LINE * widest and not _STOPPED.search(line)
    if paragraph:
        yield paragraph


def _width(line: str) -> int:
    """In half-width columns: a Chinese character takes two."""
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in line)
