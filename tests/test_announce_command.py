"""`youju announce`: shown first, sent only when told to, by the same outbox as in the chat."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.config import HOME
from bot.state import State, announcements, subscribers
from bot.state.lease import lease
from bot.state.subscribers import Wish
from tests.botapi import BotApi
from tests.botapi.loopback import guard_children
from tests.handlers.conftest import REPORT

CHATS = (11, 12, 13)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        for chat in CHATS:
            server.private(chat)
        yield server


@pytest.fixture
async def state(tmp_path: Path) -> AsyncIterator[State]:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "yunze-2023.txt").write_text(REPORT, "utf-8")
    opened = await State.open(tmp_path / "data")
    for chat in CHATS:
        await subscribers.subscribe(opened, chat, Wish.BOTH, None, float(chat))
    yield opened
    await opened.close()


async def announce(api: BotApi, folder: Path, *words: str) -> tuple[int, str]:
    """The exit status and what was printed."""
    config = folder / "config.toml"
    config.write_text(f'reports = "reports"\ndata = "data"\n[telegram]\nbase_url = "{api.base_url}"\n', "utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YOUJU_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "announce", "--config", str(config), *words),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=kept | {"YOUJU_TOKEN": api.token, "PYTHONPATH": guard_children(folder)},
        cwd=HOME,
    )
    async with asyncio.timeout(60):
        said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


def received(api: BotApi) -> list[list[str]]:
    return [[message["text"] for message in api.private(chat).received()] for chat in CHATS]


async def test_it_shows_what_it_would_send_and_to_how_many(api: BotApi, state: State, tmp_path: Path) -> None:
    status, said = await announce(api, tmp_path, "--metric", "养老床位", "--dry-run")
    assert status == 0
    assert "3.2万张" in said
    assert "1 条消息，发给 3 个聊天" in said
    assert received(api) == [[], [], []]


async def test_it_sends_once_it_is_told_to(api: BotApi, state: State, tmp_path: Path) -> None:
    status, said = await announce(api, tmp_path, "--text", "明天停电。")
    assert (status, received(api)) == (1, [[], [], []])
    assert "--yes" in said
    status, said = await announce(api, tmp_path, "--text", "明天停电。", "--yes")
    assert status == 0, said
    assert "已发 3，失败 0" in said
    assert all(len(texts) == 1 and texts[0].startswith("明天停电。") for texts in received(api))


async def test_while_the_bot_runs_the_bot_sends(api: BotApi, state: State, tmp_path: Path) -> None:
    async with lease(state):
        announcing = asyncio.create_task(announce(api, tmp_path, "--text", "明天停电。", "--yes"))
        found = None
        async with asyncio.timeout(30):
            while found is None or found.started_at is None:
                found = await announcements.find(state, 1)
                await asyncio.sleep(0.05)
        assert received(api) == [[], [], []]
        assert await announcements.stop(state, found.id, 5.0)
        status, said = await announcing
    assert status == 1
    assert "机器人正在运行" in said
    assert "没有发 3" in said


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ((), "只写一种"),
        (("--text", "一", "--county", "白鹭县"), "只写一种"),
        (("--metric", "地铁"), "没有与“地铁”有关"),
        (("--section", "99"), "没有第 99 节"),
        (("--county", "白路县"), "白鹭县"),
        (("--text", " "), "没有内容"),
    ],
)
async def test_what_cannot_be_sent_is_said_in_one_line(
    api: BotApi, tmp_path: Path, state: State, words: tuple[str, ...], fault: str
) -> None:
    status, said = await announce(api, tmp_path, *words)
    assert status != 0
    assert fault in said
    assert "Traceback" not in said
