"""One message tells how far a longer piece of work is, and in the end what came of it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable
from typing import TypeVar

from telegram import Message
from telegram.error import TelegramError

from bot.editions import Stage
from bot.replies.editions import stage_line
from bot.replies.model import Reply, Run
from handlers.sending.bot import Bot
from handlers.sending.place import Place
from handlers.sending.send import edit, send

EVERY = 1.0  # seconds between two edits; Telegram takes about one a second in a chat

T = TypeVar("T")


class Telling:
    """Called with stages from any thread; shows the latest one."""

    def __init__(self, bot: Bot, message: Message, every: float = EVERY) -> None:
        self._bot, self._message, self._every = bot, message, every
        self._stage: Stage | None = None
        self._over = asyncio.Event()

    def __call__(self, stage: Stage) -> None:
        self._stage = stage

    async def during(self, work: Awaitable[T]) -> T:
        """Tell how far it is until `work` is done; its result."""
        telling = asyncio.create_task(self._tell())
        try:
            return await work
        finally:
            self._over.set()  # and not cancelled: an edit under way must not overtake what comes last
            await telling

    async def finish(self, reply: Reply) -> None:
        """The message now says this; a new one does where it was deleted."""
        if not await edit(self._bot, self._message.chat_id, self._message.message_id, reply):
            await send(self._bot, Place.of(self._message), reply)

    async def _tell(self) -> None:
        told = None
        while not self._over.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), self._every)
            stage = self._stage
            if stage is not None and stage != told and not self._over.is_set():
                told = stage
                with contextlib.suppress(TelegramError):
                    await edit(self._bot, self._message.chat_id, self._message.message_id, _shown(stage))


def _shown(stage: Stage) -> Reply:
    return Reply((Run(stage_line(stage), own=True),))
