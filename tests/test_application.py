"""The program as an operator runs it: `python -m bot run` as a process of its own, over real HTTP."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import config
from bot.app import build
from bot.replies.model import Reply, Run
from handlers.sending.connecting import Rejected
from handlers.serving import serve
from tests.botapi import BotApi
from tests.botapi.people import buttons
from tests.handlers.conftest import no_library
from tests.program import program

STOPS_WITHIN = 8.0  # seconds

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


async def test_it_answers_with_figure_sentence_and_section_and_stops_when_told(api: BotApi, tmp_path: Path) -> None:
    talk = api.private(7)
    async with program(tmp_path, token=api.token, base_url=api.base_url) as running:
        await running.until("已连上 Telegram", 60)
        answer = await talk.ask("养老床位有多少张?")
        status, seconds = await running.stop()
    assert answer["text"].startswith("3.2万张")
    assert "全市建成养老床位3.2万张" in answer["text"]
    assert {"bold", "blockquote"} <= {entity["type"] for entity in answer["entities"]}
    assert buttons(answer)
    assert (status, seconds < STOPS_WITHIN) == (0, True), running.text
    assert not api.world.waiting
    assert not api.strangers
    assert api.token not in running.text


async def test_without_a_token_it_says_so_in_one_line(tmp_path: Path) -> None:
    async with program(tmp_path, base_url="http://127.0.0.1:9/bot") as running:
        status = await asyncio.wait_for(running.process.wait(), 20)
    assert status == 1
    assert "YOUJU_TOKEN" in running.text
    assert running.text.count("\n") == 1


def test_no_repr_shows_the_token() -> None:
    settings = config.load(environ={"YOUJU_TOKEN": "4242:AAsecret"})
    application = build(settings, no_library)
    for thing in (settings, application, application.bot, application.updater, application.bot.request):
        assert "AAsecret" not in f"{thing!r} {thing}"


@pytest.mark.parametrize("ending", ["", "/", "/bot", "/bot/"])
def test_the_servers_address_may_be_written_with_or_without_bot(ending: str) -> None:
    settings = config.load(
        environ={"YOUJU_TOKEN": "4242:AAx", "YOUJU_TELEGRAM_BASE_URL": f"http://127.0.0.1:8081/api{ending}"}
    )
    assert build(settings, no_library).bot.base_url == "http://127.0.0.1:8081/api/bot4242:AAx"


async def test_it_stops_soon_while_an_answer_is_stuck(api: BotApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.serving.LAST_ANSWERS", 0.2)
    monkeypatch.setattr("handlers.ask.respond", lambda desk, said, chat: Reply((Run("答"),)))
    api.fail("sendMessage", hang=60)
    stop = asyncio.Event()
    settings = config.load(environ={"YOUJU_TOKEN": api.token, "YOUJU_TELEGRAM_BASE_URL": api.base_url})
    serving = asyncio.create_task(serve(build(settings, no_library), stop))
    api.private(7).say("一")
    await api.wait_for("sendMessage")
    stop.set()
    async with asyncio.timeout(STOPS_WITHIN):
        await serving


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook", "getUpdates"])
async def test_a_token_revoked_at_any_moment_ends_it(api: BotApi, method: str) -> None:
    api.fail(method, 401, "Unauthorized")
    settings = config.load(environ={"YOUJU_TOKEN": api.token, "YOUJU_TELEGRAM_BASE_URL": api.base_url})
    with pytest.raises(Rejected) as rejected:
        await asyncio.wait_for(serve(build(settings, no_library), asyncio.Event()), 20)
    assert api.token not in str(rejected.value)
    assert len(api.of("getMe")) == 1


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook", "getUpdates", "setMyCommands"])
async def test_it_stops_soon_wherever_it_hangs(api: BotApi, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.serving.LAST_POLL", 0.2)
    monkeypatch.setattr("handlers.serving.LAST_ANSWERS", 0.2)
    api.fail(method, hang=60, times=99)
    settings = config.load(environ={"YOUJU_TOKEN": api.token, "YOUJU_TELEGRAM_BASE_URL": api.base_url})
    stop = asyncio.Event()
    serving = asyncio.create_task(serve(build(settings, no_library), stop))
    await api.wait_for(method)
    stop.set()
    async with asyncio.timeout(2):
        await serving


async def test_a_token_that_telegram_rejects_is_said_plainly_and_not_shown(api: BotApi, tmp_path: Path) -> None:
    wrong = "123456789:AAwrong-token-of-thirty-five-letters"
    async with program(tmp_path, token=wrong, base_url=api.base_url, level="DEBUG") as running:
        status = await asyncio.wait_for(running.process.wait(), 20)
    assert status == 1
    assert "不认这个令牌" in running.text.splitlines()[-1]
    assert wrong not in running.text
    assert "AAwrong" not in running.text


@pytest.mark.parametrize(("sign", "written"), [(signal.SIGTERM, "连不上 Telegram"), (signal.SIGINT, "getMe")])
async def test_it_stops_soon_while_telegram_cannot_be_reached(
    tmp_path: Path, sign: signal.Signals, written: str
) -> None:
    async with program(tmp_path, token="4242:AAx", base_url="http://127.0.0.1:9/bot") as running:
        await running.until(written)
        status, seconds = await running.stop(sign)
    assert (status, seconds < STOPS_WITHIN) == (0, True), running.text
