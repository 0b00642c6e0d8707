"""Pictures go out once as bytes and afterwards by Telegram's id; where there can be none, the text goes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import cache

import pytest

from bot.cards import CardError
from bot.replies.actions import edition_key
from bot.replies.model import Card, Picture, Reply, Run, Style
from handlers import App
from handlers.sending.gallery import Remembered
from tests.botapi import BotApi
from tests.handlers.conftest import ADMIN, Script, answering
from tests.replies.city import City, report

NEW = report(2024)
QUOTE = "全市养老床位达到1.5万张"
REPLY = Reply((Run(QUOTE, Style.QUOTE), Run("\n<云泽市>")), picture=Picture(Card.SINGLE, ((edition_key(NEW), 2),)))


@pytest.fixture
async def drawing(api: BotApi, script: Script) -> AsyncIterator[App]:
    script.replies["图"] = REPLY
    async with answering(api, lambda: City((NEW,))) as application:  # type: ignore[arg-type, return-value]
        yield application


async def test_a_picture_comes_with_its_caption_below(api: BotApi, drawing: App) -> None:
    message = await api.private(7).ask("图")
    assert message["photo"][-1]["width"] == 1080
    assert message["caption"] == f"{QUOTE}\n<云泽市>"
    assert [entity["type"] for entity in message["caption_entities"]] == ["blockquote"]


async def test_it_is_uploaded_once_and_then_sent_by_its_id(api: BotApi, drawing: App) -> None:
    talks = [api.private(user) for user in range(7, 12)]
    await asyncio.gather(*(talk.ask("图") for talk in talks))
    assert len(api.world.files) == 1
    assert len(api.of("sendPhoto")) == 5


async def test_in_a_topic_it_is_a_reply_in_that_topic(api: BotApi, drawing: App) -> None:
    group = api.group(-1001, forum=True)
    group.topic(12)
    talk = group.member(7, thread=12)
    message = await talk.ask("@youju_test_bot 图")
    assert message["message_thread_id"] == 12
    assert "reply_to_message" in message


async def test_a_file_that_telegram_forgot_is_uploaded_again(api: BotApi, drawing: App) -> None:
    talk = api.private(7)
    await talk.ask("图")
    api.world.files.clear()
    assert "photo" in await talk.ask("图")
    assert len(api.world.files) == 1


async def test_where_no_pictures_may_be_sent_the_text_goes(api: BotApi, drawing: App) -> None:
    api.fail("sendPhoto", 400, "Bad Request: not enough rights to send photos to the chat")
    message = await api.private(7).ask("图")
    assert message["text"] == f"{QUOTE}\n<云泽市>"


@pytest.mark.parametrize("fault", [CardError("no fonts"), None])
async def test_what_cannot_be_drawn_is_said(
    api: BotApi, drawing: App, script: Script, monkeypatch: pytest.MonkeyPatch, fault: CardError | None
) -> None:
    if fault:

        def failing(*_: object) -> bytes:
            raise fault

        monkeypatch.setattr("handlers.sending.gallery.draw", failing)
    else:  # of an edition that is gone
        script.replies["图"] = Reply(REPLY.runs, picture=Picture(Card.SINGLE, (("0" * 14, 0),)))
    assert (await api.private(7).ask("图"))["text"].startswith(QUOTE)
    assert not api.of("sendPhoto")


async def test_that_typst_fails_is_told_to_the_admins_once_and_its_recovery_too(
    api: BotApi, drawing: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PanicException(BaseException):  # as the compiler's are, and what is no Exception ends a program
        pass

    class Broken:
        def compile(self, *_: object, **__: object) -> bytes:
            raise PanicException("index out of bounds")

    admin, talk = api.private(ADMIN, "小管"), api.private(7)
    with monkeypatch.context() as patch:
        patch.setattr("bot.cards.press._compiler", cache(Broken))
        for _ in range(2):
            assert (await talk.ask("图"))["text"].startswith(QUOTE)
        assert "index out of bounds" in (await admin.next_answer(0))["text"]
    assert "photo" in await talk.ask("图")
    assert "又能画图" in (await admin.next_answer(1))["text"]
    assert len(admin.received()) == 2


async def test_a_caption_that_is_too_long_goes_as_text(api: BotApi, drawing: App, script: Script) -> None:
    script.replies["图"] = Reply((Run("长" * 1025),), picture=REPLY.picture)
    assert len((await api.private(7).ask("图"))["text"]) == 1025


async def test_a_question_changed_under_a_picture_gets_a_new_answer(api: BotApi, drawing: App) -> None:
    talk = api.private(7)
    talk.say("图")
    await talk.next_answer(0)
    asked = max(number for (_, number), message in api.world.messages.items() if message["from"]["id"] == 7)
    changed = {**api.world.messages[7, asked], "text": "别的", "edit_date": 1}
    api.world.add_update("edited_message", changed)
    assert (await talk.next_answer(1))["text"] == "答：别的"


async def test_the_ids_of_an_edition_are_forgotten_together() -> None:
    files = Remembered()
    for edition in ("旧", "新"):
        for card in ("甲", "乙"):
            await files.put(edition, card, f"{edition}{card}")
    await files.forget("旧")
    assert await files.get("旧", "甲") is None
    assert await files.get("新", "乙") == "新乙"
