"""What an error of Telegram's says about the message: whether it arrived, and whether to try again."""

from __future__ import annotations

import httpx
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.announcements.postman import Gone, Moved, NoThread, NotSent, Outcome, Refused, Unknown
from handlers.sending.patience import seconds

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
