"""An edited question edits its answer."""

from __future__ import annotations

from bot.replies.model import Reply, Run
from handlers import App
from tests.botapi import BotApi
from tests.handlers.conftest import Script


async def test_an_edited_question_edits_its_answer(api: BotApi, application: App, script: Script) -> None:
    talk = api.private(7)
    question = talk.say("床未")
    await talk.next_answer(0)
    talk.edit(question, "床位")
    await api.wait_for("editMessageText")
    assert [answer["text"] for answer in talk.received()] == ["答：床位"]


async def test_an_edit_that_changes_no_answer_is_fine(api: BotApi, application: App, script: Script) -> None:
    script.replies |= {"一": Reply((Run("同样"),)), "一！": Reply((Run("同样"),))}
    talk = api.private(7)
    question = talk.say("一")
    await talk.next_answer(0)
    talk.edit(question, "一！")
    await api.wait_for("editMessageText")
    await talk.ask("二")
    assert [answer["text"] for answer in talk.received()] == ["同样", "答：二"]


async def test_when_the_answer_was_deleted_a_new_one_comes(api: BotApi, application: App, script: Script) -> None:
    talk = api.private(7)
    question = talk.say("一")
    answer = await talk.next_answer(0)
    del api.world.messages[7, answer["message_id"]]
    talk.edit(question, "二")
    assert (await talk.next_answer(0))["text"] == "答：二"


async def test_a_question_edited_to_address_the_bot_is_answered(api: BotApi, application: App, script: Script) -> None:
    person = api.group(-1001).member(7)
    question = person.say("床位?")
    person.edit(question, "床位? @youju_test_bot")
    assert (await person.next_answer(0))["text"] == "答：床位?"


async def test_the_oldest_answers_are_forgotten(api: BotApi, application: App, script: Script) -> None:
    remembered = application.bot_data.answered.answers
    remembered.update({(0, number): number for number in range(10_000)})
    talk = api.private(7)
    await talk.ask("一")
    await talk.ask("二")  # answered after the first was remembered
    assert len(remembered) == 10_000
    assert (0, 0) not in remembered
