"""The message that tells how far an announcement is: edited in place every few seconds, also after a restart."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import TelegramError

from bot.announcements.picking import progress
from bot.replies.model import Reply
from bot.state import State, announcements, outbox
from bot.state.announcements import Announcement, Stage
from handlers.sending.bot import Bot
from handlers.sending.send import edit

log = logging.getLogger(__name__)

EVERY = 3.0  # seconds


@dataclass(slots=True)
class Progress:
    bot: Bot
    state: State
    _told: dict[int, Reply] = field(default_factory=dict)

    async def work(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            try:
                for announcement in await announcements.in_progress(self.state):
                    await self._tell(announcement)
            except (SQLAlchemyError, OSError, TelegramError) as error:
                log.warning("the progress cannot be told: %s", error)

    async def _tell(self, announcement: Announcement) -> None:
        counts = await outbox.counts(self.state, announcement.id)
        reply = progress(announcement.id, announcement.stage, counts)
        there = True
        if announcement.progress and self._told.get(announcement.id) != reply:
            there = await edit(self.bot, *announcement.progress, reply)
            self._told[announcement.id] = reply
        if not there or (announcement.stage is not Stage.SENDING and not counts.waiting):
            self._told.pop(announcement.id, None)
            await announcements.show_progress(self.state, announcement.id, None)
