"""An operator's commands: init asks, reload asks the running bot, diff compares, check --explain explains."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.commands import youju
from bot.cli.explaining import MEANINGS
from bot.config import keys, load
from bot.control import NAME, Control
from bot.editions import Editions, Outcome
from bot.editions.reading import read_here
from bot.replies.desk import Desk
from tests.botapi import BotApi
from tests.editions.city import NAME as REPORT
from tests.editions.city import report, write
from tests.editions.conftest import ADMIN


def said(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(youju, list(words), input=typed, catch_exceptions=False)


def config(folder: Path) -> str:
    path = folder / "config.toml"
    path.write_text('reports = "reports"\ndata = "data"\n', "utf-8")
    return str(path)


# init


async def test_init_writes_what_was_told_and_the_token_where_only_its_owner_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with BotApi() as api:
        monkeypatch.setenv("YOUJU_TELEGRAM_BASE_URL", api.base_url)
        path = tmp_path / "new" / "config.toml"
        typed = f"nonsense\n4242:AAwrong-token-of-some-length\n{api.token}\nme\n99, 98\n文件\n\n"
        done = await asyncio.to_thread(said, "--config", str(path), "init", typed=typed)
    monkeypatch.delenv("YOUJU_TELEGRAM_BASE_URL")
    assert done.exit_code == 0, done.output
    assert "不像令牌" in done.output
    assert "不认这个令牌" in done.output
    assert "令牌有效：@youju_test_bot" in done.output
    assert "应是数字" in done.output
    settings = load(path, environ={})
    assert settings.admins == (99, 98)
    assert settings.reports == tmp_path / "new" / "文件"
    assert settings.token
    assert settings.token.get_secret_value() == api.token
    assert (tmp_path / "new" / "data" / "token").stat().st_mode & 0o777 == 0o600
    assert api.token not in path.read_text("utf-8")


def test_init_goes_on_without_network_and_without_a_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_TELEGRAM_BASE_URL", "http://127.0.0.1:9/bot")
    path = str(tmp_path / "config.toml")
    done = said("--config", path, "init", typed="4242:AAtoken-of-some-length\n\n\n\n")
    assert "令牌先记下" in done.output
    again = said("--config", path, "init", typed="n\n")
    assert again.exit_code == 1
    done = said("--config", path, "init", typed="y\n\n\n\n\n")
    assert "令牌还没有填" in done.output
    assert load(path, environ={}).token_file is None


# diff


def test_diff_compares_files_folders_and_editions(tmp_path: Path) -> None:
    old, new = write(tmp_path / "old", 100), write(tmp_path / "new", 120)
    new = new.rename(new.with_name("别名.txt"))
    for left, right in ((old, new), (old.parent, new.parent)):
        done = said("diff", str(left), str(right))
        assert "养老床位：100张 → 120张" in done.output
    write(tmp_path / "reports", 100)
    for n in (100, 120):
        write(tmp_path / "reports", n)
        Editions(tmp_path / "data", tmp_path / "reports", reader=read_here).start()
    path = config(tmp_path)
    assert "养老床位：120张 → 100张" in said("--config", path, "diff", "2", "1").output
    assert "和现在的一样" in said("--config", path, "diff", "1", "1").output
    with pytest.raises(Exception, match="没有第 7 版"):
        said("--config", path, "diff", "7", "1")


# reload


@asynccontextmanager
async def listening(folder: Path) -> AsyncIterator[Editions]:
    editions = Editions(folder / "data", folder / "reports", reader=read_here)
    editions.start()
    control = Control(Desk(lambda: editions.library, editions=editions), folder / "data")
    await control.open()
    try:
        yield editions
    finally:
        control.close()


@pytest.mark.parametrize("deep", ["", "很长的文件夹名/" * 4])
async def test_reload_asks_the_running_bot(tmp_path: Path, deep: str) -> None:
    folder = tmp_path / deep if deep else tmp_path
    write(folder / "reports", 100)
    path = config(folder)
    async with listening(folder) as editions:
        assert (folder / "data" / NAME).stat().st_mode & 0o777 == 0o600
        write(folder / "reports", 120)
        done = await asyncio.to_thread(said, "--config", path, "reload")
        assert (done.exit_code, editions.current) == (0, 2)
        assert "养老床位：100张 → 120张" in done.output
        (folder / "reports" / "坏.pdf").write_bytes(b"%PDF-1.4 nothing")
        held = await asyncio.to_thread(said, "--config", path, "reload")
        assert (held.exit_code, editions.current) == (1, 2)
        assert "坏.pdf" in held.output
        assert "--rest" in held.output
        write(folder / "reports", 130)
        rest = await asyncio.to_thread(said, "--config", path, "reload", "--rest")
        assert (rest.exit_code, editions.current) == (0, 3)
        assert (await editions.reload(ADMIN))[0] is Outcome.HELD
    with pytest.raises(Exception, match="没有正在运行的机器人"):
        await asyncio.to_thread(said, "--config", path, "reload")


async def test_what_a_killed_bot_left_is_taken_over_and_a_living_one_is_not(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    import socket

    write(tmp_path / "reports", 100)
    (tmp_path / "data").mkdir()
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(tmp_path / "data" / NAME))
    async with listening(tmp_path) as editions:
        other = Control(Desk(lambda: editions.library, editions=editions), tmp_path / "data")
        await other.open()
        other.close()
        assert [record.levelno for record in caplog.records if "另一个程序" in record.getMessage()] == [logging.ERROR]
        done = await asyncio.to_thread(said, "--config", config(tmp_path), "reload")
        assert done.exit_code == 0


# check --explain


def test_every_key_is_explained(tmp_path: Path) -> None:
    write(tmp_path / "reports", 100)
    shown = said("--config", config(tmp_path), "check", "--explain").output
    for key in keys():
        assert f"{key} = " in shown
        assert MEANINGS.get(key), f"{key}: write what it means into bot/cli/explaining.py"


def test_two_states_of_one_file_need_not_share_a_name(tmp_path: Path) -> None:
    assert REPORT.format(year=2023)
    left, right = tmp_path / "a.txt", tmp_path / "b.txt"
    left.write_text(report(1), "utf-8")
    right.write_text(report(1), "utf-8")
    assert "和现在的一样" in said("diff", str(left), str(right)).output
