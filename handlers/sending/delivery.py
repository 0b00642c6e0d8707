"""A parcel of the outbox goes out through Telegram, once, and what came of it is understood."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError
from telegram.error import TelegramError

from bot.announcements.content import pages_of
from bot.announcements.postman import NotSent, Outcome, Refused, Sent
from bot.replies.model import Reply
from bot.state import State, announcements
from bot.state.outbox import Parcel
from handlers.sending.bot import Bot
from handlers.sending.limiter import Limiter, Turn
from handlers.sending.outcomes import understood
from handlers.sending.place import Place
from handlers.sending.send import send

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Pacing:
    """The limiter as the postman knows it."""

    limiter: Limiter

    def delay(self, chat: int) -> float:
        return self.limiter.delay(chat)

    async def turn(self, chat: int) -> None:
        await self.limiter.turn(chat)

    def recall(self, chat: int, ago: float) -> None:
        self.limiter.recall(chat, ago)


@dataclass(slots=True)
class Delivery:
    """Calls with a parcel of `state`'s outbox. The turn has been waited for; no attempt is repeated here."""

    bot: Bot
    state: State
    _contents: dict[int, tuple[Reply, ...]] = field(default_factory=dict)  # of the announcements being sent

    async def __call__(self, parcel: Parcel) -> Outcome:
        try:
            page = await self._page(parcel)
        except (SQLAlchemyError, OSError) as error:
            return NotSent(f"content: {error}", ours=True)
        if page is None:
            return Refused("no such announcement")
        if page.picture and self.bot.gallery is None:
            return NotSent("the reports are still being read", after=1.0, ours=True)
        try:
            message = await send(self.bot, Place(parcel.chat_id, parcel.thread_id), page, turn=Turn.TAKEN)
        except TelegramError as error:
            outcome = understood(error)
            log.info("parcel %d to chat %d: %s", parcel.id, parcel.chat_id, outcome)
            return outcome
        return Sent(message.message_id)

    async def _page(self, parcel: Parcel) -> Reply | None:
        if parcel.announcement not in self._contents:
            found = await announcements.find(self.state, parcel.announcement)
            while len(self._contents) > 8:
                del self._contents[next(iter(self._contents))]
            self._contents[parcel.announcement] = pages_of(found.content) if found else ()
        pages = self._contents[parcel.announcement]
        return pages[parcel.part] if parcel.part < len(pages) else None
