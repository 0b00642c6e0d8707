from __future__ import annotations

from pathlib import Path

import pytest

from bot.editions import By, Editions
from bot.editions.reading import read_here
from tests.editions.city import write

ADMIN = By(99, "小白")


@pytest.fixture
def editions(tmp_path: Path) -> Editions:
    """Edition 1 in force: one report, marked 100; read in this process."""
    write(tmp_path / "reports", 100)
    opened = open_again(tmp_path)
    assert opened.start() == []
    return opened


def open_again(folder: Path) -> Editions:
    return Editions(folder / "data", folder / "reports", reader=read_here)


def beds(editions: Editions) -> str:
    """What is answered from the library in force."""
    found = editions.library.ask("养老床位有多少张？")
    return getattr(found, "text", "")
