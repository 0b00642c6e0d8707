"""What is asked without how it is asked: the form by which questions are counted together and answered again."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.answers.questions import Question, understand

LONGEST = 300  # characters of a form
_FIGURES = re.compile(r"\d+|[一二三四五六七八九十]{2,}")


@lru_cache(maxsize=8192)
def form(said: str) -> str:
    """请问养老床位有多少张？ and 养老床位一共几张 are 养老床位?number; years, plans and growth asked for stay apart.

    Two questions of one form have the same subject, letter for letter: what is near by sound or shape may be another
    place, so it is never answered for it.
    """
    question = understand(said)
    limits = [*map(str, question.years), str(question.relative or ""), question.level]
    limits += ["plan" if question.plan else "", "change" if question.change else "", question.amount]
    asked = "?".join((core(said, question), question.asks, *filter(None, limits)))
    return asked[:LONGEST]


def core(said: str, question: Question | None = None) -> str:
    """The words that say what about, in the normal form and in their order; of small words alone, all of them."""
    question = question or understand(said)
    silent = question.weightless | question.breaks
    words = "".join(char for at, char in enumerate(question.text) if at not in silent and char.isalnum())
    return words or "".join(char for char in question.text if char.isalnum())


def figures(text: str) -> tuple[str, ...]:
    """The numbers in a text: questions about 2023 and about 2024 are not near-duplicates."""
    return tuple(sorted(_FIGURES.findall(text)))
