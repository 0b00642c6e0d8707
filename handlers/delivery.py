"""A parcel of the outbox goes out through Telegram, once, and what came of it is understood."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

import httpx
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.announcements.content import pages_of
from bot.announcements.postman import Gone, Moved, NoThread, NotSent, Outcome, Refused, Sent, Unknown
from bot.replies.model import Reply
from bot.state import State, announcements
from bot.state.outbox import Parcel
from handlers.bot import Bot
from handlers.limiter import Limiter, Turn
from handlers.patience import seconds
from handlers.send import Place, send

log = logging.getLogger(__name__)

# Faults of the network before anything of the request was sent.
BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)

# How Telegram refuses, in lower case; from the errors that api.telegram.org answers.
NO_THREAD = ("message thread not found", "topic_closed", "topic_deleted", "topic closed", "thread_not_found")
NO_CHAT = (
    *("chat not found", "peer_id_invalid", "user not found", "group chat was deactivated", "chat_restricted"),
    *("have no rights to send", "not enough rights", "chat_write_forbidden", "user_is_blocked", "bot was kicked"),
)
# An error of the gateway: what stands behind it may have received the message.
GATEWAY = ("bad gateway", "gateway timeout", "gateway time-out")


@dataclass(slots=True)
class Pacing:
    """The limiter as the postman knows it."""

    limiter: Limiter

    def delay(self, chat: int) -> float:
        return self.limiter.delay(chat)

    async def turn(self, chat: int) -> None:
        await self.limiter.turn(chat)


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


def understood(error: TelegramError) -> Outcome:
    """What an error says about the message: whether it arrived, and whether to try again."""
    words = error.message.lower()
    match error:
        case RetryAfter():
            return NotSent("flood control", after=seconds(error), ours=True)
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return Gone(error.message)
        case BadRequest() if any(sign in words for sign in NO_THREAD):
            return NoThread()
        case BadRequest():
            return Gone(error.message) if any(sign in words for sign in NO_CHAT) else Refused(error.message)
        case InvalidToken():
            return NotSent("the token is not known", ours=True)
        case NetworkError():
            return _network(error, words)
    return Unknown(error.message)  # an answer that is none: the receipt is lost


def _network(error: NetworkError, words: str) -> Outcome:
    """Time-outs are counted among these. A fault of httpx is behind what failed on the way."""
    if isinstance(error.__cause__, BEFORE_SENDING):
        return NotSent(error.message, ours=True)
    if error.__cause__ is not None or any(sign in words for sign in GATEWAY):
        return Unknown(error.message)
    return NotSent(error.message)  # the server answered that it failed
