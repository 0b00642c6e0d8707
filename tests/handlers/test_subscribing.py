"""Chats subscribe and unsubscribe, in Telegram over real HTTP, with a state in a real file."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.state import State, chats, subscribers
from bot.state.subscribers import Subscriber, Wish
from handlers import App
from tests.botapi import BotApi
from tests.handlers.conftest import answering_with
from tests.replies.city import City, report


@pytest.fixture
async def state(tmp_path: Path) -> AsyncIterator[State]:
    opened = await State.open(tmp_path / "data")
    yield opened
    await opened.close()


@pytest.fixture
async def running(api: BotApi, state: State) -> AsyncIterator[App]:
    library = City((report(2024), report(2023)))
    async with answering_with(api, state, lambda: library) as application:  # type: ignore[arg-type, return-value]
        yield application


async def subscription(state: State, chat: int) -> Subscriber:
    found = await subscribers.subscriber(state, chat)
    assert found is not None
    return found


async def until_left(api: BotApi, state: State, chat: int) -> Subscriber:
    """Their subscription, once it has ended."""
    for _ in range(200):
        found = await subscription(state, chat)
        if found.left_at is not None:
            return found
        await api.world.until(lambda: False, 0.02)
    raise AssertionError("still subscribed")


async def test_a_person_chooses_and_leaves_again(api: BotApi, running: App, state: State) -> None:
    talk = api.private(7)
    offered = await talk.ask("/subscribe")
    told = await talk.choose(offered, "每日一数")
    assert await api.world.until(lambda: "订好了" in talk.received()[0]["text"], 5)
    told = talk.received()[0]
    assert "每天 09:00" in told["text"]
    assert "这里" in told["text"]
    assert (await subscription(state, 7)).wish is Wish.DAILY
    assert (await talk.ask("/unsubscribe"))["text"].startswith("已经退订")
    assert (await subscription(state, 7)).left_reason == "unsubscribed"
    assert "没有订阅" in (await talk.ask("/unsubscribe"))["text"]


@pytest.mark.parametrize(
    ("said", "wish"), [("/subscribe 每周", Wish.WEEKLY), ("/订阅 都要", Wish.BOTH), ("／订阅每日", Wish.DAILY)]
)
async def test_the_wish_may_be_said_at_once(api: BotApi, running: App, state: State, said: str, wish: Wish) -> None:
    assert "订好了" in (await api.private(7).ask(said))["text"]
    assert (await subscription(state, 7)).wish is wish


async def test_in_a_group_its_administrators_decide_and_the_topic_is_kept(
    api: BotApi, running: App, state: State
) -> None:
    group = api.group(-1001, forum=True)
    group.topic(12)
    member, owner = group.member(7, thread=12), group.member(8, "小青", "creator", thread=12)
    assert "群管理员" in (await member.ask("/subscribe 每日"))["text"]
    assert await subscribers.subscriber(state, -1001) is None
    told = await owner.ask("/subscribe@youju_test_bot 每日")
    assert "这个话题" in told["text"]
    assert (await subscription(state, -1001)).thread_id == 12
    assert "群管理员" in (await member.ask("/unsubscribe"))["text"]
    assert (await subscription(state, -1001)).left_at is None


async def test_a_choice_in_a_group_is_not_for_everybody_to_press(api: BotApi, running: App, state: State) -> None:
    group = api.group(-1001)
    owner, member = group.member(8, "小青", "administrator"), group.member(7)
    offered = await owner.ask("/subscribe")
    query = member.press(offered, "1|b|both")
    assert await api.world.until(lambda: query not in api.world.queries, 5)
    assert api.of("answerCallbackQuery")[-1].params["show_alert"] is True
    assert await subscribers.subscriber(state, -1001) is None
    await owner.choose(offered, "都要")
    assert (await subscription(state, -1001)).wish is Wish.BOTH


async def test_an_administrator_who_writes_as_the_group_decides(api: BotApi, running: App, state: State) -> None:
    group = api.group(-1001)
    anonymous = group.member(1087968824, "Group")
    told = await anonymous.ask("/subscribe 都要", sender_chat=group.chat)
    assert "订好了" in told["text"]
    assert (await subscription(state, -1001)).wish is Wish.BOTH


@pytest.mark.parametrize(("status", "reason"), [("kicked", "kicked"), ("left", "left")])
async def test_who_removes_the_bot_is_unsubscribed_with_the_reason(
    api: BotApi, running: App, state: State, status: str, reason: str
) -> None:
    await subscribers.subscribe(state, -1001, Wish.BOTH, None, 1.0)
    api.group(-1001).change_membership(status)
    assert (await until_left(api, state, -1001)).left_reason == reason


async def test_a_group_that_becomes_a_supergroup_stays_subscribed(api: BotApi, running: App, state: State) -> None:
    await subscribers.subscribe(state, -5, Wish.BOTH, None, 1.0)
    group = api.group(-5)
    group.member(7).send(migrate_to_chat_id=-1005)
    await api.wait_until_read()
    await api.private(7).ask("/subscribe")
    assert (await subscription(state, -1005)).wish is Wish.BOTH
    assert await subscribers.subscriber(state, -5) is None


async def test_another_bots_command_is_met_with_silence(api: BotApi, running: App, state: State) -> None:
    group = api.group(-1001)
    group.member(8, "小青", "creator").say("/subscribe@other_bot 每日")
    await api.private(7).ask("/subscribe")
    assert [call.params["chat_id"] for call in api.of("sendMessage")] == [7]


async def test_what_a_chat_chose_is_kept(api: BotApi, running: App, state: State) -> None:
    await api.private(7).ask("/use 2023")
    await api.private(7).ask("/reports")
    assert await chats.choices(state, 10) == {7: ("yunze-2023",)}


async def test_what_cannot_be_kept_is_said(api: BotApi, running: App, state: State) -> None:
    async with state.writing() as connection:
        await connection.exec_driver_sql("DROP TABLE subscribers")
    assert "存不下来" in (await api.private(7).ask("/subscribe 每日"))["text"]
