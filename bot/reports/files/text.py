"""Bytes become text: encodings, and the one rule for joining lines that only layout broke."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable

from bot.reports.files.limits import check_text, refusal
from bot.reports.model import Source

# First bytes of what is not text, and what people call it.
SIGNATURES = (
    (b"PK\x03\x04", "压缩包或 Word 文件（.docx）"),
    (b"PK\x05\x06", "空的压缩包"),
    (b"%PDF", "PDF 文件"),
    (b"\xd0\xcf\x11\xe0", "旧版或加密的 Office 文件（.doc、.xls）"),
    (b"{\\rtf", "RTF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "压缩包"),
    (b"7z\xbc\xaf", "压缩包"),
    (b"\x1f\x8b", "压缩包"),
    (b"\x7fELF", "程序"),
    (b"SQLite format", "数据库"),
)
EVERYDAY_SHARE = 0.58  # measured on reports: .99, in traditional script .73; Big5 read as GB18030 .43, UTF-8 .20
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_HAN = re.compile("[\u4e00-\u9fff]")
_LETTERS = re.compile("[\u0370-\u1fff\u3040-\ufefe]")  # all that is neither Latin nor punctuation
_SAVE_AS_UTF8 = "请用编辑器另存为 UTF-8 编码的 .txt"


def known_as(data: bytes) -> str | None:
    """What these bytes are, if they are a well-known kind of file other than text."""
    return next((kind for magic, kind in SIGNATURES if data.startswith(magic)), None)


def glue(left: str, right: str) -> str:
    """What stands between two lines of one paragraph once the line end is gone: a space between Latin words or
    figures, which would run together, and nothing in Chinese."""
    ends = left[-1:] + right[:1]
    return " " if len(ends) == 2 and ends.isascii() and ends.isalnum() else ""


def decode(data: bytes, filename: str) -> tuple[str, tuple[str, ...]]:
    """The text of `data`, without its byte order mark, line ends as they stand; and warnings.

    UTF-8, UTF-16 with a mark, GB18030 (which holds GBK and GB2312). A few broken bytes become U+FFFD with a warning.
    Raises ReportError for binary data and other encodings.
    """
    kind = known_as(data)
    if kind:
        raise refusal(filename, f"后缀是文本，内容却是{kind}", "请改回原来的后缀，或另存为 .txt")
    text, warnings = _decode(data, filename)
    control = _CONTROL.search(text)
    if control and (control.group() == "\0" or len(_CONTROL.findall(text)) > len(text) / 1000):
        at = f"第 {control.start() + 1} 个字符是控制符 0x{ord(control.group()):02X}"
        raise refusal(filename, f"内容是二进制数据，不是文本（{at}）", _SAVE_AS_UTF8)
    return text, warnings


def _decode(data: bytes, filename: str) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _accept(data[len(mark) :], encoding) or _unknown(data, mark, encoding, filename)
    if b"\0" in data[:4096] and data.count(b"\0") > len(data) / 20 and _looks_utf16(data):
        raise refusal(filename, "看起来是没有 BOM 的 UTF-16 编码", _SAVE_AS_UTF8)
    return _accept(data, "utf-8") or _accept(data, "gb18030", _is_everyday_gb) or _unknown(data, b"", "utf-8", filename)


def _accept(
    data: bytes, encoding: str, plausible: Callable[[str], bool] = lambda text: True
) -> tuple[str, tuple[str, ...]] | None:
    """The decoded text, if at most one in fifty Chinese characters is broken; None if this is another encoding."""
    try:
        text = data.decode(encoding)
        return (text, ()) if plausible(text) else None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = data.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    if broken * 50 > len(_HAN.findall(text)) or not plausible(text):
        return None
    return text, (f"有 {broken} 处字节不是合法的 {encoding.upper()}（第一处在第 {line} 行），已显示为 \ufffd",)


def _is_everyday_gb(text: str) -> bool:
    """GB18030 decodes almost any bytes. Of real Chinese most letters are of level one of GB 2312 (3,755 everyday
    characters, first bytes B0-D7), even in traditional script; of Big5 read as GB18030 few are."""
    letters: list[str] = _LETTERS.findall(text[:20_000])
    lead = [letter.encode("gb18030", "replace")[0] for letter in letters]
    return sum(0xB0 <= byte <= 0xD7 for byte in lead) >= EVERYDAY_SHARE * len(lead)


def _looks_utf16(data: bytes) -> bool:
    even, odd = data[:4096:2].count(b"\0"), data[1:4096:2].count(b"\0")
    return bool(max(even, odd) > 10 * max(1, min(even, odd)))


def _unknown(data: bytes, mark: bytes, encoding: str, filename: str) -> tuple[str, tuple[str, ...]]:
    at = len(mark)
    try:
        data[at:].decode(encoding)
    except UnicodeDecodeError as error:
        at += error.start
    misfit = f"不合文件头标明的 {encoding.upper()}" if mark else "既不合 UTF-8 也不合 GB18030"
    seen = f"认不出文字编码：第 {at + 1} 个字节（0x{data[at]:02X}）{misfit}"
    raise refusal(filename, seen, _SAVE_AS_UTF8)


def read(data: bytes, filename: str, name: str) -> Source:
    """A plain text, letter for letter."""
    text, warnings = decode(data, filename)
    check_text(text, filename)
    return Source(name, text, warnings=warnings)
