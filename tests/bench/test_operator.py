"""The README shows a new operator's first ten minutes as they are. See bench/operator.py."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

README = Path(__file__).parents[2] / "README.md"
CUT = "……"


def shown() -> list[str]:
    """The transcript in the README, without what is shortened and blank lines."""
    section = README.read_text("utf-8").split("## The first ten minutes", 1)[1]
    lines = section.split("```")[1].splitlines()
    return [line.rstrip() for line in lines if line.strip() and line != CUT]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of POSIX")
async def test_the_readme_shows_what_a_new_operator_sees() -> None:
    from bench.operator import carried_out  # the terminal is of POSIX only

    said = iter([line.rstrip() for line in await carried_out()])
    for line in shown():
        assert line in said, line  # takes lines up to the one found: they are in this order
