"""The inbox's writer: what gathers while one transaction is being written goes into the next.

Where the state cannot be written (locked, full, read-only), nothing waits for it: all goes on from memory, is told
once, and is written as soon as that is possible again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.state import inbox
from bot.state.database import State
from bot.state.inbox import Arrival, Finish, Outcome

log = logging.getLogger(__name__)

PATIENCE = 2.0  # seconds that an update waits to be written before it is handled from memory
AGAIN = 2.0  # seconds before a state in trouble is tried again
PRUNE_EVERY = 3600.0  # seconds
LAST_WRITES = 1.5  # seconds for them when the program stops

Tell = Callable[[str], None]  # what is wrong, or "" once all is well again


@dataclass(slots=True)
class _Batch:
    """What the next transaction writes, and who waits for it."""

    arrivals: dict[int, Arrival] = field(default_factory=dict)
    begun: list[int] = field(default_factory=list)
    finishes: dict[int, Finish] = field(default_factory=dict)
    known: set[int] = field(default_factory=set)  # arrivals that had come before, once it is written
    written: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())

    def __bool__(self) -> bool:
        return bool(self.arrivals or self.begun or self.finishes)

    def release(self) -> None:
        if not self.written.done():
            self.written.set_result(None)

    def behind(self, earlier: _Batch) -> _Batch:
        """One batch of two. What was finished before it was ever written need not be written."""
        arrivals, finishes = earlier.arrivals | self.arrivals, earlier.finishes | self.finishes
        for update_id in arrivals.keys() & finishes.keys():
            if finishes[update_id].outcome is Outcome.DONE:
                del arrivals[update_id], finishes[update_id]
        return _Batch(arrivals, earlier.begun + self.begun, finishes, written=self.written)


class Ledger:
    """`tell` hears of trouble once when it begins and once when it is over."""

    def __init__(self, state: State, tell: Tell, clock: Callable[[], float] = time.time) -> None:
        self._state = state
        self._tell = tell
        self._clock = clock
        self._owed = _Batch()
        self._wake = asyncio.Event()
        self._in_trouble = False
        self._closing = False
        self._pruned = -PRUNE_EVERY
        self._writing: asyncio.Task[None] | None = None

    @property
    def durable(self) -> bool:
        """Whether what was kept is in the database, and not only in memory."""
        return not self._in_trouble

    async def start(self) -> list[Arrival]:
        """Begin to write; what was left undone, in its order. Empty where the state cannot be read."""
        self._writing = asyncio.create_task(self._work(), name="ledger")
        try:
            return await inbox.waiting(self._state)
        except (SQLAlchemyError, OSError) as error:
            self._trouble(error)
            return []

    async def keep(self, arrivals: Sequence[Arrival]) -> set[int]:
        """Write what arrived; the numbers of those that are new. Returns when they are in the database."""
        batch = self._owed
        batch.arrivals |= {one.update_id: one for one in arrivals}
        await self._written(batch)
        return {one.update_id for one in arrivals} - batch.known

    async def begin(self, update_id: int) -> None:
        """Count an attempt before it is made."""
        batch = self._owed
        batch.begun.append(update_id)
        await self._written(batch)

    async def finish(self, update_id: int, outcome: Outcome = Outcome.DONE, error: str = "") -> None:
        batch = self._owed
        batch.finishes[update_id] = Finish(update_id, outcome, error, self._clock())
        await self._written(batch)

    async def close(self) -> None:
        """Write what is owed, for a moment, and stop."""
        if self._writing is None:
            return
        self._closing = True
        self._wake.set()
        await asyncio.wait({self._writing}, timeout=LAST_WRITES)
        self._writing.cancel()
        await asyncio.gather(self._writing, return_exceptions=True)
        self._writing = None

    async def _written(self, batch: _Batch) -> None:
        self._wake.set()
        if self._in_trouble or self._writing is None:
            return
        written, _ = await asyncio.wait((batch.written,), timeout=PATIENCE)
        if not written:
            self._trouble("it takes too long")

    async def _work(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            batch, self._owed = self._owed, _Batch()
            if not batch:
                batch.release()
                if self._closing:
                    return
                continue
            try:
                await self._write(batch)
            except (SQLAlchemyError, OSError) as error:
                self._trouble(getattr(error, "orig", None) or error)
                batch.release()
                self._owed = self._owed.behind(batch)
                await asyncio.sleep(AGAIN)
                self._wake.set()
            else:
                batch.release()
                self._well()
                if self._closing:
                    self._wake.set()

    async def _write(self, batch: _Batch) -> None:
        await self._state.transact(partial(_write, batch))
        if time.monotonic() - self._pruned >= PRUNE_EVERY:
            self._pruned = time.monotonic()
            now = self._clock()
            await self._state.transact(lambda connection: inbox.prune(connection, now), aside=True)

    def _trouble(self, error: object) -> None:
        if not self._in_trouble:
            self._in_trouble = True
            self._tell(str(error))

    def _well(self) -> None:
        if self._in_trouble:
            self._in_trouble = False
            self._tell("")


def _write(batch: _Batch, connection: Connection) -> None:
    if batch.arrivals:
        arrivals = list(batch.arrivals.values())
        batch.known = batch.arrivals.keys() - inbox.keep(connection, arrivals)
    if batch.begun:
        inbox.begin(connection, batch.begun)
    if batch.finishes:
        inbox.finish(connection, list(batch.finishes.values()))
