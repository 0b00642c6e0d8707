"""A broadcast killed on the way: every chat that can be reached has it, and none has it twice."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.broadcast import Plan, broadcast, table

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")


async def test_sixty_chats_three_kills_and_one_copy_each(tmp_path: Path) -> None:
    result = await broadcast(Plan(chats=60, kills=3, timeouts=0.0), tmp_path / "run")
    assert result.twice == [], table(result)
    assert result.missed == [], table(result)
    assert result.states["sent"] + result.states["failed"] + result.states["unknown"] == 60
    assert result.under_way <= 3 * 16
    assert result.left == len(result.blocked)
