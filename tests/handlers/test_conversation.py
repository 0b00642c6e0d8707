"""Whole conversations in Telegram with the real answers: (said, must be in the answer, must not)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.library import Library
from tests.botapi import BotApi
from tests.botapi.people import buttons
from tests.handlers.conftest import REPORT, answering

SAID = [
    ("养老床位有多少张?", ["3.2万张", "全市建成养老床位3.2万张", "民生保障"], ["1860"]),
    ("惠民演出举办了多少场", ["1860场"], ["45万"]),
    ("/county 青石区", ["青石区", "24处"], []),
    ("/county青石区", ["青石区", "24处"], []),
    ("／county　青石区", ["青石区", "24处"], []),
    ("/青石区", ["青石区", "24处"], []),
    ("/区县 青石区", ["青石区", "24处"], []),
    ("/search 农村公路", ["300公里"], []),
    ("/help", ["/county", "/search"], []),
    ("/start", ["有据"], []),
    ("火星上有几个基地?", [], ["3.2万张\n"]),
    ("<b>养老床位</b>&amp;有多少张", [], ["<b>"]),
    ("😀😀😀", ["文字"], []),
    ("养老床位有多少张?\x00\x1b\u202e", ["3.2万张"], ["\u202e"]),
    ("问" * 4000, [], []),
]


@pytest.fixture
async def api(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[BotApi]:
    folder: Path = tmp_path_factory.mktemp("reports")
    (folder / "yunze-2023.txt").write_text(REPORT, "utf-8")
    library = Library.load([folder])
    async with BotApi() as server, answering(server, lambda: library):
        yield server


@pytest.mark.parametrize(("said", "must", "must_not"), SAID)
async def test_said_and_answered(api: BotApi, said: str, must: list[str], must_not: list[str]) -> None:
    answer = await api.private(7).ask(said)
    for words in must:
        assert words in answer["text"]
    for words in must_not:
        assert words not in answer["text"]
    assert "代码" not in answer["text"]
    assert not [call for call in api.calls if call.error and call.method == "sendMessage"]


async def test_every_button_of_every_answer_does_something(api: BotApi) -> None:
    talk = api.private(7)
    for said, _, _ in SAID:
        answer = await talk.ask(said)
        for data in [button["callback_data"] for button in buttons(answer) if "callback_data" in button]:
            talk.press(answer, data)
    assert await api.world.until(lambda: not api.world.queries and not api.world.waiting, 20)
    await talk.ask("/help")
    refused = [
        call for call in api.calls if call.error and call.method in ("sendMessage", "sendPhoto", "answerCallbackQuery")
    ]
    assert not refused
    assert not [message for message in talk.received() if "代码" in (message.get("text") or message["caption"])]


async def test_a_stale_button_gets_a_polite_answer(api: BotApi) -> None:
    talk = api.private(7)
    answer = await talk.ask("/help")
    for data in ("1|m|00000000000000|7", "0|old", "garbage", "1|M|2|zzz"):
        before = len(talk.received())
        talk.press(answer, data)
        assert "按钮" in (await talk.next_answer(before))["text"]


async def test_others_commands_are_met_with_silence(api: BotApi) -> None:
    person = api.group(-1001).member(7)
    for said in ("/weather", "/weather 云泽", "/help@another_bot", "养老床位有多少张?"):
        person.say(said)
    await person.ask("/help@youju_test_bot")
    assert len(person.received()) == 1
