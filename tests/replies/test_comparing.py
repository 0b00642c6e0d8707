from __future__ import annotations

from dataclasses import replace

import pytest

from bot.replies import texts
from bot.replies.comparing import compare_draft, compares
from bot.replies.guard import check
from bot.replies.model import Reply, Style
from bot.replies.pages import Draft
from bot.reports.model import Report
from tests.replies.city import report

OLD, NEW = report(2023, beds="1.2万张", people="6500人"), report(2024)


def text_of(draft: Draft) -> str:
    assert check(Reply(draft.runs, evidence=draft.evidence)) == []
    return "".join(run.text for run in draft.runs)


def with_metric(one: Report, label: str, **changes: object) -> Report:
    metrics = [replace(m, **changes) if m.label == label else m for m in one.metrics]  # type: ignore[arg-type]
    return replace(one, metrics=tuple(metrics))


def test_both_figures_stand_with_both_quotes_and_the_change_with_both_operands() -> None:
    draft = compare_draft((NEW, OLD), "养老床位 2023 2024")
    said = text_of(draft)
    assert [run.text for run in draft.runs if run.style is Style.QUOTE] == [
        "全市养老床位达到1.2万张",
        "全市养老床位达到1.5万张",
    ]
    assert "变化：增加3000张（1.2万张 → 1.5万张）" in said


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("群众", "增加4500人（6500人 → 1.1万人）"),
        ("学位", "没有变化（2400个 → 2400个）"),
        ("邻里纠纷", "没有变化"),
        ("养老床位 2024", "增加3000张"),
        ("云泽养老床位 2024 2023", "增加3000张"),
    ],
)
def test_without_years_the_two_latest_are_compared(words: str, change: str) -> None:
    assert change in text_of(compare_draft((NEW, OLD), words))


def test_a_change_between_bounded_figures_is_said_to_be_about() -> None:
    old = report(2023, beds="9800余张")
    old = with_metric(old, "养老床位", value=9800.0, bound="more")
    assert "约增加5200张" in text_of(compare_draft((NEW, old), "养老床位"))


def test_figures_of_different_units_are_shown_and_not_subtracted() -> None:
    said = text_of(compare_draft((NEW, with_metric(OLD, "养老床位", unit="个")), "养老床位"))
    assert "单位不同" in said
    assert "1.2万张" in said
    assert "1.5万张" in said
    assert "变化" not in said


def test_a_plan_is_not_set_beside_a_result() -> None:
    said = text_of(compare_draft((with_metric(NEW, "养老床位", target=True), OLD), "养老床位"))
    assert texts.TARGET in said
    assert texts.COMPARE_APART in said
    assert "增加" not in said


def test_a_place_is_not_set_beside_another_city() -> None:
    elsewhere = replace(report(2023, place="邻江市"), id="linjiang-2023")
    assert "只有 2024 年" in text_of(compare_draft((NEW, elsewhere), "养老床位"))


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("太空港 2023 2024", "没有找到可以比较的“太空港”"),
        ("养老床位 2019 2024", "2019年：没有对得上的说法"),
        ("2023 2024", texts.COMPARE_WHAT),
    ],
)
def test_what_cannot_be_aligned_is_said(words: str, answer: str) -> None:
    assert answer in text_of(compare_draft((NEW, OLD), words))


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("养老床位和去年比怎么样？", "养老床位"),
        ("养老床位跟上年相比有什么变化", "养老床位"),
        ("和去年比，养老床位多了吗", "养老床位"),
        ("养老床位比去年有什么变化", "养老床位"),
        ("养老床位有多少张", None),
        ("地区生产总值比上年增长多少", None),
        ("和去年比怎么样", None),
    ],
)
def test_a_question_about_last_year_is_recognised(said: str, what: str | None) -> None:
    assert compares(said) == what
