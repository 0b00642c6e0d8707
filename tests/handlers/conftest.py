"""The real application in this process, on the loopback Bot API server, with the answers a test writes down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

import pytest

from bot import config
from bot.app import build
from bot.replies.desk import Chat, Desk
from bot.replies.model import Reply, Run
from bot.state import State
from handlers import App
from handlers.sending.limiter import Limits
from handlers.serving import serve
from tests.botapi import BotApi

if TYPE_CHECKING:
    from bot.library import Library

ADMIN = 99

REPORT = """云泽市政府工作报告

一、2023年工作回顾

（一）民生保障持续加强。全市建成养老床位3.2万张。青石区新建社区食堂24处，白鹭县新建12处。

（二）文化事业繁荣发展。举办惠民演出1860场，观众超过45万人次。

二、2024年主要任务

（一）扩大就业。城镇新增就业5万人以上。

（二）改善出行。新改建农村公路300公里。
"""


def no_library() -> NoReturn:
    raise AssertionError("a scripted conversation needs no library")


@dataclass
class Script:
    """What the conversation answers, in place of the real one; what it was asked, and by which chat."""

    replies: dict[str, Reply | Exception | None] = field(default_factory=dict)
    heard: list[tuple[str, Chat]] = field(default_factory=list)

    def respond(self, desk: Desk, said: str, chat: Chat) -> Reply | None:
        self.heard.append((said, chat))
        reply = self.replies.get(said, Reply((Run(f"答：{said}"),)))
        if isinstance(reply, Exception):
            raise reply
        return reply

    def press(self, desk: Desk, action: str, chat: Chat) -> Reply:
        reply = self.respond(desk, action, chat)
        assert reply is not None
        return reply


@pytest.fixture(autouse=True)
def _no_waiting_for_turns(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Telegram's limits would make conversations slow; the tests of the limiter and of sending keep them."""
    if request.node.get_closest_marker("limits") is None:
        fast = Limits(overall=10_000, chat=0.0, group=10_000)
        monkeypatch.setattr("bot.app.Limits", lambda overall: fast)


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Script:
    written = Script()
    monkeypatch.setattr("handlers.ask.respond", written.respond)
    monkeypatch.setattr("handlers.edited.respond", written.respond)
    monkeypatch.setattr("handlers.buttons.press", written.press)
    return written


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


def settings_for(api: BotApi, **more: str) -> config.Settings:
    environ = {
        "YOUJU_TOKEN": api.token,
        "YOUJU_TELEGRAM__BASE_URL": api.base_url,
        "YOUJU_TELEGRAM__BASE_FILE_URL": api.base_file_url,
        "YOUJU_ADMINS": str(ADMIN),
    }
    return config.load(environ=environ | more)


@asynccontextmanager
async def answering(api: BotApi, get_library: Callable[[], Library] = no_library) -> AsyncIterator[App]:
    """The application, receiving; on leaving it is stopped as a signal would."""
    async with answering_with(api, None, get_library) as application:
        yield application


@asynccontextmanager
async def answering_with(
    api: BotApi, state: State | None, get_library: Callable[[], Library] = no_library
) -> AsyncIterator[App]:
    """The same with a state: it can be subscribed to, and sends by itself."""
    stop = asyncio.Event()
    application = build(settings_for(api), get_library, state)
    serving = asyncio.create_task(serve(application, stop))
    try:
        polled = asyncio.create_task(api.world.until(lambda: api.world.poll > 0, 10))
        await asyncio.wait((polled, serving), return_when=asyncio.FIRST_COMPLETED)
        polled.cancel()
        assert not serving.done(), serving.exception()
        yield application
    finally:
        stop.set()
        await serving


@pytest.fixture
async def application(api: BotApi, script: Script) -> AsyncIterator[App]:
    async with answering(api) as running:
        yield running
