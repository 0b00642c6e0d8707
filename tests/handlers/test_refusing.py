"""Who is no admin gets nothing done, whichever way they try, and each thing they try is one line of the log."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import build
from bot.editions import Editions
from bot.replies import texts
from bot.replies.actions import (
    Action,
    Announce,
    Compose,
    ListAsked,
    Pick,
    Publish,
    Rollback,
    Settle,
    StopWaiting,
    encode,
)
from bot.replies.commands import COMMANDS
from bot.state import State
from handlers import App
from handlers.serving import serve
from tests.botapi import BotApi
from tests.editions.city import write
from tests.handlers.conftest import ADMIN, settings_for

FOR_ADMINS = [command.name for command in COMMANDS if command.admin]
SENDER = {"id": 7, "is_bot": False, "first_name": "小白"}
FORWARDED = {"forward_origin": {"type": "user", "date": 1700000000, "sender_user": SENDER}}
FORGED: tuple[Action, ...] = (
    Publish("publish", "0a1b2c3d"),
    Rollback(1),
    Announce("send", 1),
    Compose("metrics", 1),
    Pick("metrics", 1),
    Settle("ignored", "0a1b2c3d", 1),
    ListAsked(1, "feedback"),
    StopWaiting(),
)


@pytest.fixture
async def app(api: BotApi, tmp_path: Path) -> AsyncIterator[App]:
    """Everything that there is to be refused: editions, announcements, the question log."""
    async for application in _serving(api, tmp_path):
        yield application


async def _serving(api: BotApi, folder: Path, **more: str) -> AsyncIterator[App]:
    write(folder / "reports", 100)
    state = await State.open(folder / "data")
    settings = settings_for(api, YOUJU_REPORTS=str(folder / "reports"), YOUJU_DATA=str(folder / "data"), **more)
    editions = Editions(settings.data, settings.reports)
    editions.start()
    application, stop = build(settings, lambda: editions.library, state, editions), asyncio.Event()
    serving = asyncio.create_task(serve(application, stop))
    try:
        assert await api.world.until(lambda: api.world.poll > 0, 10)
        yield application
    finally:
        stop.set()
        await serving
        await state.close()


def refusals(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [one.getMessage() for one in caplog.records if "is no admin" in one.getMessage()]


@pytest.mark.parametrize("command", FOR_ADMINS)
async def test_a_command_is_refused_to_strangers_to_forwards_and_to_the_groups_own_voice(
    api: BotApi, app: App, command: str, caplog: pytest.LogCaptureFixture
) -> None:
    stranger, admin, group = api.private(7), api.private(ADMIN), api.group(-1001)
    for talk, more in ((stranger, {}), (admin, FORWARDED)):
        for _ in range(2):
            assert (await talk.ask(f"/{command} 1", **more))["text"] == texts.ADMIN_ONLY
    group.anonymous().say(f"/{command} 1")
    group.member(ADMIN).say(f"/{command} 1", sender_chat=group.chat)
    await stranger.ask("/help")
    assert group.member(7).received() == []
    logged = refusals(caplog)
    assert len(logged) == len(set(logged)) == 3, logged
    assert all(record.levelno == logging.WARNING for record in caplog.records if "is no admin" in record.getMessage())


@pytest.mark.parametrize("action", FORGED, ids=lambda action: type(action).__name__)
async def test_a_forged_button_is_refused_and_logged_once(
    api: BotApi, app: App, action: Action, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = api.private(7)
    answer = await stranger.ask("养老床位有多少张？")
    for number in (1, 2):
        stranger.press(answer, encode(action))
        calls = await api.wait_for("answerCallbackQuery", number)
        assert calls[-1].params["text"] == texts.ADMIN_ONLY
    assert len(refusals(caplog)) == 1
    assert len(stranger.received()) == 1


async def test_where_there_is_no_admin_yet_the_operator_is_told_their_number(api: BotApi, tmp_path: Path) -> None:
    async for _ in _serving(api, tmp_path, YOUJU_ADMINS=""):
        assert texts.NO_ADMINS.format(id=7) in (await api.private(7).ask("/status"))["text"]
