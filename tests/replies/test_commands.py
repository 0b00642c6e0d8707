from __future__ import annotations

import re

import pytest

from bot.replies.commands import COMMANDS, Command, Scope, menus
from bot.replies.conversation import respond
from bot.replies.desk import Chat, Desk
from tests.replies.city import City

EACH = pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
ADMIN = Chat(id=9, is_admin=True)


def test_no_name_is_used_twice() -> None:
    names = [name for command in COMMANDS for name in command.names]
    assert len(names) == len(set(names))


@EACH
def test_every_command_has_what_telegram_and_people_need(command: Command) -> None:
    assert re.fullmatch(r"[a-z0-9_]{1,32}", command.name)  # https://core.telegram.org/bots/api#botcommand
    assert 1 <= len(command.description) <= 256
    assert command.aliases
    assert not command.usage or command.example


@EACH
def test_every_command_answers_to_emptiness_under_each_name(command: Command, desk: Desk) -> None:
    for name in command.names:
        reply = respond(desk, f"/{name}", ADMIN)
        assert reply is not None
        assert reply.text.strip()


@EACH
def test_every_command_answers_where_there_is_no_report(command: Command) -> None:
    empty = Desk(lambda: City(()))
    for said in (f"/{command.name}", f"/{command.name} 白鹭县 2024"):
        reply = respond(empty, said, ADMIN)
        assert reply is not None
        assert reply.text.strip()


@EACH
def test_every_example_works(command: Command, desk: Desk) -> None:
    example = command.example_line(desk)
    assert "{" not in example
    reply = respond(desk, example, ADMIN)
    assert reply is not None
    assert not reply.text.startswith(("用法", "没有", "报告里没有", "这个问题"))


@EACH
def test_every_command_bears_any_words(command: Command, desk: Desk) -> None:
    for words in ("不存在的东西", "😀", "<b>&amp;", "9" * 400, "\u202e倒着", "县" * 5000, "' OR 1=1", "2024 2023 2022"):
        reply = respond(desk, f"/{command.name} {words}", ADMIN)
        assert reply is not None
        assert reply.text.strip()
        assert "\u202e" not in reply.text


def test_help_shows_every_command_with_its_usage_to_those_who_may_use_it(desk: Desk, chat: Chat) -> None:
    person, admin = respond(desk, "/help", chat), respond(desk, "/help", ADMIN)
    assert person is not None
    assert admin is not None
    for command in COMMANDS:
        assert command.usage_line() in admin.text
        assert (command.usage_line() in person.text) is not command.admin


def test_menus_hold_what_their_readers_may_use() -> None:
    shown = menus()
    assert set(shown) == set(Scope)
    admin = {command.name for command in COMMANDS if command.admin}
    assert admin <= {name for name, _ in shown[Scope.ADMINS]}
    assert not admin & {name for scope in (Scope.PRIVATE, Scope.GROUPS) for name, _ in shown[scope]}
    assert all(len(menu) <= 100 for menu in shown.values())


def test_an_admins_command_is_refused_in_private_and_unheard_in_groups(desk: Desk, chat: Chat, group: Chat) -> None:
    refused = respond(desk, "/status", chat)
    assert refused is not None
    assert "管理员" in refused.text
    assert respond(desk, "/status", group) is None
