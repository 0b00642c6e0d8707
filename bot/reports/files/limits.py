"""What a file may cost, and how a file is refused. All limits are far above any real report (20,000 characters)."""

from __future__ import annotations

import re

from bot.reports.model import ReportError

MAX_BYTES = 20_000_000  # also what the Bot API lets a bot download
MAX_CHARS = 400_000  # of text, once decoded: ten times the longest report we know; read and indexed in seconds
MAX_TAGS = 300_000  # of an HTML page or a Word file
MAX_DEPTH = 2_000  # of nested HTML tags; real pages stay below 100
MAX_ENTRIES = 2_000  # of a .docx, which is a zip
MAX_UNPACKED = 100_000_000  # bytes of a .docx, all entries
MAX_XML = 30_000_000  # bytes of a .docx, all XML parts
MAX_PAGES = 500  # of a PDF
MAX_PAGE_BYTES = 1_500_000  # of the drawing commands of a PDF page, unpacked
PDF_SECONDS = 6.0

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_GAP = rf"[^{_HAN}\n。！？；]{{0,8}}"
# Four characters closed by a stop, or eight without one (the lines of a table). Classes are disjoint: no backtracking.
_SENTENCE = re.compile(rf"(?:[{_HAN}]{_GAP}){{4}}(?:[。！？；]|(?:[{_HAN}]{_GAP}){{4}})")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def refusal(filename: str, seen: str, advice: str) -> ReportError:
    """The one line that people read: which file, what was seen and where, and what to do."""
    return ReportError(_UNPRINTABLE.sub(" ", f"{filename}：{seen}；{advice}。"))


def has_sentence(text: str) -> bool:
    """Whether a Chinese sentence, or a line long enough to be one, stands anywhere in `text`."""
    return _SENTENCE.search(text) is not None


def check_size(size: int, filename: str) -> None:
    """Raise ReportError for a file of no bytes or of more than MAX_BYTES."""
    if size == 0:
        raise refusal(filename, "文件是空的（0 字节）", "请放入有正文的报告")
    if size >= MAX_BYTES:
        seen = f"文件有 {size / 1e6:.1f} MB，超过上限 {MAX_BYTES // 1_000_000} MB"
        raise refusal(filename, seen, "请只留报告正文，另存为 .txt 或 .docx")


def check_text(text: str, filename: str) -> None:
    """Raise ReportError for a text that is blank, far too long for a report, or not Chinese."""
    if not text.strip():
        raise refusal(filename, "文件里没有文字", "请放入有正文的报告")
    check_length(text, filename)
    if not has_sentence(text):
        head = " ".join(text.split())[:20]
        raise refusal(filename, f"全文没有一句中文（开头是“{head}”）", "请检查文件内容和编码，只支持中文报告")


def check_length(text: str, filename: str) -> None:
    """Raise ReportError for a text of more than MAX_CHARS."""
    if len(text) > MAX_CHARS:
        raise refusal(filename, f"正文有 {len(text)} 字，超过上限 {MAX_CHARS} 字", "请一份报告一个文件")
