"""What a term means is answered from the report's own glossary, and from nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers.model import NotFound
from bot.library import Library
from bot.reports.glossary import glossary
from tests.answers.saying import answered, library_of

REPORT = """云泽市人民政府工作报告

一、过去一年工作

一年来，我们推进“三湖一岸”治理，新建湖岸步道12公里，“早八点”窗口办件3万件。五大水产产业产值增长6%。

二、今年工作

今年要让“早八点”窗口覆盖全部街道，五大水产产业产值达到90亿元。

注　释

1.“三湖一岸”：指东湖、菱湖、月湖和云泽江西岸。

2．五大水产产业：青虾、河蟹、莲藕、菱角、珍珠。

(3)云泽“早八点”：即政务窗口每天提前到早上八点开门。

4.7个渡口：北渡、南渡等7个渡口。

〔5〕“一码游”是指扫一个码就能游遍全市的办法。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_of(tmp_path_factory.mktemp("meanings"), REPORT)


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("三湖一岸是什么意思", "指东湖、菱湖、月湖和云泽江西岸。"),
        ("报告里说的“三湖一岸”是啥呀？", "指东湖、菱湖、月湖和云泽江西岸。"),
        ("什麼是三湖一岸", "指东湖、菱湖、月湖和云泽江西岸。"),
        ("五大水产产业是哪五个", "青虾、河蟹、莲藕、菱角、珍珠。"),
        ("五大水产产叶包括哪些", "青虾、河蟹、莲藕、菱角、珍珠。"),
        ("早八点是个啥东西", "即政务窗口每天提前到早上八点开门。"),
        ("7个渡口有哪些", "北渡、南渡等7个渡口。"),
        ("一码游指什么", "是指扫一个码就能游遍全市的办法。"),
    ],
)
def test_a_term_is_explained_in_the_words_of_the_glossary(library: Library, said: str, meaning: str) -> None:
    found = answered(library, said)
    assert found.text == meaning
    assert found.evidence.quote.endswith(meaning)


@pytest.mark.parametrize("said", ["四大水产产业是哪四个", "六湖一岸是什么意思", "一网通办是什么意思"])
def test_a_term_with_another_number_is_another_term(library: Library, said: str) -> None:
    found = library.ask(said)
    assert isinstance(found, NotFound) or "注　释" not in found.evidence.path


def test_what_is_asked_about_a_term_is_no_meaning(library: Library) -> None:
    assert answered(library, "早八点窗口办件多少件").text == "3万件"
    assert answered(library, "今年五大水产产业产值要达到多少").text == "90亿元"


def test_a_long_meaning_ends_with_a_sentence(tmp_path: Path) -> None:
    long = "扫一个码就能游遍全市的办法，" * 20 + "先行先试。" + "以后再往乡镇推广，" * 30 + "直到村里。"
    library = library_of(tmp_path, REPORT + f"\n6.一码办：{long}\n")
    found = answered(library, "一码办是什么意思")
    assert found.text.endswith("先行先试。")


def test_the_body_holds_no_terms_but_those_that_are_numbered_and_explained(tmp_path: Path) -> None:
    text = (
        "云泽市人民政府工作报告\n\n一、今年工作\n\n1.修路：新修农村公路20公里。\n\n主要目标：生产总值增长6%。\n\n"
        "[^1]: 两年平均：即以两年前为基数的增速。\n"
    )
    (report,) = library_of(tmp_path, text).reports
    assert [term.words for term in glossary(report)] == ["两年平均"]
