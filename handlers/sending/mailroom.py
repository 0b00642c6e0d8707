"""Behind the answers: the postman, the rota and the progress messages, started and stopped as one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import TelegramError

from bot.announcements.office import Office
from bot.announcements.postman import Postman
from bot.announcements.rota import Rota
from bot.replies import texts
from bot.replies.model import Reply, Run
from bot.state.lease import lease
from bot.state.outbox import Parcel
from handlers.sending.bot import Bot
from handlers.sending.delivery import Delivery, Pacing
from handlers.sending.limiter import Limiter
from handlers.sending.place import Place
from handlers.sending.progress import Progress
from handlers.sending.send import send

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.library import Library

log = logging.getLogger(__name__)

Moved = Callable[[int, int], Awaitable[None]]

AGAIN = 5.0  # seconds before the state is tried again
SHOWN = 20  # chats named in the report of an interruption


def mailroom(
    bot: Bot, office: Office, settings: Settings, get_library: Callable[[], Library], moved: Moved | None = None
) -> Mailroom:
    """All that sends by itself, not yet at work. `moved` is told (old, new) where a chat turns out to have moved."""
    state, limiter = office.state, bot.rate_limiter
    assert isinstance(limiter, Limiter)  # noqa: S101
    return Mailroom(
        bot,
        settings.admins,
        Postman(
            state,
            Delivery(bot, state),
            Pacing(limiter),
            resend_unknown=settings.announcements.resend_unknown,
            moved=moved,
            news=office.news,
        ),
        Rota(state, settings.schedule, get_library, office.news),
        Progress(bot, state),
    )


@dataclass(slots=True)
class Mailroom:
    """Works from `start` to `stop`, as the only process that does: another one waits until this one ends."""

    bot: Bot
    admins: Collection[int]
    postman: Postman
    rota: Rota
    progress: Progress
    _working: asyncio.Task[None] | None = field(default=None)

    def start(self) -> None:
        self._working = asyncio.create_task(self._work(), name="mailroom")

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
            for work in (self.postman.work(), self.rota.work(), self.progress.work(), self._report(interrupted)):
                group.create_task(work)

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
