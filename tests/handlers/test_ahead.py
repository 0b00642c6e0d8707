"""What waits in the outbox goes out while the reports are still being read; what shows them waits for them."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import app
from bot.announcements.content import to_json
from bot.config import Settings
from bot.replies.model import Card, Picture, Reply, Run
from bot.state import State, announcements, subscribers
from bot.state.subscribers import Audience, Wish
from tests.botapi import BotApi
from tests.handlers.conftest import settings_for
from tests.handlers.test_announcing import texts
from tests.program import REPORT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")


@asynccontextmanager
async def starting(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[threading.Event]:
    """The program at its start, which reads the reports once the event is set."""
    read, load = threading.Event(), app._load

    def slowly(settings: Settings) -> object:
        assert read.wait(20)
        return load(settings)

    monkeypatch.setattr(app, "_load", slowly)
    running = asyncio.create_task(app._run(settings))
    try:
        yield read
    finally:
        read.set()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def waiting(folder: Path, *pages: Reply) -> None:
    """An announcement in the outbox of chat 11, left by a process that is no more."""
    state = await State.open(folder)
    await subscribers.subscribe(state, 11, Wish.BOTH, None, 1.0)
    made = await announcements.draft(state, to_json(pages), "99", 2.0)
    await announcements.send(state, made, Audience.ALL, len(pages), 3.0)
    await state.close()


@pytest.fixture
def settings(api: BotApi, tmp_path: Path) -> Settings:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "yunze-2023.txt").write_text(REPORT, "utf-8")
    return settings_for(api, YOUJU_REPORTS=str(tmp_path / "reports"), YOUJU_DATA=str(tmp_path / "data"))


async def test_the_outbox_does_not_wait_for_the_reports(
    api: BotApi, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    await waiting(settings.data, Reply((Run("明天停电", own=True),)), Reply((Run("请备好手电", own=True),)))
    talk = api.private(11)
    talk.say("养老床位有多少张")
    async with starting(settings, monkeypatch) as read:
        assert await api.world.until(lambda: texts(api, 11) == ["明天停电", "请备好手电"], 10)
        assert not api.of("getUpdates")
        read.set()
        assert "3.2万张" in (await talk.next_answer(2))["text"]
    assert texts(api, 11)[:2] == ["明天停电", "请备好手电"]
    assert len(api.of("getMe")) == 1


async def test_what_shows_the_reports_waits_until_they_are_there(
    api: BotApi, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = Picture(Card.GRID, (("0a1b2c3d4e5f60", 0),), "云泽市", "light")
    shown = Reply((Run("数字", own=True),), picture=picture)
    await waiting(settings.data, shown)
    api.private(11)
    async with starting(settings, monkeypatch) as read:
        await api.wait_for("getMe")
        await asyncio.sleep(0.3)
        assert texts(api, 11) == []
        read.set()
        assert await api.world.until(lambda: texts(api, 11) == ["数字"], 10)


async def test_a_token_that_is_not_known_ends_the_start(
    api: BotApi, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.fail("getMe", 401, times=99)
    running = asyncio.create_task(app._run(settings))
    with pytest.raises(app.CannotRun, match="不认这个令牌"):
        await asyncio.wait_for(running, 20)
