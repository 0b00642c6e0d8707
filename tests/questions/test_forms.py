"""Questions are counted together by what they ask, and never by how near they sound."""

from __future__ import annotations

import pytest

from bot.questions.forms import core, figures, form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("养老床位有多少张？", "请问养老床位一共有多少张呢"),
        ("养老床位有多少张", "養老床位有多少張"),
        ("GDP是多少", "gdp 是多少？"),
    ],
)
def test_the_same_question_said_otherwise_has_one_form(one: str, other: str) -> None:
    assert form(one) == form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("青石区养老床位有多少", "白鹭县养老床位有多少"),
        ("养老床位有多少张", "养老床位在哪里"),
        ("2023年养老床位有多少", "2024年养老床位有多少"),
        ("财政收入是多少", "财政收入增长多少"),
        ("就业目标是多少", "就业是多少"),
    ],
)
def test_another_place_kind_year_or_plan_is_another_form(one: str, other: str) -> None:
    assert form(one) != form(other)


def test_the_core_says_what_about() -> None:
    assert core("请问停车位有多少个？") == "停车位"
    assert core("？？") == ""


def test_figures_tell_questions_apart() -> None:
    assert figures("2023年与2024年") == ("2023", "2024")
