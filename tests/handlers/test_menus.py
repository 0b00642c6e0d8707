"""Telegram's menus come from the one table of commands."""

from __future__ import annotations

import json

import pytest

from bot.replies.commands import COMMANDS, Scope
from tests.botapi import BotApi
from tests.handlers.conftest import ADMIN, Script, answering

SCOPES = [
    ({"type": "default"}, Scope.GROUPS),
    ({"type": "all_private_chats"}, Scope.PRIVATE),
    ({"type": "all_group_chats"}, Scope.GROUPS),
    ({"type": "chat", "chat_id": ADMIN}, Scope.ADMINS),
]


async def test_each_scope_gets_its_menu(api: BotApi, script: Script) -> None:
    api.private(ADMIN)
    async with answering(api):
        await api.wait_for("setMyCommands", len(SCOPES))
    for scope, name in SCOPES:
        published = api.world.menus[json.dumps(scope, sort_keys=True), ""]
        assert [command["command"] for command in published] == [c.name for c in COMMANDS if name in c.menus]


async def test_an_admin_who_never_wrote_is_no_obstacle(
    api: BotApi, script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    async with answering(api):
        await api.wait_for("setMyCommands", len(SCOPES))
        assert (await api.private(7).ask("一"))["text"] == "答：一"
    assert any("not published" in record.getMessage() for record in caplog.records)
