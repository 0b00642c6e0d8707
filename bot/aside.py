"""Work beside the event loop, and what keeps it from being felt there."""

from __future__ import annotations

import concurrent.futures
import gc
import queue
import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")

SLICE = 0.001  # seconds that a thread may keep the event loop waiting for its turn; Python's own are five times it


def stays() -> None:
    """What is alive now is here to stay: the collector of cycles no longer walks all reports again and again, at which
    every answer would wait (30 ms with one report, over 100 with many). What is let go of is freed all the same."""
    gc.collect(1)
    gc.freeze()


def in_thread(work: Callable[[], T]) -> asyncio.Future[T]:
    """Work off the event loop, in a thread that does not keep the program from ending, as a pool's threads do."""
    sys.setswitchinterval(SLICE)
    done: concurrent.futures.Future[T] = concurrent.futures.Future()
    threading.Thread(target=_carry_out, args=(work, done), name="aside", daemon=True).start()
    return _awaited(done)


class Worker:
    """One such thread for work that comes often: done one after the other, in the order in which it was given."""

    def __init__(self) -> None:
        self._given: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def do(self, work: Callable[[], T]) -> asyncio.Future[T]:
        if self._thread is None:
            sys.setswitchinterval(SLICE)
            self._thread = threading.Thread(target=self._work, name="worker", daemon=True)
            self._thread.start()
        done: concurrent.futures.Future[T] = concurrent.futures.Future()
        self._given.put(lambda: _carry_out(work, done))
        return _awaited(done)

    def close(self) -> None:
        """What was given is still done."""
        self._given.put(None)

    def _work(self) -> None:
        while (work := self._given.get()) is not None:
            work()


def _carry_out(work: Callable[[], T], done: concurrent.futures.Future[T]) -> None:
    if not done.set_running_or_notify_cancel():  # who gave it has lost patience; from here on nobody can
        return
    try:
        done.set_result(work())
    except BaseException as error:
        done.set_exception(error)


def _awaited(done: concurrent.futures.Future[T]) -> asyncio.Future[T]:
    import asyncio  # here: `ask` and `chat` have no event loop, and it takes a twentieth of their start

    return asyncio.wrap_future(done)
