"""Whose figure is meant, and of which side: places as objects, organs, typos; plans that people speak of as done."""

from __future__ import annotations

import pytest

from bot.answers.model import NotFound
from bot.library import Library
from tests.answers.saying import answered, library_of

REPORT = """# 云泽市政府工作报告

## 2023年工作回顾

完成棚户区改造8008户。向江苏、四川选派医护人员816名。报送信息中，江苏省委采用2篇，全国政协采用11篇。
新增正新、银鹭2个驰名商标和厦华、金龙、古龙3个名牌产品。钾、钠、镁三大产业在盐湖集团形成。

白鹭县沙湾村获评最美乡村，为6000名义务教育阶段学生提供营养午餐，营造林430亩。取消行政审批事项102项、转移47项、下放60项。白鹭县重点发展铸造、装备等产业，柳河县重点发展制药、食品等产业。

## 2024年工作安排

城市低保标准提高到635元/月。新增市场主体2万户，引进新品种50个。小麦最低收购价每50公斤提高3元。新建公共厕所30座，新修农村公路90公里，营造林300亩。
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("reports"), REPORT, "云泽2024.md")


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("棚护区改造了多少户", "8008户"),
        ("去江苏、四川支援的医护人员有多少名", "816名"),
        ("江苏省委采用信息几篇", "2篇"),
        ("驰名商标新增了两个，是哪两个", "正新、银鹭"),
        ("名牌产品新增的三个是哪三个", "厦华、金龙、古龙"),
        ("盐湖集团的三大产业是哪三个", "钾、钠、镁"),
    ],
)
def test_a_place_that_is_no_limit_does_not_limit(city: Library, said: str, text: str) -> None:
    assert answered(city, said).text == text


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("城市低保标准提高到多少钱", "635元/月"),
        ("新增市场主体多少户", "2万户"),
        ("新品种引进几十个", "50个"),
        ("行政审批取消了多少项", "102项"),
        ("行政审批下放了多少项", "60项"),
        ("评上最美乡村的是哪个村", "白鹭县沙湾村获评最美乡村"),
        ("公路要修多少公里", "90公里"),
        ("营造林种了多少亩", "430亩"),
        ("吃上营养餐的学生有多少名", "6000名"),
        ("柳河县重点发展啥产业", "柳河县重点发展制药、食品等产业"),
    ],
)
def test_units_words_that_look_like_places_deeds_and_places_are_told_apart(city: Library, said: str, text: str) -> None:
    assert answered(city, said).text == text


def test_a_figure_of_a_place_that_the_report_does_not_have_is_declined(city: Library) -> None:
    found = city.ask("长乐区改造了多少户")
    assert isinstance(found, NotFound)
    assert "长乐区" in found.reason


def test_a_plan_that_is_spoken_of_as_done_is_answered_and_called_a_plan(city: Library) -> None:
    found = answered(city, "小麦收购价每50公斤提了几块钱")
    assert (found.text, "计划" in found.note) == ("3元", True)
    assert not answered(city, "新建公共厕所计划多少座").note


@pytest.mark.parametrize("said", ["2023年新建公共厕所多少座", "去年新建了多少座公共厕所", "已经新建公共厕所多少座"])
def test_asked_for_what_was_done_a_plan_is_no_answer(city: Library, said: str) -> None:
    assert isinstance(city.ask(said), NotFound)
