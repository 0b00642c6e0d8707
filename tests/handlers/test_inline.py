"""@bot and a few words, in any chat: results to choose from, each a message that stands by itself."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.library import Library
from bot.replies import texts
from handlers.cooldown import Pace
from tests.botapi import BotApi
from tests.botapi.entities import parse
from tests.botapi.people import buttons
from tests.handlers.conftest import REPORT, answering


class Shelf:
    """The library in force, which a test may exchange."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.load(REPORT)

    def load(self, text: str) -> None:
        (self.folder / "yunze-2023.txt").write_text(text, "utf-8")
        self.library = Library.load([self.folder])


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.fixture
async def api(shelf: Shelf) -> AsyncIterator[BotApi]:
    async with BotApi() as server, answering(server, lambda: shelf.library):
        yield server


def messages(choices: dict[str, Any]) -> list[str]:
    """The results as messages, as their readers see them."""
    return [parse(result["input_message_content"]["message_text"], "HTML")[0] for result in choices["results"]]


TYPED = [
    ("养老床位", ["3.2万张", "全市建成养老床位3.2万张", "民生保障"]),
    ("养老床位有多少张?", ["3.2万张", "全市建成养老床位3.2万张"]),
    ("养劳床位有多少张", ["3.2万张"]),
    ("yanglaochuangwei", ["3.2万张"]),
    ("養老床位", ["3.2万张"]),
    ("惠民演出", ["1860场"]),
    ("青石区", ["24处"]),
    ("<b>养老床位</b>", ["3.2万张"]),
    ("养老床位\x00\u202e\x1b", ["3.2万张"]),
]


@pytest.mark.parametrize(("words", "must"), TYPED)
async def test_the_answer_comes_first_with_its_quote_and_report(api: BotApi, words: str, must: list[str]) -> None:
    choices = await api.private(7).choices(words)
    first = messages(choices)[0]
    assert [piece for piece in must if piece not in first] == []
    assert "云泽市政府工作报告" in first
    assert all(result["title"] and result["description"] for result in choices["results"])
    assert not any("\u202e" in text for text in messages(choices))


async def test_what_is_sent_has_no_button_that_nobody_could_answer(api: BotApi) -> None:
    for words in ("", "养老床位", "青石区", "民生", "工作"):
        for result in (await api.private(7).choices(words))["results"]:
            shown = buttons(result)
            assert shown
            assert all(button["url"].startswith("https://t.me/youju_test_bot?start=") for button in shown)


async def test_a_result_leads_to_the_same_in_private(api: BotApi) -> None:
    talk = api.private(7)
    result = (await talk.choices("养老床位"))["results"][0]
    payload = buttons(result)[0]["url"].partition("start=")[2]
    assert "全市建成养老床位3.2万张" in (await talk.ask(f"/start {payload}"))["text"]


@pytest.mark.parametrize("words", ["", "   ", "😀", "\x00"])
async def test_nothing_typed_offers_the_key_figures(api: BotApi, words: str) -> None:
    choices = await api.private(7).choices(words)
    titles = [result["title"] for result in choices["results"]]
    assert any("3.2万张" in title for title in titles)
    assert any("1860场" in title for title in titles)
    assert "button" not in choices


@pytest.mark.parametrize("words", ["火星基地", "x" * 256, "县" * 256, "'; DROP TABLE reports; --", "/announce 全体"])
async def test_where_nothing_is_found_a_button_leads_to_private(api: BotApi, words: str) -> None:
    choices = await api.private(7).choices(words)
    assert choices["results"] == []
    assert choices["button"]["text"] == texts.INLINE_NONE
    answer = await api.private(7).ask(f"/start {choices['button']['start_parameter']}")
    assert "代码" not in answer["text"]


async def test_more_than_telegram_sends_is_cut(api: BotApi) -> None:
    assert (await api.private(7).choices("养老床位" + "啊" * 5000))["results"]


async def test_results_are_everybodys_soon_stale_and_named_by_their_edition(api: BotApi, shelf: Shelf) -> None:
    before = await api.private(7).choices("养老床位")
    assert (before["is_personal"], before["cache_time"] <= 30) == (False, True)
    assert (await api.private(8).choices("养老床位"))["results"] == before["results"]
    shelf.load(REPORT.replace("3.2万张", "3.3万张"))
    after = await api.private(7).choices("养老床位")
    assert "3.3万张" in messages(after)[0]
    assert not {r["id"] for r in before["results"]} & {r["id"] for r in after["results"]}


async def test_there_are_fifty_at_most(api: BotApi, shelf: Shelf) -> None:
    streets = "".join(f"第{number}中心幼儿园新增学位{number * 10}个。\n" for number in range(101, 190))
    shelf.load(f"{REPORT}\n（三）教育。{streets}")
    assert len((await api.private(7).choices("学位"))["results"]) == 50


async def test_who_floods_gets_nothing_and_the_others_do(shelf: Shelf) -> None:
    async with BotApi() as api, answering(api, lambda: shelf.library) as application:
        application.bot_data.inline = Pace(60, 3)
        for number in range(10):
            api.private(7).type_inline(f"养老{number}")
        await api.private(8).choices("养老床位")
        await api.wait_for("answerInlineQuery", 4)
        await api.wait_until_read()
        await api.private(8).choices("惠民演出")
        assert len(api.of("answerInlineQuery")) == 5


async def test_a_query_too_old_to_be_answered_is_let_go(api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    talk = api.private(7)
    api.world.queries.discard(talk.type_inline("养老床位"))
    await api.wait_for("answerInlineQuery")
    await talk.choices("养老")
    assert "error" not in caplog.text
