"""The durable inbox: what Telegram delivered is written down before it is handled, and handled until it is done.

    Telegram -> Bot.get_updates or Webhook -> Inbox.keep (written) -> Inbox.put -> the library's queue
             -> ChatOrder -> Inbox.handle -> the handlers -> marked as done

Only what the library offers to everybody is used: its queue is ours, and so is its update processor.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, cast

from telegram import Bot, Update

from bot.state.inbox import Arrival, Outcome
from bot.state.ledger import Ledger
from handlers.arriving.ages import Ages
from handlers.arriving.unreadable import Delivered, Json, readable
from handlers.sending.handling import ATTEMPTS, Handling, current
from handlers.sending.outage import Outage
from handlers.sending.wire import Gate
from handlers.watching.alarm import Alarm

log = logging.getLogger(__name__)

CAPACITY = 1000  # updates that wait; with more, Telegram is asked for none and keeps the rest
ENOUGH = 10  # updates that wait behind those on their way: more are hardly answered while others gather
GATHERING = 0.02  # seconds in which they do, to be fetched and written as one batch
PER_CHAT = 100  # updates of one chat that wait; a flood beyond them is dropped
REMEMBERED = 20_000  # numbers of updates, so that one delivered twice is handled once
AT_ONCE = 64  # handlers; an answer takes milliseconds, waiting for Telegram takes the rest
SUSPECT_PATIENCE = 5.0  # seconds for all that was under way when the process ended, before the others begin

ASIDE = "有一条消息处理了 {attempts} 次都没有成功，已放到一边（update_id {update_id}）：{error}"
NO_ROOM = "等着回答的消息有 {count} 条，先不再收，其余的由 Telegram 保管"

Process = Callable[[object], Awaitable[None]]


@dataclass(slots=True)
class _Entry:
    """One update that waits or is being handled; `began` says that a process ended in the midst of it."""

    update: Update
    chat: int | None
    since: float
    began: int = 0
    replayed: bool = False


class Inbox(asyncio.Queue[object]):
    """The library's update queue. Without a ledger it keeps in memory what it is given, as the library's own does."""

    def __init__(self, ages: Ages, gate: Gate, capacity: int = CAPACITY) -> None:
        super().__init__()
        self.ages = ages
        self.capacity = capacity
        self._gate = gate
        self._ledger: Ledger | None = None
        self._alarm: Alarm | None = None
        self._process: Process | None = None
        self._entries: dict[int, _Entry] = {}
        self._came = time.monotonic()  # when the last one did
        self._kept: set[int] = set()  # written, not put yet
        self._per_chat: Counter[int | None] = Counter()
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._outage = Outage()
        self._changed = asyncio.Event()
        self._closing = asyncio.Event()
        self._under_way: set[asyncio.Task[Any]] = set()

    # What arrives

    @property
    def overfull(self) -> bool:
        return len(self._entries) >= self.capacity

    @property
    def waiting(self) -> int:
        return len(self._entries)

    @property
    def durable(self) -> bool:
        """Whether what it has is written down."""
        return self._ledger is not None and self._ledger.durable

    @property
    def quiet(self) -> float:
        """Seconds since anything came; 0 while something waits."""
        return 0.0 if self._entries else time.monotonic() - self._came

    async def room(self) -> None:
        """Wait until another batch may come; for a moment also where there is enough to do meanwhile."""
        if len(self._entries) > self._gate.room + ENOUGH:
            await asyncio.sleep(GATHERING)
        if self.overfull:
            log.warning(NO_ROOM.format(count=len(self._entries)))
        while self.overfull and not self._closing.is_set():
            self._changed.clear()
            await self._changed.wait()

    async def receive(self, contents: Sequence[Json], bot: Bot) -> tuple[Update, ...]:
        """Read what was fetched, and write it down."""
        delivered = [readable(content, bot) for content in contents]
        await self.keep(delivered)
        return tuple(one.update for one in delivered)

    async def keep(self, delivered: Sequence[Delivered]) -> None:
        """Write down what arrived. It is confirmed to Telegram only after this has returned."""
        new = {
            one.update.update_id: one.content
            for one in delivered
            if one.update.update_id not in self._seen and self._admit(one.update)
        }
        if not new:
            return
        if self._ledger is not None:
            now = time.time()
            known = await self._ledger.keep([Arrival(update_id, content, now) for update_id, content in new.items()])
            for update_id in new.keys() - known:
                self._forget(update_id)
        self._kept.update(update_id for update_id in new if update_id in self._entries)

    async def put(self, item: object) -> None:
        """Hand an update that was kept to the handlers; one that came before is dropped."""
        if isinstance(item, Update):
            if item.update_id not in self._kept:
                return
            self._kept.discard(item.update_id)
        await super().put(item)  # the library's sign that it stops, too

    def _admit(self, update: Update, *, attempts: int = 0, replayed: bool = False) -> bool:
        chat = update.effective_chat.id if update.effective_chat else None
        chat = update.effective_user.id if chat is None and update.effective_user else chat
        self._seen[update.update_id] = None
        while len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        if self._per_chat[chat] >= PER_CHAT and not replayed:
            log.warning("chat %s floods: update %d is dropped", chat, update.update_id)
            return False
        self._per_chat[chat] += 1
        self._came = time.monotonic()
        self._entries[update.update_id] = _Entry(update, chat, self._came, attempts, replayed)
        return True

    def _forget(self, update_id: int) -> None:
        entry = self._entries.pop(update_id, None)
        if entry is not None:
            self._per_chat[entry.chat] -= 1
            if self._per_chat[entry.chat] <= 0:
                del self._per_chat[entry.chat]
            self._changed.set()

    # Beginning and end

    async def open(self, ledger: Ledger | None, alarm: Alarm, bot: Bot, process: Process) -> None:
        """Take up what was left undone; what was under way at the last end comes first, one by one.

        So the one update that takes the process down each time is found out and set aside, and no other.
        """
        self._ledger, self._alarm, self._process = ledger, alarm, process
        left = await ledger.start() if ledger is not None else []
        if left:
            log.info("%d updates were left to answer", len(left))
        patience = time.monotonic() + SUSPECT_PATIENCE
        for arrival in left:
            update = await self._read(arrival, bot)
            if update is None or not self._admit(update, attempts=arrival.attempts, replayed=True):
                continue
            await super().put(update)
            if arrival.attempts:
                await self._until_done(arrival.update_id, patience - time.monotonic())

    def close(self) -> None:
        """What has not begun waits for the next start, if it is written; what is under way may end."""
        self._closing.set()
        self._outage.end()
        self._changed.set()

    async def shut(self) -> None:
        """What has not ended by now is left, and handled anew at the next start; the last marks are written."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        if self._ledger is not None:
            await self._ledger.close()

    async def _read(self, arrival: Arrival, bot: Bot) -> Update | None:
        if arrival.attempts >= ATTEMPTS:
            await self._set_aside(arrival.update_id, arrival.attempts, "the process ended while it was handled")
            return None
        try:
            return Update.de_json(json.loads(arrival.content), bot)
        except Exception as error:  # written by another version, or by nobody
            await self._set_aside(arrival.update_id, arrival.attempts, f"unreadable: {error}")
            return None

    async def _until_done(self, update_id: int, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while update_id in self._entries and not self._closing.is_set():
                    self._changed.clear()
                    await self._changed.wait()

    # Handling

    async def handle(self, update: Update, coroutine: Awaitable[Any]) -> None:
        """Run the handlers, again where that may help, and write down that it is done."""
        entry = self._entries.get(update.update_id) or _Entry(update, None, time.monotonic())
        await self._outage.over()
        if self._stays() or self._silent(entry):
            cast(Coroutine[Any, Any, Any], coroutine).close()
            if not self._stays():
                await self._done(update.update_id)
            return
        if self._ledger is not None and entry.replayed:
            await self._ledger.begin(update.update_id)
        handling = Handling(update.update_id, late=self._late(entry))
        token, task = current.set(handling), asyncio.current_task()
        assert task is not None  # noqa: S101
        self._under_way.add(task)
        try:
            await self._attempts(entry, handling, coroutine)
        finally:
            self._under_way.discard(task)
            current.reset(token)
            self._gate.leave(handling)
            self._outage.leave(handling)

    async def _attempts(self, entry: _Entry, handling: Handling, coroutine: Awaitable[Any]) -> None:
        while True:
            async with self._slots:
                await asyncio.sleep(0)  # an answer that goes out comes before one that is made
                await coroutine
                if handling.pause is None:
                    return await self._settle(handling)
            await self._rest(handling, handling.pause)
            if self._stays():
                return None
            handling.pause, handling.late = None, self._late(entry)
            if self._silent(entry) or self._process is None:
                return await self._settle(handling)
            coroutine = self._process(entry.update)

    async def _settle(self, handling: Handling) -> None:
        """Write down what became of it, and let the next answer out."""
        if handling.error:
            await self._set_aside(handling.update_id, handling.failures, handling.error)
        else:
            await self._done(handling.update_id)
        self._gate.leave(handling)

    async def _rest(self, handling: Handling, pause: float) -> None:
        """Wait until it may be tried again, or the inbox closes."""
        if handling.cut_off and not self._closing.is_set():
            await self._outage.pause(handling)
            return
        self._outage.leave(handling)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await self._closing.wait()

    def _stays(self) -> bool:
        """Whether it is left for the next start."""
        return self._closing.is_set() and self.durable

    def _late(self, entry: _Entry) -> bool:
        return self.ages.late(entry.update, entry.since)

    def _silent(self, entry: _Entry) -> bool:
        """In a group nobody wants an answer to what was said long ago; Telegram takes none to an old inline query."""
        if entry.update.inline_query is not None:
            return entry.replayed
        chat = entry.update.effective_chat
        said = entry.update.message or entry.update.edited_message
        in_group = chat is not None and chat.type != chat.PRIVATE
        service = said is not None and not (said.text or said.caption)  # that it became a supergroup is never too late
        return in_group and said is not None and not service and self._late(entry)

    async def _done(self, update_id: int) -> None:
        try:
            if self._ledger is not None:
                await self._ledger.finish(update_id)
        finally:
            self._forget(update_id)

    async def _set_aside(self, update_id: int, attempts: int, error: str) -> None:
        if self._alarm is not None:
            self._alarm.once(ASIDE.format(attempts=attempts, update_id=update_id, error=error))
        try:
            if self._ledger is not None:
                await self._ledger.finish(update_id, Outcome.ASIDE, error)
        finally:
            self._forget(update_id)
