"""A library of many reports: kept on disk, opened in parts, picked from, the same answers as from memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers.index import ReportIndex
from bot.answers.model import Answer, NotFound
from bot.library import Library
from bot.reports.model import Report
from bot.reports.reader import read_report
from bot.snapshot import making
from bot.snapshot.codec import head_of, packed, unpacked
from bot.snapshot.crew import read_all
from bot.snapshot.scanned import ScannedIndex
from bot.snapshot.store import FILE
from tests.snapshot.cities import CITIES, beds, read_here, write

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(autouse=True)
def _no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read here: starting processes takes longer than reading these."""
    monkeypatch.setattr(making, "read_all", read_here)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write(tmp_path_factory.mktemp("cities"))


@pytest.fixture(scope="module")
def library(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "read_all", read_here)
        yield Library.load(files, snapshot=tmp_path_factory.mktemp("data") / "snapshot")


@pytest.mark.parametrize("path", sorted(DATA.iterdir()), ids=lambda path: path.name)
def test_a_report_comes_back_from_its_bytes_as_it_was(path: Path) -> None:
    report = read_report(path)
    assert unpacked(head_of(report), packed(report)) == report


def test_a_scanned_index_has_every_pair_where_the_written_one_has_it() -> None:
    report = read_report(DATA / "yunze-zhengfu-2024.md")
    written, scanned = ReportIndex(report), ScannedIndex(report)
    some = range(0, len(written.text) - 1, 5)
    pairs = {written.text[at : at + 2] for at in some} | {"龘龘"}
    for pair in (pair for pair in pairs if pair.isalnum()):
        assert list(scanned.having(pair)) == list(written.having(pair)), pair
        assert scanned.knows(pair) == written.knows(pair)
        assert scanned.rarity(pair) == written.rarity(pair)
    assert list(scanned.holding("养老床位")) == list(written.holding("养老床位"))
    assert len(scanned.sound) == len(written.sound)


def test_a_place_and_a_year_pick_the_report_that_reviews_it(library: Library) -> None:
    for city in CITIES:
        found = library.ask(f"{city}2019年养老床位有多少张？")
        assert isinstance(found, Answer)
        assert found.value == beds(city, 2020)
        assert found.evidence.report.place == city


def test_a_question_without_place_or_year_is_asked_back(library: Library) -> None:
    found = library.ask("养老床位有多少张？")
    assert isinstance(found, NotFound)
    assert "36" in found.reason
    assert {choice[:3] for choice in found.choices} <= set(CITIES)
    assert all(isinstance(library.ask(choice), Answer) for choice in found.choices)


def test_a_year_without_a_report_is_told_with_those_that_there_are(library: Library) -> None:
    found = library.ask("云泽市2031年养老床位有多少张？")
    assert isinstance(found, NotFound)
    assert "2016—2024年" in found.reason
    assert found.choices


def test_reports_are_opened_only_when_they_are_asked_for(library: Library) -> None:
    assert library.shelf is not None
    report = library.reports[0]
    assert isinstance(report, Report)
    assert report.place in CITIES
    assert report.text.startswith(report.place)
    assert report.metrics == library.shelf.report(report.id).metrics
    with pytest.raises(AttributeError):
        _ = report.nothing  # type: ignore[attr-defined]


def test_searching_finds_the_clause_in_all_reports(library: Library) -> None:
    found = library.search("松鹭市图书馆分馆", 5)
    assert {evidence.report.place for evidence in found} == {"松鹭市"}
    assert "新建松鹭市图书馆分馆3座" in found[0].quote


def test_only_what_changed_is_read_again(files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Library.load(files, snapshot=tmp_path / "snapshot")
    changed = tmp_path / files[0].name
    changed.write_text(files[0].read_text("utf-8").replace("养老床位", "托育托位"), encoding="utf-8")
    read: list[Path] = []
    monkeypatch.setattr(making, "read_all", lambda files: read.extend(f.path for f in files) or read_here(files))
    library = Library.load([changed, *files[1:]], snapshot=tmp_path / "snapshot")
    assert read == [changed]
    assert len(library.reports) == len(files)
    assert {evidence.report.id for evidence in library.search("托育托位", 3)} == {changed.stem}
    read.clear()
    Library.load([changed, *files[1:]], snapshot=tmp_path / "snapshot")
    assert read == []


def test_a_damaged_row_gives_way_to_the_file(files: list[Path], tmp_path: Path) -> None:
    Library.load(files, snapshot=tmp_path / "snapshot")
    kept = next((tmp_path / "snapshot").glob(f"*/{FILE}"))
    with sqlite3.connect(kept) as database:
        database.execute("UPDATE report SET body = x'00'")
    database.close()
    found = Library.load(files, snapshot=tmp_path / "snapshot").ask("云泽市2019年养老床位有多少张？")
    assert isinstance(found, Answer)
    assert found.value == beds("云泽市", 2020)


def test_a_damaged_snapshot_is_made_again(files: list[Path], tmp_path: Path) -> None:
    Library.load(files, snapshot=tmp_path / "snapshot")
    kept = next((tmp_path / "snapshot").glob(f"*/{FILE}"))
    kept.write_bytes(b"no database")
    assert len(Library.load(files, snapshot=tmp_path / "snapshot").reports) == len(files)


def test_a_file_that_makes_no_report_is_a_fault_and_does_not_stop_the_others(files: list[Path], tmp_path: Path) -> None:
    empty = tmp_path / "空.txt"
    empty.write_text("", encoding="utf-8")
    library = Library.load([*files, empty], snapshot=tmp_path / "snapshot")
    assert len(library.reports) == len(files)
    assert [str(fault)[:1] for fault in library.faults] == ["空"]


def test_processes_read_what_one_process_reads(
    files: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "read_all", read_all)
    told: list[tuple[int, int]] = []
    library = Library.load(files[:31], snapshot=tmp_path, told=lambda done, total: told.append((done, total)))
    assert len(library.reports) == 31
    assert told[-1] == (31, 31)
