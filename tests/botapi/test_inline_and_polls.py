"""Quizzes and inline results are refused where Telegram refuses them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.botapi import BotApi

POLL = {"chat_id": 7, "question": "多少？", "type": "quiz", "correct_option_ids": [0], "options": [{"text": "1"}] * 4}


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        server.private(7)
        yield server


async def refusal(api: BotApi, method: str, **params: Any) -> str:
    """Telegram's words, "" where the call is taken."""
    async with httpx.AsyncClient(trust_env=False) as client:
        response = await client.post(f"{api.base_url}{api.token}/{method}", json=params, timeout=20)
    return str(response.json().get("description", ""))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, ""),
        ({"question": "问" * 300, "explanation": "答" * 200, "options": [{"text": "字" * 100}] * 12}, ""),
        ({"question": " "}, "poll question must be non-empty"),
        ({"question": "问" * 301}, "poll question length must not exceed 300"),
        ({"options": []}, "poll must have an option"),
        ({"options": [{"text": "1"}] * 13}, "poll can't have more than 12 options"),
        ({"options": [{"text": "1"}, {"text": "字" * 101}]}, "poll option length must not exceed 100"),
        ({"correct_option_ids": []}, "quiz must have a correct option"),
        ({"correct_option_ids": [4]}, "wrong correct option ID specified"),
        ({"correct_option_ids": [1, 0]}, "wrong correct option ID specified"),
        ({"explanation": "答" * 201}, "message is too long"),
        ({"explanation": "一\n二\n三\n四"}, "poll explanation has too many line feeds"),
        ({"correct_option_id": 0}, "unknown parameters"),
    ],
)
async def test_a_quiz_is_checked(api: BotApi, change: dict[str, Any], words: str) -> None:
    said = await refusal(api, "sendPoll", **POLL | change)
    assert words in said if words else not said


def article(**change: Any) -> dict[str, Any]:
    whole = {"type": "article", "id": "1", "title": "题", "input_message_content": {"message_text": "文"}}
    return whole | change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, ""),
        ({"results": [article(id=str(number)) for number in range(50)]}, ""),
        ({"results": [article(id=str(number)) for number in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ({"results": [article(id="字" * 22)]}, "RESULT_ID_INVALID"),
        ({"results": [article(title="")]}, "ARTICLE_TITLE_EMPTY"),
        ({"results": [article(input_message_content={"message_text": ""})]}, "message text is empty"),
        ({"results": [article(input_message_content={"message_text": "<b>", "parse_mode": "HTML"})]}, "can't parse"),
        ({"results": [{"type": "article", "id": "1"}]}, "can't find field"),
        ({"button": {"text": "去", "start_parameter": "曹县"}}, "START_PARAM_INVALID"),
        ({"button": {"text": "去"}}, "can't parse inline query results button"),
        ({"next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        ({"inline_query_id": "long ago"}, "query is too old"),
    ],
)
async def test_inline_results_are_checked(api: BotApi, change: dict[str, Any], words: str) -> None:
    query_id = api.private(7).type_inline("养老")
    said = await refusal(api, "answerInlineQuery", **{"inline_query_id": query_id, "results": [article()]} | change)
    assert words in said if words else not said
