"""What the commands read: reports from files and folders, a text or questions from standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from bot.library import Library
from bot.reports.files import SUFFIXES, source_of_text
from bot.reports.files.limits import check_length
from bot.reports.model import Report, ReportError
from bot.reports.reader import read_report, report_of


def open_library(paths: Sequence[Path], synonyms: Mapping[str, Sequence[str]], snapshot: Path | None = None) -> Library:
    """The library of these files and folders; what cannot be read is said on standard error while the rest serves.

    Many reports are kept in the folder `snapshot` from one time to the next. Raises ReportError where a path does not
    exist, nothing can be read, or that folder cannot be written.
    """
    if missing := list(missing_among(paths)):
        raise missing[0]
    try:
        library = Library.load(paths, synonyms=synonyms, snapshot=snapshot, told=_progress)
    except OSError as error:
        raise ReportError(f"{error.filename or snapshot}：写不了（{error.strerror}），请检查设置里的 data") from None
    if not library.reports:
        raise library.faults[0] if library.faults else nothing_in(paths)
    for fault in library.faults:
        click.echo(f"跳过：{fault}", err=True)
    return library


def _progress(done: int, total: int) -> None:
    """How far the reading is, on one line of a terminal."""
    if sys.stderr.isatty():
        click.echo(f"\r读报告 {done}/{total}", err=True, nl=done == total)


def read_reports(paths: Sequence[Path]) -> list[Report]:
    """The reports at these files and folders, in order of their names. Raises ReportError, also for none."""
    if missing := list(missing_among(paths)):
        raise missing[0]
    files: list[Path] = []
    for path in paths:
        inside = (
            (file for file in sorted(path.iterdir()) if file.suffix.lower() in SUFFIXES) if path.is_dir() else [path]
        )
        files += inside
    if not files:
        raise nothing_in(paths)
    return [read_report(file) for file in files]


def missing_among(paths: Sequence[Path]) -> Iterator[ReportError]:
    for path in paths:
        if not path.exists():
            yield ReportError(f"{path}：没有这个文件或文件夹，请检查路径")


def nothing_in(paths: Sequence[Path]) -> ReportError:
    return ReportError(f"{'、'.join(map(str, paths))}：里面没有报告，请放入 {' '.join(SUFFIXES)} 文件")


def read_text(name: str) -> list[Report]:
    """A text on standard input (`-`) or in a file of any name, character for character, as at most one report.

    A fragment that holds nothing but what would be page furniture is none. Raises ReportError for no text at all.
    """
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise ReportError(f"{name}：读不了（{error.strerror}）") from None
    text = _decoded(data, name)
    check_length(text, name)
    try:
        return [report_of(source_of_text(text))]
    except ReportError as error:
        if not text.strip():
            raise
        click.echo(str(error), err=True)
        return []


def _decoded(data: bytes, name: str) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReportError(f"{name}：不是文字（既非 UTF-8 也非 GB18030）")


def lines_typed() -> Iterator[str]:
    """Lines of standard input as they come, without their ends."""
    if sys.stdin.isatty():
        click.echo("请输入问题，每行一个；Ctrl-D 结束。", err=True)
    for line in sys.stdin:
        yield line.rstrip("\r\n")
