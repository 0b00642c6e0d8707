"""The operator's own names for things: a question with one is answered as if the report's word had been typed."""

from __future__ import annotations

import pytest

from bot.answers.model import Answer, NotFound
from bot.answers.thesaurus import house_words, thesaurus
from bot.answers.words import normalise
from bot.library import Library

REPORT = """# 云泽市政府工作报告

## 2023年工作回顾

全市建成养老床位32000张，新增停车泊位4521个，改造老旧小区68个。新改扩建中小学校13所，新增学位8600个。
"""
NAMES = {"养老床位": ["银龄铺位"], "停车泊位": ["车坑"], "老旧小区": ["old block"], "学位": ["念书名额"]}


def _figure(found: Answer | NotFound) -> str | None:
    return found.text if isinstance(found, Answer) else None


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> tuple[Library, Library]:
    """The same report, without and with the operator's names."""
    file = tmp_path_factory.mktemp("reports") / "云泽2024.md"
    file.write_text(REPORT, "utf-8")
    return Library.load([file]), Library.load([file], synonyms=NAMES)


@pytest.mark.parametrize(
    "asking", ["{}有多少", "有多少{}", "去年{}有几个", "{}", "{}总数", "新增{}多少", "一共有多少{}"]
)
@pytest.mark.parametrize("term", NAMES)
def test_an_alias_is_answered_as_the_official_word(libraries: tuple[Library, Library], asking: str, term: str) -> None:
    plain, named = libraries
    (name,) = NAMES[term]
    assert _figure(named.ask(asking.format(name))) == _figure(plain.ask(asking.format(term)))


def test_an_alias_asks_how_many_there_are_where_the_report_says_what_was_built(
    libraries: tuple[Library, Library],
) -> None:
    assert _figure(libraries[1].ask("银龄铺位有多少")) == "32000张"


def test_a_name_stays_where_the_report_has_it_or_lacks_the_term() -> None:
    book = thesaurus(NAMES)
    assert book.official("车坑有多少", "新增停车泊位4521个") == "停车泊位有多少"
    assert book.official("车坑有多少", "停车泊位（车坑）4521个") == "车坑有多少"
    assert book.official("车坑有多少", "新增学位8600个") == "车坑有多少"


def test_the_words_of_the_house_are_written_in_simplified_script() -> None:
    assert [word for word in house_words() if normalise(word) != word] == []
