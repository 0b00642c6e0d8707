"""Seeing that it is well: /status, errors that reach the admins, the port for monitoring; over real HTTP."""

from __future__ import annotations

import logging
import re
import socket
from pathlib import Path

import httpx
import pytest

from bot import logs
from bot.library import Library
from handlers import App
from handlers.watching.incidents import HOUR, Incidents, kind_of
from tests.botapi import BotApi
from tests.handlers.conftest import ADMIN, Script
from tests.handlers.test_asked import BEDS, app, library, running

__all__ = ["app", "library"]  # fixtures


async def test_status_tells_admins_how_it_is_doing(api: BotApi, app: App) -> None:
    await api.private(7).ask(BEDS)
    shown = (await api.private(ADMIN).ask("/status"))["text"]
    for part in (
        "版本",
        "1 份",
        "已运行",
        "MB",
        "每分钟 2",
        "待发通知 0",
        "作答用时",
        "出错：0 次",
        "每日一数",
        "每周数读",
    ):
        assert part in shown
    assert "群消息" in shown  # the privacy mode
    assert "管理员" in (await api.private(7).ask("/状态"))["text"]


async def test_status_without_a_state_tells_what_it_can(api: BotApi, application: App) -> None:
    application.bot_data.desk.get_library = lambda: Library(())
    api.private(ADMIN)
    assert "待发通知 不详" in (await api.private(ADMIN).ask("/status"))["text"]


async def test_an_unexpected_error_reaches_the_admins_once_as_a_masked_file(
    api: BotApi, application: App, script: Script
) -> None:
    api.private(ADMIN)
    logs.hide(api.token)
    for said in ("我的秘密", "另一个秘密"):
        script.replies[said] = RuntimeError(f"inside {said} with {api.token}")
    first = (await api.private(7).ask("我的秘密"))["text"]
    code = re.search(r"[0-9A-F]{6}", first)
    assert code
    (call,) = await api.wait_for("sendDocument")
    assert call.params["chat_id"] == ADMIN
    assert code[0] in call.params["caption"]
    text = api.world.files[call.params["document"]].decode()
    assert code[0] in text
    assert "RuntimeError: inside <message> with <token>" in text
    assert "tests/handlers/conftest.py" in text
    assert "秘密" not in text
    await api.private(7).ask("另一个秘密")
    await api.private(7).ask("好")
    assert len(api.of("sendDocument")) == 1
    assert application.bot_data.meters.errors_today() == 2


async def test_another_kind_is_told_at_once_and_the_same_after_an_hour(api: BotApi, application: App) -> None:
    api.private(ADMIN)
    now = [0.0]
    incidents = Incidents(application.bot, lambda: {ADMIN}, clock=lambda: now[0])
    for moment, error in ((0.0, KeyError()), (1.0, ValueError()), (2.0, KeyError()), (HOUR + 1, KeyError())):
        now[0] = moment
        incidents.report(error, "ABCDEF")
    await api.wait_for("sendDocument", 3)
    await incidents.stop()
    kinds = [call.params["caption"].split("：")[1].split("\n")[0] for call in api.of("sendDocument")]
    assert sorted(kinds) == ["KeyError", "KeyError", "ValueError"]


async def test_that_telegram_is_out_of_reach_is_no_incident(api: BotApi, application: App, script: Script) -> None:
    api.private(ADMIN)
    api.fail("sendMessage", status=500, times=20, when=lambda given: given["chat_id"] == "7")
    api.private(7).say("一")
    await api.wait_for("sendMessage", 2)
    await api.private(8).ask("二")
    assert api.of("sendDocument") == []


def test_a_kind_is_where_it_went_wrong_in_our_own_code() -> None:
    with pytest.raises(KeyError) as caught:
        _ = Library(()).indexes["none"]
    assert re.fullmatch(r"KeyError, tests/handlers/test_watch\.py:\d+", kind_of(caught.value))
    assert kind_of(ValueError()) == "ValueError"


async def test_the_port_tells_of_the_running_bot(api: BotApi, library: Library, tmp_path: Path) -> None:
    async with running(api, library, tmp_path / "data", YOUJU_HEALTH_LISTEN="127.0.0.1:0") as app:
        await api.private(7).ask(BEDS)
        assert app.bot_data.watch
        url = f"http://127.0.0.1:{app.bot_data.watch.port}"
        async with httpx.AsyncClient(trust_env=False) as client:
            assert (await client.get(f"{url}/healthz")).text == "ok\n"
            told = (await client.get(f"{url}/metrics")).text
    assert "youju_reports 1.0" in told
    assert 'youju_questions_total{outcome="answered"} 1.0' in told
    assert "养老" not in told


async def test_a_port_that_is_taken_is_logged_and_answers_go_on(
    api: BotApi, library: Library, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        async with running(api, library, tmp_path / "data", YOUJU_HEALTH_LISTEN=listen):
            assert "3.2万张" in (await api.private(7).ask(BEDS))["text"]
    assert any(listen in record.getMessage() for record in caplog.records if record.levelno == logging.ERROR)


async def test_questions_are_logged_only_where_that_is_asked_for(
    api: BotApi, application: App, script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    for wanted in (False, True):
        logs.set_up("INFO", questions=wanted)
        logging.getLogger().addHandler(caplog.handler)
        await api.private(7).ask("一个问题")
        assert ("一个问题" in caplog.text) is wanted
