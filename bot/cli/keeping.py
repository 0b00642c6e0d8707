"""Taking things out of the state: a backup while the bot runs, the question log as a table."""

from __future__ import annotations

import asyncio
import contextlib
import csv
import io
import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.faults import ConfigError

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.state.questions import Kept

PAGES = 500  # of the database copied at once; between, the bot may write
PAUSE = 0.01  # seconds
MOST = 1_000_000  # questions of an export

POSTGRES = "状态存在 PostgreSQL，请用 pg_dump 备份（见 deploy/README.md）"
NO_STATE = "{file}：还没有状态数据库，没有可备份的"
THERE = "{file}：已经有这个文件，换个名字，或加 --force 覆盖"
DAMAGED = "{file}：数据库有损坏（{fault}），没有留下备份"
FAILED = "{file}：备份没有写成（{error}）"
SAVED = "已备份到 {file}（{size} 字节）。另请备份数据文件夹里的 editions、synonyms.toml、salt，以及配置和令牌文件。"
EXPORTED = "已导出 {count} 条提问到 {file}"

# Columns of the table, in the order of the file.
HEADINGS = (
    *("时间", "问题", "结果", "答复", "把握", "最接近的指标", "报告", "版本", "提问者（摘要）", "私聊"),
    *("有用", "不对", "理由"),
)
OUTCOMES = {"answered": "已答", "not_found": "未答", "fixed": "固定答复"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would carry out a cell that begins so


def backup(settings: Settings, target: Path, *, force: bool = False) -> int:
    """Copy the SQLite state, whole and checked, while others read and write it. Returns the exit code."""
    from bot.state.database import FILE

    if settings.state.url.startswith("postgresql"):
        raise ConfigError(POSTGRES)
    source = Path(settings.state.url.partition("///")[2]) if settings.state.url else settings.data / FILE
    if not source.is_file():
        raise ConfigError(NO_STATE.format(file=source))
    if target.exists() and not force:
        raise ConfigError(THERE.format(file=target))
    unfinished = target.with_name(f".{target.name}.tmp")
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        fault = _copy(source, unfinished)
        if fault != "ok":
            raise ConfigError(DAMAGED.format(file=source, fault=fault))
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise ConfigError(FAILED.format(file=target, error=error)) from None
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
    click.echo(SAVED.format(file=target, size=target.stat().st_size))
    return 0


def _copy(source: Path, target: Path) -> str:
    """SQLite's own online backup; "ok", or what its check found. The copy is one file, without a log beside it."""
    with contextlib.closing(sqlite3.connect(source)) as old, contextlib.closing(sqlite3.connect(target)) as new:
        old.execute("PRAGMA busy_timeout = 10000")
        old.backup(new, pages=PAGES, sleep=PAUSE)
        new.execute("PRAGMA journal_mode = DELETE")
        return str(new.execute("PRAGMA quick_check(1)").fetchone()[0])


def export_questions(settings: Settings, out: Path | None) -> int:
    """The question log as CSV, the oldest first. A file begins with a byte order mark, by which Excel knows UTF-8."""
    rows, votes = asyncio.run(_questions(settings))
    text = table(reversed(rows), votes)
    if out is None:
        sys.stdout.write(text)
        return 0
    try:
        handle = os.open(out, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
            file.write(text)
    except OSError as error:
        raise ConfigError(f"{out}：写不了（{error.strerror}）") from None
    click.echo(EXPORTED.format(count=len(rows), file=out))
    return 0


Votes = Mapping[str, tuple[int, int, tuple[str, ...]]]


async def _questions(settings: Settings) -> tuple[list[Kept], Votes]:
    from bot.state import State, StateError, questions

    try:
        state = await State.open(settings.data, settings.state.url)
    except StateError as error:
        raise ConfigError(str(error)) from None
    try:
        return await questions.latest(state, MOST), await questions.tally(state)
    finally:
        await state.close()


def table(rows: Iterable[Kept], votes: Votes) -> str:
    """Questions as CSV (RFC 4180)."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(HEADINGS)
    for row in rows:
        writer.writerow(map(_harmless, _cells(row, *votes.get(row.key, (0, 0, ())))))
    return written.getvalue()


def _cells(row: Kept, good: int, bad: int, reasons: tuple[str, ...]) -> Iterator[object]:
    yield datetime.fromtimestamp(row.at).astimezone().isoformat(timespec="seconds")
    yield from (row.said, OUTCOMES.get(row.outcome, row.outcome), row.answer, f"{row.score:.3f}", row.nearest)
    yield from (row.report, row.edition, row.person, "是" if row.private else "否", good, bad, "；".join(reasons))


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
