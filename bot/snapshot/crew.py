"""Files become rows and clauses in processes of their own: on all cores, politely, each for a limited time.

A file at which its process dies or stays too long is at fault; the others are read by new processes.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import NamedTuple

from bot.answers.ranking import Entry, Spelt, spelt
from bot.reports.careful import report_or_fault
from bot.reports.files.limits import refusal
from bot.reports.model import Report, ReportError
from bot.snapshot.codec import head_of, packed
from bot.snapshot.files import File
from bot.snapshot.store import Row

LONGEST = 60  # seconds for one file; 20 MB of the worst take about 10
AHEAD = 3  # files handed to each process; what more of them became would only wait in memory


class Read(NamedTuple):
    """What reading one file gave: a row, and its clauses."""

    row: Row
    clauses: list[Spelt]


def read_all(files: Sequence[File], longest: int = LONGEST) -> Iterator[Read]:
    """In whatever order they are done, each within `longest` seconds."""
    waiting = deque(files)
    workers = min(os.cpu_count() or 1, len(files))
    while waiting:
        begun: dict[Future[Read], File] = {}
        try:
            with _pool(workers) as pool:
                yield from _done(pool, AHEAD * workers, waiting, begun, longest)
        except BrokenProcessPool:  # at one of those that had begun
            for file in begun.values():
                yield _alone(file, longest)


def read(file: File) -> Read:
    """One file, in whichever process. Never raises: what is wrong with it is its fault."""
    try:
        made = report_or_fault(file.data(), file.name)
    except (OSError, EOFError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else error
        made = refusal(file.name, f"文件打不开（{why}）", "请检查路径和读取权限")
    if isinstance(made, ReportError):
        return Read(_faulty(file, str(made)), [])
    row = Row(made.id, file.name, file.sha, head_of(made), packed(made))
    return Read(row, list(map(spelt, entries_of(made))))


def entries_of(report: Report) -> Iterator[Entry]:
    for number, clause in enumerate(report.clauses):
        yield Entry(report.id, number, report.text[clause.start : clause.end], " ".join(clause.path))


def _done(
    pool: ProcessPoolExecutor, ahead: int, waiting: deque[File], begun: dict[Future[Read], File], longest: int
) -> Iterator[Read]:
    """Take files from those that wait until none is left; what is under way is in `begun`."""
    while waiting or begun:
        while waiting and len(begun) < ahead:
            begun[pool.submit(_timed, waiting[0], longest)] = waiting[0]
            waiting.popleft()
        for one in wait(begun, return_when=FIRST_COMPLETED).done:
            done = one.result()
            del begun[one]
            yield done


def _alone(file: File, longest: int) -> Read:
    with _pool(1) as pool:
        try:
            return pool.submit(_timed, file, longest).result()
        except BrokenProcessPool:
            seen = f"读了 {longest} 秒还没读完，或读它的进程中断了"
            return Read(_faulty(file, str(refusal(file.name, seen, "请另存为 .txt 或 .docx 再试"))), [])


def _faulty(file: File, fault: str) -> Row:
    return Row("", file.name, file.sha, {}, fault=fault)


def _timed(file: File, longest: int) -> Read:
    if not hasattr(signal, "alarm"):  # Windows
        return read(file)
    signal.alarm(longest)  # which ends the process
    try:
        return read(file)
    finally:
        signal.alarm(0)


def _pool(workers: int) -> ProcessPoolExecutor:
    """Processes of their own: a fork would take along threads that hold locks."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """A process that reads files needs no token, lets answers come first, and does not outlive who started it."""
    for name in [name for name in os.environ if name.startswith("YOUJU_")]:
        del os.environ[name]
    with contextlib.suppress(AttributeError, OSError):
        os.nice(5)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who started it
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
