"""A file becomes a Source: its text as found, what the container says beside it, and its page furniture.

Each kind of file has one room here, imported only when such a file is read, since the libraries behind them are heavy.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path, PurePosixPath

from bot.reports.files.limits import check_size, refusal
from bot.reports.model import ReportError, Source

__all__ = ["SUFFIXES", "check_upload", "decode_source", "read_source", "source_of_text"]

# Suffix -> module with `read(data: bytes, filename: str, name: str) -> Source`.
_ROOMS = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".csv": "table",
    ".docx": "word",
    ".pdf": "pdf",
}
SUFFIXES = tuple(_ROOMS)
_ADVICE = {".doc": "请用 Word 或 WPS 另存为 .docx", ".wps": "请用 WPS 另存为 .docx", ".xls": "请另存为 .csv"}
_ADVICE |= {".xlsx": "请另存为 .csv", ".rtf": "请另存为 .docx", ".mht": "请另存为 .html"}


def read_source(path: Path) -> Source:
    """Read a report's file. Raises ReportError, one Chinese line, for a file that makes no report."""
    path = Path(path)
    _room(path.name)
    try:
        if path.is_dir():
            raise refusal(path.name, "这是文件夹，不是文件", "请指定其中的一个报告文件")
        if not path.is_file():
            raise refusal(str(path), "没有这个文件", "请检查路径")
        check_size(path.stat().st_size, path.name)
        data = path.read_bytes()
    except OSError as error:
        raise refusal(path.name, f"文件打不开（{error.strerror or error}）", "请检查路径和读取权限") from error
    return decode_source(data, path.name)


def decode_source(data: bytes, filename: str) -> Source:
    """Read a report that came as bytes, such as an upload; `filename` gives its kind by its suffix.

    Only .txt and .md give back every character of the file; see the rooms for what the others' text is.
    Raises ReportError, one Chinese line that names the file, what was seen and where, and what to do.
    """
    path = PurePosixPath(filename.replace("\\", "/"))
    room = _room(path.name)
    check_size(len(data), path.name)
    try:
        source = import_module(f"{__name__}.{room}").read(data, path.name, path.stem)
    except ReportError:
        raise
    except Exception as error:  # what a library did not foresee in a damaged file must not end in a traceback
        seen = f"文件已损坏，读不下去（{type(error).__name__}: {str(error)[:80]}）"
        raise refusal(path.name, seen, "请重新下载或另存为 .txt") from error
    assert isinstance(source, Source)  # noqa: S101 - import_module is untyped
    return source


def source_of_text(text: str, name: str = "-") -> Source:
    """A text that is already at hand (stdin, a chat) as a Source. Takes any text, even an empty one."""
    return Source(name, text)


def check_upload(filename: str, size: int) -> None:
    """Raise ReportError for a file whose kind or size makes it no report, before it is fetched; both are checked again
    when it is read."""
    _room(filename)
    check_size(size, filename)


def _room(filename: str) -> str:
    suffix = PurePosixPath(filename).suffix.lower()
    if suffix not in _ROOMS:
        seen = f"不认识后缀“{suffix}”" if suffix else "文件没有后缀"
        advice = _ADVICE.get(suffix, "请另存为其中一种")
        raise refusal(filename, f"{seen}，只支持 {' '.join(SUFFIXES)}", advice)
    return _ROOMS[suffix]
