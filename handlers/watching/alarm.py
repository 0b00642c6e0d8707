"""What the admins have to know: told once in the log and once to each of them, however often it happens."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection

from telegram.error import BadRequest, Forbidden, TelegramError

from bot.logs import mask
from bot.replies.model import Reply, Run
from handlers.sending.bot import Bot
from handlers.sending.handling import current
from handlers.sending.place import Place
from handlers.sending.send import send

log = logging.getLogger(__name__)

AGAIN = 30.0  # seconds before an admin who could not be reached is tried again
KEPT = 100  # messages for admins who cannot be reached; the oldest go

STATE_TROUBLE = "状态数据库写不进去（{error}）：照常回答，但这段时间收到的问题只记在内存里，重启会丢；恢复后会再说一声"
STATE_WELL = "状态数据库恢复正常"


class Alarm:
    """`tell` under a key is heard once, until the key is cleared."""

    def __init__(self, bot: Bot, admins: Callable[[], Collection[int]]) -> None:
        self._bot = bot
        self._admins = admins
        self._told: set[str] = set()
        self._unsent: list[tuple[int, str]] = []
        self._sending: asyncio.Task[None] | None = None

    def tell(self, key: str, text: str) -> None:
        if key in self._told:
            return
        self._told.add(key)
        log.error("%s", text)
        self._send(text)

    def clear(self, key: str, text: str = "") -> None:
        """It is over; `text` says so to those who heard of it."""
        if key in self._told:
            self._told.discard(key)
            log.info("%s", text)
            if text:
                self._send(text)

    def about(self, key: str, begun: str, over: str) -> Callable[[str], None]:
        """For what calls with its trouble, or with "" where there is none; `begun` has a place for the {error}."""
        return lambda trouble: self.tell(key, begun.format(error=trouble)) if trouble else self.clear(key, over)

    def once(self, text: str) -> None:
        """What happened and needs no end."""
        log.error("%s", text)
        self._send(text)

    def pass_on(self, text: str) -> None:
        """What stands in the log already."""
        self._send(text)

    async def stop(self) -> None:
        if self._sending is not None:
            self._sending.cancel()
            await asyncio.gather(self._sending, return_exceptions=True)

    def _send(self, text: str) -> None:
        text = mask(text)  # it may quote an error, which may quote a request
        self._unsent += [(admin, text) for admin in sorted(self._admins())]
        del self._unsent[:-KEPT]
        if self._unsent and (self._sending is None or self._sending.done()):
            self._sending = asyncio.create_task(self._work(), name="alarm")

    async def _work(self) -> None:
        current.set(None)  # not part of what was being handled when it went wrong
        while self._unsent:
            admin, text = self._unsent[0]
            try:
                await send(self._bot, Place(admin), Reply((Run(text, own=True),)))
            except (BadRequest, Forbidden) as error:  # never started the bot, or blocked it
                log.warning("admin %d could not be told: %s", admin, error)
            except TelegramError as error:
                log.warning("admin %d could not be told, trying again: %s", admin, error)
                await asyncio.sleep(AGAIN)
                continue
            if self._unsent and self._unsent[0] == (admin, text):
                del self._unsent[0]


def teller(alarm: Alarm) -> Callable[[str], None]:
    """How the ledger's trouble reaches the admins: once, and once more when it is over."""

    def tell(error: str) -> None:
        if error:
            alarm.tell("state", STATE_TROUBLE.format(error=error))
        else:
            alarm.clear("state", STATE_WELL)

    return tell
