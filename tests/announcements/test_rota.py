"""What is due is sent once: not early, not in quiet hours, not twice, and once after a time of being down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.announcements.content import pages_of
from bot.announcements.rota import LOOK, Rota
from bot.replies.model import Card, Reply
from bot.replies.pages import utf16
from bot.settings import Schedule
from bot.state import State, subscribers
from bot.state.schema import announcements, outbox
from bot.state.subscribers import Wish
from tests.replies.city import City, report

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2024, 6, 3, 8, 0, tzinfo=SHANGHAI)


@dataclass
class Watch:
    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


async def kinds(state: State) -> list[str]:
    async with state.reading() as connection:
        return list((await connection.execute(select(announcements.c.kind).order_by(announcements.c.id))).scalars())


async def texts(state: State) -> list[str]:
    async with state.reading() as connection:
        found = (await connection.execute(select(announcements.c.content).order_by(announcements.c.id))).scalars()
        return ["".join(run[0] for page in content["pages"] for run in page["runs"]) for content in found]


async def rota(state: State, watch: Watch, **schedule: object) -> Rota:
    await subscribers.subscribe(state, 1, Wish.BOTH, None, 1.0)
    library = City((report(2024), report(2023, beds="1.2万张", people="6500人")))
    made = Rota(state, Schedule(**schedule), lambda: library, clock=watch)  # type: ignore[arg-type, return-value]
    await made.look()
    return made


async def test_nothing_is_sent_before_its_time_and_one_thing_at_it(state: State, watch: Watch) -> None:
    daily = await rota(state, watch, weekly="")
    watch.now = MONDAY.replace(hour=8, minute=59, second=50)
    assert await daily.look() == pytest.approx(10.0)
    assert await kinds(state) == []
    watch.now = MONDAY.replace(hour=9, second=1)
    assert await daily.look() == LOOK
    assert daily.news.is_set()
    await daily.look()
    assert await kinds(state) == ["daily"]


async def test_what_was_missed_is_caught_up_once(state: State, watch: Watch) -> None:
    daily = await rota(state, watch, weekly="")
    watch.now = MONDAY + timedelta(days=3, hours=4)
    for _ in range(3):
        await daily.look()
    assert await kinds(state) == ["daily"]


async def test_a_restart_sends_nothing_twice_and_a_first_start_nothing_at_all(state: State, watch: Watch) -> None:
    watch.now = MONDAY.replace(hour=10)
    await rota(state, watch)
    assert await kinds(state) == []
    watch.now = watch.now + timedelta(days=1)
    for _ in range(3):
        await rota(state, watch, weekly="")
    assert await kinds(state) == ["daily"]


async def test_what_was_missed_too_long_ago_is_let_go(state: State, watch: Watch) -> None:
    weekly = await rota(state, watch, daily="", catch_up=24)
    watch.now = MONDAY + timedelta(days=3)
    await weekly.look()
    assert await kinds(state) == []
    watch.now = MONDAY + timedelta(days=7, hours=2)
    await weekly.look()
    assert await kinds(state) == ["weekly"]


async def test_without_catching_up_what_is_due_is_still_sent(state: State, watch: Watch) -> None:
    daily = await rota(state, watch, weekly="", catch_up=0)
    watch.now = MONDAY.replace(hour=9, second=2)
    await daily.look()
    assert await kinds(state) == ["daily"]
    watch.now = MONDAY + timedelta(days=1, hours=4)
    await daily.look()
    assert await kinds(state) == ["daily"]


async def test_who_waits_for_the_end_of_quiet_hours_is_not_late(state: State, watch: Watch) -> None:
    late = await rota(state, watch, daily="23:00", weekly="", catch_up=1)
    watch.now = MONDAY.replace(hour=7, minute=1) + timedelta(days=1)
    await late.look()
    assert await kinds(state) == ["daily"]


async def test_in_quiet_hours_it_waits_for_their_end(state: State, watch: Watch) -> None:
    late = await rota(state, watch, daily="23:00", weekly="")
    watch.now = MONDAY.replace(hour=23, minute=30)
    await late.look()
    assert await kinds(state) == []
    watch.now = MONDAY.replace(hour=7) + timedelta(days=1)
    await late.look()
    assert await kinds(state) == ["daily"]


async def test_a_clock_set_back_sends_nothing_twice(state: State, watch: Watch) -> None:
    daily = await rota(state, watch, weekly="")
    for hour in (9, 8, 9, 10):
        watch.now = MONDAY.replace(hour=hour, minute=30)
        await daily.look()
    assert await kinds(state) == ["daily"]


async def test_each_day_tells_another_figure_of_another_section(state: State, watch: Watch) -> None:
    daily = await rota(state, watch, weekly="")
    for day in range(4):
        watch.now = MONDAY.replace(hour=9, minute=1) + timedelta(days=day)
        await daily.look()
    told = await texts(state)
    assert len(set(told)) == 4
    assert all(text.startswith("每日一数\n") and "2024" in text for text in told)
    sections = [next(line for line in text.split("\n") if " › " in line) for text in told[:3]]
    assert len(set(sections)) == 3


async def test_the_week_is_told_by_figures_of_all_sections(state: State, watch: Watch) -> None:
    weekly = await rota(state, watch, daily="")
    watch.now = MONDAY.replace(hour=9, minute=1)
    await weekly.look()
    (text,) = await texts(state)
    assert text.startswith("每周数读\n")
    assert all(words in text for words in ("1.5万张", "8期", "120余起"))


async def sent(state: State) -> list[Reply]:
    """All messages put into the outbox, as they will be sent."""
    async with state.reading() as connection:
        found = (await connection.execute(select(announcements.c.content).order_by(announcements.c.id))).scalars()
        return [page for content in found for page in pages_of(content)]


async def test_what_is_told_by_itself_comes_with_its_card(state: State, watch: Watch) -> None:
    both = await rota(state, watch)
    other = replace(report(2024, beds="3.1万张"), id="b", place="丰川市", title="丰川市2024年政府工作报告")
    both.get_library = lambda: City((report(2024), other))  # type: ignore[assignment, return-value]
    watch.now = MONDAY.replace(hour=9, minute=1)
    await both.look()
    daily, weekly = await sent(state)
    assert daily.picture is not None
    assert weekly.picture is not None
    assert (daily.picture.card, weekly.picture.card) == (Card.SINGLE, Card.GRID)
    assert len({edition for edition, _ in weekly.picture.figures}) == 1  # a card is of one report
    assert all(utf16(page.text) <= 1024 for page in (daily, weekly))


async def test_a_quiz_goes_to_those_who_get_the_daily_figure(state: State, watch: Watch) -> None:
    await subscribers.subscribe(state, 2, Wish.WEEKLY, None, 1.0)
    quizzes = await rota(state, watch, daily="", weekly="", quiz="fri 16:00")
    watch.now = MONDAY.replace(hour=16, minute=1) + timedelta(days=4)
    for _ in range(2):
        await quizzes.look()
    (page,) = await sent(state)
    assert page.quiz is not None
    assert page.quiz.explanation.partition("\n")[0] in report(2024).text
    assert len(set(page.quiz.options)) == 4
    async with state.reading() as connection:
        assert list((await connection.execute(select(outbox.c.chat_id))).scalars()) == [1]


async def test_without_reports_nothing_is_said(state: State, watch: Watch) -> None:
    empty = await rota(state, watch)
    empty.get_library = lambda: City(())  # type: ignore[assignment, return-value]
    watch.now = MONDAY.replace(hour=9, minute=1)
    await empty.look()
    assert await kinds(state) == []
