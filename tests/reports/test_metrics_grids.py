"""Tables: rows and columns become metrics, wherever unit and year are written."""

from __future__ import annotations

import pytest

from bot.reports import report_of
from bot.reports.files import source_of_text

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
