"""An admin announces: sees what will be sent, sends it once, sees how far it is; over real HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.state import State, announcements, outbox, subscribers
from bot.state.announcements import Stage
from bot.state.outbox import Counts
from bot.state.subscribers import Wish
from handlers import App
from handlers.sending import mailroom, progress
from tests.botapi import BotApi, Talk
from tests.botapi.people import buttons
from tests.handlers.conftest import ADMIN, answering_with
from tests.replies.city import City, report

CHATS = (11, 12, 13)


@pytest.fixture
async def state(tmp_path: Path) -> AsyncIterator[State]:
    opened = await State.open(tmp_path / "data")
    for chat in CHATS:
        await subscribers.subscribe(opened, chat, Wish.BOTH, None, float(chat))
    yield opened
    await opened.close()


@pytest.fixture
async def running(api: BotApi, state: State, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[App]:
    monkeypatch.setattr(progress, "EVERY", 0.05)
    for chat in CHATS:
        api.private(chat)
    library = City((report(2024), report(2023)))
    async with answering_with(api, state, lambda: library) as application:  # type: ignore[arg-type, return-value]
        yield application


@pytest.fixture
def admin(api: BotApi) -> Talk:
    return api.private(ADMIN, "站长")


async def last(api: BotApi, talk: Talk, words: str) -> dict[str, Any]:
    """The chat's newest message, when it says these words."""
    assert await api.world.until(lambda: bool(talk.received()) and words in said_in(talk.received()[-1]), 10), [
        said_in(message) for message in talk.received()
    ]
    return talk.received()[-1]


def said_in(message: dict[str, Any]) -> str:
    return str(message.get("text") or message["caption"])


def texts(api: BotApi, chat: int) -> list[str]:
    return [said_in(message) for message in api.private(chat).received()]


async def test_what_is_previewed_is_what_everybody_gets_and_the_progress_is_told(
    api: BotApi, running: App, admin: Talk, state: State
) -> None:
    admin.say("/announce 各位：\n明天上午停电。")
    control = await last(api, admin, "3 个聊天")
    preview = admin.received()[-2]["text"]
    assert preview.startswith("各位：\n明天上午停电。")
    assert texts(api, 11) == []
    await admin.choose(control, "发给")
    told = await last(api, admin, "发送完毕")
    assert "已发 3，失败 0" in told["text"]
    assert buttons(told) == []
    assert [texts(api, chat) for chat in CHATS] == [[preview]] * 3


async def test_two_admins_who_press_at_once_send_one_broadcast(
    api: BotApi, running: App, admin: Talk, state: State
) -> None:
    admin.say("/announce 明天停电。")
    control = await last(api, admin, "3 个聊天")
    send = buttons(control)[0]["callback_data"]
    presses = [admin.press(control, send) for _ in range(5)]
    assert await api.world.until(lambda: not api.world.queries & set(presses), 10)
    await last(api, admin, "发送完毕")
    assert [len(texts(api, chat)) for chat in CHATS] == [1, 1, 1]
    alerts = [call.params.get("text", "") for call in api.of("answerCallbackQuery")]
    assert sum("不会重复" in alert for alert in alerts) == 4


async def test_a_cancelled_one_is_not_sent(api: BotApi, running: App, admin: Talk, state: State) -> None:
    admin.say("/announce 明天停电。")
    control = await last(api, admin, "3 个聊天")
    await admin.choose(control, "取消")
    await last(api, admin, "已取消")
    query = admin.press(control, "1|a|send|1")
    assert await api.world.until(lambda: query not in api.world.queries, 5)
    found = await announcements.find(state, 1)
    assert found is not None
    assert found.stage is Stage.CANCELLED


async def test_a_long_one_is_split_and_previewed_whole(api: BotApi, running: App, admin: Talk) -> None:
    said = admin.say("要转发的话。" * 680)
    admin.say("/announce", reply_to_message=said)
    control = await last(api, admin, "将原样发给")
    assert "上面 2 条消息" in control["text"]
    await admin.choose(control, "发给")
    await last(api, admin, "发送完毕")
    assert [message["text"] for message in admin.received()[1:3]] == texts(api, 12)


async def test_figures_are_picked_from_a_list(api: BotApi, running: App, admin: Talk) -> None:
    menu = await admin.ask("/announce")
    listed = await admin.choose(menu, "选数字")
    assert await api.world.until(lambda: len(buttons(admin.received()[0])) > 5, 5)
    listed = admin.received()[0]
    for label in ("养老床位", "学位"):
        await admin.choose(listed, label)
        assert await api.world.until(lambda label=label: _marked(admin.received()[0], label), 5)  # type: ignore[misc]
        listed = admin.received()[0]
    await admin.choose(listed, "预览（已选 2 个）")
    control = await last(api, admin, "3 个聊天")
    await admin.choose(control, "发给")
    await last(api, admin, "发送完毕")
    (text,) = texts(api, 13)
    assert "1.5万张" in text
    assert "2400个" in text
    assert len(api.world.files) == 1  # the card is uploaded for the preview, and known by its id from then on
    assert len(api.of("sendPhoto")) == 4


def _marked(message: dict[str, Any], label: str) -> bool:
    return any(button["text"].startswith("☑") and label in button["text"] for button in buttons(message))


@pytest.mark.parametrize(
    ("kind", "item", "words"), [("选一节", "聚焦民生", "1.5万张"), ("选区县", "白鹭县", "1.1万人")]
)
async def test_a_section_or_a_county_is_picked(
    api: BotApi, running: App, admin: Talk, kind: str, item: str, words: str
) -> None:
    await admin.choose(await admin.ask("/announce"), kind)
    assert await api.world.until(lambda: any(item in b["text"] for b in buttons(admin.received()[0])), 5)
    await admin.choose(admin.received()[0], item)
    control = await last(api, admin, "3 个聊天")
    await admin.choose(control, "发给")
    await last(api, admin, "发送完毕")
    assert words in texts(api, 11)[0]


async def test_who_is_no_admin_neither_announces_nor_presses(
    api: BotApi, running: App, admin: Talk, state: State, caplog: pytest.LogCaptureFixture
) -> None:
    other = api.private(7)
    assert "管理员" in (await other.ask("/announce 明天停电。"))["text"]
    admin.say("/announce 明天停电。")
    control = await last(api, admin, "3 个聊天")
    query = other.press(control, buttons(control)[0]["callback_data"])
    assert await api.world.until(lambda: query not in api.world.queries, 5)
    assert await outbox.depth(state) == 0
    assert "is no admin" in caplog.text
    group = api.group(-1001)
    group.member(7).say("/announce 明天停电。")
    await admin.ask("/help")
    assert not [call for call in api.of("sendMessage") if call.params["chat_id"] == -1001]


async def test_blocked_moved_and_closed_chats_are_seen_to(api: BotApi, running: App, admin: Talk, state: State) -> None:
    api.world.forbidden[11] = "bot was blocked by the user"
    api.group(-20)
    api.world.migrated[-20] = -1020
    moved, closed = api.group(-1020), api.group(-1030, forum=True)
    closed.topic(5, is_open=False)
    await subscribers.subscribe(state, -20, Wish.BOTH, None, 20.0)
    await subscribers.subscribe(state, -1030, Wish.BOTH, 5, 30.0)
    admin.say("/announce 明天停电。")
    await admin.choose(await last(api, admin, "5 个聊天"), "发给")
    told = await last(api, admin, "发送完毕")
    assert "已发 4，失败 1" in told["text"]
    assert len(moved.member(1).received()) == len(closed.member(1).received()) == 1
    assert await subscribers.subscriber(state, -20) is None
    blocked = await subscribers.subscriber(state, 11)
    assert blocked is not None
    assert "blocked" in blocked.left_reason


async def test_a_lost_receipt_is_told_and_sent_again_by_a_button(
    api: BotApi, running: App, admin: Talk, state: State
) -> None:
    api.fail("sendMessage", body=None, late=True, when=lambda given: given["chat_id"] == "12")
    admin.say("/announce 明天停电。")
    await admin.choose(await last(api, admin, "3 个聊天"), "发给")
    told = await last(api, admin, "发送完毕")
    assert "另有 1 个不确定" in told["text"]
    assert await outbox.counts(state, 1) == Counts(sent=2, unknown=1)
    await admin.choose(told, "补发")
    assert await api.world.until(lambda: len(texts(api, 12)) == 2, 10)
    assert [len(texts(api, chat)) for chat in CHATS] == [1, 2, 1]


async def test_with_nobody_subscribed_nothing_can_be_sent(api: BotApi, running: App, admin: Talk, state: State) -> None:
    for chat in CHATS:
        await subscribers.unsubscribe(state, chat, "unsubscribed", 50.0)
    admin.say("/announce 明天停电。")
    control = await last(api, admin, "还没有人订阅")
    assert [button["text"] for button in buttons(control)] == ["取消"]


async def test_an_interruption_is_reported_to_the_admins(
    api: BotApi, admin: Talk, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailroom, "AGAIN", 0.05)
    made = await announcements.draft(state, {"pages": [{"runs": [["停电。", "plain", ""]], "buttons": []}]}, "99", 1.0)
    await announcements.send(state, made, subscribers.Audience.ALL, 1, 2.0)
    (parcel, *_) = await outbox.due(state, 1e12, 1)
    assert await outbox.claim(state, parcel, 3.0)
    for chat in CHATS:
        api.private(chat)
    async with answering_with(api, state):
        report_ = await last(api, admin, "上次停机时")
        assert "11" in report_["text"]
        assert await api.world.until(lambda: bool(texts(api, 12) and texts(api, 13)), 10)
    assert texts(api, 11) == []
    assert (await outbox.counts(state, made)).unknown == 1
