from __future__ import annotations

import os
from pathlib import Path

from bot.snapshot.crew import read_all
from bot.snapshot.files import File, file_at
from tests.snapshot.cities import write


class Deadly(type(Path())):  # type: ignore[misc]
    """A path at which whoever reads it is gone, as a library that crashes takes its process along."""

    def read_bytes(self) -> bytes:
        os._exit(3)


def test_a_file_that_kills_its_reader_is_a_fault_and_the_others_are_read(tmp_path: Path) -> None:
    files = [file_at(path) for path in write(tmp_path)[:3]]
    read = list(read_all([File("致命.txt", "", Deadly(tmp_path / "致命.txt")), *files]))
    assert sorted(one.row.file for one in read) == sorted(["致命.txt", *(file.name for file in files)])
    (fault,) = (one.row.fault for one in read if one.row.fault)
    assert "致命.txt" in fault
    assert "中断" in fault


def test_a_file_that_is_gone_is_a_fault(tmp_path: Path) -> None:
    (one,) = read_all([File("没了.txt", "", tmp_path / "没了.txt")])
    assert "没了.txt" in one.row.fault
    assert one.clauses == []
