"""The question log: noted in memory at once, written to the state beside the answers, in batches.

An answer never waits for it and never fails by it. What cannot be written waits, so many and no more; a fault is
logged when it begins and not again until writing works.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from bot.questions.forms import form
from bot.replies.model import Asked
from bot.state import State
from bot.state import questions as table
from bot.state.questions import Kept

log = logging.getLogger(__name__)

WAITING = 2000  # questions; beyond, the oldest are lost
BATCH = 50
LINGER = 0.3  # seconds in which more questions may join a batch
AGAIN = 5.0  # seconds after a fault
PRUNE_EVERY = 3600.0
LAST_WRITE = 1.0  # seconds, when stopping
DAY = 86400.0

Noted = tuple[str, Asked, str, bool, int, float]  # key, what came of it, person, private, edition, moment


@dataclass(slots=True)
class QuestionLog:
    """`keep_days` is how long questions are kept."""

    state: State
    keep_days: int
    clock: Callable[[], float] = time.time
    lost: int = 0  # questions that could not be written
    _waiting: deque[Noted] = field(default_factory=deque)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _writing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _faulty: bool = False
    _pruned: float = 0.0
    _working: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def note(self, key: str, asked: Asked, person: str, edition: int, *, private: bool) -> None:
        """Take down a question under a new key. Costs microseconds, never raises."""
        self._waiting.append((key, asked, person, private, edition, self.clock()))
        while len(self._waiting) > WAITING:
            self._waiting.popleft()
            self.lost += 1
        self._news.set()

    def start(self) -> None:
        self._working = asyncio.create_task(self._work(), name="question log")

    async def stop(self) -> None:
        """Write what waits, within a second."""
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)
            self._working = None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_WRITE):
                await self.flush()

    async def flush(self) -> bool:
        """Write all that waits; False where that fails."""
        async with self._writing:
            while self._waiting:
                batch = [self._waiting[at] for at in range(min(BATCH, len(self._waiting)))]
                if not await self._written(batch):
                    return False
                for noted in batch:
                    if self._waiting and self._waiting[0] is noted:  # it may have been let go meanwhile
                        self._waiting.popleft()
            return True

    def drop(self, person: str) -> None:
        """Forget what waits of one person."""
        kept = [noted for noted in self._waiting if noted[2] != person]
        self._waiting.clear()
        self._waiting.extend(kept)

    async def _work(self) -> None:
        while True:
            await self._prune()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PRUNE_EVERY):
                    await self._news.wait()
            await asyncio.sleep(LINGER)
            self._news.clear()
            if not await self.flush():
                await asyncio.sleep(AGAIN)
                self._news.set()

    async def _written(self, batch: list[Noted]) -> bool:
        try:
            await table.add(self.state, await asyncio.to_thread(_rows, batch))
        except (SQLAlchemyError, OSError, TimeoutError) as error:
            if isinstance(error, DataError | IntegrityError):
                return self._given_up(batch, error.orig)
            if not self._faulty:
                log.error("the question log cannot be written, answers go on: %s", error)
            self._faulty = True
            return False
        except Exception as error:  # of our own making: it would come again each time
            return self._given_up(batch, error)
        if self._faulty:
            log.info("the question log is written again")
        self._faulty = False
        return True

    def _given_up(self, batch: list[Noted], error: object) -> bool:
        """Rows that cannot be kept must not hold up the others."""
        log.error("%d questions cannot be kept: %s", len(batch), error)
        self.lost += len(batch)
        return True

    async def _prune(self) -> None:
        now = self.clock()
        if now - self._pruned < PRUNE_EVERY:
            return
        self._pruned = now
        try:
            gone = await table.prune(self.state, now - self.keep_days * DAY)
        except (SQLAlchemyError, OSError) as error:
            log.warning("old questions cannot be deleted: %s", error)
            return
        if gone:
            log.info("%d questions older than %d days were deleted", gone, self.keep_days)


def _rows(batch: list[Noted]) -> list[Kept]:
    """In a thread: taking the questions apart would hold up answers."""
    return [_kept(*noted) for noted in batch]


def _kept(key: str, asked: Asked, person: str, private: bool, edition: int, at: float) -> Kept:
    return Kept(
        key=key,
        said=(said := _storable(asked.question)),
        form=form(said),
        person=person,
        private=private,
        outcome=asked.outcome,
        score=asked.score,
        answer=_storable(asked.answer),
        nearest=_storable(asked.nearest),
        report=asked.report,
        edition=edition,
        at=at,
    )


def _storable(text: str) -> str:
    """Without what a database refuses: NUL (PostgreSQL) and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
