"""Every press is answered, and its reply is shown in the message or below it."""

from __future__ import annotations

from bot.replies.model import Button, Reply, Run
from handlers import App
from tests.botapi import BotApi
from tests.handlers.conftest import Script

PAGE_ONE = Reply((Run("第一页"),), ((Button("下一页", "1|M|2"), Button("出处", url="https://example.org/")),))
PAGE_TWO = Reply((Run("第二页"),), ((Button("上一页", "1|M|1"),),), replaces=True)


async def test_a_page_is_turned_in_place(api: BotApi, application: App, script: Script) -> None:
    script.replies |= {"全部": PAGE_ONE, "1|M|2": PAGE_TWO}
    talk = api.private(7)
    answer = await talk.ask("全部")
    await talk.choose(answer, "下一页")
    await api.wait_for("editMessageText")
    assert [message["text"] for message in talk.received()] == ["第二页"]


async def test_pressing_twice_is_fine(api: BotApi, application: App, script: Script) -> None:
    script.replies |= {"全部": PAGE_ONE, "1|M|2": PAGE_TWO}
    talk = api.private(7)
    answer = await talk.ask("全部")
    talk.press(answer, "1|M|2")
    talk.press(answer, "1|M|2")
    await api.wait_for("editMessageText", 2)
    assert api.world.queries == set()
    assert len(talk.received()) == 1


async def test_another_reply_comes_below(api: BotApi, application: App, script: Script) -> None:
    script.replies["全部"] = PAGE_ONE
    group = api.group(-1001, forum=True)
    group.topic(12)
    answer = await group.member(7, thread=12).ask("/help")
    other = group.member(8, "小青", thread=12)
    other.press(answer, "1|c|x")
    below = await other.next_answer(1)
    assert below["text"] == "答：1|c|x"
    assert below["message_thread_id"] == 12
    assert below["reply_to_message"]["message_id"] == answer["message_id"]


async def test_a_press_too_old_to_be_answered_still_gets_its_reply(
    api: BotApi, application: App, script: Script
) -> None:
    talk = api.private(7)
    answer = await talk.ask("全部")
    api.world.queries.discard(talk.press(answer, "1|c|x"))
    assert (await talk.next_answer(1))["text"] == "答：1|c|x"
    assert "too old" in api.of("answerCallbackQuery")[0].error


async def test_a_press_under_a_message_too_old_to_be_read(api: BotApi, application: App, script: Script) -> None:
    talk = api.private(7)
    await talk.ask("全部")
    talk.press({"chat": talk.chat, "message_id": 1, "date": 0}, "1|c|x")
    assert (await talk.next_answer(1))["text"] == "答：1|c|x"


async def test_a_page_of_a_deleted_message_comes_anew(api: BotApi, application: App, script: Script) -> None:
    script.replies |= {"全部": PAGE_ONE, "1|M|2": PAGE_TWO}
    talk = api.private(7)
    answer = await talk.ask("全部")
    del api.world.messages[7, answer["message_id"]]
    talk.press(answer, "1|M|2")
    assert (await talk.next_answer(0))["text"] == "第二页"
