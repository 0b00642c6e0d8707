"""/quiz sends Telegram's own quiz; where polls are not allowed, a message with the choices as buttons."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.library import Library
from bot.replies import texts
from tests.botapi import BotApi
from tests.botapi.people import buttons
from tests.handlers.conftest import REPORT, answering


@pytest.fixture
async def api(tmp_path: Path) -> AsyncIterator[BotApi]:
    (tmp_path / "yunze-2023.txt").write_text(REPORT, "utf-8")
    library = Library.load([tmp_path])
    async with BotApi() as server, answering(server, lambda: library):
        yield server


@pytest.mark.parametrize("said", ["/quiz", "/答题", "／quiz"])
async def test_a_quiz_poll_with_the_quote_as_explanation(api: BotApi, said: str) -> None:
    message = await api.private(7).ask(said)
    poll = message["poll"]
    assert poll["type"] == "quiz"
    right = poll["options"][poll["correct_option_ids"][0]]["text"]
    quote = poll["explanation"].partition("\n")[0]
    assert right in quote
    assert quote in REPORT
    assert texts.QUIZ_BLANK in poll["question"]
    assert right not in poll["question"]


async def test_another_one_at_a_press(api: BotApi) -> None:
    talk = api.private(7)
    message = await talk.ask("/quiz")
    await talk.choose(message, "再来一题")
    assert (await talk.next_answer(1))["poll"]["question"] != message["poll"]["question"]


async def test_in_a_topic_it_is_a_reply_there(api: BotApi) -> None:
    group = api.group(-1001, forum=True)
    group.topic(12)
    message = await group.member(7, thread=12).ask("/quiz@youju_test_bot")
    assert message["message_thread_id"] == 12
    assert message["reply_to_message"]["text"] == "/quiz@youju_test_bot"


@pytest.mark.parametrize("words", ["not enough rights to send polls to the chat", "CHAT_SEND_POLLS_FORBIDDEN"])
async def test_where_polls_are_not_allowed_the_choices_are_buttons(api: BotApi, words: str) -> None:
    api.fail("sendPoll", 400, f"Bad Request: {words}")
    person = api.group(-1001).member(7)
    message = await person.ask("/quiz")
    labels = [button["text"] for button in buttons(message)]
    assert len(labels) >= 4
    await person.choose(message, labels[0])
    assert (await person.next_answer(1))["text"].startswith((texts.QUIZ_RIGHT, texts.QUIZ_WRONG))


async def test_a_command_edited_into_a_question_gets_its_answer(api: BotApi) -> None:
    talk = api.private(7)
    said = talk.say("/quiz")
    await talk.next_answer(0)
    talk.edit(said, "养老床位有多少张?")
    assert "3.2万张" in (await talk.next_answer(1))["text"]
