"""The reports that questions are asked of: the seed, and the made-up city's."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.library import Library

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def seed() -> Library:
    return Library.load([ROOT / "seeds"])


@pytest.fixture(scope="session")
def yunze() -> Library:
    return Library.load([ROOT / "tests" / "data"])
