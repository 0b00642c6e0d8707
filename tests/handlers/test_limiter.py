"""Telegram's limits, kept; with a clock of the tests."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine
from random import Random
from typing import Any

import pytest
from telegram.error import RetryAfter

from handlers.sending.handling import Handling, current
from handlers.sending.limiter import ATTENTIVE, WARY, Limiter, Limits, Turn
from tests.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limiter(clock: Clock) -> Limiter:
    return Limiter(Limits(), clock, clock.sleep)


def most_in(times: list[float], seconds: float) -> int:
    """The most of these times that lie in any stretch of so many seconds."""
    return max(sum(start <= time < start + seconds - 1e-6 for time in times) for start in times)


async def sent_at(limiter: Limiter, clock: Clock, chats: list[int], *, asked: bool) -> list[float]:
    times: list[float] = []

    async def one(chat: int) -> None:
        if asked:
            current.set(Handling(1))
            await call(limiter, chat, "sendMessage", lambda: True)
        else:
            await limiter.turn(chat)
            await call(limiter, chat, "sendMessage", lambda: True, Turn.TAKEN)
        times.append(clock())

    await clock.run(*(one(chat) for chat in chats))
    return times


async def test_a_broadcast_is_even_and_has_all_that_telegram_allows(limiter: Limiter, clock: Clock) -> None:
    times = await sent_at(limiter, clock, list(range(300)), asked=False)
    assert most_in(times, 1.0) <= 30
    assert most_in(times, 0.1) <= 4
    assert times[-1] - times[0] == pytest.approx(299 / 30, abs=0.6)


async def test_while_somebody_asks_broadcasts_leave_room_for_the_next_one(limiter: Limiter, clock: Clock) -> None:
    await sent_at(limiter, clock, [7], asked=True)
    times = await sent_at(limiter, clock, list(range(300)), asked=False)
    assert most_in([time for time in times if time < times[0] + ATTENTIVE], 1.0) <= 29
    later = await sent_at(limiter, clock, list(range(300, 600)), asked=False)
    assert most_in(later, 1.0) == 30


async def test_what_the_program_tells_by_itself_keeps_all_limits(limiter: Limiter, clock: Clock) -> None:
    current.set(None)
    start = clock()
    await clock.run(*(call(limiter, 7, "editMessageText", lambda: True) for _ in range(3)))
    assert clock() - start >= 2.0
    start = clock()
    await clock.run(*(call(limiter, chat, "sendMessage", lambda: True) for chat in range(100, 160)))
    assert clock() - start >= 1.9


async def test_no_second_of_the_servers_holds_too_many_however_long_each_is_on_its_way(
    limiter: Limiter, clock: Clock
) -> None:
    arrived: list[float] = []
    ways = Random(7)

    async def travels() -> bool:
        await clock.sleep(ways.uniform(0.0, 0.09))
        arrived.append(clock())
        await clock.sleep(ways.uniform(0.0, 0.3))
        return True

    async def one(chat: int) -> None:
        await limiter.turn(chat)
        await call(limiter, chat, "sendMessage", travels, Turn.TAKEN)

    await clock.run(*(one(chat) for chat in range(200)))
    assert most_in(sorted(arrived), 1.0) <= 30
    assert max(arrived) - min(arrived) <= 200 / 29 * 1.1


async def test_what_a_pause_kept_back_for_up_to_a_second_is_made_up_for(limiter: Limiter, clock: Clock) -> None:
    before = await sent_at(limiter, clock, list(range(58)), asked=False)
    clock.now += 0.8
    after = await sent_at(limiter, clock, list(range(100, 158)), asked=False)
    assert after[-1] - before[0] == pytest.approx(115 / 30, abs=0.2)
    assert most_in(before + after, 1.0) <= 30


async def test_after_a_long_silence_a_broadcast_begins_evenly(limiter: Limiter, clock: Clock) -> None:
    await sent_at(limiter, clock, [1], asked=False)
    clock.now += 3600
    times = await sent_at(limiter, clock, list(range(30)), asked=False)
    assert most_in(times, 0.2) <= 7


async def test_limits_outlive_a_restart(limiter: Limiter, clock: Clock) -> None:
    for number in range(30):
        limiter.recall(-7 if number < 20 else number, 0.9 - number / 100)
    assert limiter.delay(-7) == pytest.approx(59.1)
    (time,) = await sent_at(limiter, clock, [8], asked=False)
    assert time - 1_000_000.0 == pytest.approx(0.1)


async def test_who_asks_in_private_is_answered_at_once(limiter: Limiter, clock: Clock) -> None:
    times = await sent_at(limiter, clock, [*range(90), *[7] * 10], asked=True)
    assert set(times) == {times[0]}


async def test_once_refused_answers_keep_the_overall_limit_for_a_minute(limiter: Limiter, clock: Clock) -> None:
    await refused(limiter, 7000, 5)
    times = await sent_at(limiter, clock, list(range(90)), asked=True)
    assert times[28] == times[0]  # the one refused counts
    assert most_in(times, 1.0) == 30
    clock.now += 5 + WARY
    times = await sent_at(limiter, clock, list(range(90)), asked=True)
    assert set(times) == {times[0]}


async def test_a_chat_gets_one_broadcast_a_second_and_answers_in_short_bursts_once_refused(
    limiter: Limiter, clock: Clock
) -> None:
    broadcasts = await sent_at(limiter, clock, [7] * 4, asked=False)
    assert [round(time - broadcasts[0]) for time in broadcasts] == [0, 1, 2, 3]
    clock.now += 60
    await refused(limiter, 7000, 5)
    answers = await sent_at(limiter, clock, [8] * 6, asked=True)
    assert [round(time - answers[0]) for time in answers] == [0, 0, 0, 3, 3, 3]


async def test_answers_in_a_group_come_in_short_bursts(limiter: Limiter, clock: Clock) -> None:
    answers = await sent_at(limiter, clock, [-8] * 6, asked=True)
    assert [round(time - answers[0]) for time in answers] == [0, 0, 0, 3, 3, 3]


async def test_broadcasts_make_room_for_answers(limiter: Limiter, clock: Clock) -> None:
    answers = await sent_at(limiter, clock, list(range(1000, 1020)), asked=True)
    broadcasts = await sent_at(limiter, clock, list(range(60)), asked=False)
    assert most_in([*answers, *broadcasts], 1.0) <= 29


async def test_a_group_gets_twenty_messages_a_minute(limiter: Limiter, clock: Clock) -> None:
    times = await sent_at(limiter, clock, [-7] * 45, asked=True)
    assert most_in(times, 60.0) == 20


async def test_people_go_before_broadcasts(limiter: Limiter, clock: Clock) -> None:
    order: list[str] = []

    async def one(chat: int, *, asked: bool) -> None:
        await limiter.turn(chat, asked=asked)
        order.append("person" if asked else "broadcast")

    await sent_at(limiter, clock, list(range(1000, 1030)), asked=True)
    await clock.run(*(one(n, asked=False) for n in range(50)), *(one(100 + n, asked=True) for n in range(20)))
    assert order[:20] == ["person"] * 20


def call(limiter: Limiter, chat: int, endpoint: str, answer: Callable[[], Any], turn: Turn | None = None) -> Any:
    async def callback(*args: Any, **kwargs: Any) -> Any:
        answered = answer()
        return await answered if inspect.isawaitable(answered) else answered

    return limiter.process_request(callback, (), {}, endpoint, {"chat_id": chat}, turn)


def refusing(seconds: int) -> Callable[[], Any]:
    def refuse() -> Any:
        raise RetryAfter(seconds)

    return refuse


async def refused(limiter: Limiter, chat: int, seconds: int = 30) -> None:
    await limiter.turn(chat)
    with pytest.raises(RetryAfter):
        await call(limiter, chat, "sendMessage", refusing(seconds), Turn.TAKEN)


async def test_after_a_429_that_chat_waits_and_no_other(limiter: Limiter, clock: Clock) -> None:
    await refused(limiter, 7)
    assert limiter.delay(7) == pytest.approx(30.0)
    assert limiter.delay(8) == 0.0
    (time,) = await sent_at(limiter, clock, [8], asked=True)
    assert time - clock.now < 1.0


async def test_where_chat_after_chat_is_refused_all_wait(limiter: Limiter, clock: Clock) -> None:
    start = clock()
    await clock.run(*(refused(limiter, chat) for chat in (1, 2, 3)))
    (time,) = await sent_at(limiter, clock, [9], asked=True)
    assert time - start >= 30.0


async def test_one_that_passes_between_shows_that_not_all_are_meant(limiter: Limiter, clock: Clock) -> None:
    async def passes() -> None:
        await limiter.turn(5)
        await call(limiter, 5, "sendMessage", lambda: True, Turn.TAKEN)

    works: list[Coroutine[Any, Any, None]] = [refused(limiter, 1), refused(limiter, 2), passes(), refused(limiter, 3)]
    for work in works:
        await clock.run(work)
    start = clock()
    (time,) = await sent_at(limiter, clock, [9], asked=True)
    assert time - start < 1.0


@pytest.mark.parametrize("endpoint", ["sendChatAction", "answerCallbackQuery", "getChatMember", "setMyCommands"])
async def test_what_is_no_message_does_not_count(limiter: Limiter, clock: Clock, endpoint: str) -> None:
    start = clock()
    await clock.run(*(call(limiter, 7, endpoint, lambda: True) for _ in range(100)))
    assert clock() == start
    assert limiter.delay(7) == 0.0


async def test_a_text_changed_in_place_counts(limiter: Limiter, clock: Clock) -> None:
    await clock.run(call(limiter, 7, "editMessageText", lambda: True))
    assert limiter.delay(7) > 0.0


async def test_chats_are_forgotten_when_nothing_is_owed_to_them(limiter: Limiter, clock: Clock) -> None:
    fast = Limiter(Limits(overall=10**6), clock, clock.sleep)
    for chat in range(10_050):
        clock.now += 0.1
        await clock.run(fast.turn(chat, asked=True))
    assert len(fast._chats) < 1000
