from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.snapshot.crew import read_all
from bot.snapshot.files import File, file_at
from tests.snapshot.cities import write


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_file_that_is_never_read_to_its_end_is_a_fault_and_the_others_are_read(tmp_path: Path) -> None:
    files = [file_at(path) for path in write(tmp_path)[:3]]
    os.mkfifo(tmp_path / "无尽.txt")
    read = list(read_all([File("无尽.txt", "", tmp_path / "无尽.txt"), *files], longest=6))
    assert sorted(one.row.file for one in read) == sorted(["无尽.txt", *(file.name for file in files)])
    (fault,) = (one.row.fault for one in read if one.row.fault)
    assert "无尽.txt" in fault
    assert "6 秒" in fault


def test_a_file_that_is_gone_is_a_fault(tmp_path: Path) -> None:
    (one,) = read_all([File("没了.txt", "", tmp_path / "没了.txt")])
    assert "没了.txt" in one.row.fault
    assert one.clauses == []
