"""Whatever goes wrong: one sentence with a code for the person, the rest for the log; the next question is answered."""

from __future__ import annotations

import logging
import re

import pytest

from handlers import App
from tests.botapi import BotApi
from tests.handlers.conftest import Script


async def test_a_fault_of_ours_is_told_with_a_code_that_the_log_has(
    api: BotApi, application: App, script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    script.replies["坏"] = RuntimeError("inside")
    talk = api.private(7)
    apology = await talk.ask("坏")
    code = re.search(r"[0-9A-F]{6}", apology["text"])
    assert code
    assert "inside" not in apology["text"]
    record = next(record for record in caplog.records if code[0] in record.getMessage())
    assert record.exc_info
    assert record.levelno == logging.ERROR
    assert (await talk.ask("好"))["text"] == "答：好"


async def test_a_fault_behind_a_button_is_told_too(api: BotApi, application: App, script: Script) -> None:
    script.replies["1|c|x"] = RuntimeError("inside")
    talk = api.private(7)
    talk.press(await talk.ask("全部"), "1|c|x")
    assert "代码" in (await talk.next_answer(1))["text"]
    assert api.world.queries == set()


async def test_who_blocked_the_bot_is_left_alone(api: BotApi, application: App, script: Script) -> None:
    talk = api.private(7)
    api.world.forbidden[7] = "bot was blocked by the user"
    talk.say("一")
    await api.wait_for("sendMessage")
    await api.private(8).ask("二")
    assert len(api.of("sendMessage")) == 2


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 429, "retry_after": 1},
        {"status": 500},
        {"status": 502, "body": b"<html>Bad Gateway</html>"},
        {"body": None},
    ],
    ids=["flood", "server error", "gateway", "hung up"],
)
async def test_an_answer_comes_in_spite_of_a_passing_fault(
    api: BotApi, application: App, script: Script, fault: dict[str, object]
) -> None:
    api.fail("sendMessage", **fault)  # type: ignore[arg-type]
    talk = api.private(7)
    assert (await talk.ask("一"))["text"] == "答：一"
    assert len(talk.received()) == 1


@pytest.mark.parametrize("fault", [{"status": 500}, {"status": 200, "body": b"{nonsense"}, {"body": None}])
async def test_polling_goes_on_after_a_fault(
    api: BotApi, application: App, script: Script, fault: dict[str, object]
) -> None:
    api.fail("getUpdates", **fault)  # type: ignore[arg-type]
    talk = api.private(7)
    assert (await talk.ask("一"))["text"] == "答：一"
    assert (await talk.ask("二"))["text"] == "答：二"


async def test_being_added_and_removed_is_met_with_silence(api: BotApi, application: App, script: Script) -> None:
    group = api.group(-1001)
    group.change_membership("member", old="left")
    group.change_membership("kicked")
    await api.private(7).ask("一")
    assert len(api.of("sendMessage")) == 1
