"""The types of the Bot API's parameters, and what a keyboard may hold.

A form carries every value as text; a check turns it into its value or raises ValueError with what is wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from .errors import bad

LONGEST_CALLBACK = 64  # bytes
MOST_BUTTONS = 100
MOST_IN_A_ROW = 8


def _integer(value: str) -> int:
    if not re.fullmatch(r"-?\d{1,19}", value):
        raise ValueError("must be an Integer")
    return int(value)


def _boolean(value: str) -> bool:
    if value.lower() not in ("true", "false"):
        raise ValueError("must be a Boolean")
    return value.lower() == "true"


def _chat(value: str) -> int | str:
    return value if value.startswith("@") else _integer(value)


def _json(kind: type, name: str) -> Callable[[str], Any]:
    def check(value: str) -> Any:
        try:
            found = json.loads(value)
        except json.JSONDecodeError as error:
            raise ValueError(f"can't be parsed as JSON: {error}") from error
        if not isinstance(found, kind):
            raise ValueError(f"must be {name}")
        return found

    return check


_array = _json(list, "an Array")
_object = _json(dict, "an Object")


def _strings(value: str) -> list[str]:
    found = _array(value)
    if not all(isinstance(item, str) for item in found):
        raise ValueError("must be an Array of String")
    return list(found)


def _shaped(required: Mapping[str, type], optional: Mapping[str, type]) -> Callable[[str], dict[str, Any]]:
    """An object with these fields and no others."""

    def check(value: str) -> dict[str, Any]:
        found: dict[str, Any] = _object(value)
        for name in required:
            if name not in found:
                raise ValueError(f'must have the field "{name}"')
        for name, item in found.items():
            kind = {**required, **optional}.get(name)
            if kind is None:
                raise ValueError(f'has an unknown field "{name}"')
            if type(item) is not kind:
                raise ValueError(f'has a field "{name}" that is not {kind.__name__}')
        return found

    return check


KINDS: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": _integer,
    "boolean": _boolean,
    "chat": _chat,  # Integer or @name
    "strings": _strings,
    "array": _array,
    "object": _object,
    "reply": _shaped(
        {"message_id": int},
        {
            "chat_id": int,
            "allow_sending_without_reply": bool,
            "quote": str,
            "quote_parse_mode": str,
            "quote_entities": list,
            "quote_position": int,
        },
    ),
    "preview": _shaped(
        {},
        {
            "is_disabled": bool,
            "url": str,
            "prefer_small_media": bool,
            "prefer_large_media": bool,
            "show_above_text": bool,
        },
    ),
}


def convert(kinds: Mapping[str, str], given: Mapping[str, str]) -> dict[str, Any]:
    """The values of a call by the kinds of its method (`name: kind`, with `!` where required)."""
    unknown = given.keys() - kinds.keys()
    if unknown:
        raise bad(f"unknown parameters: {', '.join(sorted(unknown))}")
    values = {}
    for name, kind in kinds.items():
        if name not in given:
            if kind.endswith("!"):
                raise bad(f'parameter "{name}" is required')
            continue
        try:
            values[name] = KINDS[kind.rstrip("!")](given[name])
        except ValueError as error:
            raise bad(f'parameter "{name}" {error}') from error
    return values


# https://core.telegram.org/bots/api#inlinekeyboardbutton; exactly one of those that do something is given
_LOOKS = {"text", "style", "icon_custom_emoji_id"}
_DOES = {"url", "callback_data", "switch_inline_query", "switch_inline_query_current_chat", "copy_text", "web_app"}


def keyboard(markup: dict[str, Any]) -> dict[str, Any]:
    """Refuse an inline keyboard that Telegram would refuse. Other markups (reply keyboards) pass as they are."""
    rows = markup.get("inline_keyboard")
    if rows is None:
        return markup
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad("can't parse inline keyboard: expected an Array of Array of InlineKeyboardButton")
    if any(not 1 <= len(row) <= MOST_IN_A_ROW for row in rows):
        raise bad(f"a row of buttons holds 1 to {MOST_IN_A_ROW}")
    if unknown := markup.keys() - {"inline_keyboard"}:
        raise bad(f"unknown fields of an inline keyboard: {sorted(unknown)}")
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise bad("reply markup is too long")
    for button in buttons:
        _check_button(button)
    return markup


def _check_button(button: dict[str, Any]) -> None:
    if not isinstance(button.get("text"), str):
        raise bad("can't parse inline keyboard button: can't find field \"text\"")
    if not button["text"].strip():
        raise bad("inline keyboard button text must be non-empty")
    if unknown := button.keys() - _LOOKS - _DOES:
        raise bad(f"unknown fields of an inline keyboard button: {sorted(unknown)}")
    if len(_DOES & button.keys()) != 1:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= LONGEST_CALLBACK:
        raise bad("BUTTON_DATA_INVALID")
    if "url" in button and not re.match(r"(https?|tg)://\S+$", button["url"]):
        raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
