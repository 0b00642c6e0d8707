"""The library as a whole: what it holds, and that warming it changes no answer."""

from __future__ import annotations

from pathlib import Path

from bot.answers.model import Answer
from bot.library import LONGEST_QUESTION, Library

DATA = Path(__file__).parent / "data"


def test_warming_changes_no_answer() -> None:
    cold, warm = Library.load([DATA]), Library.load([DATA])
    warm.warm()
    said = "2024年市区新增停车泊位多少个"
    before, after = cold.ask(said), warm.ask(said)
    assert isinstance(before, Answer)
    assert isinstance(after, Answer)
    assert (before.text, before.evidence.quote, before.score) == (after.text, after.evidence.quote, after.score)


def test_an_empty_library_warms_and_declines() -> None:
    empty = Library(())
    empty.warm()
    assert not isinstance(empty.ask("养老床位有多少张"), Answer)


def test_a_file_that_fails_is_a_fault_and_stops_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.md").write_bytes((DATA / "yunze-zhengfu-2024.md").read_bytes())
    library = Library.load([tmp_path])
    assert [report.id for report in library.reports] == ["b"]
    assert [str(fault) for fault in library.faults if "a.txt" in str(fault)]


def test_a_question_is_read_only_so_far_and_named_whole() -> None:
    library = Library.load([DATA])
    said = "2024年市区新增停车泊位多少个" + "？" * LONGEST_QUESTION + "abc" * 100_000
    found = library.ask(said)
    assert isinstance(found, Answer)
    assert found.question == said
