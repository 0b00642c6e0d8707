from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from bot.editions import Busy, By, EditionError, Editions, Gone, Outcome, Stage, Wishes
from bot.editions.store import KEPT
from tests.editions.city import NAME, report, write
from tests.editions.conftest import ADMIN, beds, open_again

OTHER = By(98, "小青")


async def test_a_changed_file_becomes_the_next_edition_and_the_difference_names_both_values(
    editions: Editions, tmp_path: Path
) -> None:
    write(tmp_path / "reports", 120)
    write(tmp_path / "reports", 90, year=2022)
    outcome, candidate = await editions.reload(ADMIN)
    assert (outcome, editions.current, editions.library.edition, beds(editions)) == (Outcome.PUBLISHED, 2, 2, "120张")
    assert [one.year for one in candidate.difference.added] == [2022]
    (changed,) = candidate.difference.changed
    assert ("养老床位", "100张", "120张") in {(old.label, old.raw, new.raw) for old, new in changed.changed}
    assert not changed.added
    assert not changed.gone


async def test_a_folder_as_before_makes_no_edition(editions: Editions) -> None:
    outcome, _ = await editions.reload(ADMIN)
    assert (outcome, editions.current) == (Outcome.UNCHANGED, 1)


async def test_new_synonyms_take_effect_though_the_files_are_as_before(editions: Editions) -> None:
    assert not beds_by(editions, "银龄铺位有多少张？")
    editions.wishes = Wishes({"养老床位": ["银龄铺位"]})
    outcome, _ = await editions.reload(ADMIN)
    assert (outcome, editions.library.edition) == (Outcome.UNCHANGED, 1)
    assert beds_by(editions, "银龄铺位多少张？") == "100张"


def beds_by(editions: Editions, question: str) -> str:
    return getattr(editions.library.ask(question), "text", "")


async def test_a_broken_file_publishes_nothing_until_somebody_says_so(editions: Editions, tmp_path: Path) -> None:
    write(tmp_path / "reports", 120)
    (tmp_path / "reports" / "坏.pdf").write_bytes(b"%PDF-1.4 nothing")
    outcome, candidate = await editions.reload(ADMIN)
    assert (outcome, editions.current, beds(editions)) == (Outcome.HELD, 1, "100张")
    assert "坏.pdf" in candidate.faults[0]
    await editions.publish(ADMIN, candidate.token)
    assert (editions.current, beds(editions)) == (2, "120张")
    with pytest.raises(Gone):
        await editions.publish(ADMIN, candidate.token)


async def test_a_candidate_overtaken_by_another_edition_is_not_published(editions: Editions, tmp_path: Path) -> None:
    broken = tmp_path / "reports" / "坏.txt"
    broken.write_bytes(b"\x00\x01")
    write(tmp_path / "reports", 120)
    _, held = await editions.reload(ADMIN)
    broken.unlink()
    write(tmp_path / "reports", 130)
    await editions.reload(OTHER)
    with pytest.raises(Gone):
        await editions.publish(ADMIN, held.token)
    assert beds(editions) == "130张"


async def test_a_folder_without_reports_changes_nothing(editions: Editions, tmp_path: Path) -> None:
    for path in (tmp_path / "reports").iterdir():
        path.unlink()
    assert (await editions.reload(ADMIN, rest=True))[0] is Outcome.EMPTY
    (tmp_path / "reports").rmdir()
    outcome, candidate = await editions.reload(ADMIN, rest=True)
    assert outcome is Outcome.EMPTY
    assert "没有这个文件夹" in candidate.faults[0]
    assert beds(editions) == "100张"


async def test_two_files_of_one_name_are_a_fault(editions: Editions, tmp_path: Path) -> None:
    (tmp_path / "reports" / NAME.format(year=2023)).with_suffix(".md").write_text(report(7), "utf-8")
    outcome, candidate = await editions.reload(ADMIN)
    assert outcome is Outcome.EMPTY
    assert "只差后缀" in candidate.faults[0]


async def test_the_operators_questions_must_still_be_answered(editions: Editions, tmp_path: Path) -> None:
    editions.wishes = Wishes(checks={"养老床位有多少张？": "100张"})
    write(tmp_path / "reports", 120)
    outcome, candidate = await editions.reload(ADMIN)
    assert outcome is Outcome.HELD
    assert candidate.failed == ("核对问题“养老床位有多少张？”：应答“100张”，现在答“120张”",)


async def test_a_synonym_of_no_report_is_remarked(editions: Editions, tmp_path: Path) -> None:
    editions.wishes = Wishes({"停车泊位": ["车位"]})
    write(tmp_path / "reports", 120)
    _, candidate = await editions.reload(ADMIN)
    assert any("停车泊位" in remark for remark in candidate.remarks)


async def test_the_second_is_told_who_is_at_work(editions: Editions, tmp_path: Path) -> None:
    write(tmp_path / "reports", 120)
    first = asyncio.create_task(editions.reload(ADMIN))
    await asyncio.sleep(0)
    with pytest.raises(Busy) as busy:
        await editions.reload(OTHER)
    assert busy.value.work.by == ADMIN
    assert (await first)[0] is Outcome.PUBLISHED
    assert (await editions.reload(OTHER))[0] is Outcome.UNCHANGED


async def test_progress_names_the_file(editions: Editions, tmp_path: Path) -> None:
    write(tmp_path / "reports", 120)
    heard: list[Stage] = []
    await editions.reload(ADMIN, told=heard.append)
    assert [(stage.done, stage.of, stage.name) for stage in heard if stage.name] == [(1, 1, NAME.format(year=2023))]


async def test_going_back_and_staying_there_after_a_restart(editions: Editions, tmp_path: Path) -> None:
    write(tmp_path / "reports", 120)
    await editions.reload(ADMIN)
    candidate = await editions.rollback(OTHER, 1)
    assert (editions.current, beds(editions)) == (1, "100张")
    assert candidate.difference.changed
    again = open_again(tmp_path)
    assert again.start() == []
    assert (again.current, again.library.edition, beds(again)) == (1, 1, "100张")
    with pytest.raises(Gone):
        await again.rollback(ADMIN, 7)


async def test_a_file_changed_while_the_program_stood_still_is_published_at_the_start(
    editions: Editions, tmp_path: Path
) -> None:
    write(tmp_path / "reports", 120)
    again = open_again(tmp_path)
    assert again.start() == []
    assert (again.current, beds(again)) == (2, "120张")


async def test_a_broken_folder_at_the_start_leaves_the_last_edition_in_force(
    editions: Editions, tmp_path: Path
) -> None:
    write(tmp_path / "reports", 120)
    (tmp_path / "reports" / "坏.txt").write_bytes(b"")
    again = open_again(tmp_path)
    assert "坏.txt" in again.start()[0]
    assert (again.current, beds(again)) == (1, "100张")


async def test_ten_editions_are_kept_and_the_one_in_force_among_them(editions: Editions, tmp_path: Path) -> None:
    for n in range(KEPT + 4):
        write(tmp_path / "reports", 200 + n)
        await editions.reload(ADMIN)
    kept = editions.listed()
    assert [edition.number for edition in kept] == list(range(KEPT + 5, 5, -1))
    assert len(list((tmp_path / "data" / "editions" / "files").iterdir())) <= KEPT + 4
    await editions.rollback(ADMIN, kept[-1].number)
    for n in range(KEPT):
        write(tmp_path / "reports", 300 + n)
        if n == 0:
            (tmp_path / "reports" / "坏.txt").write_bytes(b"")
            await editions.reload(ADMIN)
            (tmp_path / "reports" / "坏.txt").unlink()
        assert editions.current in {edition.number for edition in editions.listed()}


async def test_a_damaged_archive_is_not_gone_back_to(editions: Editions, tmp_path: Path) -> None:
    write(tmp_path / "reports", 120)
    await editions.reload(ADMIN)
    old = editions.listed()[1].files[0]
    (tmp_path / "data" / "editions" / "files" / f"{old.sha}.gz").write_bytes(b"nothing")
    again = open_again(tmp_path)
    again.start()
    with pytest.raises(EditionError, match="读不了"):
        await again.rollback(ADMIN, 1)
    assert beds(again) == "120张"


async def test_an_upload_replaces_the_report_of_the_same_place_body_and_year(
    editions: Editions, tmp_path: Path
) -> None:
    name = "../新 版?.TXT"
    candidate = await editions.upload(ADMIN, name, report(150).encode())
    assert [file.name for file in candidate.put] == ["新 版_.txt"]
    assert candidate.remove == (NAME.format(year=2023),)
    assert beds(editions) == "100张"
    await editions.publish(ADMIN, candidate.token)
    assert beds(editions) == "150张"
    assert [path.name for path in (tmp_path / "reports").iterdir()] == ["新 版_.txt"]
    assert (await editions.reload(ADMIN))[0] is Outcome.UNCHANGED
    again = open_again(tmp_path)
    again.start()
    assert (again.current, beds(again)) == (2, "150张")


async def test_an_upload_leaves_what_was_changed_by_hand_for_the_next_reload(
    editions: Editions, tmp_path: Path
) -> None:
    write(tmp_path / "reports", 120)
    candidate = await editions.upload(ADMIN, "二〇二一.txt", report(5, year=2021).encode())
    await editions.publish(ADMIN, candidate.token)
    assert beds(editions) == "100张"
    assert (await editions.reload(ADMIN))[0] is Outcome.PUBLISHED
    assert beds(editions) == "120张"


async def test_what_is_no_report_is_refused_with_the_reason(editions: Editions) -> None:
    with pytest.raises(EditionError, match="坏"):
        await editions.upload(ADMIN, "坏.pdf", b"hello")
    assert editions.current == 1


async def test_every_publication_is_audited(editions: Editions, tmp_path: Path) -> None:
    candidate = await editions.upload(ADMIN, "新.txt", report(150).encode())
    await editions.publish(ADMIN, candidate.token)
    await editions.rollback(OTHER, 1)
    audit = tmp_path / "data" / "audit.jsonl"
    rows = [json.loads(line) for line in audit.read_text("utf-8").splitlines()]
    assert [(row["who"], row["what"], row["edition"]) for row in rows] == [
        (0, "start", 1),
        (99, "upload", 2),
        (98, "rollback", 1),
    ]
    assert rows[1]["files"] == ["新.txt"]
    assert audit.stat().st_mode & 0o777 == 0o600


async def test_a_folder_that_cannot_be_written_refuses_and_changes_nothing(
    editions: Editions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    candidate = await editions.upload(ADMIN, "新.txt", report(150).encode())
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(EditionError, match="不能写入"):
        await editions.publish(ADMIN, candidate.token)
    assert (editions.current, beds(editions)) == (1, "100张")
