"""Tables: rows and columns become metrics, wherever unit and year are written."""

from __future__ import annotations

import pytest

from bot.reports import report_of
from bot.reports.files import decode_source, source_of_text

OPENING = "云泽市2023年国民经济和社会发展统计公报\n\n一、综合\n\n全市经济运行平稳，社会大局保持稳定。\n\n"

YEARS = (
    OPENING + "指标\t单位\t2022年\t2023年\n粮食产量\t万吨\t185.2\t193.2\n"
    "公共图书馆\t个\t6\t7\n森林覆盖率\t%\t31.4\t31.9\n"
)
PLACES = OPENING + "单位：万元\n地区\t财政收入\t增长（%）\n青石区\t88,400\t5.2\n白鹭县\t61,250\t-1.3\n"
MARKDOWN = OPENING + "| 指标 | 绝对数 | 比上年增长（%） |\n|---|---|---|\n| 公路通车里程（公里） | 9120 | 1.1 |\n"


@pytest.mark.parametrize(
    ("text", "raw", "value", "unit", "label", "place", "period"),
    [
        (YEARS, "185.2", 1852000, "吨", "粮食产量", "云泽市", "2022"),
        (YEARS, "193.2", 1932000, "吨", "粮食产量", "云泽市", "2023"),
        (YEARS, "7", 7, "个", "公共图书馆", "云泽市", "2023"),
        (YEARS, "31.9", 31.9, "%", "森林覆盖率", "云泽市", "2023"),
        (PLACES, "88,400", 884000000, "元", "财政收入", "青石区", "2023"),
        (PLACES, "5.2", 5.2, "%", "财政收入", "青石区", "2023"),
        (MARKDOWN, "9120", 9120, "公里", "公路通车里程", "云泽市", "2023"),
        (MARKDOWN, "1.1", 1.1, "%", "公路通车里程", "云泽市", "2023"),
    ],
)
def test_a_cell_is_a_metric_with_the_unit_and_year_of_its_head(
    text: str, raw: str, value: float, unit: str, label: str, place: str, period: str
) -> None:
    report = report_of(source_of_text(text, "yunze-2023"))
    found = [metric for metric in report.metrics if metric.raw == raw and metric.label == label]
    assert [(m.value, m.unit, m.place, m.period) for m in found] == [(value, unit, place, period)]
    assert all(report.text[m.start : m.end] == m.raw for m in found)


def test_a_change_in_a_table_is_a_predicate_of_the_column_before_it() -> None:
    report = report_of(source_of_text(PLACES, "yunze-2023"))
    assert [m.predicate for m in report.metrics if m.raw in ("5.2", "-1.3")] == ["增长", "增长"]


def test_a_falling_figure_keeps_its_sign() -> None:
    report = report_of(source_of_text(PLACES, "yunze-2023"))
    assert [m.value for m in report.metrics if m.raw == "-1.3"] == [-1.3]


def test_lines_with_tabs_and_no_figures_make_no_metric() -> None:
    report = report_of(source_of_text(OPENING + "姓名\t职务\n某甲\t主任\n某乙\t委员\n", "yunze-2023"))
    assert report.metrics == ()


def bulletin(tables: str) -> list[tuple[str, float, str, str, str, str, str]]:
    """The metrics of a page with these tables: raw, value, unit, label, predicate, place, period."""
    page = f"<h1>云泽市2023年国民经济和社会发展统计公报</h1><h2>一、综合</h2><p>全市经济运行平稳。</p>{tables}"
    report = report_of(decode_source(page.encode(), "yunze-2023.html"))
    return [(m.raw, m.value, m.unit, m.label, m.predicate, m.place, m.period) for m in report.metrics]


def test_a_group_s_name_and_unit_hold_over_its_columns_and_no_further() -> None:
    found = bulletin(
        "<table><tr><td rowspan='2'>产品名称</td><td colspan=2>产量（吨）</td><td rowspan=2>比上年增长（%）</td></tr>"
        "<tr><td>2022年</td><td>2023年</td></tr>"
        "<tr><td>油料</td><td>20,150</td><td>19870</td><td>-1.4</td></tr></table>"
    )
    assert found == [
        ("20,150", 20150, "吨", "油料产量", "", "云泽市", "2022"),
        ("19870", 19870, "吨", "油料产量", "", "云泽市", "2023"),
        ("-1.4", -1.4, "%", "油料", "增长", "云泽市", "2023"),
    ]


def test_totals_and_changes_below_two_groups_are_each_of_their_own_group() -> None:
    found = bulletin(
        "<table><tr><th rowspan=2>县区</th><th colspan=2>预算收入</th><th colspan=2>零售总额</th></tr>"
        "<tr><th>总量（亿元）</th><th>增速（%）</th><th>总量（亿元）</th><th>增速（%）</th></tr>"
        "<tr><td>白鹭县</td><td>12.3</td><td>5.1</td><td>45.6</td><td>-6.0</td></tr></table>"
    )
    assert found == [
        ("12.3", 1230000000, "元", "预算收入", "", "白鹭县", "2023"),
        ("5.1", 5.1, "%", "预算收入", "增长", "白鹭县", "2023"),
        ("45.6", 4560000000, "元", "零售总额", "", "白鹭县", "2023"),
        ("-6.0", -6.0, "%", "零售总额", "增长", "白鹭县", "2023"),
    ]


def test_an_empty_cell_moves_no_figure_into_another_year() -> None:
    found = bulletin(
        "<table><tr><th>指标</th><th>单位</th><th>2021年</th><th>2022年</th><th>2023年</th></tr>"
        "<tr><td>其中：第一产业</td><td>亿元</td><td>38.1</td><td></td><td>41.0</td></tr></table>"
    )
    assert [(raw, label, period) for raw, _, _, label, _, _, period in found] == [
        ("38.1", "第一产业", "2021"),
        ("41.0", "第一产业", "2023"),
    ]


def test_a_column_of_people_stands_before_what_its_row_measures() -> None:
    found = bulletin(
        "<p>单位：元</p><table><tr><th>项目</th><th>城镇居民</th><th>农村居民</th></tr>"
        "<tr><td>人均消费支出</td><td>26,020</td><td>15,900</td></tr></table>"
    )
    assert [(raw, unit, label) for raw, _, unit, label, *_ in found] == [
        ("26,020", "元", "城镇居民人均消费支出"),
        ("15,900", "元", "农村居民人均消费支出"),
    ]
