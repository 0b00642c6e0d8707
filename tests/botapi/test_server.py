"""The server itself: it answers as Telegram does, so that what passes here passes there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.botapi import BotApi
from tests.botapi.entities import marks, parse
from tests.botapi.errors import Refused


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False) as client:
        yield client


async def call(api: BotApi, http: httpx.AsyncClient, method: str, **params: object) -> dict[str, object]:
    response = await http.post(f"{api.base_url}{api.token}/{method}", json=params, timeout=20)
    return dict(response.json())


FORMATTED = [
    ("<b>3.7万张</b>", "3.7万张", [("bold", 0, 5)]),
    ("😀<i>x</i>", "😀x", [("italic", 2, 1)]),
    ("a &lt;b&gt; &amp; &quot;c&quot; &#20013;", 'a <b> & "c" 中', []),
    ("  <b> x </b>  ", "x", [("bold", 0, 1)]),
    ("<blockquote expandable>句</blockquote>", "句", [("expandable_blockquote", 0, 1)]),
    ('<a href="https://a.b/?x=1&amp;y">页</a>', "页", [("text_link", 0, 1)]),
    ("<b><i>两</i>层</b>", "两层", [("bold", 0, 2), ("italic", 0, 1)]),
    ("a & b &nbsp; c", "a & b &nbsp; c", []),
]

REFUSED = [
    ("<b>x", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    ("<b>x</i>", 'can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("中 < b", "can't parse entities: Unclosed start tag at byte offset 4"),
    ("<p>x</p>", 'can\'t parse entities: Unsupported start tag "p" at byte offset 0'),
    ("<b>x<code>y</code></b>", 'can\'t parse entities: Tag "code" can\'t stand inside "b" at byte offset 4'),
    (
        "<blockquote>x<blockquote>y</blockquote></blockquote>",
        'can\'t parse entities: Tag "blockquote" can\'t stand inside "blockquote" at byte offset 13',
    ),
    ('<a href="">x</a>', 'can\'t parse entities: Tag "a" leads to "" at byte offset 0'),
    ("x</b>", "can't parse entities: Unexpected end tag at byte offset 1"),
    ("<span>x</span>", 'can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("<b> </b>", "message text is empty"),
    ("<i>" + "字" * 4097 + "</i>", "message is too long"),
    ("😀" * 2049, "message is too long"),
]


@pytest.mark.parametrize(("html", "text", "entities"), FORMATTED)
def test_html_becomes_text_and_entities(html: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    plain, found = parse(html, "HTML")
    assert plain == text
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in found] == entities


@pytest.mark.parametrize(("html", "description"), REFUSED)
def test_what_telegram_refuses_is_refused_in_its_words(html: str, description: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(html, "HTML")
    assert refused.value.description == f"Bad Request: {description}"


def test_tags_count_for_nothing_in_the_length() -> None:
    assert parse("<b>" + "字" * 4096 + "</b>", "HTML")[0] == "字" * 4096


MARKED = [
    ("/county 青石区", ["bot_command"]),
    ("/county青石区", []),
    ("／county", []),
    ("问 @youju_test_bot 一句", ["mention"]),
    ("@youju_test_bot青石区", []),
    ("/help@youju_test_bot", ["bot_command"]),
]


@pytest.mark.parametrize(("text", "kinds"), MARKED)
def test_commands_and_mentions_are_marked_unless_letters_touch_them(text: str, kinds: list[str]) -> None:
    assert [entity["type"] for entity in marks(text)] == kinds


async def test_updates_come_until_they_are_confirmed(api: BotApi, http: httpx.AsyncClient) -> None:
    talk = api.private(7)
    talk.say("一")
    talk.say("二")
    first = (await call(api, http, "getUpdates"))["result"]
    again = (await call(api, http, "getUpdates"))["result"]
    assert isinstance(first, list)
    assert first == again
    rest = (await call(api, http, "getUpdates", offset=first[0]["update_id"] + 1))["result"]
    assert rest == first[1:]
    assert (await call(api, http, "getUpdates", offset=first[1]["update_id"] + 1))["result"] == []


async def test_a_long_poll_returns_as_soon_as_something_is_said(api: BotApi, http: httpx.AsyncClient) -> None:
    started = time.monotonic()
    poll = asyncio.create_task(call(api, http, "getUpdates", timeout=10))
    assert await api.world.until(lambda: api.world.poll == 1, 5)
    api.private(7).say("你好")
    updates = (await poll)["result"]
    assert isinstance(updates, list)
    assert updates[0]["message"]["text"] == "你好"
    assert time.monotonic() - started < 9


async def test_a_second_poller_ends_the_first(api: BotApi, http: httpx.AsyncClient) -> None:
    poll = asyncio.create_task(call(api, http, "getUpdates", timeout=10))
    assert await api.world.until(lambda: api.world.poll == 1, 5)
    await call(api, http, "getUpdates")
    assert (await poll)["error_code"] == 409


async def test_only_the_kinds_asked_for_are_delivered(api: BotApi, http: httpx.AsyncClient) -> None:
    talk = api.private(7)
    talk.edit(talk.say("一"), "二")
    updates = (await call(api, http, "getUpdates", allowed_updates=["edited_message"]))["result"]
    assert isinstance(updates, list)
    assert [update.keys() - {"update_id"} for update in updates] == [{"edited_message"}]


CALLS = [
    ("sendMessage", {"chat_id": 8, "text": "x"}, 400, "chat not found"),
    ("sendMessage", {"chat_id": 7}, 400, 'parameter "text" is required'),
    ("sendMessage", {"chat_id": 7, "text": "x", "colour": "red"}, 400, "unknown parameters: colour"),
    ("sendMessage", {"chat_id": "seven", "text": "x"}, 400, 'parameter "chat_id" must be an Integer'),
    ("sendMessage", {"chat_id": 7, "text": "x", "parse_mode": "Klingon"}, 400, "unsupported parse_mode"),
    (
        "sendMessage",
        {"chat_id": 7, "text": "x", "reply_parameters": {"message_id": 99}},
        400,
        "to be replied not found",
    ),
    ("sendMessage", {"chat_id": 7, "text": "x", "message_thread_id": 5}, 400, "message thread not found"),
    ("editMessageText", {"chat_id": 7, "message_id": 99, "text": "x"}, 400, "message to edit not found"),
    ("answerCallbackQuery", {"callback_query_id": "99"}, 400, "query is too old"),
    ("setMyCommands", {"commands": [{"command": "County", "description": "x"}]}, 400, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "county", "description": ""}]}, 400, "DESCRIPTION_INVALID"),
    ("sendTelegram", {}, 404, "Not Found"),
]


@pytest.mark.parametrize(("method", "params", "code", "words"), CALLS)
async def test_bad_calls_are_refused(
    api: BotApi, http: httpx.AsyncClient, method: str, params: dict[str, object], code: int, words: str
) -> None:
    api.private(7)
    answer = await call(api, http, method, **params)
    assert (answer["ok"], answer["error_code"]) == (False, code)
    assert words in str(answer["description"])


BUTTONS = [
    ({"text": "好", "callback_data": "x" * 64}, ""),
    ({"text": "好", "callback_data": "字" * 22}, "BUTTON_DATA_INVALID"),
    ({"text": "好", "callback_data": ""}, "BUTTON_DATA_INVALID"),
    ({"text": " ", "callback_data": "x"}, "non-empty"),
    ({"text": "好"}, "Text buttons are unallowed"),
    ({"text": "好", "url": "not a page"}, "Wrong HTTP URL"),
]


@pytest.mark.parametrize(("button", "words"), BUTTONS)
async def test_a_keyboard_is_checked(api: BotApi, http: httpx.AsyncClient, button: dict[str, str], words: str) -> None:
    api.private(7)
    markup = {"inline_keyboard": [[button]]}
    answer = await call(api, http, "sendMessage", chat_id=7, text="x", reply_markup=markup)
    assert answer["ok"] is (words == "")
    assert words in str(answer.get("description", ""))


async def test_an_edit_that_changes_nothing_is_refused(api: BotApi, http: httpx.AsyncClient) -> None:
    api.private(7)
    sent = (await call(api, http, "sendMessage", chat_id=7, text="x"))["result"]
    assert isinstance(sent, dict)
    edit = {"chat_id": 7, "message_id": sent["message_id"]}
    assert "not modified" in str(await call(api, http, "editMessageText", **edit, text="x"))
    assert (await call(api, http, "editMessageText", **edit, text="y"))["ok"]
    assert api.world.messages[7, sent["message_id"]]["text"] == "y"


async def test_faults_come_in_order_and_pass(api: BotApi, http: httpx.AsyncClient) -> None:
    api.private(7)
    api.fail("sendMessage", 429, retry_after=3)
    api.fail("sendMessage", body=b"{nonsense")
    api.fail("sendMessage", body=None)
    answer = await call(api, http, "sendMessage", chat_id=7, text="x")
    assert answer["parameters"] == {"retry_after": 3}
    nonsense = await http.post(f"{api.base_url}{api.token}/sendMessage", json={"chat_id": 7, "text": "x"})
    assert nonsense.content == b"{nonsense"
    with pytest.raises(httpx.RemoteProtocolError):
        await call(api, http, "sendMessage", chat_id=7, text="x")
    assert (await call(api, http, "sendMessage", chat_id=7, text="x"))["ok"]


async def test_another_token_is_unauthorized(api: BotApi, http: httpx.AsyncClient) -> None:
    response = await http.post(f"{api.base_url}1:other/getMe")
    assert response.status_code == 401
    assert api.strangers


async def test_files_come_as_multipart(api: BotApi, http: httpx.AsyncClient) -> None:
    api.private(7)
    response = await http.post(
        f"{api.base_url}{api.token}/sendMessage",
        data={"chat_id": "7", "text": "字"},
        files={"f": ("a.txt", b"\x00\r\n")},
    )
    assert response.json()["result"]["text"] == "字"
