"""What people asked, in the operator's hands: votes, lists, aliases, fixed answers; over real HTTP and real SQLite."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.app import build
from bot.library import Library
from bot.questions import aliases
from bot.questions import log as question_log
from bot.questions.clerk import Clerk
from bot.state import State
from bot.state import questions as table
from handlers import App
from handlers.serving import serve
from tests.botapi import BotApi, Talk
from tests.botapi.people import buttons
from tests.handlers.conftest import ADMIN, REPORT, settings_for

BEDS = "养老床位有多少张"
HALLS = "大众厨房多少处"  # the report says 社区食堂


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    file = tmp_path_factory.mktemp("reports") / "yunze-2024.txt"
    file.write_text(REPORT, "utf-8")
    return Library.load([file])


@asynccontextmanager
async def running(api: BotApi, library: Library, data: Path, **more: str) -> AsyncIterator[App]:
    state = await State.open(data)
    stop = asyncio.Event()
    fresh = Library(library.reports, made=library.indexes)  # with a thesaurus of its own
    application = build(settings_for(api, YOUJU_DATA=str(data), **more), lambda: fresh, state)
    serving = asyncio.create_task(serve(application, stop))
    try:
        await api.world.until(lambda: api.world.poll > 0 or serving.done(), 10)
        yield application
    finally:
        stop.set()
        await serving
        await state.close()


@pytest.fixture
async def app(api: BotApi, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[App]:
    monkeypatch.setattr(question_log, "LINGER", 0.0)
    api.private(ADMIN)
    async with running(api, library, tmp_path / "data") as application:
        yield application


@pytest.fixture
def admin(api: BotApi) -> Talk:
    return api.private(ADMIN, "站长")


def clerk_of(app: App) -> Clerk:
    assert app.bot_data.clerk
    return app.bot_data.clerk


def labels(message: dict[str, Any]) -> list[str]:
    return [button["text"] for button in buttons(message)]


async def pressed(api: BotApi, talk: Talk, message: dict[str, Any], label: str) -> dict[str, Any]:
    """Press a button; how the press was answered."""
    await talk.choose(message, label)
    return api.of("answerCallbackQuery")[-1].params


async def test_every_question_is_noted_with_what_came_of_it_and_without_a_name(api: BotApi, app: App) -> None:
    await api.private(7).ask(BEDS)
    await api.private(7).ask(HALLS)
    await api.private(7).ask("你好")
    await clerk_of(app).log.flush()
    missing, found = await table.latest(clerk_of(app).state, 10)
    assert (found.said, found.outcome, found.answer) == (BEDS, "answered", "3.2万张")
    assert (missing.said, missing.outcome) == (HALLS, "not_found")
    assert 0 <= missing.score < found.score <= 1
    assert found.person == missing.person == clerk_of(app).person(7)
    assert found.person != "7"


async def test_answers_are_voted_on_in_private_always_and_in_groups_where_there_is_an_answer(
    api: BotApi, app: App
) -> None:
    for said in (BEDS, HALLS):
        assert labels(await api.private(7).ask(said))[-2:] == ["👍 有用", "👎 不对"]
    assert "👍 有用" not in labels(await api.private(7).ask("你好"))
    group = api.group(-1001).member(7)
    assert labels(await group.ask(f"/ask {BEDS}"))[-2:] == ["👍 有用", "👎 不对"]
    assert "👍 有用" not in labels(await group.ask(f"/ask {HALLS}"))


async def test_a_vote_can_be_changed_and_each_person_has_one(api: BotApi, app: App) -> None:
    group = api.group(-1001)
    answer = await group.member(7).ask(f"/ask {BEDS}")
    for person, label in ((7, "👍"), (8, "👎"), (7, "👎"), (8, "👎")):
        told = await pressed(api, group.member(person), answer, label)
        assert "记下了" in told["text"]
    ((good, bad, _),) = (await table.tally(clerk_of(app).state)).values()
    assert (good, bad) == (0, 2)
    assert len(group.member(7).received()) == 1  # nothing more is said in the group


async def test_a_reason_may_follow_and_a_question_is_none(api: BotApi, app: App, admin: Talk) -> None:
    talk = api.private(7)
    answer = await talk.ask(BEDS)
    await talk.choose(answer, "👎")
    assert "哪里不对" in (await talk.next_answer(1))["text"]
    assert "记下了" in (await talk.ask("这是去年的旧数"))["text"]
    await talk.choose(answer, "👎")
    await talk.next_answer(3)
    assert "1860场" in (await talk.ask("惠民演出有多少场"))["text"]
    shown = (await admin.ask("/feedback"))["text"]
    for part in (BEDS, "3.2万张", "这是去年的旧数", "把握"):
        assert part in shown


async def test_a_forged_or_forgotten_vote_is_answered_politely(api: BotApi, app: App) -> None:
    talk = api.private(7)
    answer = await talk.ask(BEDS)
    for data in ("1|f|ffffffffff|bad", "1|f|x|bad", "1|f"):
        query = talk.press(answer, data)
        await api.world.until(lambda query=query: query not in api.world.queries, 10)
        assert api.of("answerCallbackQuery")[-1].params["text"]
    assert await table.tally(clerk_of(app).state) == {}


async def test_unanswered_questions_are_grouped_and_an_alias_answers_them_at_once(
    api: BotApi, app: App, admin: Talk, tmp_path: Path
) -> None:
    for person, said in ((7, HALLS), (8, f"请问{HALLS}？"), (9, "地铁什么时候开通")):
        assert "没有" in (await api.private(person).ask(said))["text"]
    listed = await admin.ask("/unanswered")
    assert "2 组，3 次" in listed["text"]
    assert f"1. {HALLS}" in listed["text"]
    before = len(admin.received())
    await admin.choose(listed, "1 设为别名")
    prompt = (await admin.next_answer(before))["text"]
    assert "大众厨房" in prompt
    assert "没有“大众菜园”这个说法" in (await admin.ask("大众菜园"))["text"]
    assert "仍然答不上" in (await admin.ask("农村公路"))["text"]
    count = len(admin.received())
    admin.say("社区食堂")
    assert "马上生效" in (await admin.next_answer(count))["text"]
    assert "24处" in (await admin.next_answer(count + 1))["text"]
    assert "24处" in (await api.private(7).ask(HALLS))["text"]
    assert aliases.read(tmp_path / "data") == {"社区食堂": ["大众厨房"]}
    assert "1 组，1 次" in (await admin.ask("/未答"))["text"]


async def test_an_alias_may_name_the_word_that_people_use(api: BotApi, app: App, admin: Talk, tmp_path: Path) -> None:
    await api.private(7).ask("新建大众厨房办了多少处")
    await admin.choose(await admin.ask("/unanswered"), "1 设为别名")
    await admin.next_answer(1)
    count = len(admin.received())
    admin.say("大众厨房＝社区食堂")
    assert "“大众厨房”就是报告里的“社区食堂”" in (await admin.next_answer(count))["text"]
    assert aliases.read(tmp_path / "data") == {"社区食堂": ["大众厨房"]}


@pytest.mark.parametrize(
    ("words", "mark", "quoted"),
    [
        ("举办惠民演出1860场，观众超过45万人次。", "文化事业繁荣发展", True),
        ("请拨打政务热线咨询，工作日8点至18点。", "管理员的话，不是报告原文", False),
        ("惠民演出1860", "管理员的话，不是报告原文", False),
    ],
    ids=["verbatim", "own words", "a figure cut short"],
)
async def test_a_fixed_answer_quotes_a_report_or_is_marked_as_the_operators_own(
    api: BotApi, app: App, admin: Talk, words: str, mark: str, quoted: bool
) -> None:
    await api.private(7).ask("地铁什么时候开通")
    await admin.choose(await admin.ask("/unanswered"), "1 写固定答复")
    await admin.next_answer(1)
    count = len(admin.received())
    admin.say(words)
    assert "记下了" in (await admin.next_answer(count))["text"]
    await admin.next_answer(count + 1)
    answer = await api.private(8).ask("请问地铁什么时候开通？")
    assert words in answer["text"]
    assert mark in answer["text"]
    assert ("blockquote" in [entity["type"] for entity in answer["entities"]]) is quoted
    assert labels(answer)[-2:] == ["👍 有用", "👎 不对"]
    assert words not in (await api.private(8).ask("高铁什么时候开通"))["text"]
    assert "没有答不上来的" not in (await admin.ask("/unanswered"))["text"]  # 高铁


async def test_a_fixed_answer_outlives_a_restart_and_can_be_withdrawn(
    api: BotApi, library: Library, tmp_path: Path, admin: Talk
) -> None:
    async with running(api, library, tmp_path / "data"):
        await api.private(7).ask("地铁什么时候开通")
        await admin.choose(await admin.ask("/unanswered"), "1 写固定答复")
        await admin.next_answer(1)
        await admin.ask("还没有计划。")
    async with running(api, library, tmp_path / "data"):
        assert "还没有计划。" in (await api.private(7).ask("地铁什么时候开通"))["text"]
        listed = await admin.ask("/unanswered")
        await admin.choose(listed, "固定答复（1）")
        await admin.choose(listed, "删除 1")
        assert "还没有计划。" not in (await api.private(7).ask("地铁什么时候开通"))["text"]


async def test_what_is_ignored_is_listed_no_more_and_a_stale_button_says_so(api: BotApi, app: App, admin: Talk) -> None:
    await api.private(7).ask("明天彩票开什么号")
    listed = await admin.ask("/unanswered")
    (data,) = [button["callback_data"] for button in buttons(listed) if "忽略" in button["text"]]
    changed = await admin.choose(listed, "1 忽略")
    assert "没有答不上来的提问" in changed["text"]
    query = admin.press(changed, data)
    await api.world.until(lambda: query not in api.world.queries, 10)
    assert "已经没有了" in api.of("answerCallbackQuery")[-1].params["text"]


async def test_lists_are_turned_by_pages(api: BotApi, app: App, admin: Talk) -> None:
    for word in ("彩票号码", "天气预报", "电影票价", "足球比分", "航班时刻", "股票行情", "菜谱推荐"):
        await api.private(7).ask(f"{word}是什么")
    listed = await admin.ask("/unanswered")
    assert "7 组" in listed["text"]
    assert "6. " not in listed["text"]
    turned = await admin.choose(listed, "下一页")
    assert "6. " in turned["text"]
    assert "1. " in (await admin.choose(turned, "上一页"))["text"]
    assert "1. " in (await admin.ask("/top"))["text"]


async def test_what_is_asked_for_may_be_refused_or_be_a_command(api: BotApi, app: App, admin: Talk) -> None:
    await api.private(7).ask("地铁什么时候开通")
    await admin.choose(await admin.ask("/unanswered"), "1 设为别名")
    prompt = await admin.next_answer(1)
    assert "报告" in (await admin.ask("/reports"))["text"]
    before = len(admin.received())
    await admin.choose(prompt, "取消")
    await admin.next_answer(before)
    assert "3.2万张" in (await admin.ask(BEDS))["text"]


@pytest.mark.parametrize("command", ["/unanswered", "/top", "/feedback", "/未答"])
async def test_the_lists_are_for_admins_and_not_for_groups(api: BotApi, app: App, command: str) -> None:
    await api.private(7).ask("我的秘密问题在哪里")
    assert "管理员" in (await api.private(7).ask(command))["text"]
    group = api.group(-1001)
    assert "私聊" in (await group.member(ADMIN).ask(command))["text"]
    group.member(7).say(command)
    await api.wait_until_read()
    assert len(group.member(7).received()) == 1


async def test_a_button_of_a_list_pressed_by_somebody_else_does_nothing(api: BotApi, app: App, admin: Talk) -> None:
    await api.private(7).ask("地铁什么时候开通")
    listed = await admin.ask("/unanswered")
    (data,) = [button["callback_data"] for button in buttons(listed) if "忽略" in button["text"]]
    stranger = api.private(7)
    for forged in (data, "1|U|1|feedback", "1|Z"):
        query = stranger.press(stranger.received()[-1], forged)
        await api.world.until(lambda query=query: query not in api.world.queries, 10)
        assert "管理员" in api.of("answerCallbackQuery")[-1].params["text"]
    assert "1 组" in (await admin.ask("/unanswered"))["text"]


async def test_forgetting_deletes_ones_own_and_nobody_elses(api: BotApi, app: App) -> None:
    await api.private(7).ask(BEDS)
    await api.private(7).ask(HALLS)
    await api.private(8).ask(BEDS)
    assert "2 条" in (await api.private(7).ask("/forget"))["text"]
    assert "没有您的提问记录" in (await api.private(7).ask("/忘记"))["text"]
    left = await table.latest(clerk_of(app).state, 10)
    assert [row.person for row in left] == [clerk_of(app).person(8)]


async def test_switched_off_nothing_is_kept_and_nothing_is_voted_on(
    api: BotApi, library: Library, tmp_path: Path
) -> None:
    async with running(api, library, tmp_path / "data", YOUJU_QUESTIONS_LOG="false") as app:
        assert "👍 有用" not in labels(await api.private(7).ask(BEDS))
        assert "不记录" in (await api.private(7).ask("/forget"))["text"]
        await clerk_of(app).log.flush()
        assert await table.latest(clerk_of(app).state, 10) == []


async def test_a_state_that_cannot_be_written_costs_no_answer(
    api: BotApi, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(table, "add", fails)
    for _ in range(3):
        assert "3.2万张" in (await api.private(7).ask(BEDS))["text"]


async def test_an_edited_question_is_noted_and_can_be_voted_on(api: BotApi, app: App) -> None:
    talk = api.private(7)
    question = talk.say(HALLS)
    answer = await talk.next_answer(0)
    talk.edit(question, BEDS)
    await api.wait_for("editMessageText")
    edited = api.world.messages[7, answer["message_id"]]
    assert "3.2万张" in edited["text"]
    await pressed(api, talk, edited, "👍")
    assert [value[:2] for value in (await table.tally(clerk_of(app).state)).values()] == [(1, 0)]
