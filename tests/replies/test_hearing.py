from __future__ import annotations

import pytest

from bot.replies.desk import Chat
from bot.replies.hearing import hear
from tests.replies.city import PLACES

HERE = Chat(id=1, username="YunzeBot")
GROUP = Chat(id=-1, private=False, username="YunzeBot")


@pytest.mark.parametrize(
    ("said", "name", "words"),
    [
        ("/county 白鹭县", "county", "白鹭县"),
        ("/county白鹭县", "county", "白鹭县"),
        ("/白鹭县", "county", "白鹭县"),
        ("/区县 白鹭县", "county", "白鹭县"),
        ("/区县白鹭县", "county", "白鹭县"),
        ("／county　白鹭县", "county", "白鹭县"),
        ("　／区县　白鹭县　", "county", "白鹭县"),
        ("/county@YunzeBot 白鹭县", "county", "白鹭县"),
        ("/county@yunzebot白鹭县", "county", "白鹭县"),
        ("/COUNTY 白鹭县", "county", "白鹭县"),
        ("/section 3", "section", "3"),
        ("/section3", "section", "3"),
        ("/sections", "sections", ""),
        ("/第3节", "section", "3节"),
        ("/search 非遗 传承", "search", "非遗 传承"),
        ("/问 养老床位有多少张？", "ask", "养老床位有多少张？"),
        ("/help@YunzeBot", "help", ""),
        ("@YunzeBot /tasks", "tasks", ""),
        ("/鹭县", "county", "鹭县"),
        ("白鹭县", "county", "白鹭县"),
        ("@YunzeBot 白鹭县？", "county", "白鹭县"),
    ],
)
def test_a_command_is_heard_however_it_is_typed(said: str, name: str, words: str) -> None:
    heard = hear(said, HERE, PLACES)
    assert heard is not None
    assert heard.command is not None
    assert (heard.command.name, heard.words) == (name, words)


@pytest.mark.parametrize("said", ["/county@OtherBot 白鹭县", "/start@otherbot", "/白鹭县@OtherBot", "/foo@OtherBot x"])
@pytest.mark.parametrize("chat", [HERE, GROUP, Chat(id=0)])
def test_what_is_said_to_another_bot_is_not_heard(said: str, chat: Chat) -> None:
    assert hear(said, chat, PLACES) is None


@pytest.mark.parametrize("said", ["/foo", "/helpme", "/ask_me", "/sectionx", "/天气"])
def test_a_command_of_nobody_is_unknown(said: str) -> None:
    heard = hear(said, HERE, PLACES)
    assert heard is not None
    assert heard.command is None
    assert heard.unknown == said[1:]


def test_a_place_that_no_report_names_is_guessed_at_in_private_only() -> None:
    here, group = hear("/白路县", HERE, PLACES), hear("/白路县", GROUP, PLACES)
    assert here is not None
    assert here.command is not None
    assert group is not None
    assert group.unknown == "白路县"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("养老床位有多少张？", "养老床位有多少张？"),
        ("@YunzeBot 养老床位有多少张？", "养老床位有多少张？"),
        ("养老床位有多少张？ @YunzeBot", "养老床位有多少张？"),
        ("1/3 是什么", "1/3 是什么"),
        ("白鹭县怎么样", "白鹭县怎么样"),
        ("/", ""),
        ("/ 养老床位", "养老床位"),
        ("", ""),
    ],
)
def test_free_text_is_heard_without_the_bots_name(said: str, words: str) -> None:
    heard = hear(said, HERE, PLACES)
    assert heard is not None
    assert (heard.command, heard.unknown, heard.words) == (None, "", words)
