"""A zone's figure is not the city's, another organ's no organ's, and what a term of office adds up no single year's."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.model import NotFound
from bot.library import Library
from tests.answers.saying import answered, library_of

REPORT = """云泽市政府工作报告（2022年1月12日）

一、市六届人民政府工作回顾

五年来，全市地区生产总值达到820亿元。累计接待游客3000万人次，建成公园46个。菱湖开发区完成工业产值150亿元。

二、2022年工作安排

今年，要在菱湖开发区、月湖新城建设标准厂房20万平方米。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("zones"), REPORT, "yunze-2022.txt")


@pytest.mark.parametrize("said", ["菱湖开发区的地区生产总值是多少", "月湖新城接待游客多少人次"])
def test_the_whole_does_not_answer_for_a_zone(library: Library, said: str) -> None:
    assert isinstance(library.ask(said), NotFound)


def test_a_zones_own_figure_answers(library: Library) -> None:
    assert answered(library, "菱湖开发区工业产值多少").text == "150亿元"
    assert answered(library, "全市地区生产总值多少").text == "820亿元"


def test_what_several_years_add_up_to_is_no_single_years(library: Library) -> None:
    assert isinstance(library.ask("2021年一年接待了多少游客"), NotFound)
    assert answered(library, "五年来累计接待了多少游客").text == "3000万人次"


@pytest.mark.parametrize("said", ["枣庄市政协去年收集了多少篇社情民意信息", "信息被省政府采用了几篇"])
def test_another_organs_figure_does_not_answer(seed: Library, said: str) -> None:
    assert isinstance(seed.ask(said), NotFound)


def test_an_organ_of_the_province_that_is_told_of_answers(seed: Library) -> None:
    assert answered(seed, "省政协采用了多少篇社情民意信息").text == "174篇"


def test_who_the_people_are_goes_without_saying(tmp_path: Path) -> None:
    text = "云泽市政府工作报告\n\n一、过去一年\n\n城乡低保标准提高12%，“三无”对象供养标准提高30%。\n"
    assert answered(library_of(tmp_path, text), "三无人员供养标准提高了百分之几").text == "30%"
