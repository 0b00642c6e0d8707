"""Questions for a passage: the side, the topic, what is wanting, what a term means, and how far is read on."""

from __future__ import annotations

import pytest

from bot.answers.model import Answer, Kind
from bot.answers.passages import about_fit
from bot.answers.questions import understand
from bot.library import Library
from tests.answers.saying import answered


@pytest.mark.parametrize(
    ("said", "plan"),
    [
        ("绿化打算怎么干", True),
        ("明年学校怎么建", True),
        ("养老有什么新安排", True),
        ("治污干得怎么样", False),
        ("村里修路怎么样了", False),
        ("机场怎么建", None),
    ],
)
def test_a_passage_is_asked_for_as_a_plan_or_a_result(said: str, plan: bool | None) -> None:
    question = understand(said)
    assert (question.kind, question.plan) == (Kind.PASSAGE, plan)


@pytest.mark.parametrize(
    ("said", "above"),
    [
        ("乡村振兴做得怎么样了", "2023年工作回顾"),
        ("乡村振兴打算咋干", "2024年主要任务"),
        ("民生福祉明年怎么增进", "2024年主要任务"),
    ],
)
def test_plans_answer_for_plans_and_results_for_results(yunze: Library, said: str, above: str) -> None:
    found = yunze.ask(f"云泽市政府{said}")
    assert isinstance(found, Answer)
    assert found.evidence.path[0] == above


def test_a_heading_is_told_with_what_stands_below_it(yunze: Library) -> None:
    found = yunze.ask("营商环境打算怎么优化")
    assert isinstance(found, Answer)
    assert "优化营商环境" in found.text
    assert "百名局长进千企" in found.text
    assert found.text == found.evidence.quote


@pytest.mark.parametrize(
    ("said", "passage", "fits"),
    [
        ("交通有啥办法", "松岭县交通短板突出", False),
        ("交通有啥办法", "新改建农村公路420公里", True),
        ("有哪些困难和问题", "松岭县交通短板突出", True),
        ("有哪些困难和问题", "坚持问题导向", False),
        ("链长制是什么意思", "“链长制”：由市领导牵头一条产业链的办法", True),
        ("链长制是什么意思", "实施链长制,推进强链", False),
    ],
)
def test_what_a_passage_must_tell(said: str, passage: str, fits: bool) -> None:
    assert (about_fit(said, passage) == 1) is fits


def test_two_passages_of_a_section_that_answer_nearly_as_well_are_told_together(yunze: Library) -> None:
    found = yunze.ask("云泽市政府机场和高速做得怎么样了")
    assert isinstance(found, Answer)
    assert "泽松高速建成通车" in found.text
    assert "云泽机场改扩建" in found.text
    assert found.text == found.evidence.quote


@pytest.mark.parametrize("said", ["曹县干了啥事", "曹县办了哪些事情", "曹县做了什么"])
def test_what_a_county_did_is_asked_in_many_ways(seed: Library, said: str) -> None:
    assert "曹县" in answered(seed, said).evidence.quote
