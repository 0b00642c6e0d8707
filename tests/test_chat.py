from __future__ import annotations

import io
import os
import pty
import stat
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot import chat
from bot.replies import texts
from bot.replies.model import Button, Reply, Run, Style
from tests.replies.city import City, report

CITY = City((report(2024), report(2023, beds="1.2万张")))


def piped(said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO(said))
    return chat.run(CITY, SimpleNamespace(data=tmp_path))  # type: ignore[arg-type]


def test_a_pipe_gets_one_plain_answer_a_line_and_no_banner(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert piped("养老床位有多少张？\n/county 白鹭县", monkeypatch, tmp_path) == 0
    out = capsys.readouterr().out
    assert out.startswith("1.5万张\n│ 全市养老床位达到1.5万张\n2024年主要工作 › 聚焦民生改善")
    assert "1.1万人" in out
    assert "\x1b" not in out
    assert texts.CHAT_TITLE not in out
    assert out.endswith("\n\n")
    assert list(tmp_path.iterdir()) == []


def test_a_number_presses_the_button_of_that_number(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    piped("养老床位\n1\n99\n", monkeypatch, tmp_path)
    out = capsys.readouterr().out
    assert "[1] 本节全文" in out
    assert "│ 二、聚焦民生改善" in out
    assert texts.CHAT_NO_BUTTON.format(number=99) in out
    assert texts.NOT_FOUND not in out


def test_a_year_is_no_button_but_a_question(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    piped("2024\n", monkeypatch, tmp_path)
    assert "按钮" not in capsys.readouterr().out


def test_a_picture_is_saved_and_its_place_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    piped("/card 白鹭县\n/card 白鹭县\n/card\n", monkeypatch, tmp_path)
    said = capsys.readouterr().out
    saved = sorted((tmp_path / "cards").iterdir())
    assert [file.name.partition("-")[0] for file in saved] == ["glance", "single"]
    assert all(file.read_bytes().startswith(b"\x89PNG") and str(file) in said for file in saved)


def test_a_picture_that_cannot_be_saved_leaves_its_caption(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cards").touch()
    piped("/card 白鹭县\n", monkeypatch, tmp_path)
    said = capsys.readouterr().out
    assert "1.1万人" in said
    assert texts.CARD_FAILED.partition("{")[0] in said


def test_silence_and_emptiness_keep_the_order_of_answers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert piped("/x@OtherBot\n\n", monkeypatch, tmp_path) == 0
    assert capsys.readouterr().out.startswith(f"\n{texts.EMPTY}")


def test_nothing_said_is_nothing_answered(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert piped("", monkeypatch, tmp_path) == 0
    assert capsys.readouterr().out == ""


def test_what_a_terminal_would_obey_is_not_printed() -> None:
    reply = Reply((Run("a\x1b[2Jb\x9b", Style.BOLD), Run("\r\n"), Run("引\x07文\r\n二", Style.QUOTE)))
    assert chat.plain(reply) == "a [2Jb \n│ 引 文\n│ 二"


def test_buttons_are_numbered_through_all_rows() -> None:
    rows = ((Button("甲", "a"), Button("乙", "b")), (Button("丙", "c"),))
    assert chat.choices(Reply((Run("x"),), rows)) == "[1] 甲  [2] 乙\n[3] 丙"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> int:
    """A pseudo-terminal as standard input; the other end, to type into."""
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "r", encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        monkeypatch.setenv("TERM", "dumb")
        yield ours  # type: ignore[misc]
    os.close(ours)


def test_a_person_is_greeted_answered_and_leaves_by_ctrl_d(
    terminal: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.write(terminal, "养老床位有多少张？\n1\n\n\x04".encode())
    data = tmp_path / "data"
    assert chat.run(CITY, SimpleNamespace(data=data)) == 0  # type: ignore[arg-type]
    out = capsys.readouterr().out
    assert texts.CHAT_TITLE in out
    assert out.count("有多少") >= 2  # questions to try
    assert "1.5万张" in out
    assert "二、聚焦民生改善" in out
    assert texts.CHAT_END in out
    history = data / chat.HISTORY
    assert stat.S_IMODE(history.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_written_costs_only_the_history(
    terminal: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    os.write(terminal, b"\x04")
    assert chat.run(CITY, SimpleNamespace(data=tmp_path / "file" / "data")) == 0  # type: ignore[arg-type]
    assert texts.CHAT_END in capsys.readouterr().out
