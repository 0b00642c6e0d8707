"""Reading files in a process of its own, so that answers go on, and so that a file that hangs or crashes a library
behind the formats harms nobody.

The child is handed names on its standard input, one JSON object a line, and hands back frames: a length of 8 bytes and
a pickle. It is our own program on our own pipe; no pickle is ever read from a file or from anybody else.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import pickle
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot.answers.index import ReportIndex
from bot.reports.careful import report_or_fault
from bot.reports.files.limits import refusal
from bot.reports.model import ReportError

LONGEST = 60.0  # seconds for one file; 20 MB of the worst take about 10
# The child gives way from its first moment on: loading its modules alone takes half a second.
CHILD = "import os; hasattr(os, 'nice') and os.nice(10); from bot.editions.reading import serve; serve()"
PLAIN = (".txt", ".md", ".csv")  # formats with no library behind them that could hang
QUICK = 300_000  # bytes, compressed: about a second of reading, while a process of its own takes half of one to begin
BREATH = 0.002  # seconds left to the answers after each frame is unpacked
_LENGTH = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read: its name in the reports folder, and where its bytes are, compressed by gzip."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Read:
    """What a file became: an index, which holds its report, or a fault of one line."""

    name: str
    index: ReportIndex | None = None
    fault: str = ""


Reader = Callable[[Sequence[Job], Callable[[int, str], None]], Iterator[Read]]


def read_here(jobs: Sequence[Job], told: Callable[[int, str], None]) -> Iterator[Read]:
    """Read in this process. `told` hears the number of each file, from 0, and its name before it is read."""
    for number, job in enumerate(jobs):
        told(number, job.name)
        yield read(job)


def read_quickly(jobs: Sequence[Job], told: Callable[[int, str], None], aside: Reader) -> Iterator[Read]:
    """For the start, when nobody waits for answers yet: a few plain files are read here, all else aside."""
    plain = all(job.name.lower().endswith(PLAIN) for job in jobs)
    quick = plain and sum(job.path.stat().st_size for job in jobs) <= QUICK
    return (read_here if quick else aside)(jobs, told)


def read(job: Job) -> Read:
    """Read one file. Never raises: what is wrong with it is its fault."""
    try:
        data = gzip.decompress(job.path.read_bytes())
    except (OSError, EOFError) as error:
        return Read(job.name, fault=f"{job.name}：存档里的文件读不了（{error}）")
    made = report_or_fault(data, job.name)
    return Read(job.name, fault=str(made)) if isinstance(made, ReportError) else Read(job.name, ReportIndex(made))


class Aside:
    """Reads in a child process; `close` ends it at once, from any thread."""

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest = longest
        self._child: subprocess.Popen[bytes] | None = None
        self._closed = False

    def __call__(self, jobs: Sequence[Job], told: Callable[[int, str], None]) -> Iterator[Read]:
        """As `read_here`. A file at which the child dies or stays too long is at fault; a new child reads the rest."""
        at = 0
        while at < len(jobs) and not self._closed:
            with self._started(jobs[at:]) as child:
                for one in self._frames(child, jobs, at, told):
                    yield one
                    at += 1
                    time.sleep(BREATH)
            if at < len(jobs) and not self._closed:
                yield Read(jobs[at].name, fault=str(self._died(jobs[at].name, child.returncode)))
                at += 1

    def close(self) -> None:
        self._closed = True
        if self._child is not None:
            self._child.kill()

    @contextlib.contextmanager
    def _started(self, jobs: Sequence[Job]) -> Iterator[subprocess.Popen[bytes]]:
        home = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
        secrets = {name for name in os.environ if name.startswith("YOUJU_")}
        environ = {name: value for name, value in os.environ.items() if name not in secrets} | {"PYTHONPATH": path}
        child = subprocess.Popen(  # noqa: S603 - our own Python, our own words
            (sys.executable, "-c", CHILD),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environ,
        )
        self._child = child
        asked = "".join(json.dumps({"name": job.name, "path": str(job.path)}) + "\n" for job in jobs).encode()
        threading.Thread(target=_feed, args=(child, asked), daemon=True).start()  # a pipe holds 64 kB only
        try:
            yield child
        finally:
            child.kill()
            child.wait()
            for pipe in (child.stdout, child.stdin):
                with contextlib.suppress(OSError):
                    if pipe:
                        pipe.close()
            self._child = None

    def _frames(
        self, child: subprocess.Popen[bytes], jobs: Sequence[Job], at: int, told: Callable[[int, str], None]
    ) -> Iterator[Read]:
        assert child.stdout is not None  # noqa: S101 - asked for above
        for number in range(at, len(jobs)):
            told(number, jobs[number].name)
            watch = threading.Timer(self._longest, child.kill)
            watch.daemon = True
            watch.start()
            try:
                frame = _frame(child.stdout)
            finally:
                watch.cancel()
            if frame is None:
                child.wait()
                return
            one = pickle.loads(frame)  # noqa: S301 - from our own child's pipe
            assert isinstance(one, Read)  # noqa: S101
            yield one

    def _died(self, name: str, status: int) -> ReportError:
        seen = f"读了 {self._longest:.0f} 秒还没读完，或读它的进程中断了（{status}）"
        return refusal(name, seen, "请另存为 .txt 或 .docx 再试")


def _feed(child: subprocess.Popen[bytes], asked: bytes) -> None:
    with contextlib.suppress(OSError, ValueError):
        assert child.stdin is not None  # noqa: S101 - asked for above
        child.stdin.write(asked)
        child.stdin.close()


def _frame(pipe: BinaryIO | object) -> bytes | None:
    """One frame, None where the pipe ends before it does."""
    head = pipe.read(_LENGTH.size)  # type: ignore[union-attr]
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body: bytes = pipe.read(length)  # type: ignore[union-attr]
    return body if len(body) == length else None


def serve() -> None:
    """The child: reads what it is asked for until there is no more."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not fall among the frames
    jobs = [Job(given["name"], Path(given["path"])) for given in map(json.loads, sys.stdin.buffer)]
    for job in jobs:
        done = read(job)
        if done.index is not None:
            _ = (done.index.sound, done.index.title)  # made here, and not when the first question needs them
        frame = pickle.dumps(done, protocol=5)
        out.write(_LENGTH.pack(len(frame)) + frame)
        out.flush()
