"""Page furniture and its facts."""

from __future__ import annotations

import pytest

from bot.reports.furniture import facts_of, is_furniture
from bot.reports.paragraphs import lines_of


def facts(text: str) -> dict[str, str]:
    found = facts_of(text, lines_of(text))
    for fact in found:
        assert text[fact.start : fact.end] == fact.value
        assert fact.quote_start <= fact.start <= fact.end <= fact.quote_end
    return {fact.name: fact.value for fact in found}


def test_a_field_without_a_value_does_not_take_the_next_one() -> None:
    assert facts("作者: 来源: 云泽日报 发表时间: 2025-01-09 10:18") == {
        "来源": "云泽日报",
        "发表时间": "2025-01-09 10:18",
    }


def test_a_value_may_stand_on_the_next_line_and_a_label_may_be_spaced() -> None:
    assert facts("索\u2002引\u2002号：\nYZ0011/2024-00036\n生成日期：\n2024-02-03") == {
        "索引号": "YZ0011/2024-00036",
        "生成日期": "2024-02-03",
    }


def test_a_label_without_a_value_does_not_take_a_button() -> None:
    assert facts("责任编辑:\n分享到:") == {}


def test_a_footer_gives_its_numbers() -> None:
    text = """中共云泽市委网信办主管 云泽日报社主办| 新闻刊登批准文号:泽新闻办[2004]20号
互联网信息服务许可证:37120180017
网站备案号:泽ICP备09012531号 | 泽公网安备 12345678901234号
Copyright© 2004-2012 yunze.cn All rights reserved."""
    assert facts(text) == {
        "主管": "中共云泽市委网信办",
        "主办": "云泽日报社",
        "新闻刊登批准文号": "泽新闻办[2004]20号",
        "互联网信息服务许可证": "37120180017",
        "网站备案号": "泽ICP备09012531号",
        "公网安备号": "泽公网安备 12345678901234号",
        "版权年份": "2004-2012",
        "网站": "yunze.cn",
    }


@pytest.mark.parametrize(
    "line",
    [
        "您当前位置：首页 > 正文",
        "访问量：1632",
        "2024-01-20 08:30",
        "【打印】【关闭】",
        "（来源：云泽日报）",
        "编辑：某某",
    ],
)
def test_lines_of_a_page_are_furniture(line: str) -> None:
    assert is_furniture(line, lines_of(line)[0])


@pytest.mark.parametrize("line", ["2024年主要工作", "一、加强领导", "全年新增停车泊位4600个。", "各位代表："])
def test_lines_of_a_report_are_not(line: str) -> None:
    assert not is_furniture(line, lines_of(line)[0])
