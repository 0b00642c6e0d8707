"""The postman empties the outbox: each message once, whatever breaks, at the pace the platform allows.

A parcel is claimed (committed) just before its request and its outcome is recorded (committed) just after. Where a
record fails, as on a full disk, it is tried until it succeeds; nothing is marked sent that was not.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from bot.state import State, announcements, outbox, subscribers
from bot.state.outbox import Parcel

log = logging.getLogger(__name__)

AT_ONCE = 16  # requests under way; at 30 a second a request may take half a second
BATCH = 32  # rows read from the outbox at a time; what is due again has to wait for the end of a batch
IDLE = 1.0  # seconds between looks into the outbox: another process may have put something in
MOST_ATTEMPTS = 8  # faults that concern one chat; then its row has failed
LONGEST_PAUSE = 60.0  # seconds between attempts
SHORTEST_PAUSE = 0.2  # seconds between looks into the outbox, where a chat that is due has to wait for its own limit
FAULTS_IN_A_ROW = 4  # of network and server; then everything pauses
LIMITED = 60.0  # seconds for which what was sent counts against a limit
LAST_RECEIPTS = 3.0  # seconds for requests under way, when stopping


# What can come of a delivery


@dataclass(frozen=True, slots=True)
class Sent:
    message_id: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request went out and no receipt came."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """It certainly did not arrive, and may be tried again after so many seconds (0: after a growing pause).

    `ours` says that the chat had no part in it: our network, the server, a limit. Such attempts are not counted.
    """

    reason: str
    after: float = 0.0
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat does not want to be written to: blocked, kicked out."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat has another id now."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class NoThread:
    """The topic is closed or was deleted."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It can never be sent there."""

    reason: str


Outcome = Sent | Unknown | NotSent | Gone | Moved | NoThread | Refused


class Pace(Protocol):
    """When a chat may be written to."""

    def delay(self, chat: int) -> float:
        """Seconds until this chat may get a message, whatever the others get."""

    async def turn(self, chat: int) -> None:
        """Wait until a message may go to this chat, and count it."""

    def recall(self, chat: int, ago: float) -> None:
        """Count a message that went out so many seconds ago, before this process began."""


@dataclass(slots=True)
class Postman:
    """`deliver` sends one parcel, once, and says what came of it."""

    state: State
    deliver: Callable[[Parcel], Awaitable[Outcome]]
    pace: Pace
    resend_unknown: bool = False
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    moved: Callable[[int, int], Awaitable[None]] | None = None  # told (old, new) of a chat; else only the state is
    news: asyncio.Event = field(default_factory=asyncio.Event)  # set it when something was put into the outbox
    _stopping: bool = False
    _faults: int = 0  # of network and server, in a row
    _under_way: dict[int, asyncio.Task[None]] = field(default_factory=dict)  # by chat: one message at a time

    async def work(self) -> None:
        """Send what waits, for ever or until `stop`. Holding the lease is the caller's affair."""
        while not self._stopping:
            self.news.clear()  # what lands while the outbox is looked through is not missed below
            try:
                moved = await self._round()
                if not moved and not self._under_way:
                    for done in await announcements.close_finished(self.state, self.clock()):
                        log.info("announcement %d is done: %s", done, await outbox.counts(self.state, done))
            except (SQLAlchemyError, OSError) as error:
                log.error("the outbox cannot be read or written: %s; trying again", error)
                await self._pause(5.0)
                continue
            if not moved:
                await self._until_news(await self._rest())

    async def recover(self) -> list[Parcel]:
        """What the last end left under way is unknown, or queued again by the operator's choice; what was found.

        Call it before `work`: what went out in the last minute counts against the limits also after a restart.
        """
        now = self.clock()
        for chat, moment in await outbox.sent_since(self.state, now - LIMITED):
            self.pace.recall(chat, max(0.0, now - moment))
        found = await outbox.recover(self.state, now, resend=self.resend_unknown)
        if found:
            log.warning("%d messages were under way at the last end", len(found))
        return found

    async def until_empty(self) -> None:
        """Send what waits and return when nothing does any more."""
        working = asyncio.create_task(self.work())
        try:
            while not working.done() and (self._under_way or await outbox.depth(self.state)):
                await self.sleep(0.2)
            await announcements.close_finished(self.state, self.clock())
        finally:
            await self.stop()
            await working

    async def stop(self) -> None:
        """Begin nothing new; wait a little for what is under way. What is left becomes unknown at the next start."""
        self._stopping = True
        self.news.set()
        if self._under_way:
            _, left = await asyncio.wait(list(self._under_way.values()), timeout=LAST_RECEIPTS)
            for task in left:
                task.cancel()

    async def _rest(self) -> float:
        """Seconds until it is worth looking again, if there is no news."""
        due = await outbox.next_due(self.state)
        return IDLE if due is None else min(IDLE, max(SHORTEST_PAUSE, due - self.clock()))

    async def _round(self) -> bool:
        """Begin to send one batch; whether any of it was."""
        begun = False
        for parcel in await outbox.due(self.state, self.clock(), BATCH, list(self._under_way)):
            if self._stopping:
                break
            if parcel.chat_id in self._under_way or self.pace.delay(parcel.chat_id) > 0:
                continue
            while len(self._under_way) >= AT_ONCE:
                await asyncio.wait(list(self._under_way.values()), return_when=asyncio.FIRST_COMPLETED)
            if self._faults >= FAULTS_IN_A_ROW:
                await self._pause(_growing(self._faults - FAULTS_IN_A_ROW))
            await self.pace.turn(parcel.chat_id)
            if self._stopping or not await outbox.claim(self.state, parcel, self.clock()):
                continue
            task = asyncio.create_task(self._send(parcel), name=f"parcel {parcel.id}")
            self._under_way[parcel.chat_id] = task
            task.add_done_callback(partial(self._landed, parcel.chat_id))
            begun = True
        return begun

    def _landed(self, chat: int, _: object) -> None:
        del self._under_way[chat]
        self.news.set()

    async def _send(self, parcel: Parcel) -> None:
        try:
            outcome = await self.deliver(parcel)
        except Exception as error:  # it may have gone out before it failed
            log.exception("parcel %d", parcel.id)
            outcome = Unknown(str(error))
        faulty = isinstance(outcome, Unknown) or (isinstance(outcome, NotSent) and outcome.ours and not outcome.after)
        self._faults = self._faults + 1 if faulty else 0
        pause = 0
        while True:
            try:
                return await self._record(parcel, outcome)
            except (SQLAlchemyError, OSError) as error:
                log.error("what came of parcel %d cannot be recorded: %s; trying again", parcel.id, error)
                await self.sleep(_growing(pause))
                pause += 1

    async def _record(self, parcel: Parcel, outcome: Outcome) -> None:
        state, now = self.state, self.clock()
        match outcome:
            case Sent(message_id):
                await outbox.record_sent(state, parcel, message_id, now)
            case Unknown(reason) if self.resend_unknown and parcel.attempts < MOST_ATTEMPTS:
                await outbox.put_back(state, parcel, reason, now + _growing(parcel.attempts), now, free=False)
            case Unknown(reason):
                await outbox.record_unknown(state, parcel, reason, now)
            case NotSent(reason, _, ours) if not ours and parcel.attempts + 1 >= MOST_ATTEMPTS:
                await outbox.record_failed(state, parcel, reason, now)
            case NotSent(reason, after, ours):
                later = now + (after or _growing(parcel.attempts))
                await outbox.put_back(state, parcel, reason, later, now, free=ours)
            case Gone(reason):
                log.info("chat %d is unsubscribed: %s", parcel.chat_id, reason)
                await outbox.record_gone(state, parcel, reason, now)
            case Moved(chat_id):
                log.info("chat %d is chat %d now", parcel.chat_id, chat_id)
                await subscribers.move(state, parcel.chat_id, chat_id)
                if self.moved:
                    await self.moved(parcel.chat_id, chat_id)
                await outbox.put_back(state, parcel, "migrated", now, now, free=True)
            case NoThread():
                await outbox.without_thread(state, parcel)
                await outbox.put_back(state, parcel, "topic closed", now, now, free=True)
            case Refused(reason):
                await outbox.record_failed(state, parcel, reason, now)

    async def _pause(self, longest: float) -> None:
        """Wait so long, or until there is more news."""
        self.news.clear()
        await self._until_news(longest)

    async def _until_news(self, longest: float) -> None:
        if self._stopping:
            return
        waking, resting = asyncio.ensure_future(self.news.wait()), asyncio.ensure_future(self.sleep(longest))
        try:
            await asyncio.wait((waking, resting), return_when=asyncio.FIRST_COMPLETED)
        finally:
            waking.cancel()
            resting.cancel()


def _growing(attempts: int) -> float:
    """1, 2, 4 … 60 seconds."""
    return min(LONGEST_PAUSE, 2.0 ** min(attempts, 10))
