"""A bad day of the program: the line to Telegram fails, then the disk, the reports and the pictures, one by one.

Real processes, real HTTP, a real proxy. Each time it answers what it can, recovers alone, and tells the admin once.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.botapi import BotApi
from tests.botapi.people import Talk
from tests.botapi.proxy import Line, Proxy
from tests.handlers.conftest import ADMIN, REPORT
from tests.program import program

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")

BEDS, SHOWS = "养老床位有多少张?", "惠民演出多少场?"
READY = "已连上 Telegram"
START, LONGEST = 60.0, 20.0  # seconds to start and to recover, on a busy machine


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
def admin(api: BotApi) -> Talk:
    return api.private(ADMIN, "小管")


async def _answer(talk: Talk, before: int) -> str:
    return str((await talk.next_answer(before, LONGEST))["text"])


def _count(talk: Talk, figure: str) -> int:
    return sum(message["text"].startswith(figure) for message in talk.received())


async def _reloaded(admin: Talk, words: str) -> None:
    """The admin reloads, and is told these words in the end."""
    admin.say("/reload")
    assert await admin.api.world.until(lambda: words in admin.received()[-1]["text"], LONGEST), admin.received()


async def test_over_a_bad_line_every_question_is_answered(api: BotApi, admin: Talk, tmp_path: Path) -> None:
    talk = api.private(7)
    async with Proxy(api.port) as proxy, program(tmp_path, token=api.token, base_url=proxy.base_url) as running:
        proxy.turn(Line.DOWN)
        await running.until("连不上 Telegram", START)
        proxy.turn(Line.SLOW)
        await running.until(READY, START)
        assert (await talk.ask(BEDS))["text"].startswith("3.2万张")
        for line in (Line.CUT, Line.HALF, Line.DEAF, Line.DOWN):
            before = _count(talk, "1860场")
            proxy.turn(line)
            talk.say(SHOWS)
            await asyncio.sleep(0.3)
            assert _count(talk, "1860场") == before
            proxy.turn(Line.GOOD)
            assert await api.world.until(lambda: _count(talk, "1860场") > before, LONGEST), line  # noqa: B023
        status, _ = await running.stop()
    assert status == 0
    assert admin.received() == []  # short troubles are the log's
    assert "收不到消息" in running.text
    assert api.token not in running.text


async def test_an_answer_whose_receipt_is_lost_is_sent_again_and_no_more(api: BotApi, tmp_path: Path) -> None:
    talk = api.private(7)
    async with Proxy(api.port) as proxy, program(tmp_path, token=api.token, base_url=proxy.base_url) as running:
        await running.until(READY, START)
        for line in (Line.CUT, Line.HALF):
            before = len(talk.received())
            proxy.turn(line, only="/sendMessage")
            talk.say(SHOWS)
            await talk.next_answer(before, LONGEST)
            proxy.turn(Line.GOOD)
            await talk.next_answer(before + 1, LONGEST)
            await talk.ask(BEDS)
        await running.stop()
    assert [message["text"][:5] for message in talk.received()] == ["1860场", "1860场", "3.2万张"] * 2


async def test_a_full_disk_and_a_locked_database_cost_no_answer(api: BotApi, admin: Talk, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    if not hasattr(resource, "prlimit"):
        pytest.skip("limits of another process are Linux's")
    talk = api.private(7)
    async with program(tmp_path, token=api.token, base_url=api.base_url) as running:
        await running.until(READY, START)
        await talk.ask(BEDS)
        resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))  # no file may grow
        for _ in range(3):
            assert (await talk.ask(SHOWS))["text"].startswith("1860场")
        assert "状态数据库写不进去" in await _answer(admin, 0)
        resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        assert "状态数据库恢复正常" in await _answer(admin, 1)
        other = sqlite3.connect(tmp_path / "data" / "state.db", timeout=5, isolation_level=None)
        try:
            other.execute("BEGIN IMMEDIATE")
            for _ in range(2):
                assert (await talk.ask(BEDS))["text"].startswith("3.2万张")
            assert "状态数据库写不进去" in await _answer(admin, 2)
            other.execute("ROLLBACK")
        finally:
            other.close()
        assert "状态数据库恢复正常" in await _answer(admin, 3)
        status, _ = await running.stop()
    assert (status, len(admin.received()), len(talk.received())) == (0, 4, 6)
    with sqlite3.connect(tmp_path / "data" / "state.db") as state:
        assert state.execute("PRAGMA integrity_check").fetchone() == ("ok",)


async def test_without_its_reports_and_without_typst_it_goes_on(api: BotApi, admin: Talk, tmp_path: Path) -> None:
    talk, reports, broken = api.private(7), tmp_path / "reports", tmp_path / "typst.py"
    broken.write_text('raise ImportError("broken", name="typst")\n', "utf-8")  # found before the real one
    async with program(tmp_path, token=api.token, base_url=api.base_url) as running:
        await running.until(READY, START)
        for number in range(2):
            assert "养老床位" in (await talk.ask("/card 养老床位"))["text"]
            assert "画不成图" in await _answer(admin, 0), number
        broken.unlink()
        shutil.rmtree(reports)
        assert (await talk.ask(BEDS))["text"].startswith("3.2万张")
        await _reloaded(admin, "没有这个文件夹")
        assert (await talk.ask(BEDS))["text"].startswith("3.2万张")
        reports.mkdir()
        (reports / "yunze-2023.txt").write_text(REPORT.replace("3.2万张", "3.3万张"), "utf-8")
        await _reloaded(admin, "3.2万张 → 3.3万张")
        assert "photo" in await talk.ask("/card 养老床位")
        assert "又能画图" in await _answer(admin, 3)
        status, _ = await running.stop()
    assert (status, len(admin.received())) == (0, 4)


async def test_without_a_place_for_its_data_it_answers_and_the_admin_hears_of_it(
    api: BotApi, admin: Talk, tmp_path: Path
) -> None:
    (tmp_path / "data").write_text("a file where a folder should be", "utf-8")
    async with program(tmp_path, token=api.token, base_url=api.base_url) as running:
        await running.until(READY, START)
        assert "不能订阅" in await _answer(admin, 0)
        assert (await api.private(7).ask(BEDS))["text"].startswith("3.2万张")
        status, _ = await running.stop()
    assert (status, len(admin.received())) == (0, 1)
