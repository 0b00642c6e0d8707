"""Whatever is typed, pressed or linked gets a reply that the guard lets through, or silence; never an exception."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.replies.actions import ActionError, decode
from bot.replies.conversation import press, respond
from bot.replies.desk import Chat, Desk
from bot.replies.guard import check
from bot.replies.links import from_payload
from handlers.sending.render import html, keyboard

HALVES = st.characters(codec=None)  # type: ignore[call-overload]  # halves of characters too, as JSON can carry them
ANYTHING = st.text(HALVES, max_size=120)
COMMANDS = st.sampled_from(
    ["/start", "/county", "/search", "/metrics", "/compare", "/use", "/section", "/card", "/why", "／查"]
)
SAID = st.one_of(ANYTHING, *(st.builds(form.format, COMMANDS, ANYTHING) for form in ("{} {}", "{}{}")))
DATA = st.text("0123456789|:;,.-_abcdefgxyzABC%\x00市😀", max_size=64)
CHAT = st.builds(Chat, id=st.integers(1, 5), private=st.booleans(), username=st.just("youju_test_bot"))
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(said=SAID, chat=CHAT)
def test_whatever_is_said(desk: Desk, said: str, chat: Chat) -> None:
    reply = respond(desk, said, chat)
    if reply is not None:
        assert check(reply) == []
        assert "\x00" not in html(reply)
        html(reply).encode()
        keyboard(reply)


@QUICK
@given(data=st.one_of(DATA, ANYTHING), chat=CHAT)
def test_whatever_is_pressed(desk: Desk, data: str, chat: Chat) -> None:
    assert check(press(desk, data, chat)) == []


@QUICK
@given(data=st.one_of(DATA, ANYTHING))
def test_whatever_a_link_or_a_button_carries_is_an_action_or_refused(data: str) -> None:
    for read in (decode, from_payload):
        with contextlib.suppress(ActionError):
            read(data)


@pytest.mark.parametrize("said", ["/search \U000e58aa", "/use \ud800个", "床位\ud83d有几张", "\u202e有床位", "/ \x00"])
def test_what_once_failed(desk: Desk, said: str) -> None:
    reply = respond(desk, said, Chat(1))
    assert reply is not None
    html(reply).encode()
