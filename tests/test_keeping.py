"""Backups and exports, made by the command while others use the state."""

from __future__ import annotations

import asyncio
import csv
import io
import sqlite3
import stat
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.questions.log import QuestionLog
from bot.replies.model import Asked
from bot.state import State
from bot.state import questions as table


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("YOUJU_DATA", str(tmp_path / "data"))
    asyncio.run(_filled(tmp_path / "data"))
    return tmp_path / "data"


async def _filled(folder: Path) -> None:
    state = await State.open(folder)
    log = QuestionLog(state, 90, clock=iter((1e9, 1e9 + 60, 0.0, 0.0)).__next__)
    log.note("0000000001", Asked("养老床位，有多少", "answered", 0.9, "3.2万张", "养老床位"), "abc", 2, private=True)
    log.note("0000000002", Asked('=cmd|"x"', "not_found", 0.1), "abc", 2, private=False)
    await log.flush()
    await table.vote(state, "0000000001", "p", False, 1.0)
    await table.explain(state, "0000000001", "p", "旧了")
    await state.close()


def test_a_backup_is_whole_private_and_one_file(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    busy = sqlite3.connect(data / "state.db")
    busy.execute("BEGIN IMMEDIATE")
    busy.execute("DELETE FROM votes")  # not committed: not in the backup
    assert main(["backup", "copy.db"]) == 0
    busy.close()
    copy = Path("copy.db")
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with sqlite3.connect(copy) as kept:
        assert kept.execute("SELECT count(*) FROM questions").fetchone() == (2,)
        assert kept.execute("SELECT count(*) FROM votes").fetchone() == (1,)
    kept.close()
    assert sorted(path.name for path in copy.parent.iterdir()) == ["copy.db", "data"]
    assert "salt" in capsys.readouterr().out


def test_a_backup_replaces_nothing_unasked(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("copy.db").write_text("precious")
    assert main(["backup", "copy.db"]) == 1
    assert "--force" in capsys.readouterr().err
    assert Path("copy.db").read_text() == "precious"
    assert main(["backup", "--force", "copy.db"]) == 0
    assert Path("copy.db").read_bytes().startswith(b"SQLite format 3")


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"YOUJU_DATA": "nothing"}, "还没有状态数据库"),
        ({"YOUJU_STATE_URL": "postgresql://u:secret@h/d"}, "pg_dump"),
    ],
)
def test_where_there_is_nothing_to_copy_one_line_says_so(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], environ: dict[str, str], words: str
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert main(["backup", "copy.db"]) == 1
    told = capsys.readouterr().err
    assert words in told
    assert told.count("\n") == 1
    assert "secret" not in told
    assert not Path("copy.db").exists()


def test_what_is_no_database_leaves_no_backup(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data / "state.db").write_bytes(b"nonsense" * 1000)
    assert main(["backup", "copy.db"]) == 1
    assert "copy.db" in capsys.readouterr().err
    assert [path.name for path in Path().iterdir()] == ["data"]


def test_questions_are_exported_as_a_table_that_a_spreadsheet_opens_safely(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "questions", "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["问题"] for row in rows] == ["养老床位，有多少", '\'=cmd|"x"']
    assert (rows[0]["结果"], rows[0]["答复"], rows[0]["不对"], rows[0]["理由"]) == ("已答", "3.2万张", "1", "旧了")
    assert main(["export", "questions", "--csv", "--out", "q.csv"]) == 0
    assert Path("q.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(list(csv.reader(io.StringIO(Path("q.csv").read_text("utf-8-sig"))))) == 3
    assert "2 条" in capsys.readouterr().out
