"""kill -9 at every write: afterwards folder, answers and edition are the old ones or the new ones, whole."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.editions.city import NAME

OLD = NAME.format(year=2023)
# what -> (answer, edition, folder) before and after; a reload's folder was changed by the operator beforehand
STATES = {
    "upload": [("110张", 2, {OLD: 110}), ("120张", 3, {"新.txt": 120})],
    "rollback": [("110张", 2, {OLD: 110}), ("100张", 1, {OLD: 110})],
    "reload": [("120张", 3, {OLD: 120})],  # what a start finds in the folder is published by the start
}


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
@pytest.mark.parametrize("what", STATES)
def test_a_kill_at_any_write_leaves_the_old_or_the_new_whole(what: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.editions.killing", str(tmp_path), what],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    ends = [json.loads(line) for line in done.stdout.splitlines()]
    assert [end["died"] for end in ends] == [True] * (len(ends) - 1) + [False]
    assert len(ends) > 30
    seen = []
    for end in ends:
        state = (end["answer"], end["edition"], end["folder"])
        assert state in STATES[what], end
        assert end["left"] == []
        assert end["edition"] in end["listed"]
        assert end["audit"].count(what) <= 1
        seen.append(STATES[what].index(state))
    assert seen == sorted(seen)  # once the new one is there, it stays
    assert ends[-1]["audit"][-1] == what
