"""A question as long as may be: work is counted, not timed, and does not grow with each character many times over."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.answers import selection, typos
from bot.answers.engine import ask
from bot.answers.matching import Needle
from bot.library import Library
from bot.replies.smalltalk import QUESTION_LIMIT


@pytest.fixture
def work(seed: Library, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], tuple[int, int]]:
    """Characters held against zones, and stretches looked up by their sound, while a question is answered."""

    def measured(said: str) -> tuple[int, int]:
        held: list[int] = []
        heard: list[str] = []
        covered, sound = Needle._covered, typos.sound
        with monkeypatch.context() as patch:
            patch.setattr(
                Needle, "_covered", lambda self, *of: (held.append(len(self.text) * len(of[0])), covered(self, *of))[1]
            )
            patch.setattr(typos, "sound", lambda typed: (heard.append(typed), sound(typed))[1])
            replace(seed, made=seed.indexes).ask(said)  # one that remembers no answers
        return sum(held), len(heard)

    return measured


def test_five_hundred_characters_of_a_report_cost_little_more_than_a_hundred(
    work: Callable[[str], tuple[int, int]], seed: Library
) -> None:
    text = seed.reports[0].text
    middle = len(text) // 2
    short, _ = work(text[middle : middle + 100])
    long, _ = work(text[middle : middle + QUESTION_LIMIT])
    assert 0 < long < 2 * short


def test_typos_are_not_looked_for_without_end(work: Callable[[str], tuple[int, int]]) -> None:
    chance = random.Random(1)
    _, some = work("养老床味有多少张")
    _, many = work("".join(chr(chance.randrange(0x4E00, 0x9FA0)) for _ in range(QUESTION_LIMIT)))
    assert 0 < some < many <= 200


def test_of_many_reports_a_long_question_is_weighed_for_those_alone_that_share_most_with_it(
    seed: Library, yunze: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The report that the text is taken from is among them, so no answer is lost."""
    library, asked = Library(seed.reports + yunze.reports), []
    monkeypatch.setattr(
        selection, "ask", lambda said, index, book: (asked.append(index.report.id), ask(said, index, book))[1]
    )
    text = seed.reports[0].text
    library.ask(text[1000:1500])
    assert len(asked) < len(library.reports)
    assert seed.reports[0].id in asked
    asked.clear()
    library.ask("停车泊位有多少个")
    assert len(asked) == len(library.reports)
