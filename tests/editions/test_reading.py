from __future__ import annotations

import gzip
import threading
from pathlib import Path

import pytest

from bot.editions.reading import Aside, Job, Read, read_here
from tests.editions.city import report


def nobody(number: int, name: str) -> None:
    pass


def job(folder: Path, name: str, data: bytes) -> Job:
    path = folder / f"{name}.gz"
    path.write_bytes(gzip.compress(data))
    return Job(name, path)


@pytest.fixture
def jobs(tmp_path: Path) -> list[Job]:
    return [
        job(tmp_path, "甲.txt", report(1).encode()),
        job(tmp_path, "坏.docx", b"PK\x03\x04nothing"),
        job(tmp_path, "乙.md", report(2).encode()),
    ]


def test_another_process_reads_the_same_as_this_one(jobs: list[Job]) -> None:
    aside, here = list(Aside()(jobs, nobody)), list(read_here(jobs, nobody))
    assert [(one.name, one.fault) for one in aside] == [(one.name, one.fault) for one in here]
    assert [one.index.report if one.index else None for one in aside] == [
        one.index.report if one.index else None for one in here
    ]
    assert "坏.docx" in aside[1].fault


def test_a_file_that_takes_too_long_is_at_fault_and_the_rest_is_read(jobs: list[Job], tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "慢.txt.gz")  # nobody ever writes into it
    read = list(Aside(longest=3.0)([jobs[0], Job("慢.txt", tmp_path / "慢.txt.gz"), jobs[2]], nobody))
    assert [bool(one.index) for one in read] == [True, False, True]
    assert "慢.txt" in read[1].fault


def test_closing_ends_it_at_once(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "慢.txt.gz")
    aside = Aside()
    done: list[Read] = []
    begun = threading.Event()
    slow = [Job("慢.txt", tmp_path / "慢.txt.gz")]
    reading = threading.Thread(target=lambda: done.extend(aside(slow, lambda *_: begun.set())))
    reading.start()
    assert begun.wait(10)
    aside.close()
    reading.join(10)
    assert not reading.is_alive()
    assert done == []
