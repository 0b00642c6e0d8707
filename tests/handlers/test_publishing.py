"""Admins reload, upload, go back; everybody else is turned away. Over real HTTP, with files read in another process."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import build
from bot.editions import Editions
from handlers import App
from handlers.serving import serve
from tests.botapi import BotApi, Talk
from tests.botapi.people import buttons
from tests.botapi.world import Json
from tests.editions.city import NAME, report, write
from tests.handlers.conftest import ADMIN, settings_for

BROKEN = b"%PDF-1.4 nothing"


@asynccontextmanager
async def running(api: BotApi, folder: Path, **environ: str) -> AsyncIterator[App]:
    stop = asyncio.Event()
    more = {"YOUJU_REPORTS": str(folder / "reports"), "YOUJU_DATA": str(folder / "data")} | environ
    settings = settings_for(api, **more)
    editions = Editions(settings.data, settings.reports)
    editions.start()
    application = build(settings, lambda: editions.library, editions=editions)
    live = application.bot_data.desk.live
    assert live is not None
    live.again = lambda: settings_for(api, **more)
    serving = asyncio.create_task(serve(application, stop))
    try:
        assert await api.world.until(lambda: api.world.poll > 0, 10)
        yield application
    finally:
        stop.set()
        await serving


@pytest.fixture
async def app(api: BotApi, tmp_path: Path) -> AsyncIterator[App]:
    """Edition 1 in force: a report marked 100."""
    write(tmp_path / "reports", 100)
    async with running(api, tmp_path) as application:
        yield application


@pytest.fixture
def admin(api: BotApi, app: App) -> Talk:
    return api.private(ADMIN, "小管")


async def until_says(talk: Talk, message: Json, words: str) -> Json:
    """The message once it says these words."""

    def now() -> Json:
        return talk.api.world.messages[talk.chat["id"], message["message_id"]]

    assert await talk.api.world.until(lambda: words in now()["text"], 20), now()["text"]
    return now()


async def beds(api: BotApi, user: int = 7) -> str:
    answer = await api.private(user).ask("养老床位有多少张？")
    return str(answer["text"]).split("\n")[0]


async def upload(talk: Talk, name: str | None, data: bytes, words: str, **more: int) -> Json:
    before = len(talk.received())
    talk.send_file(name, data, **more)
    return await until_says(talk, await talk.next_answer(before), words)


async def test_a_reload_publishes_and_shows_both_values(api: BotApi, admin: Talk, tmp_path: Path) -> None:
    write(tmp_path / "reports", 120)
    said = await until_says(admin, await admin.ask("/reload"), "已发布第 2 版")
    assert "养老床位：100张 → 120张" in said["text"]
    assert await beds(api) == "120张"


async def test_a_broken_file_waits_for_consent(api: BotApi, admin: Talk, tmp_path: Path) -> None:
    write(tmp_path / "reports", 120)
    (tmp_path / "reports" / "坏.pdf").write_bytes(BROKEN)
    held = await until_says(admin, await admin.ask("/重读"), "还没有发布")
    assert "坏.pdf" in held["text"]
    assert await beds(api) == "100张"
    rest = next(button["callback_data"] for button in buttons(held) if "发布其余" in button["text"])
    published = await admin.choose(held, "发布其余")
    assert "已发布第 2 版" in published["text"]
    assert await beds(api) == "120张"
    admin.press(published, rest)
    (call,) = (await api.wait_for("answerCallbackQuery", 2))[1:]
    assert "已经过期" in call.params["text"]


async def test_what_waits_can_be_discarded(api: BotApi, admin: Talk, tmp_path: Path) -> None:
    (tmp_path / "reports" / "坏.pdf").write_bytes(BROKEN)
    held = await until_says(admin, await admin.ask("/reload"), "还没有发布")
    assert (await admin.choose(held, "放弃"))["text"] == "已放弃，什么都没有改变。"
    assert await beds(api) == "100张"


async def test_an_upload_is_shown_first_and_published_by_a_button(api: BotApi, admin: Talk, tmp_path: Path) -> None:
    preview = await upload(admin, "新报告.txt", report(150).encode(), "试读结果")
    for words in ("云泽市", "2023", "一 2023年工作回顾", "养老床位：150张", NAME.format(year=2023), "100张 → 150张"):
        assert words in preview["text"]
    assert await beds(api) == "100张"
    assert "已发布第 2 版" in (await admin.choose(preview, "发布"))["text"]
    assert await beds(api) == "150张"
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["新报告.txt"]


async def test_a_word_file_is_read(api: BotApi, admin: Talk, tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    for line in report(160, 2022).split("\n"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    preview = await upload(admin, "云泽2022.docx", (tmp_path / "a.docx").read_bytes(), "试读结果")
    assert "这是一份新报告" in preview["text"]
    await admin.choose(preview, "发布")
    answer = await api.private(7).ask("2022年养老床位有多少张？")
    assert answer["text"].startswith("160张")


@pytest.mark.parametrize(
    ("name", "data", "size", "reason"),
    [
        ("报告.doc", b"x", None, "另存为 .docx"),
        ("报告.exe", b"x", None, "不认识后缀"),
        (None, b"x", None, "没有名字"),
        ("报告.txt", b"", None, "0 字节"),
        ("报告.txt", b"x", 25_000_000, "超过上限 20 MB"),
    ],
)
async def test_what_cannot_be_a_report_is_refused_before_it_is_fetched(
    api: BotApi, admin: Talk, name: str | None, data: bytes, size: int | None, reason: str
) -> None:
    before = len(admin.received())
    admin.send_file(name, data, size)
    assert reason in (await admin.next_answer(before))["text"]
    assert api.of("getFile") == []


async def test_a_broken_file_and_a_lost_download_are_told(api: BotApi, admin: Talk) -> None:
    assert "坏.docx" in (await upload(admin, "坏.docx", b"PK\x03\x04", "没有做成"))["text"]
    api.fail("getFile", 400, "Bad Request: wrong file_id")
    await upload(admin, "好.txt", report(1).encode(), "没有下载成")
    assert await beds(api) == "100张"


async def test_editions_are_listed_and_gone_back_to(api: BotApi, admin: Talk, tmp_path: Path) -> None:
    write(tmp_path / "reports", 120)
    await until_says(admin, await admin.ask("/reload"), "已发布第 2 版")
    listed = await admin.ask("/editions")
    assert "第 2 版（现在用的）" in listed["text"]
    back = await admin.choose(listed, "退回第 1 版")
    assert "已退回第 1 版" in back["text"]
    assert await beds(api) == "100张"
    await until_says(admin, await admin.ask("/rollback 2"), "已退回第 2 版")
    assert await beds(api) == "120张"
    await until_says(admin, await admin.ask("/rollback 77"), "没有存第 77 版")
    assert "用法" in (await admin.ask("/rollback"))["text"]


async def test_the_second_admin_sees_who_is_at_it(api: BotApi, tmp_path: Path) -> None:
    write(tmp_path / "reports", 100)
    async with running(api, tmp_path, YOUJU_ADMINS=f"{ADMIN},98"):
        first, second = api.private(ADMIN, "小管"), api.private(98, "小青")
        write(tmp_path / "reports", 120)
        await first.ask("/reload")
        await until_says(second, await second.ask("/reload"), "小管正在重读报告")
        await until_says(first, first.received()[0], "已发布第 2 版")


COMMANDS = ("/reload", "/rollback 1", "/editions", "／重读")


@pytest.mark.parametrize("said", COMMANDS)
async def test_who_is_no_admin_is_refused_and_logged_once(
    api: BotApi, app: App, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    talk = api.private(7)
    assert (await talk.ask(said))["text"] == "这个指令只有管理员能用。"
    await talk.ask(said)
    logged = [record for record in caplog.records if "is no admin" in record.getMessage()]
    assert [record.levelno for record in logged] == [logging.WARNING]


async def test_a_file_of_who_is_no_admin_is_not_fetched(api: BotApi, app: App) -> None:
    talk = api.private(7)
    talk.send_file("报告.txt", report(9).encode())
    assert "由管理员上传" in (await talk.next_answer(0))["text"]
    assert api.of("getFile") == []


async def test_an_anonymous_administrator_a_forward_and_a_forged_button_do_nothing(
    api: BotApi, app: App, admin: Talk, tmp_path: Path
) -> None:
    write(tmp_path / "reports", 120)
    group = api.group(-1001)
    anonymous = group.member(1087968824, "Group")
    anonymous.say("/reload", sender_chat=group.chat)
    origin = {"type": "user", "date": 1, "sender_user": admin.user}
    assert "只有管理员" in (await admin.ask("/reload", forward_origin=origin))["text"]
    stranger = api.private(7)
    answer = await stranger.ask("养老床位有多少张？")
    for data in ("1|k|1", "1|e|publish|0a1b2c3d"):
        stranger.press(answer, data)
    calls = await api.wait_for("answerCallbackQuery", 2)
    assert [call.params["text"] for call in calls] == ["这个指令只有管理员能用。"] * 2
    assert await beds(api, 8) == "100张"
    assert [m for m in api.world.messages.values() if m["chat"]["id"] == -1001 and m["from"]["is_bot"]] == []


async def test_new_settings_take_effect_and_what_waits_for_a_restart_is_named(api: BotApi, tmp_path: Path) -> None:
    write(tmp_path / "reports", 100)
    file = tmp_path / "config.toml"
    file.write_text(f"admins = [{ADMIN}]\n", "utf-8")
    async with running(api, tmp_path, YOUJU_CONFIG=str(file), YOUJU_ADMINS=""):
        admin = api.private(ADMIN)
        text = f'admins = [{ADMIN}, 98]\n[log]\nlevel = "DEBUG"\n[synonyms]\n"养老床位" = ["银龄铺位"]\n'
        file.write_text(text, "utf-8")
        said = await until_says(admin, await admin.ask("/reload"), "没有变化")
        assert "配置里的 admins、synonyms 已经生效" in said["text"]
        assert "log.level 要重启才生效" in said["text"]
        assert (await api.private(8).ask("银龄铺位多少张？"))["text"].startswith("100张")
        assert "第 1 版" in (await api.private(98).ask("/editions"))["text"]
        file.write_text("admins = 3\n", "utf-8")
        await until_says(admin, await admin.ask("/reload"), "配置有误")
