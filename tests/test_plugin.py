"""A guest in somebody else's application: it takes what is meant for it, and the host's own things work as before."""

from __future__ import annotations

import textwrap
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, ApplicationBuilder, CommandHandler, ContextTypes, MessageHandler, filters

import handlers
from bot import config
from bot.replies.model import Button, Reply, Run
from handlers import Part
from handlers.plugin import Borrowed
from handlers.sending.gallery import Gallery
from handlers.sending.place import Place
from handlers.sending.send import send
from tests.botapi import BotApi
from tests.editions.city import report, write
from tests.handlers.test_publishing import until_says

ADMIN = 99
README = Path(__file__).parents[1] / "README.md"


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


# A bot of somebody's own, as in the README: its own commands, its own error handler, its own data.


async def hello(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    context.bot_data["said"] = context.bot_data.get("said", 0) + 1
    await update.message.reply_text("欢迎来到云泽市民之家。")


async def anything(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message
    await update.message.reply_text(f"收到：{update.message.text}")


async def broken(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    raise RuntimeError("the host's own fault")


async def shrug(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    context.bot_data["faults"] = [*context.bot_data.get("faults", []), str(context.error)]


@asynccontextmanager
async def hosting(
    api: BotApi, folder: Path, **options: Any
) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    builder = Application.builder().token(api.token).base_url(api.base_url).base_file_url(api.base_file_url)
    application = builder.job_queue(None).build()
    application.add_handler(CommandHandler("start", hello))
    application.add_handler(CommandHandler("broken", broken))
    environ = {"YOUJU_REPORTS": str(folder / "reports"), "YOUJU_DATA": str(folder / "data"), "YOUJU_ADMINS": str(ADMIN)}
    guest = handlers.register(application, config.load(environ=environ), **options)
    application.add_handler(MessageHandler(filters.TEXT, anything))
    application.add_error_handler(shrug)
    assert guest.face.desk.live
    guest.face.desk.live.again = lambda: config.load(environ=environ)
    async with polling(application):
        yield application
    guest.close()


@asynccontextmanager
async def polling(application: Application[Any, Any, Any, Any, Any, Any]) -> AsyncIterator[None]:
    async with application:
        assert application.updater
        await application.updater.start_polling(timeout=1, allowed_updates=Update.ALL_TYPES)
        await application.start()
        try:
            yield
        finally:
            await application.updater.stop()
            await application.stop()


async def test_the_example_of_the_readme_answers(api: BotApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "reports", 100)
    (tmp_path / "config.toml").write_text('reports = "reports"\ndata = "data"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    token = ApplicationBuilder.token
    monkeypatch.setattr(ApplicationBuilder, "token", lambda self, said: token(self, said).base_url(api.base_url))
    started: list[Application[Any, Any, Any, Any, Any, Any]] = []
    monkeypatch.setattr(Application, "run_polling", lambda self: started.append(self))
    example = README.read_text("utf-8").split("```python\n", 1)[1].split("```", 1)[0]
    exec(textwrap.dedent(example), {"TOKEN": api.token})  # noqa: S102 - our own page
    async with polling(started[0]):
        assert (await api.private(7).ask("/gov_ask 养老床位有多少张？"))["text"].startswith("100张")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "reports", 100)
    return tmp_path


async def test_questions_are_answered_and_the_host_keeps_what_is_its_own(api: BotApi, folder: Path) -> None:
    talk = api.private(7)
    async with hosting(api, folder) as application:
        assert (await talk.ask("养老床位有多少张？"))["text"].startswith("100张")
        assert (await talk.ask("/metrics 养老床位"))["text"].startswith("与“养老床位”")
        assert (await talk.ask("/start"))["text"] == "欢迎来到云泽市民之家。"
        assert (await talk.ask("/nonsense"))["text"] == "收到：/nonsense"
        talk.say("/broken")
        await api.wait_until_read()
        assert (await talk.ask("/start"))["text"] == "欢迎来到云泽市民之家。"
        assert application.bot_data == {"said": 2, "faults": ["the host's own fault"]}
    assert api.of("setMyCommands", "deleteMyCommands") == []


async def test_behind_a_prefix_only_prefixed_commands_are_ours(api: BotApi, folder: Path) -> None:
    talk = api.private(7)
    async with hosting(api, folder, prefix="gov_", parts={"commands"}):
        assert "养老床位：100张" in (await talk.ask("/gov_metrics 养老床位"))["text"]
        page = (await talk.ask("/gov_help"))["text"]
        assert "/gov_metrics" in page
        assert "/metrics" not in page
        assert (await talk.ask("/metrics 养老床位"))["text"] == "收到：/metrics 养老床位"
        assert (await talk.ask("养老床位有多少张？"))["text"] == "收到：养老床位有多少张？"
        assert (await talk.ask("/gov_reload"))["text"] == "收到：/gov_reload"


async def test_buttons_and_edits_work_as_at_home(api: BotApi, folder: Path) -> None:
    talk = api.private(7)
    async with hosting(api, folder):
        answer = await talk.ask("养老床位有多少张？")
        before = len(talk.received())
        await talk.choose(answer, "本节全文")
        assert "民生保障持续加强" in (await talk.next_answer(before))["text"]
        question = talk.say("惠民演出多少场？")
        said = await talk.next_answer(len(talk.received()))
        talk.edit(question, "养老床位有多少张？")
        await until_says(talk, said, "100张")


async def test_an_admin_reloads_and_uploads_through_the_hosts_bot(api: BotApi, folder: Path) -> None:
    admin = api.private(ADMIN)
    async with hosting(api, folder, prefix="gov_", parts=frozenset(Part)):
        write(folder / "reports", 120)
        await until_says(admin, await admin.ask("/gov_reload"), "已发布第 2 版")
        before = len(admin.received())
        admin.send_file("新.txt", report(150).encode())
        preview = await until_says(admin, await admin.next_answer(before), "试读结果")
        assert "已发布第 3 版" in (await admin.choose(preview, "发布"))["text"]
        assert (await api.private(7).ask("养老床位有多少张？"))["text"].startswith("150张")


async def test_the_host_is_given_buttons_as_objects_since_it_may_exchange_what_they_carry() -> None:
    given: list[Any] = []

    class Host:
        async def send_message(self, chat_id: int, text: str, **options: Any) -> None:
            given.append(options["reply_markup"])

    bot = Borrowed(Host(), Gallery(lambda: ()), "gov_")
    await send(bot, Place(7), Reply((Run("3.2万张"),), ((Button("所在章节", "1|S|1"),),)))  # type: ignore[arg-type]
    assert given == [InlineKeyboardMarkup([[InlineKeyboardButton("所在章节", callback_data="1|S|1")]])]


async def test_a_fault_of_ours_is_our_own_affair(
    api: BotApi, folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("inside")

    monkeypatch.setattr("handlers.ask.respond", fail)
    async with hosting(api, folder) as application:
        assert "代码" in (await api.private(7).ask("养老床位有多少张？"))["text"]
        assert "faults" not in application.bot_data
    assert any(record.exc_info for record in caplog.records)


@pytest.mark.parametrize("wrong", [{"prefix": "中文"}, {"prefix": "A" * 40}, {"parts": {"everything"}}])
def test_what_cannot_be_is_refused(api: BotApi, folder: Path, wrong: dict[str, Any]) -> None:
    application = Application.builder().token(api.token).build()
    settings = config.load(environ={"YOUJU_REPORTS": str(folder), "YOUJU_DATA": str(folder / "data")})
    with pytest.raises(ValueError, match=r"cannot begin|is not a valid Part"):
        handlers.register(application, settings, **wrong)
