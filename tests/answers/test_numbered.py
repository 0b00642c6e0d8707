"""Questions for the number of a name (第几届, 几步法): the report's words and their value, and no amount instead."""

from __future__ import annotations

import pytest

from bot.answers.model import Answer, NotFound
from bot.library import Library
from bot.replies.guard import check_answer, vouched


@pytest.mark.parametrize(
    ("said", "text", "value", "unit"),
    [
        ("这是第几届菏泽市政协", "第十六届", 16, "届"),
        ("学习的是二十届几中全会的精神", "三中全会", 3, "中全会"),
        ("新中国成立几周年", "75周年", 75, "周年"),
        ("郓城县政协创新了几步法协商工作机制", "六步法", 6, "步"),
        ("要坚定几个自信", "四个自信", 4, "个"),
        ("做到几个维护", "两个维护", 2, "个"),
        ("提升干部队伍能力作风的意见有多少条", "20条", 20, "条"),
        ("省级政协榜单排第几名", "第一名", 1, "名"),
    ],
)
def test_the_number_of_a_name_is_answered_in_the_reports_words(
    seed: Library, said: str, text: str, value: float, unit: str
) -> None:
    found = seed.ask(said)
    assert isinstance(found, Answer), found
    assert (found.text, found.value, found.unit) == (text, value, unit)
    assert text in found.evidence.quote
    assert check_answer(found) == []
    assert vouched(found) == found


@pytest.mark.parametrize(
    ("said", "value", "unit"), [("政府工作报告是在第几次会议上作的", 3, "次"), ("云泽市第几届人大", 9, "届")]
)
def test_the_title_says_of_which_session_a_report_is(yunze: Library, said: str, value: float, unit: str) -> None:
    found = yunze.ask(said, reports=[report for report in yunze.reports if "zhengfu" in report.id])
    assert isinstance(found, Answer), found
    assert (found.value, found.unit) == (value, unit)


def test_two_numbers_of_a_name_are_answered_with_the_name(yunze: Library) -> None:
    found = yunze.ask("报告是在第几届人民代表大会第几次会议上作的")
    assert isinstance(found, Answer), found
    assert "第九届人民代表大会第三次会议" in found.text


@pytest.mark.parametrize("said", ["第几次登上“山东政协”周靓榜", "全国第几届书画展", "第几个停车泊位"])
def test_an_amount_is_no_number_of_a_name(seed: Library, said: str) -> None:
    assert isinstance(seed.ask(said), NotFound)
