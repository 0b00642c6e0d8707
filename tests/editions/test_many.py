"""Editions of more reports than are held in memory: on disk, where only what changed is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.answers.model import Answer
from bot.editions import Editions, Outcome, Stage, Step, Wishes
from bot.library import Library
from bot.snapshot import making
from bot.snapshot.crew import Read
from bot.snapshot.files import File
from tests.editions.conftest import ADMIN
from tests.snapshot.cities import CITIES, YEARS, beds, read_here, write

CHANGED = "云泽市-2020.txt"
QUESTION = "云泽市2019年养老床位有多少张？"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read."""
    names: list[str] = []

    def reading(files: Sequence[File]) -> Iterator[Read]:
        names.extend(file.name for file in files)
        return read_here(files)

    monkeypatch.setattr(making, "read_all", reading)
    return names


@pytest.fixture
def editions(tmp_path: Path, read: list[str]) -> Editions:
    (tmp_path / "reports").mkdir()
    write(tmp_path / "reports")
    opened = Editions(tmp_path / "data", tmp_path / "reports")
    assert opened.start() == []
    assert len(read) == len(CITIES) * len(YEARS)
    read.clear()
    return opened


def said(library: Library, question: str = QUESTION) -> object:
    found = library.ask(question)
    return found.value if isinstance(found, Answer) else None


def change(folder: Path, n: int) -> None:
    path = folder / CHANGED
    path.write_text(path.read_text("utf-8").replace(f"{beds('云泽市', 2020)}张", f"{n}张"), "utf-8")


def test_a_restart_reads_nothing_and_answers(editions: Editions, tmp_path: Path, read: list[str]) -> None:
    again = Editions(tmp_path / "data", tmp_path / "reports")
    assert again.start() == []
    assert read == []
    assert again.library.shelf is not None
    assert (again.current, said(again.library)) == (1, beds("云泽市", 2020))


def test_a_terminal_opens_the_same_snapshot(editions: Editions, tmp_path: Path, read: list[str]) -> None:
    library = Library.load([tmp_path / "reports"], snapshot=tmp_path / "data" / "snapshot")
    assert read == []
    assert said(library) == beds("云泽市", 2020)


async def test_only_what_changed_is_read_while_the_old_library_answers(
    editions: Editions, tmp_path: Path, read: list[str]
) -> None:
    change(tmp_path / "reports", 77)
    before, heard = editions.library, list[Stage]()
    outcome, candidate = await editions.reload(ADMIN, told=heard.append)
    assert (outcome, read) == (Outcome.PUBLISHED, [CHANGED])
    assert (said(before), said(editions.library)) == (beds("云泽市", 2020), 77)
    assert [(stage.done, stage.of) for stage in heard if stage.step is Step.READING_MANY] == [(35, 36), (36, 36)]
    (changed,) = candidate.difference.changed
    assert {(old.raw, new.raw) for old, new in changed.changed} == {(f"{beds('云泽市', 2020)}张", "77张")}
    assert not candidate.difference.added
    assert not candidate.difference.gone


async def test_going_back_reads_nothing(editions: Editions, tmp_path: Path, read: list[str]) -> None:
    change(tmp_path / "reports", 77)
    await editions.reload(ADMIN)
    read.clear()
    await editions.rollback(ADMIN, 1)
    assert (said(editions.library), read) == (beds("云泽市", 2020), [])


async def test_an_upload_replaces_the_report_of_the_same_place_body_and_year(
    editions: Editions, tmp_path: Path, read: list[str]
) -> None:
    text = (tmp_path / "reports" / CHANGED).read_text("utf-8").replace(f"{beds('云泽市', 2020)}张", "88张")
    candidate = await editions.upload(ADMIN, "新版.txt", text.encode())
    assert (candidate.remove, read) == ((CHANGED,), ["新版.txt"])
    await editions.publish(ADMIN, candidate.token)
    assert said(editions.library) == 88
    assert len(editions.library.reports) == len(CITIES) * len(YEARS)


async def test_a_broken_file_holds_the_rest_until_somebody_says_so(editions: Editions, tmp_path: Path) -> None:
    change(tmp_path / "reports", 77)
    (tmp_path / "reports" / "坏.pdf").write_bytes(b"%PDF-1.4 nothing")
    (tmp_path / "reports" / CHANGED).with_suffix(".md").write_text("云泽市政府工作报告", "utf-8")
    outcome, candidate = await editions.reload(ADMIN)
    assert (outcome, editions.current) == (Outcome.HELD, 1)
    assert sorted(fault[:2] for fault in candidate.faults) == ["云泽", "坏."]
    await editions.publish(ADMIN, candidate.token)
    assert (editions.current, len(editions.library.reports)) == (2, 35)
    again = Editions(tmp_path / "data", tmp_path / "reports")
    assert again.start() == []
    assert (again.current, len(again.library.reports)) == (2, 35)


async def test_a_synonym_of_no_report_is_remarked(editions: Editions, tmp_path: Path) -> None:
    editions.wishes = Wishes({"停车泊位": ["车位子"], "航天发射场": ["火箭场"]})
    change(tmp_path / "reports", 77)
    _, candidate = await editions.reload(ADMIN)
    assert ["航天发射场" in remark for remark in candidate.remarks] == [True]


def test_a_damaged_snapshot_is_made_again_at_the_start(editions: Editions, tmp_path: Path, read: list[str]) -> None:
    for path in (tmp_path / "data" / "snapshot").rglob("reports.sqlite"):
        path.write_bytes(b"no database")
    again = Editions(tmp_path / "data", tmp_path / "reports")
    assert again.start() == []
    assert len(read) == 36
    assert said(again.library) == beds("云泽市", 2020)
