"""Asked without a place among many reports: the bot asks back, and a button asks the whole question."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.library import Library
from bot.replies.conversation import press, respond
from bot.replies.desk import Chat, Desk
from bot.replies.guard import check
from bot.snapshot import making
from tests.snapshot.cities import beds, read_here, write


def test_asked_back_with_buttons_that_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "read_all", read_here)
    library = Library.load(write(tmp_path), snapshot=tmp_path / "snapshot")
    desk, chat = Desk(lambda: library), Chat(id=1)
    asked_back = respond(desk, "养老床位有多少张？", chat)
    assert asked_back is not None
    assert check(asked_back) == []
    assert "36 份报告" in asked_back.text
    row = next(row for row in asked_back.buttons if "云泽市" in row[0].label)
    answered = press(desk, row[0].action, chat)
    assert answered is not None
    assert f"{beds('云泽市', 2024)}张" in answered.text
