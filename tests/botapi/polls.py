"""Polls: quizzes with one right answer. By https://core.telegram.org/bots/api#sendpoll (10.1)."""

from __future__ import annotations

import itertools

from .checks import keyboard
from .entities import utf16
from .errors import bad
from .messages import sent
from .methods import Given, method
from .world import Json, World

LONGEST_QUESTION, LONGEST_OPTION, LONGEST_EXPLANATION = 300, 100, 200
MOST_OPTIONS = 12
MOST_LINE_FEEDS = 2  # of an explanation

_poll_ids = itertools.count(1)


@method(
    "sendPoll",
    chat_id="chat!",
    question="string!",
    options="array!",
    type="string",
    is_anonymous="boolean",
    allows_multiple_answers="boolean",
    correct_option_ids="array",
    explanation="string",
    explanation_parse_mode="string",
    message_thread_id="integer",
    disable_notification="boolean",
    protect_content="boolean",
    reply_parameters="reply",
    reply_markup="object",
)
def send_poll(world: World, given: Given) -> Json:
    if given.get("type", "regular") not in ("regular", "quiz"):
        raise bad("unknown poll type")
    poll = {
        "id": str(next(_poll_ids)),
        "question": _text(given["question"], LONGEST_QUESTION, "poll question"),
        "options": _options(given["options"]),
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": given.get("is_anonymous", True),
        "type": given.get("type", "regular"),
        "allows_multiple_answers": given.get("allows_multiple_answers", False),
        "allows_revoting": given.get("type") != "quiz",
        "members_only": False,
    }
    if poll["type"] == "quiz":
        poll |= _quiz(given, len(poll["options"]))
    markup = {"reply_markup": keyboard(given["reply_markup"])} if "reply_markup" in given else {}
    return sent(world, given, {"poll": poll} | markup)


def _text(text: str, most: int, what: str) -> str:
    if not text.strip():
        raise bad(f"{what} must be non-empty")
    if utf16(text) > most:
        raise bad(f"{what} length must not exceed {most}")
    return text.strip()


def _options(options: list[Json]) -> list[Json]:
    if not 1 <= len(options) <= MOST_OPTIONS:
        raise bad(f"poll can't have more than {MOST_OPTIONS} options" if options else "poll must have an option")
    if any({"text"} != option.keys() for option in options):
        raise bad("can't parse poll option: a text and nothing else is known here")
    texts = [_text(option["text"], LONGEST_OPTION, "poll option") for option in options]
    return [{"persistent_id": str(at), "text": text, "voter_count": 0} for at, text in enumerate(texts)]


def _quiz(given: Given, count: int) -> Json:
    """What a quiz has beside: which options are right, and why."""
    right = given.get("correct_option_ids")
    if not right:
        raise bad("quiz must have a correct option")
    if right != sorted(set(right)) or not 0 <= right[0] <= right[-1] < count:
        raise bad("wrong correct option ID specified")
    explanation = given.get("explanation", "")
    if utf16(explanation) > LONGEST_EXPLANATION:
        raise bad("message is too long")
    if explanation.count("\n") > MOST_LINE_FEEDS:
        raise bad("poll explanation has too many line feeds")
    return {"correct_option_ids": right} | ({"explanation": explanation} if explanation else {})
