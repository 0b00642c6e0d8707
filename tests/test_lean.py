"""What is kept from a library is there for everybody else."""

from __future__ import annotations

import importlib
import sys

import pytest

from bot.lean import without


def test_hidden_modules_are_not_found_inside_and_are_afterwards() -> None:
    sys.modules.pop("colorsys", None)
    with without("colorsys", "json"):
        with pytest.raises(ImportError):
            importlib.import_module("colorsys")
        assert importlib.import_module("json").loads("1") == 1  # it was there before
    assert importlib.import_module("colorsys").rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0.0)
