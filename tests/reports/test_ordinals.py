"""Ordinals: which numbers name something, what they name, and that they are no amounts."""

from __future__ import annotations

import pytest

from bot.reports.metrics.ordinals import find_ordinals, name_of, numbered
from bot.reports.model import Part
from tests.reports.test_metrics import metrics


@pytest.mark.parametrize(
    ("text", "gold"),
    [
        ("办好第十二届青年节、第5届海洋节。", [(12, "届", "青年节"), (5, "届", "海洋节")]),
        ("在云泽市第九届人民代表大会第三次会议上", [(9, "届", "人民代表大会"), (3, "次", "会议")]),
        ("贯彻十九届六中全会精神", [(19, "届", "六中全会精神"), (6, "中全会", "精神")]),
        ("落实市委八届四次全会部署", [(8, "届", "四次全会部署"), (4, "次", "全会部署")]),
        ("入选第四批全国示范村", [(4, "批", "全国示范村")]),
        ("编制第十四个五年规划", [(14, "个", "五年规划")]),
        ("二季度增速回升，前三季度保持平稳", [(2, "季度", "增速回升")]),
        ("第三产业增加值，第一书记，第三方评估，第二人民医院", []),
        ("办成一届成功的盛会，举办9次、34届", []),
    ],
)
def test_a_number_behind_its_mark_names_what_follows(text: str, gold: list[tuple[float, str, str]]) -> None:
    found = [(one.value, one.unit, name_of(text, one, len(text))) for one in find_ordinals(text, 0, len(text))]
    assert found == gold


@pytest.mark.parametrize(
    ("text", "unit", "values"),
    [
        ("坚定“四个自信”、做到“两个维护”", "个", [4, 2]),
        ("创新“六步法”", "步", [6]),
        ("3.7万张、120余张", "张", [37000]),
        ("二十八个县", "个", [28]),
        ("3.7万张", "万", []),
    ],
)
def test_a_whole_numeral_with_its_unit_is_read_wherever_it_stands(text: str, unit: str, values: list[float]) -> None:
    assert [one.value for one in numbered(text, unit, 0, len(text))] == values


def test_an_ordinal_has_its_time_and_counts_nothing() -> None:
    (found,) = metrics("办好第十六届海峡论坛。", ("2025年主要任务",))
    assert (found.rank, found.label, found.target, found.period) == (True, "海峡论坛", True, "2025")


def test_the_title_is_read_for_ordinals_alone() -> None:
    found = metrics("政协第九届云泽市委员会常务委员会工作报告，共3篇", part=Part.TITLE)
    assert [(one.raw, one.rank) for one in found] == [("第九届", True)]
