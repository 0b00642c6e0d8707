"""Work beside the event loop, and what keeps it from being felt there."""

from __future__ import annotations

import asyncio
import concurrent.futures
import gc
import sys
import threading
from collections.abc import Callable
from typing import TypeVar

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

    def carry_out() -> None:
        done.set_running_or_notify_cancel()  # from here on nobody's losing patience cancels it
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)

    threading.Thread(target=carry_out, name="aside", daemon=True).start()
    return asyncio.wrap_future(done)
