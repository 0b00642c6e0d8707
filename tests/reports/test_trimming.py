"""Labels are names: what names nothing goes from their ends, and what holds no noun is none."""

from __future__ import annotations

import pytest

from bot.reports.metrics import extract_metrics
from bot.reports.metrics.trimming import name_in
from bot.reports.model import Clause, Part


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("抓好数字茶园项目群", "数字茶园项目群"),
        ("和改造灌溉渠道", "灌溉渠道"),
        ("为养蚕合作社发放周转资金", "周转资金"),
        ("向受灾乡村捐款", "捐款"),
        ("到2031年云泽茶叶产值", "云泽茶叶产值"),
        ("提请市人大常委会审议地方性法规", "地方性法规"),
        ("茶叶加工企业中", "茶叶加工企业"),
        ("老码头改造工程之后", "老码头改造工程"),
        ("云泽丝绸公司正式", "云泽丝绸公司"),
    ],
)
def test_what_stands_around_a_name_goes(label: str, name: str) -> None:
    assert name_in(label) == name


@pytest.mark.parametrize("label", ["新解决", "基本建成", "过去十二年", "发展到现在", "按", "后", "以1990年为基数"])
def test_what_holds_no_noun_is_no_name(label: str) -> None:
    assert name_in(label) == ""


@pytest.mark.parametrize(
    "label",
    [
        "博士后", "学前三年毛入园率", "三年行动计划", "引进项目", "为民办实事项目", "办复率", "实施细则", "产业创新",
        "市一中", "对外贸易额", "2031年度计划投资",
    ],
)  # fmt: skip
def test_a_name_that_only_looks_so_is_kept(label: str) -> None:
    assert name_in(label) == label


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("新开工安置房4000套，基本建成2600套。", ["安置房", "安置房"]),
        ("茶叶产值比十年前增长12%，而过去二十年平均每年增长3%。", ["茶叶产值", "茶叶产值"]),
        ("全年谋划实施300万元以上技改项目45个。", ["技改项目", "技改项目"]),
    ],
)
def test_a_figure_without_a_name_of_its_own_takes_the_one_that_is_said(text: str, labels: list[str]) -> None:
    clause = Clause(0, len(text), (), 0, Part.BODY)
    found = extract_metrics(text, [clause], places=(), place="云泽市", body="市人民政府", year=2031)
    assert [metric.label for metric in found] == labels
