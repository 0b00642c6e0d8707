"""Questions go on while the reports change: each is answered, from one edition or the next. See bench/reload.py."""

from __future__ import annotations

import sys

import pytest

from bench.reload import InForce, Outcome, Plan, Question, carry_out


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals")
async def test_every_answer_is_of_one_edition_and_a_broken_file_waits_for_consent() -> None:
    plan = Plan(rate=25, reloads=4, warm=0.5, usual=0.5, between=0.3)
    outcome = await carry_out(plan)
    assert outcome.questions
    assert outcome.unanswered == 0
    assert outcome.mixed == []
    assert outcome.published == ["discarded", "published", "published by consent", "published"]


@pytest.mark.parametrize(
    ("marks", "sound"), [({1}, True), ({2}, True), ({3}, False), ({1, 2}, False), (set(), False), ({4}, False)]
)
def test_an_answer_is_of_an_edition_that_was_in_force_meanwhile(marks: set[int], sound: bool) -> None:
    editions = [InForce(1, 0.0, 10.0), InForce(2, 9.0, 20.0), InForce(3, 19.0)]
    outcome = Outcome([Question(9.5, 11.0, frozenset(marks))], editions)
    assert (outcome.mixed == []) is sound
