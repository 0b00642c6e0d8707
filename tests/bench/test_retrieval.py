from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.retrieval import measure, table
from bench.searchers import SEARCHERS, grams
from bench.sentences import Sentence, Wanted, asked, made_up

SENTENCES = [Sentence("甲", "全市养老床位达到1.5万张。"), Sentence("乙", "新增停车泊位4600个。")]
WANTED = Wanted("养老床位有多少张", "养老窗位有多少张", "全市养老床位达到15万张")


def test_ranks_become_shares() -> None:
    def second(question: str) -> Sequence[int]:
        return [1, 0]

    score = measure(second, SENTENCES, [(WANTED.question, WANTED)])
    assert (score.asked, score.first, score.five, score.reciprocal) == (1, 0.0, 1.0, 0.5)


def test_what_another_report_of_the_same_questions_says_is_passed_over() -> None:
    of_one = Wanted(WANTED.question, WANTED.noisy, WANTED.answer, "甲")
    of_other = Wanted("停车泊位有多少个", "", "新增停车泊位4600个", "乙")
    score = measure(lambda question: [1, 0], SENTENCES, [(one.question, one) for one in (of_one, of_other)])
    assert score.first == 1.0


def test_what_is_not_found_counts_nothing() -> None:
    score = measure(lambda question: (), SENTENCES, [(WANTED.question, WANTED)])
    assert (score.first, score.five, score.reciprocal) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("name", ["youju", "SQLite FTS5, trigrams", "tantivy, 1- and 2-grams"])
def test_every_searcher_finds_a_sentence_by_its_own_words(name: str, tmp_path: Path) -> None:
    sentences = made_up(50)
    search = SEARCHERS[name](sentences, tmp_path)
    for number in (0, 20, 49):
        assert search(sentences[number].text)[0] == number
    assert list(search("？")) == []


def test_grams_are_characters_and_pairs_within_runs() -> None:
    assert grams("床位，1.5") == ["床", "位", "床位", "1", "5"]


def test_a_table_has_a_line_for_each_engine_and_says_who_was_asked_less() -> None:
    scores = {kind: {"asked": n, "first": 1, "five": 1, "reciprocal": 1, "p50": 1, "p95": 2} for kind, n in KINDS}
    lines = list(table([{"name": "one", "build": 0.1, "peak": 5, "scores": scores}]))
    assert len(lines) == 2
    assert lines[1].endswith("(60 questions)")


KINDS = (("clean", 100), ("noisy", 60))


def test_ours_finds_what_was_mistyped(tmp_path: Path) -> None:
    sentences = made_up(300)
    search = SEARCHERS["youju"](sentences, tmp_path)
    questions = asked(sentences, 20)
    found = sum(one.found_in(sentences[search(one.noisy)[0]].text) for one in questions)
    assert found >= 17
