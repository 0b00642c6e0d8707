"""What is said to the bot is answered, and nothing else is."""

from __future__ import annotations

import pytest

from bot.replies.model import Reply, Run, Style
from handlers import App
from tests.botapi import BotApi
from tests.handlers.conftest import ADMIN, Script

BOT = "@youju_test_bot"

ADDRESSED = [
    ("/help", "/help"),
    (f"/help{BOT}", "/help"),
    (f"/county{BOT} 青石区", "/county 青石区"),
    (f"/county{BOT.upper()}　青石区", "/county 青石区"),
    ("/青石区", "/青石区"),
    ("／county　青石区", "／county　青石区"),
    (f"{BOT} 床位有多少?", "床位有多少?"),
    (f"床位有多少? {BOT}", "床位有多少?"),
    (f"请问{BOT}床位有多少?", "请问 床位有多少?"),
    (BOT, ""),
]

NOT_ADDRESSED = [
    "大家好",
    "/help@another_bot",
    f"床位 {BOT}2",
    "写信给 me.youju@youju_test_bot.example",
    "/ 随手一划",
    "1/2",
]


@pytest.mark.parametrize(("said", "heard"), ADDRESSED)
async def test_in_a_group_it_hears_what_is_addressed_to_it(
    api: BotApi, application: App, script: Script, said: str, heard: str
) -> None:
    person = api.group(-1001).member(7)
    answer = await person.ask(said)
    assert [words for words, _ in script.heard] == [heard]
    assert answer["text"] == f"答：{heard}".strip()
    assert answer["reply_to_message"]["text"] == said


async def test_in_a_group_it_is_silent_otherwise(api: BotApi, application: App, script: Script) -> None:
    person = api.group(-1001).member(7)
    for said in NOT_ADDRESSED:
        person.say(said)
    person.send(photo=[{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}])
    await person.ask("/help")
    assert [words for words, _ in script.heard] == ["/help"]
    assert len(api.of("sendMessage")) == 1


async def test_a_reply_to_its_message_is_addressed_to_it(api: BotApi, application: App, script: Script) -> None:
    person = api.group(-1001).member(7)
    answer = await person.ask("/help")
    await person.ask("为什么?", reply_to_message=answer)
    other = person.say("一句闲话")
    person.say("回别人", reply_to_message=other)
    await person.ask("/end")
    assert [words for words, _ in script.heard] == ["/help", "为什么?", "/end"]


async def test_a_person_in_private_needs_no_address(api: BotApi, application: App, script: Script) -> None:
    talk = api.private(7)
    answer = await talk.ask("床位有多少?")
    assert answer["text"] == "答：床位有多少?"
    assert "reply_to_message" not in answer
    talk.say("/help@another_bot")
    await talk.ask("再问")
    assert [words for words, _ in script.heard] == ["床位有多少?", "再问"]


async def test_the_chat_says_who_asks_and_where(api: BotApi, application: App, script: Script) -> None:
    await api.private(ADMIN).ask("一")
    await api.group(-1001).member(7).ask("/二")
    (_, private), (_, group) = script.heard
    assert (private.id, private.private, private.is_admin) == (ADMIN, True, True)
    assert (group.id, group.private, group.is_admin, group.username) == (-1001, False, False, "youju_test_bot")


async def test_an_anonymous_administrator_is_heard_and_no_admin(api: BotApi, application: App, script: Script) -> None:
    group = api.group(-1001)
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    await group.member(7).ask("/help", **{"from": anonymous, "sender_chat": group.chat})
    assert script.heard[0][1].is_admin is False


async def test_other_bots_and_forwarded_channel_posts_are_not_heard(
    api: BotApi, application: App, script: Script
) -> None:
    person = api.group(-1001).member(7)
    person.say("/help", **{"from": {"id": 5, "is_bot": True, "first_name": "别的机器人"}})
    person.say("/help", is_automatic_forward=True)
    person.say("/help", via_bot=api.world.me)
    await person.ask("/end")
    assert [words for words, _ in script.heard] == ["/end"]


async def test_a_question_in_a_topic_is_answered_there(api: BotApi, application: App, script: Script) -> None:
    group = api.group(-1001, forum=True)
    group.topic(12)
    answer = await group.member(7, thread=12).ask("/help")
    assert answer["message_thread_id"] == 12


async def test_a_deleted_question_is_answered_all_the_same(api: BotApi, application: App, script: Script) -> None:
    person = api.group(-1001).member(7)
    question = person.say("/help")
    del api.world.messages[-1001, question["message_id"]]
    answer = await person.next_answer(0)
    assert "reply_to_message" not in answer


async def test_silence_of_the_conversation_is_silence(api: BotApi, application: App, script: Script) -> None:
    script.replies["/weather"] = None
    person = api.group(-1001).member(7)
    person.say("/weather")
    await person.ask("/help")
    assert len(person.received()) == 1


async def test_what_is_not_a_text_gets_a_hint_in_private(api: BotApi, application: App, script: Script) -> None:
    talk = api.private(7)
    talk.send(sticker={
        "file_id": "a", "file_unique_id": "b", "type": "regular", "width": 1, "height": 1,
        "is_animated": False, "is_video": False,
    })  # fmt: skip
    hint = await talk.next_answer(0)
    assert "文字" in hint["text"]
    talk.send(pinned_message=hint)
    await talk.ask("好")
    assert len(talk.received()) == 2


async def test_an_album_gets_one_hint(api: BotApi, application: App, script: Script) -> None:
    talk = api.private(7)
    for number in range(3):
        photo = {"file_id": str(number), "file_unique_id": str(number), "width": 1, "height": 1}
        talk.send(photo=[photo], media_group_id="album")
    await talk.next_answer(0)
    await talk.ask("好")
    assert len(talk.received()) == 2


async def test_answers_of_one_chat_come_in_order(api: BotApi, application: App, script: Script) -> None:
    talks = [api.private(user) for user in range(1, 6)]
    for number in range(10):
        for talk in talks:
            talk.say(str(number))
    for talk in talks:
        await talk.next_answer(9)
        assert [answer["text"] for answer in talk.received()] == [f"答：{number}" for number in range(10)]


async def test_a_slow_chat_does_not_hold_up_another(api: BotApi, application: App, script: Script) -> None:
    slow, quick = api.private(1), api.private(2)
    api.fail("sendMessage", hang=1, when=lambda given: given.get("chat_id") == "1")
    slow.say("慢")
    assert (await quick.ask("快"))["text"] == "答：快"
    assert slow.received() == []


async def test_a_reply_carries_its_formats_and_no_preview(api: BotApi, application: App, script: Script) -> None:
    runs = (
        Run("3.2万张", Style.BOLD),
        Run("\n"),
        Run("全市<床位>达到3.2万张", Style.QUOTE),
        Run("一 › 二", Style.FAINT),
    )
    script.replies["床位"] = Reply(runs)
    answer = await api.private(7).ask("床位")
    assert answer["text"] == "3.2万张\n全市<床位>达到3.2万张一 › 二"
    assert [entity["type"] for entity in answer["entities"]] == ["bold", "blockquote", "italic"]
    assert api.of("sendMessage")[0].params["link_preview_options"] == {"is_disabled": True}


async def test_a_text_that_telegram_cannot_parse_is_sent_plain(api: BotApi, application: App, script: Script) -> None:
    api.fail("sendMessage", 400, "Bad Request: can't parse entities: Unsupported start tag", times=1)
    script.replies["床位"] = Reply((Run("3.2万张", Style.BOLD),))
    answer = await api.private(7).ask("床位")
    assert (answer["text"], answer["entities"]) == ("3.2万张", [])
