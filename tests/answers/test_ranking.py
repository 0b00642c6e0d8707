"""Ranking the clauses of a library: exact words, typos by ear, synonyms, words of asking, a few reports only."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.answers import ranking
from bot.answers.homophones import heard
from bot.answers.ranking import Entry, Ranking, spelt
from bot.answers.thesaurus import thesaurus

CLAUSES = (
    "全市养老床位达到1.5万张。",
    "新增停车泊位4600个，缓解出行难题。",
    "青石区改造老旧小区23个，惠及居民1.2万户。",
    "柳河县新修农村公路85公里。",
    "规模以上工业增加值增长7.2%。",
    "空气优良天数达到301天，比上年增加9天。",
    "支持白鹭县建设特色园区。",
    "扎实做好困难群众救助工作。",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index")
    reports = [Entry(name, number, text, "民生") for name in ("甲", "乙") for number, text in enumerate(CLAUSES)]
    ranking.build(path, map(spelt, reports))
    return path


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("养老床位有多少张？", 0),
        ("養老牀位有幾張", 0),
        ("请问老旧小区改造情况怎么样", 2),
        ("农村公录修了多少公里", 3),  # 路 by its sound
        ("白路县园区", 6),
        ("优良天数比上年增加了几天", 5),
    ],
)
def test_the_right_clause_comes_first(folder: Path, question: str, clause: int) -> None:
    best = Ranking(folder, thesaurus()).rank(question, 3)[0]
    assert best.clause == clause


def test_a_synonym_stands_for_the_word_of_the_report(folder: Path) -> None:
    with_book, without = Ranking(folder, thesaurus({"停车泊位": ["泊车位子"]})), Ranking(folder)
    said = "缓解泊车位子的难题"
    assert with_book.rank(said)[0].clause == 1
    assert with_book.rank(said)[0].score > without.rank(said)[0].score


def test_only_the_reports_that_are_given_are_ranked(folder: Path) -> None:
    found = Ranking(folder).rank("养老床位", among=["乙"])
    assert found
    assert {one.report for one in found} == {"乙"}


def _first(tmp_path: Path, question: str, *entries: Entry) -> int:
    """The number of the entry that is found first."""
    ranking.build(tmp_path, map(spelt, entries))
    return Ranking(tmp_path).rank(question)[0].clause


def test_words_that_a_question_leaves_out_part_no_pair(tmp_path: Path) -> None:
    turned, parted = Entry("甲", 0, "照料站设在某社区。"), Entry("甲", 1, "社区的日间照料站。")
    assert _first(tmp_path, "社区照料站", turned, parted) == 1


def test_a_figure_of_the_unit_that_is_asked_for_goes_first(tmp_path: Path) -> None:
    share, beds = "养老床位使用率达到92%。", "养老床位总数达到1.5万张。"
    assert _first(tmp_path, "养老床位有多少张", Entry("甲", 0, share), Entry("甲", 1, beds)) == 1
    assert _first(tmp_path / "率", "养老床位百分之多少", Entry("甲", 0, share), Entry("甲", 1, beds)) == 0


@pytest.mark.parametrize(("year", "clause"), [(2023, 0), (2024, 1)])
def test_headings_of_the_year_that_is_asked_for_go_first(tmp_path: Path, year: int, clause: int) -> None:
    entries = [Entry("甲", at, CLAUSES[0], f"{2023 + at}年工作回顾") for at in (0, 1)]
    assert _first(tmp_path, f"{year}年养老床位有多少", *entries) == clause


def test_what_is_not_there_and_what_is_nothing_finds_nothing(folder: Path) -> None:
    assert Ranking(folder).rank("quantum") == []
    assert Ranking(folder).rank("？！") == []
    assert Ranking(folder).rank("") == []


def test_reports_are_taken_out_and_put_in(tmp_path: Path) -> None:
    ranking.build(tmp_path, map(spelt, [Entry("甲", 0, CLAUSES[0]), Entry("乙", 0, CLAUSES[1])]))
    ranking.update(tmp_path, ["甲"], [spelt(Entry("丙", 4, CLAUSES[0]))])
    assert [one[:2] for one in Ranking(tmp_path).rank("养老床位")] == [("丙", 4)]
    assert Ranking(tmp_path).size == 2


def test_homophones_are_heard_alike_and_lengths_stay() -> None:
    assert heard("养老床位") == heard("养老窗味") or heard("床位") == heard("床味")
    assert len(heard("GDP增长7.2%")) == len("GDP增长7.2%")
