"""Our question sets are worth what their evidence is worth."""

from collections import Counter
from pathlib import Path

import pytest

from bench.cases import REPORTS, Case, find_report, load_cases, named_set
from bot.reports import read_report

KINDS = {"number", "list", "text", "passage", "none"}
NOISES = {"none", "colloquial", "typo", "traditional", "pinyin", "order", "synonym", "short", "english"}


@pytest.fixture(params=["seed", "yunze"])
def cases(request: pytest.FixtureRequest) -> list[Case]:
    return load_cases(named_set(request.param))


def test_every_quote_stands_in_its_report_letter_for_letter(cases: list[Case]) -> None:
    texts = {stem: read_report(find_report(stem, REPORTS)).text for stem in {case.report for case in cases}}
    assert [case.id for case in cases if case.quote not in texts[case.report]] == []


def test_every_question_that_has_an_answer_has_a_quote_and_no_other_has(cases: list[Case]) -> None:
    assert [case.id for case in cases if bool(case.quote) != (case.kind != "none")] == []


def test_the_figures_and_items_of_the_right_answers_have_the_shape_of_their_kind(cases: list[Case]) -> None:
    needed = {"number": {"value", "units"}, "list": {"items"}, "text": {"any"}, "passage": {"any"}, "none": set[str]()}
    assert [case.id for case in cases if not needed[case.kind] <= set(case.gold)] == []


def test_no_question_is_asked_twice_of_one_report(cases: list[Case]) -> None:
    counts = Counter((case.report, case.question) for case in cases)
    assert [question for question, count in counts.items() if count > 1] == []


def test_all_kinds_and_noises_are_there_and_a_fifth_has_no_answer(cases: list[Case]) -> None:
    assert {case.kind for case in cases} == KINDS
    assert {case.noise for case in cases} == NOISES
    assert sum(case.kind == "none" for case in cases) >= len(cases) / 5


def test_a_report_that_is_nowhere_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="mingyue-2024"):
        find_report("mingyue-2024", [tmp_path])
