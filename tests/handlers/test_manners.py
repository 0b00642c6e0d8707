"""In a group the bot is a polite guest: it speaks when spoken to, briefly, and not too often."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from bot.replies import texts
from bot.replies.model import Reply, Run
from handlers import App
from handlers.cooldown import Cooldown
from tests.botapi import BotApi
from tests.botapi.people import CHANNEL_BOT
from tests.handlers.conftest import ADMIN, Script, answering

BOT = "@youju_test_bot"
CHANNEL = {"id": -1009, "type": "channel", "title": "云泽发布"}


def forwarded(kind: str) -> dict[str, Any]:
    """The origin of a forwarded message, one of each kind that Telegram knows."""
    origins: dict[str, dict[str, Any]] = {
        "user": {"sender_user": {"id": 5, "is_bot": False, "first_name": "某人"}},
        "hidden_user": {"sender_user_name": "某人"},
        "chat": {"sender_chat": CHANNEL},
        "channel": {"chat": CHANNEL, "message_id": 3},
    }
    return {"forward_origin": {"type": kind, "date": 1700000000} | origins[kind]}


# Addressed


async def test_a_mention_by_id_is_a_mention(api: BotApi, application: App, script: Script) -> None:
    person = api.group(-1001).member(7)
    link = {"type": "text_mention", "offset": 2, "length": 2, "user": api.world.me}
    await person.ask("😀有据 床位有多少?", entities=[link])
    other = {"type": "text_mention", "offset": 0, "length": 2, "user": person.user}
    person.say("小白 床位有多少?", entities=[other])
    await person.ask("/end")
    assert [words for words, _ in script.heard] == ["😀  床位有多少?", "/end"]


async def test_words_under_a_picture_are_heard_like_others(api: BotApi, application: App, script: Script) -> None:
    picture = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    person = api.group(-1001).member(7)
    person.send(photo=picture, caption="好看")
    person.send(photo=picture, caption=f"{BOT} 床位有多少?")
    await person.next_answer(0)
    api.private(7).send(photo=picture, caption="医院有几家?")
    await api.wait_for("sendMessage", 2)
    assert [words for words, _ in script.heard] == ["床位有多少?", "医院有几家?"]


async def test_a_channels_posts_are_met_with_silence_and_its_words_in_a_group_are_heard(
    api: BotApi, application: App, script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    group = api.group(-1001)
    api.world.chats[-1009] = CHANNEL
    post = api.world.add_message(CHANNEL, CHANNEL_BOT, text=f"/help{BOT}", sender_chat=CHANNEL)
    api.world.add_update("channel_post", {name: value for name, value in post.items() if name != "from"})
    group.member(7).say("/help", **{"from": CHANNEL_BOT, "sender_chat": CHANNEL, "is_automatic_forward": True})
    await group.member(7).ask("/二", **{"from": CHANNEL_BOT, "sender_chat": CHANNEL})
    assert [(words, chat.is_admin) for words, chat in script.heard] == [("/二", False)]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


# Admins


@pytest.mark.parametrize("kind", ["user", "hidden_user", "chat", "channel"])
async def test_what_an_admin_forwards_is_no_command_of_theirs(
    api: BotApi, application: App, script: Script, kind: str
) -> None:
    admin = api.private(ADMIN)
    await admin.ask("/announce", **forwarded(kind))
    await admin.ask("/announce")
    assert [chat.is_admin for _, chat in script.heard] == [False, True]


async def test_nobody_is_an_admin_by_being_one_of_the_group(api: BotApi, application: App, script: Script) -> None:
    group = api.group(-1001)
    await group.member(7, status="creator").ask("/announce")
    await group.anonymous().ask("/announce")
    await group.member(ADMIN).ask("/announce", sender_chat=group.chat)
    await group.member(ADMIN).ask("/announce")
    assert [chat.is_admin for _, chat in script.heard] == [False, False, False, True]


# Rights


@pytest.mark.parametrize(
    ("me", "said"),
    [
        ({}, [texts.READS_ADDRESSED, texts.INLINE]),
        ({"can_read_all_group_messages": True}, [texts.READS_ALL, texts.INLINE]),
        ({"supports_inline_queries": False, "can_join_groups": False}, [texts.NOT_IN_GROUPS, texts.NO_INLINE]),
    ],
)
async def test_what_telegram_lets_it_do_is_in_the_log_and_in_the_status(
    api: BotApi, script: Script, caplog: pytest.LogCaptureFixture, me: dict[str, bool], said: list[str]
) -> None:
    caplog.set_level(logging.INFO)
    api.world.me.update(me)
    async with answering(api) as application:
        shown = application.bot_data.desk.platform
    for line in said:
        line = line.format(username="youju_test_bot")
        assert line in shown
        assert line in caplog.messages


async def test_hearing_all_it_still_speaks_only_when_addressed(api: BotApi, script: Script) -> None:
    api.world.me["can_read_all_group_messages"] = True
    async with answering(api):
        person = api.group(-1001).member(7)
        for said in ("养老床位有多少张?", "有据在吗", "/help@another_bot", "@another_bot 养老床位"):
            person.say(said)
        await person.ask("/help")
    assert [words for words, _ in script.heard] == ["/help"]


# Not too often


async def test_a_flood_in_a_group_gets_one_notice_and_the_next_group_its_answer(
    api: BotApi, application: App, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.cooldown.BURST", 2)
    application.bot_data.cooldown = Cooldown(60, 0)
    person = api.group(-1001).member(7)
    for number in range(30):
        person.say(f"/{number}")
    await person.next_answer(2)
    await api.group(-1002).member(7).ask("/end")
    async with asyncio.timeout(10):
        while len(script.heard) < 31:  # noqa: ASYNC110 - the script has no event to wait for
            await asyncio.sleep(0.01)
    assert [message["text"] for message in person.received()] == ["答：/0", "答：/1", texts.SLOWLY]


async def test_a_person_who_floods_does_not_silence_the_others(api: BotApi, application: App, script: Script) -> None:
    application.bot_data.cooldown = Cooldown(0, 2)
    group = api.group(-1001)
    for number in range(9):
        group.member(7).say(f"/{number}")
    group.member(8).say("/end")
    await group.member(8).next_answer(3)
    answers = [message["text"] for message in group.member(8).received()]
    assert answers == ["答：/0", "答：/1", texts.SLOWLY, "答：/end"]


async def test_commands_of_other_bots_cost_nobody_anything(api: BotApi, application: App, script: Script) -> None:
    application.bot_data.cooldown = Cooldown(60, 1)
    script.replies["/weather"] = None
    person = api.group(-1001).member(7)
    for _ in range(30):
        person.say("/weather")
    assert (await person.ask("/help"))["text"] == "答：/help"


async def test_in_private_there_is_no_limit(api: BotApi, application: App, script: Script) -> None:
    application.bot_data.cooldown = Cooldown(60, 1)
    talk = api.private(7)
    for number in range(3):
        talk.say(str(number))
    assert (await talk.next_answer(2))["text"] == "答：2"


async def test_who_presses_too_much_is_told_alone(api: BotApi, application: App, script: Script) -> None:
    application.bot_data.cooldown = Cooldown(0, 2)
    person = api.group(-1001).member(7)
    answer = await person.ask("/help")
    for _ in range(5):
        person.press(answer, "1|w")
    calls = await api.wait_for("answerCallbackQuery", 5)
    assert [call.params.get("text") for call in calls] == [None, *[texts.SLOWLY] * 4]
    await api.private(8).ask("好")
    assert [message["text"] for message in person.received()] == ["答：/help", "答：1|w"]


async def test_the_limits_come_from_the_settings(api: BotApi, application: App) -> None:
    cooldown = application.bot_data.cooldown
    assert (cooldown._chats.interval, cooldown._people.interval) == (3, 6)


# A group that moves


async def test_what_a_group_chose_follows_it_when_it_becomes_a_supergroup(
    api: BotApi, application: App, script: Script
) -> None:
    moves: list[tuple[int, int]] = []

    async def follow(old: int, new: int) -> None:
        moves.append((old, new))

    application.bot_data.on_move.append(follow)
    group = api.group(-5)
    await group.member(7).ask("/一")
    application.bot_data.desk.memory(script.heard[0][1]).chosen = ("yunze-2023",)
    new = group.upgrade(-1005)
    await new.member(7).ask("/二")
    assert application.bot_data.desk.memory(script.heard[1][1]).chosen == ("yunze-2023",)
    assert moves == [(-5, -1005), (-5, -1005)]


async def test_an_answer_overtaken_by_the_move_is_given_in_the_new_group(
    api: BotApi, application: App, script: Script
) -> None:
    script.replies["/一"] = Reply((Run("迟到的答案"),))
    group, new = api.group(-5), api.group(-1005)
    api.world.migrated[-5] = -1005
    group.member(7).say("/一")
    answer = await new.member(7).next_answer(0)
    assert answer["text"] == "迟到的答案"
    assert "reply_to_message" not in answer
