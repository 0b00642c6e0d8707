"""Behind the answers: the postman, the rota and the progress messages, started and stopped as one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import TelegramError

from bot.announcements.postman import Postman
from bot.replies import texts
from bot.replies.model import Reply, Run
from bot.state import State
from bot.state.lease import lease
from bot.state.outbox import Parcel
from handlers.sending.bot import Bot
from handlers.sending.delivery import Delivery, Pacing
from handlers.sending.limiter import Limiter
from handlers.sending.place import Place
from handlers.sending.send import send

if TYPE_CHECKING:
    from bot.announcements.rota import Rota
    from bot.config import Settings
    from handlers.sending.progress import Progress

log = logging.getLogger(__name__)

Moved = Callable[[int, int], Awaitable[None]]

AGAIN = 5.0  # seconds before the state is tried again
SHOWN = 20  # chats named in the report of an interruption


def mailroom(bot: Bot, state: State, settings: Settings) -> Mailroom:
    """All that sends by itself, not yet at work."""
    limiter = bot.rate_limiter
    assert isinstance(limiter, Limiter)  # noqa: S101
    resend = settings.announcements.resend_unknown
    return Mailroom(bot, settings.admins, Postman(state, Delivery(bot, state), Pacing(limiter), resend_unknown=resend))


@dataclass(slots=True)
class Mailroom:
    """Works from `start` to `stop`, as the only process that does: another one waits until this one ends.

    The postman begins at once; the rota and the progress messages, which know the reports, when they have joined.
    """

    bot: Bot
    admins: Collection[int]
    postman: Postman
    rota: Rota | None = None
    progress: Progress | None = None
    _joined: asyncio.Event = field(default_factory=asyncio.Event)
    _working: asyncio.Task[None] | None = field(default=None)

    def join(self, rota: Rota, progress: Progress, moved: Moved) -> None:
        """`moved` is told (old, new) where a chat turns out to have moved."""
        self.rota, self.progress, self.postman.moved = rota, progress, moved
        self._joined.set()

    def start(self) -> None:
        """Begin, if it has not."""
        self._working = self._working or asyncio.create_task(self._work(), name="mailroom")

    async def stop(self) -> None:
        """Begin nothing new; what is under way has a few seconds."""
        await self.postman.stop()
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)

    async def _work(self) -> None:
        while True:
            try:
                async with lease(self.postman.state):
                    await self._together(await self.postman.recover())
            except (SQLAlchemyError, OSError) as error:
                log.error("the state cannot be read or written: %s; trying again", error)
            await asyncio.sleep(AGAIN)

    async def _together(self, interrupted: Sequence[Parcel]) -> None:
        async with asyncio.TaskGroup() as group:
            for work in (self.postman.work(), self._beside(), self._report(interrupted)):
                group.create_task(work)

    async def _beside(self) -> None:
        await self._joined.wait()
        assert self.rota is not None  # noqa: S101
        assert self.progress is not None  # noqa: S101
        async with asyncio.TaskGroup() as group:
            group.create_task(self.rota.work())
            group.create_task(self.progress.work())

    async def _report(self, found: Sequence[Parcel]) -> None:
        """The admins are told of it, while the sending goes on."""
        if not found:
            return
        chats = "、".join(str(parcel.chat_id) for parcel in found[:SHOWN]) + ("……" if len(found) > SHOWN else "")
        text = texts.INTERRUPTED_RESENT if self.postman.resend_unknown else texts.INTERRUPTED
        reply = Reply((Run(text.format(count=len(found), chats=chats), own=True),))
        for admin in sorted(self.admins):
            try:
                await send(self.bot, Place(admin), reply)
            except TelegramError as error:
                log.warning("admin %d could not be told: %s", admin, error)
