"""Work beside the event loop."""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def in_thread(work: Callable[[], T]) -> asyncio.Future[T]:
    """Work off the event loop, in a thread that does not keep the program from ending, as a pool's threads do."""
    done: concurrent.futures.Future[T] = concurrent.futures.Future()

    def carry_out() -> None:
        done.set_running_or_notify_cancel()  # from here on nobody's losing patience cancels it
        try:
            done.set_result(work())
        except BaseException as error:
            done.set_exception(error)

    threading.Thread(target=carry_out, name="aside", daemon=True).start()
    return asyncio.wrap_future(done)
