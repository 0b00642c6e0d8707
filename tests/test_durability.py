"""The program is killed again and again while people ask: nobody goes without an answer. See bench/durability.py."""

from __future__ import annotations

import signal
import sys

import pytest

from bench.durability import Plan, carry_out

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_every_question_is_answered_in_spite_of_kills(mode: str) -> None:
    plan = Plan(questions=60, chats=10, ends=3, mode=mode, per_second=1000)
    outcome = await carry_out(plan)
    assert outcome.answered == outcome.asked == 60, outcome.logged
    assert outcome.disordered == []
    assert outcome.doubles <= plan.ends, outcome.twice  # one a kill; a slow machine may have two on the way at once


async def test_who_asks_it_to_stop_gets_no_answer_twice() -> None:
    plan = Plan(questions=60, chats=10, ends=3, sign=signal.SIGTERM, per_second=1000)
    outcome = await carry_out(plan)
    assert outcome.answered == outcome.asked == 60, outcome.logged
    assert outcome.disordered == []
    assert outcome.doubles == 0
    assert max(outcome.stops) < 8
