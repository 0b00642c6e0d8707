"""Whatever fails, at DEBUG, with what people say in the log: no secret in a log, a message, a file or the state."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import quote

import pytest

from bot import logs
from bot.library import Library
from bot.replies.desk import Chat, Desk
from bot.replies.model import Reply
from bot.state import State
from tests.botapi import BotApi
from tests.botapi.courier import delivering
from tests.handlers.conftest import ADMIN, answering_with
from tests.handlers.test_webhook import SECRET, free_port
from tests.program import Program, program

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")

# Found by the program before the real one; what it raises is logged and told to the admins.
LEAKY_TYPST = """import os, urllib.parse
secrets = [os.environ.get(name) for name in ("YOUJU_TOKEN", "YOUJU_WEBHOOK_SECRET")]
raise RuntimeError(f"{secrets} {urllib.parse.quote(secrets[0], safe='')} {secrets[0].partition(':')[2]}")
"""


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


def leaks(texts: Iterable[str | bytes], token: str) -> list[str]:
    """Where a secret stands, in any form: the token, escaped, its secret half alone, the webhook's."""
    forms = [form.encode() for form in (token, quote(token, safe=""), token.partition(":")[2], SECRET)]
    raw = [text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text for text in texts]
    return [f"{text[max(0, text.find(form) - 200) :][:400]!r}" for text in raw for form in forms if form in text]


def written(api: BotApi, folder: Path, running: Program | None = None) -> Iterable[str | bytes]:
    """The log, all that was sent, uploads, and each file of the data folder."""
    yield running.text if running else ""
    for call in api.calls:
        yield json.dumps(call.params if call.method != "setWebhook" else {}, ensure_ascii=False, default=repr)
    yield from api.world.files.values()
    for file in folder.rglob("*"):
        if file.is_file():
            yield file.name + ":"
            yield file.read_bytes()


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_the_token_is_written_nowhere_whatever_fails_at_debug(api: BotApi, tmp_path: Path, mode: str) -> None:
    talk, admin, port = api.private(7), api.private(ADMIN, "小管"), free_port()
    (tmp_path / "typst.py").write_text(LEAKY_TYPST, "utf-8")
    api.fail("getMe", 502, body=b"<html>")
    api.fail("setMyCommands", 400, "Bad Request: BOT_COMMAND_INVALID")
    api.fail("setWebhook", 500)
    api.fail("getUpdates", 500)
    api.fail("getUpdates", 409, "Conflict: terminated by other getUpdates", when=lambda given: "offset" in given)
    api.fail("sendMessage", body=b"{nonsense", times=3, when=lambda given: given["chat_id"] == "8")
    where = f'[telegram.webhook]\nurl = "http://127.0.0.1:{port}/hook"\nport = {port}\n'
    environ = {"YOUJU_LOG_QUESTIONS": "true", "YOUJU_TELEGRAM_MODE": mode}
    environ |= {"YOUJU_WEBHOOK_SECRET": SECRET} if mode == "webhook" else {}
    async with (
        delivering(api) if mode == "webhook" else nullcontext(),
        program(tmp_path, token=api.token, base_url=api.base_url, level="DEBUG", more=where, **environ) as running,
    ):
        await running.until("已连上 Telegram", 60)
        await talk.ask("养老床位有多少张?")
        api.private(8).say("养老床位有多少张?")
        await talk.ask("/card 养老床位")
        assert await api.world.until(lambda: any("画不成图" in one["text"] for one in admin.received()), 20)
        await running.until("nonsense" if mode == "webhook" else "409 Conflict", 30)
        await api.restart(after=0.2)
        talk.say("惠民演出多少场?")
        await talk.next_answer(2, 30)
        if mode == "polling":
            api.fail("getUpdates", 401, "Unauthorized")
            status = await asyncio.wait_for(running.process.wait(), 30)
        else:
            status, _ = await running.stop(signal.SIGINT)
    assert status == (1 if mode == "polling" else 0)
    assert '"logger": "telegram' in running.text
    assert "养老床位" in running.text  # the libraries' own debugging is there
    assert logs.HIDDEN in running.text
    assert leaks(written(api, tmp_path / "data", running), api.token) == []


async def test_what_is_set_aside_with_its_error_shows_no_token(
    api: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    logs.hide(api.token)
    state = await State.open(tmp_path / "data")

    def failing(desk: Desk, said: str, chat: Chat) -> Reply:
        raise RuntimeError(f"no answer from {application.bot.base_url}, {quote(api.token, safe='')}, {said}")

    monkeypatch.setattr("handlers.ask.respond", failing)
    admin = api.private(ADMIN, "小管")
    async with answering_with(api, state, lambda: Library(())) as application:
        api.private(7).say("坏")
        await admin.next_answer(0)
        await admin.next_answer(1)
        for thing in (application, application.bot, application.bot.request, application.update_queue, caplog):
            assert leaks([repr(thing), str(thing)], api.token) == []
    await state.close()
    assert leaks(written(api, tmp_path / "data"), api.token) == []
