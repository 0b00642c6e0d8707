"""The replies over real reading and answering: the made-up city's four reports as files."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.library import Library
from bot.replies import texts
from bot.replies.commands import COMMANDS
from bot.replies.conversation import press, respond
from bot.replies.desk import Chat, Desk
from bot.replies.examples import examples
from bot.replies.guard import check
from bot.replies.pages import utf16

DATA = Path(__file__).parent.parent / "data"
HERE = Chat(id=1, is_admin=True, username="YunzeBot")


@pytest.fixture(scope="module")
def whole() -> Desk:
    library = Library.load([DATA])
    return Desk(lambda: library)


def test_buttons_into_other_reports_say_which(whole: Desk) -> None:
    reply = respond(whole, "养老床位有多少", HERE)
    assert reply is not None
    labels = [button.label for row in reply.buttons for button in row]
    assert len(labels) == len(set(labels))
    assert any(label.startswith("2023年") and "养老床位" in label for label in labels)


@pytest.mark.parametrize(
    ("said", "must", "must_not"),
    [
        ("2024年养老床位有多少张？", ["1.5万张", "全市养老床位达到1.5万张", "助推民生改善"], ["1.2万张"]),
        ("/compare 养老床位 2023 2024", ["1.2万张 → 1.5万张", "增加3000张"], []),
        ("停车泊位和去年比怎么样", ["3800个 → 5200个", "增加1400个"], []),
        ("/白鹭县", ["惠及群众：1.1万人", "板凳会"], ["通山区道路"]),
        ("/county bailuxian", ["是不是想问"], []),
        ("/use 政府", ["政府工作报告"], []),
        ("/tasks", ["1. "], ["回顾"]),
        ("你好", [texts.GREETING, "？"], []),
    ],
)
def test_said_and_answered(whole: Desk, said: str, must: list[str], must_not: list[str]) -> None:
    reply = respond(whole, said, Chat(id=hash(said)))
    assert reply is not None
    assert [piece for piece in must if piece not in reply.text] == []
    assert [piece for piece in must_not if piece in reply.text] == []


def test_every_reply_and_every_page_passes_the_guard_and_fits_a_message(
    whole: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    waiting = [respond(whole, command.example_line(whole), HERE) for command in COMMANDS]
    pressed: set[str] = set()
    while waiting and len(pressed) < 150:
        reply = waiting.pop(0)
        assert reply is not None
        assert check(reply) == []
        assert utf16(reply.text) <= 4096
        assert reply.text not in (texts.STALE, texts.UNKNOWN_BUTTON)
        for button in (button for row in reply.buttons for button in row):
            if not button.url and button.action not in pressed:
                pressed.add(button.action)
                waiting.append(press(whole, button.action, HERE))
    assert "withheld" not in caplog.text


def test_the_questions_shown_are_answered(whole: Desk) -> None:
    questions = examples(whole)
    assert len(questions) == 3
    for question in questions:
        reply = respond(whole, question, Chat(id=2))
        assert reply is not None
        assert texts.NOT_FOUND not in reply.text
