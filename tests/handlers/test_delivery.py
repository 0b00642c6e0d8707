"""What each error says about the message: whether it arrived, and whether to try again."""

from __future__ import annotations

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.announcements.postman import Gone, Moved, NoThread, NotSent, Outcome, Refused, Unknown
from handlers.sending.outcomes import understood


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


UNDERSTOOD: list[tuple[TelegramError, type[Outcome]]] = [
    (RetryAfter(5), NotSent),
    (ChatMigrated(-1001), Moved),
    (Forbidden("Forbidden: bot was blocked by the user"), Gone),
    (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Gone),
    (BadRequest("Message thread not found"), NoThread),
    (BadRequest("TOPIC_CLOSED"), NoThread),
    (BadRequest("Chat not found"), Gone),
    (BadRequest("Not enough rights to send text messages to the chat"), Gone),
    (BadRequest("Message is too long"), Refused),
    (NetworkError("Internal Server Error"), NotSent),
    (NetworkError("Bad Gateway"), Unknown),
    (TelegramError("Invalid server response"), Unknown),
    (caused(NetworkError("httpx.ConnectError"), httpx.ConnectError("refused")), NotSent),
    (caused(TimedOut(), httpx.ConnectTimeout("slow")), NotSent),
    (caused(TimedOut("Pool timeout"), httpx.PoolTimeout("busy")), NotSent),
    (caused(TimedOut(), httpx.ReadTimeout("slow")), Unknown),
    (caused(NetworkError("httpx.ReadError"), httpx.ReadError("reset")), Unknown),
    (caused(NetworkError("httpx.RemoteProtocolError"), httpx.RemoteProtocolError("hung up")), Unknown),
]


@pytest.mark.parametrize(("error", "expected"), UNDERSTOOD, ids=lambda one: getattr(one, "message", ""))
def test_an_error_is_understood(error: TelegramError, expected: type[Outcome]) -> None:
    assert type(understood(error)) is expected


def test_a_flood_error_waits_as_long_as_told_and_costs_the_chat_no_attempt() -> None:
    outcome = understood(RetryAfter(17))
    assert isinstance(outcome, NotSent)
    assert (outcome.after, outcome.ours) == (17.0, True)
