"""Groups and people cool down: a burst is answered, a flood is told once, and both recover."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from handlers.cooldown import BURST, REMEMBERED, Cooldown, Pace, Verdict

GROUP, ANNA, BEN = -1001, 7, 8


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_pace_lets_a_burst_through_and_then_one_each_interval(clock: Clock) -> None:
    pace = Pace(2.0, 3, clock)
    assert [pace.take(1) for _ in range(5)] == [True, True, True, False, False]
    assert pace.take(2)
    clock.now = 2.0
    assert [pace.take(1) for _ in range(2)] == [True, False]
    clock.now = 60.0
    assert [pace.take(1) for _ in range(4)] == [True, True, True, False]


def test_without_an_interval_there_is_no_limit(clock: Clock) -> None:
    pace = Pace(0, 1, clock)
    assert all(pace.take(1) for _ in range(1000))
    assert len(pace) == 0


def test_a_person_who_floods_is_told_once_and_the_others_are_answered(clock: Clock) -> None:
    cooldown = Cooldown(0, 5, clock)
    verdicts = [cooldown.admit(GROUP, ANNA) for _ in range(50)]
    assert verdicts[:5] == [Verdict.ANSWER] * 5
    assert verdicts[5:] == [Verdict.NOTICE, *[Verdict.SILENCE] * 44]
    assert cooldown.admit(GROUP, BEN) is Verdict.ANSWER


def test_a_group_that_floods_is_told_once_whoever_writes(clock: Clock) -> None:
    cooldown = Cooldown(3, 0, clock)
    verdicts = [cooldown.admit(GROUP, person) for person in range(1, BURST + 30)]
    assert verdicts.count(Verdict.ANSWER) == BURST
    assert verdicts.count(Verdict.NOTICE) == 1
    assert cooldown.admit(-1002, ANNA) is Verdict.ANSWER


def test_who_floods_for_an_hour_is_told_once_in_that_hour(clock: Clock) -> None:
    cooldown = Cooldown(3, 10, clock)
    verdicts = []
    for _ in range(3600):
        clock.now += 1
        verdicts.append(cooldown.admit(GROUP, ANNA))
    assert verdicts.count(Verdict.NOTICE) == 1
    assert verdicts.count(Verdict.ANSWER) <= 10 * 60 + 10


def test_after_a_pause_all_is_as_before(clock: Clock) -> None:
    cooldown = Cooldown(3, 2, clock)
    for _ in range(9):
        cooldown.admit(GROUP, ANNA)
    clock.now += 120
    verdicts = [cooldown.admit(GROUP, ANNA) for _ in range(3)]
    assert verdicts == [Verdict.ANSWER, Verdict.ANSWER, Verdict.NOTICE]


def test_a_question_that_is_refused_costs_nothing(clock: Clock) -> None:
    cooldown = Cooldown(0, 2, clock)
    for _ in range(100):
        cooldown.admit(GROUP, ANNA)
    clock.now += 31
    assert cooldown.admit(GROUP, ANNA) is Verdict.ANSWER


def test_memory_is_bounded(clock: Clock) -> None:
    pace = Pace(60, 1, clock)
    for key in range(REMEMBERED + 500):
        pace.take(key)
    assert len(pace) == REMEMBERED
