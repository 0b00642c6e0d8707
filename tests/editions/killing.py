"""Run as a program: carries out one piece of work again and again, killed at each system call that changes the disk,
and in the middle of each write.

    python -m tests.editions.killing FOLDER (reload|upload|rollback)

Prints one JSON line for each killing: the call, and what the next start found. The last line is the work not killed.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.editions import By, Editions
from bot.editions.reading import read_here
from tests.editions.city import report, write

CALLS = ("open", "fsync", "replace", "unlink")
ADMIN = By(99, "小白")


def opened(folder: Path) -> Editions:
    editions = Editions(folder / "data", folder / "reports", reader=read_here)
    editions.start()
    return editions


def set_up(folder: Path) -> None:
    """Edition 1 says 100 and edition 2 says 110."""
    for n in (100, 110):
        write(folder / "reports", n)
        opened(folder)


def work(folder: Path, what: str) -> None:
    editions = opened(folder)
    if what == "reload":
        write(folder / "reports", 120)
        asyncio.run(editions.reload(ADMIN))
    elif what == "rollback":
        asyncio.run(editions.rollback(ADMIN, 1))
    else:
        candidate = asyncio.run(editions.upload(ADMIN, "新.txt", report(120).encode()))
        asyncio.run(editions.publish(ADMIN, candidate.token))


def deadly(name: str, left: list[int], *, before: bool) -> Callable[..., Any]:
    real = getattr(os, name)

    def call(*args: Any) -> Any:
        left[0] -= 1
        if left[0] == 0 and before:
            os.kill(os.getpid(), signal.SIGKILL)
        done = real(*args)
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    return call


class Torn:
    """A file in which a write may be the last thing that the program does: half of it, or all."""

    def __init__(self, file: Any, left: list[int], *, before: bool) -> None:
        self._file, self._left, self._before = file, left, before

    def write(self, data: bytes) -> None:
        self._left[0] -= 1
        end = self._left[0] == 0
        self._file.write(data[: len(data) // 2] if end and self._before else data)
        self._file.flush()
        if end:
            os.kill(os.getpid(), signal.SIGKILL)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Torn:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()


def killed_at(number: int, before: bool, folder: Path, what: str) -> bool:
    """Whether there was such a call; the work is done in a process of its own, which dies there."""
    child = os.fork()
    if child == 0:
        left = [number]
        for name in CALLS:
            setattr(os, name, deadly(name, left, before=before))
        fdopen = os.fdopen
        os.fdopen = lambda *given: Torn(fdopen(*given), left, before=before)  # type: ignore[assignment]
        try:
            work(folder, what)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def found(folder: Path) -> dict[str, Any]:
    editions = opened(folder)
    held = {path.name: path.read_text("utf-8") for path in (folder / "reports").iterdir()}
    audit = (folder / "data" / "audit.jsonl").read_text("utf-8").splitlines()
    return {
        "answer": getattr(editions.library.ask("养老床位有多少张？"), "text", ""),
        "folder": {name: next((n for n in (100, 110, 120) if text == report(n)), None) for name, text in held.items()},
        "edition": editions.current,
        "listed": [edition.number for edition in editions.listed()],
        "left": [path.name for path in folder.rglob("*.tmp")],
        "audit": [json.loads(line)["what"] for line in audit],
    }


def main(folder: Path, what: str) -> None:
    set_up(folder / "first")
    number, before, died = 1, True, True
    while died:
        place = folder / f"{number}-{before}"
        shutil.copytree(folder / "first", place)
        died = killed_at(number, before, place, what)
        end = {"died": died, "number": number, "before": before} | found(place)
        sys.stdout.write(json.dumps(end) + "\n")
        sys.stdout.flush()
        number, before = (number, False) if before else (number + 1, True)
        shutil.rmtree(place)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
