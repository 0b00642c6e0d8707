"""Telegram brings the updates: only with the secret, only as large as updates are, and 200 means that it is written."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import stat
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import config
from bot.app import build, run
from bot.faults import ConfigError
from bot.state import State, inbox
from handlers import App
from handlers.arriving.receiving import CannotListen
from handlers.arriving.webhook import LARGEST
from handlers.serving import serve
from tests.botapi import BotApi
from tests.botapi.courier import delivering
from tests.handlers.conftest import Script, no_library, settings_for

SECRET = "a-secret-of-tests_0123456789"
SHOWN = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
UPDATE = {
    "update_id": 77,
    "message": {
        "message_id": 1,
        "date": 1700000000,
        "chat": {"id": 7, "type": "private", "first_name": "小白"},
        "from": {"id": 7, "is_bot": False, "first_name": "小白"},
        "text": "一",
    },
}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


@asynccontextmanager
async def listening(api: BotApi, state: State | None = None, **more: str) -> AsyncIterator[tuple[App, str]]:
    port = free_port()
    url = f"http://127.0.0.1:{port}/hook"
    environ = {
        "YOUJU_TELEGRAM_MODE": "webhook",
        "YOUJU_TELEGRAM_WEBHOOK_URL": url,
        "YOUJU_TELEGRAM_WEBHOOK_PORT": str(port),
        "YOUJU_WEBHOOK_SECRET": SECRET,
        "YOUJU_INBOX_MAX_AGE_MINUTES": "0",
    }
    stop = asyncio.Event()
    application = build(settings_for(api, **environ | more), no_library, state)
    serving = asyncio.create_task(serve(application, stop))
    try:
        waiting = asyncio.create_task(api.wait_for("setWebhook"))
        await asyncio.wait((waiting, serving), return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if serving.done():
            await serving
        yield application, url
    finally:
        stop.set()
        await asyncio.gather(serving, return_exceptions=True)


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(trust_env=False) as opened:
        yield opened


async def test_what_is_brought_is_answered_and_the_address_holds_no_token(api: BotApi, script: Script) -> None:
    talk = api.private(7)
    async with listening(api) as (_, url), delivering(api):
        assert (await talk.ask("一"))["text"] == "答：一"
        await api.wait_until_read()
    (call,) = api.of("setWebhook")
    assert call.params["url"] == url
    assert call.params["secret_token"] == SECRET
    assert api.token.partition(":")[2] not in url


@pytest.mark.parametrize("headers", [{}, *({"X-Telegram-Bot-Api-Secret-Token": given} for given in ("wrong", ""))])
async def test_without_the_secret_nothing_is_taken(
    api: BotApi, script: Script, client: httpx.AsyncClient, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    async with listening(api) as (_, url):
        answer = await client.post(url, json=UPDATE, headers=headers)
    assert (answer.status_code, answer.content) == (403, b"{}")
    assert script.heard == []
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{nonsense", 400),
        (b"[" * 50_000, 400),
        (b"\xff\xfe", 400),
        (b"[]", 200),
        (b"7", 200),
        (b"null", 200),
        (b'{"message": {}}', 200),
        (b'{"update_id": "x", "message": 5}', 200),
        (b'{"update_id": 5, "message": {"text": 5}}', 200),
    ],
)
async def test_what_is_no_update_is_left_out_and_the_next_is_answered(
    api: BotApi, script: Script, client: httpx.AsyncClient, body: bytes, status: int
) -> None:
    talk = api.private(7)
    async with listening(api) as (_, url):
        kind = {"Content-Type": "application/json"}
        assert (await client.post(url, content=body, headers=SHOWN | kind)).status_code == status
        assert (await client.post(url, json=UPDATE, headers=SHOWN)).status_code == 200
        await talk.next_answer(0)


async def test_other_methods_kinds_and_paths_are_refused(
    api: BotApi, script: Script, client: httpx.AsyncClient
) -> None:
    async with listening(api) as (_, url):
        assert (await client.get(url, headers=SHOWN)).status_code == 405
        assert (await client.post(url, data={"a": "b"}, headers=SHOWN)).status_code == 415
        assert (await client.post(url + "/more", json=UPDATE, headers=SHOWN)).status_code == 404
        assert (await client.post(url.replace("/hook", "/"), json=UPDATE, headers=SHOWN)).status_code == 404


async def test_a_body_that_is_too_large_is_not_read(api: BotApi, script: Script, client: httpx.AsyncClient) -> None:
    async with listening(api) as (_, url):
        try:
            answer = await client.post(url, content=b" " * (LARGEST + 1), headers=SHOWN)
            assert answer.status_code >= 400
        except httpx.HTTPError:  # hung up on, while it was still sending
            pass
        assert (await client.post(url, json=UPDATE, headers=SHOWN)).status_code == 200


async def test_health_is_told_without_the_secret(api: BotApi, script: Script, client: httpx.AsyncClient) -> None:
    async with listening(api) as (application, url):
        health = url.replace("/hook", "/healthz")
        answer = await client.get(health)
        assert (answer.status_code, answer.json()) == (200, {"ok": True, "waiting": 0, "durable": False})
        application.update_queue.capacity = 0  # type: ignore[attr-defined]
        assert (await client.get(health)).status_code == 503
        full = await client.post(url, json=UPDATE, headers=SHOWN)
        assert (full.status_code, full.headers["Retry-After"]) == (503, "1")


async def test_200_means_that_it_is_written(
    api: BotApi, script: Script, client: httpx.AsyncClient, tmp_path: Path
) -> None:
    state = await State.open(tmp_path)
    try:
        api.private(7)
        api.fail("sendMessage", hang=0.5)
        async with listening(api, state) as (_, url):
            assert (await client.post(url, json=UPDATE, headers=SHOWN)).status_code == 200
            (kept,) = await inbox.waiting(state)
            assert json.loads(kept.content)["message"]["text"] == "一"
            assert (await client.post(url, json=UPDATE, headers=SHOWN)).status_code == 200
            await api.wait_for("sendMessage", 2)
        assert len(script.heard) == 1
    finally:
        await state.close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs Unix sockets")
async def test_behind_a_unix_socket_that_not_everybody_may_use(api: BotApi, script: Script, tmp_path: Path) -> None:
    place = tmp_path / "hook.sock"
    async with listening(api, YOUJU_TELEGRAM_WEBHOOK_SOCKET=str(place)):
        assert stat.S_IMODE(place.stat().st_mode) == 0o660
        transport = httpx.AsyncHTTPTransport(uds=str(place))
        async with httpx.AsyncClient(transport=transport) as client:
            assert (await client.post("http://bot/hook", json=UPDATE, headers=SHOWN)).status_code == 200
        await api.private(7).next_answer(0)
    assert not place.exists()


async def test_a_port_in_use_is_said_in_one_line(api: BotApi, script: Script) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with pytest.raises(CannotListen, match=port):
            async with listening(api, YOUJU_TELEGRAM_WEBHOOK_PORT=port):
                pass


async def test_the_address_is_told_to_telegram_again_until_it_is_heard(
    api: BotApi, script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    api.fail("setWebhook", 400, "Bad Request: bad webhook: HTTPS url must be provided for webhook")
    async with listening(api):
        await api.wait_for("setWebhook")
    assert "不接受" in caplog.text


@pytest.mark.parametrize(
    ("environ", "fault"),
    [
        ({}, "YOUJU_WEBHOOK_SECRET"),
        ({"YOUJU_WEBHOOK_SECRET": "short"}, "16 至 256"),
        ({"YOUJU_WEBHOOK_SECRET": "密语" * 20}, "16 至 256"),
        ({"YOUJU_WEBHOOK_SECRET": SECRET}, "url"),
    ],
)
def test_it_refuses_to_start_without_a_secret_or_an_address(
    environ: dict[str, str], fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {"YOUJU_TOKEN": "4242:AAx", "YOUJU_TELEGRAM_MODE": "webhook"} | environ
    assert run(config.load(environ=given)) == 1
    said = capsys.readouterr().err
    assert fault in said
    assert said.count("\n") == 1
    assert environ.get("YOUJU_WEBHOOK_SECRET", SECRET) not in said


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX permissions")
def test_the_secret_may_stand_in_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(SECRET + "\n", "utf-8")
    file.chmod(0o640)
    settings: Any = config.load(environ={"YOUJU_TELEGRAM_WEBHOOK_SECRET_FILE": str(file)})
    with pytest.raises(ConfigError, match="chmod 600"):
        _ = settings.webhook_secret
    file.chmod(0o600)
    assert settings.webhook_secret.get_secret_value() == SECRET
    assert SECRET not in repr(settings)


def test_an_address_without_tls_is_refused() -> None:
    with pytest.raises(ConfigError, match="https"):
        config.load(environ={"YOUJU_TELEGRAM_WEBHOOK_URL": "http://example.org/hook"})
