"""A clock that goes only as far as somebody waits: hours of sending pass at once."""

from __future__ import annotations

import asyncio
import heapq
import itertools
from collections.abc import Coroutine
from typing import Any


class Clock:
    """Call it for the time; `sleep` is what the code under test waits with."""

    def __init__(self, now: float = 1_000_000.0) -> None:
        self.now = now
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        waking: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (self.now + max(seconds, 0.0), next(self._order), waking))
        await waking

    async def run(self, *works: Coroutine[Any, Any, Any]) -> list[Any]:
        """Do all the works side by side; time goes on when all of them wait."""
        tasks = [asyncio.ensure_future(work) for work in works]
        while not all(task.done() for task in tasks):
            for _ in range(20):
                await asyncio.sleep(0)
            if self._waiting and not all(task.done() for task in tasks):
                self.now, _, waking = heapq.heappop(self._waiting)
                if not waking.done():
                    waking.set_result(None)
        return [task.result() for task in tasks]
