"""Inline mode: a person types @bot and words in any chat, and the bot answers with results to choose from.

By https://core.telegram.org/bots/api#answerinlinequery and #inlinequeryresultarticle. Results are kept for their
`cache_time` as on Telegram's servers, so that a test can see a stale one.
"""

from __future__ import annotations

import re

from .checks import keyboard
from .entities import parse
from .errors import bad
from .methods import Given, method
from .world import Json, World

MOST_RESULTS = 50
LONGEST_ID = 64  # bytes
ARTICLE = {"type", "id", "title", "input_message_content"}
OPTIONAL = {"reply_markup", "url", "description", "thumbnail_url", "thumbnail_width", "thumbnail_height"}
CONTENT = {"message_text", "parse_mode", "entities", "link_preview_options"}


@method(
    "answerInlineQuery",
    inline_query_id="string!",
    results="array!",
    cache_time="integer",
    is_personal="boolean",
    next_offset="string",
    button="object",
)
def answer_inline_query(world: World, given: Given) -> bool:
    if given["inline_query_id"] not in world.queries:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if len(given["results"]) > MOST_RESULTS:
        raise bad("RESULTS_TOO_MUCH")
    if given.get("cache_time", 300) < 0 or len(given.get("next_offset", "").encode()) > LONGEST_ID:
        raise bad("NEXT_OFFSET_INVALID")
    if "button" in given:
        _check_button(given["button"])
    ids = [_checked(result)["id"] for result in given["results"]]
    if len(set(ids)) != len(ids):
        raise bad("RESULT_ID_DUPLICATE")
    world.queries.discard(given["inline_query_id"])
    world.changed()
    return True


def _checked(result: Json) -> Json:
    """An article, the only kind this bot sends; its message is parsed as if it were sent."""
    if result.get("type") != "article":
        raise bad("can't parse inline query result: only articles are known here")
    if missing := ARTICLE - result.keys():
        raise bad(f"can't parse inline query result: can't find field {sorted(missing)[0]!r}")
    if unknown := result.keys() - ARTICLE - OPTIONAL:
        raise bad(f"unknown field of an inline query result: {sorted(unknown)[0]!r}")
    if not 1 <= len(result["id"].encode()) <= LONGEST_ID:
        raise bad("RESULT_ID_INVALID")
    if not result["title"].strip():
        raise bad("ARTICLE_TITLE_EMPTY")
    content = result["input_message_content"]
    if unknown := content.keys() - CONTENT:
        raise bad(f"unknown field of a message content: {sorted(unknown)[0]!r}")
    parse(content["message_text"], content.get("parse_mode", ""))
    if "reply_markup" in result:
        keyboard(result["reply_markup"])
    return result


def _check_button(button: Json) -> None:
    if not button.get("text", "").strip() or len({"web_app", "start_parameter"} & button.keys()) != 1:
        raise bad("can't parse inline query results button")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button.get("start_parameter", "x")):
        raise bad("START_PARAM_INVALID")
