"""Telegram's limits on sending, kept from our side: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits

30 messages a second overall, 1 a second to a chat, 20 a minute to a group. The first two are meant for broadcasts: who
asks in private is answered at once, before any broadcast, and only where Telegram refused something a while ago do
answers keep these limits as well. What the program tells by itself, such as how far a broadcast is, keeps all of them.
After a 429 that chat waits; all wait only when chat after chat is refused, which is how the overall limit shows itself.

The library's own limiter counts chat actions, opens again too early after a 429, and makes every chat wait for one.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from handlers.sending.handling import current
from handlers.sending.patience import Json, Patience, Result, seconds
from handlers.sending.window import Message, Window

log = logging.getLogger(__name__)

# What counts as a message: all that is sent, and texts changed in place. Chat actions and answers to presses do not.
COUNTED = ("send", "editMessage", "forwardMessage", "copyMessage")
FREE = ("sendChatAction",)
WARY = 60.0  # seconds after a 429 in which answers keep the limits of broadcasts
LATENESS = 1.0  # seconds by which broadcasts may fall behind, as at a restart, and catch up
HASTE = 3  # times the usual pace, while catching up: what is under way at once may be lost at once
SILENCE = 5.0  # seconds without a broadcast; then the next one is the first, and late for nothing
ATTENTIVE = 10.0  # seconds after somebody asked in which broadcasts leave room for the next one
MEMORY = 60.0  # seconds for which a message counts against a limit of its chat


class Turn(Enum):
    """`rate_limit_args` of a call that has waited for its turn already, and whose faults are its caller's affair."""

    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Limits:
    """Of answers that keep the limits, `burst` in as many seconds go out at once, as Telegram does; of broadcasts none.

    `reserve` is what broadcasts leave of the overall limit to people, while somebody asks.
    """

    overall: int = 30  # a second
    chat: float = 1.0  # seconds between messages
    burst: int = 3
    group: int = 20  # a minute
    reserve: int = 1
    in_a_row: int = 3  # chats refused one after another, none let through between


@dataclass(slots=True)
class _Chat:
    sent: deque[Message] = field(default_factory=lambda: deque(maxlen=32))
    until: float = 0.0  # Telegram asked to wait so long


class Limiter(BaseRateLimiter[Turn]):
    """Every call but getUpdates goes through here. `clock` and `sleep` are for tests."""

    def __init__(
        self,
        limits: Limits = Limits(),
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._limits = limits
        self._clock = clock
        self._sleep = sleep
        self._patience = Patience()
        self._chats: dict[int | str, _Chat] = {}
        self._sent = Window(limits.overall, clock)
        self._slot = 0.0  # of the last broadcast: they are spread evenly, and some lateness is made up for
        self._last = 0.0  # when the last broadcast went out
        self._asked = -ATTENTIVE  # when somebody was last answered
        self._until = 0.0  # nobody is written to before
        self._wary = 0.0  # until when answers keep the limits as well
        self._refused: list[int | str] = []  # chats refused one after another
        self._people = 0  # how many wait for the overall limit because they asked

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: Json,
        endpoint: str,
        data: Json,
        rate_limit_args: Turn | None,
    ) -> Result:
        chat = data.get("chat_id")
        if chat is None or not endpoint.startswith(COUNTED) or endpoint in FREE:
            return await self._patience.process_request(callback, args, kwargs, endpoint, data, None)
        if rate_limit_args is Turn.TAKEN:
            return await self._heeding(chat, callback(*args, **kwargs))

        async def in_turn(*args: Any, **kwargs: Any) -> Result:
            await self.turn(chat, asked=current.get() is not None)
            return await self._heeding(chat, callback(*args, **kwargs))

        return await self._patience.process_request(in_turn, args, kwargs, endpoint, data, None)

    def recall(self, chat: int | str, ago: float) -> None:
        """A broadcast of so many seconds ago, sent before this program began: limits outlive a restart."""
        if ago < MEMORY:
            self._of(chat).sent.append(self._sent.enter(ago))
            self._slot = max(self._slot, self._clock() - ago)

    async def turn(self, chat: int | str, *, asked: bool = False) -> None:
        """Wait until a message may go to this chat, and count it. `asked`: somebody waits for it."""
        while True:
            overall, own = self._overall(asked=asked), self.delay(chat, asked=asked)
            if overall <= 0 and own <= 0:
                break
            queued = asked and overall > own
            self._people += queued
            try:
                await self._sleep(max(overall, own))
            finally:
                self._people -= queued
        now, message = self._clock(), self._sent.enter()
        self._of(chat).sent.append(message)
        if asked:
            self._asked = now
        else:
            self._last = now
            self._slot = now if now - self._slot > SILENCE else max(self._slot + self._even, now - LATENESS)
        if len(self._chats) > 10_000:
            self._forget(now)

    def delay(self, chat: int | str, *, asked: bool = False) -> float:
        """Seconds until this chat may get a message, whatever the others get."""
        known = self._chats.get(chat)
        if known is None:
            return 0.0
        now, limits = self._clock(), self._limits
        waits = [known.until - now]
        burst = limits.burst if asked else 1
        if len(known.sent) >= burst and (_is_group(chat) or not self._free(asked=asked)):
            waits.append(known.sent[-burst].arrived + burst * limits.chat - now)
        if _is_group(chat) and len(known.sent) >= limits.group:
            waits.append(known.sent[-limits.group].arrived + MEMORY - now)
        return max(waits)

    def _free(self, *, asked: bool) -> bool:
        """Whether the limits of broadcasts are no matter."""
        return asked and self._clock() >= self._wary

    def _overall(self, *, asked: bool) -> float:
        """Seconds until anybody may get a message. Broadcasts are spread evenly and let people go first."""
        now = self._clock()
        waits = [self._until - now]
        if not self._free(asked=asked):
            waits.append(self._sent.wait(self._limits.overall if asked else self._room))
        if not asked:
            waits.append(max(self._slot + self._even, self._last + self._even / HASTE) - now)
            if self._people:
                waits.append(self._even)
        return max(waits)

    @property
    def _room(self) -> int:
        """Broadcasts in a second."""
        limits = self._limits
        attentive = self._clock() - self._asked < ATTENTIVE
        return max(1, limits.overall - limits.reserve) if attentive else limits.overall

    @property
    def _even(self) -> float:
        """Seconds between broadcasts."""
        return 1.0 / self._room

    async def _heeding(self, chat: int | str, request: Coroutine[Any, Any, Result]) -> Result:
        try:
            result = await request
        except RetryAfter as error:
            self._refuse(chat, seconds(error))
            raise
        finally:
            if sent := self._of(chat).sent:
                self._sent.arrive(sent[-1])
        self._refused.clear()
        return result

    def _refuse(self, chat: int | str, wait: float) -> None:
        until = self._clock() + wait
        self._wary = until + WARY
        self._of(chat).until = until
        if chat not in self._refused:
            self._refused.append(chat)
        if len(self._refused) >= self._limits.in_a_row:
            log.warning("Telegram refuses chat after chat: nothing is sent for %.0f s", wait)
            self._until = max(self._until, until)
            self._refused.clear()

    def _of(self, chat: int | str) -> _Chat:
        return self._chats.setdefault(chat, _Chat())

    def _forget(self, now: float) -> None:
        """Chats without a message for a minute, and none owed to them, need no memory."""
        for chat, known in list(self._chats.items()):
            if known.until <= now and (not known.sent or known.sent[-1].arrived < now - MEMORY):
                del self._chats[chat]


def _is_group(chat: int | str) -> bool:
    """Groups and channels have negative ids, or a name."""
    return isinstance(chat, str) or chat < 0
