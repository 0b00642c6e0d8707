"""What the library cannot read or write holds up nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.state import State
from tests.botapi import BotApi
from tests.handlers.conftest import Script, answering_with, no_library

POLL = {"id": "1", "question": "问"}  # of a kind that lacks what the library thinks is always there
GONE = {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}}  # InaccessibleMessage: its date is always 0


async def test_an_update_that_cannot_be_read_is_passed_over_and_not_shown(
    api: BotApi, script: Script, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    state = await State.open(tmp_path)
    talk = api.private(7)
    talk.send(poll=POLL, caption="不要写进日志")
    talk.say("问")
    async with answering_with(api, state, no_library):
        assert (await talk.next_answer(0))["text"] == "答：问"
        talk.send(poll=POLL)
        await api.wait_until_read()
    await state.close()
    assert "cannot be read and is passed over: KeyError" in caplog.text or "TypeError" in caplog.text
    assert "不要写进日志" not in caplog.text


async def test_a_pinned_message_that_is_gone_costs_nobody_the_answer(
    api: BotApi, script: Script, tmp_path: Path
) -> None:
    state = await State.open(tmp_path)
    talk = api.private(7)
    talk.send(pinned_message=GONE)
    talk.say("问")
    async with answering_with(api, state, no_library):
        assert (await talk.next_answer(0))["text"] == "答：问"
    await state.close()
