"""An update that the library cannot read is passed over: else it comes again and again and holds up all others."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import Any

from telegram import Bot, Update

log = logging.getLogger(__name__)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Delivered:
    """An update, and the JSON in which it came: what is written down, and read again after a restart."""

    update: Update
    content: str


def read(content: Json, bot: Bot | None) -> Delivered:
    """An update from its JSON. Raises whatever the library does with a field that it does not expect; ValueError for a
    message without a date, which the library lets pass."""
    update = Update.de_json(content, bot)
    message = update.effective_message
    if message is not None and message.date is None:
        raise ValueError("a message without a date")
    return Delivered(update, json.dumps(content))


def readable(content: Json, bot: Bot | None) -> Delivered:
    """The same; in place of what cannot be read comes an update that holds nothing."""
    try:
        return read(content, bot)
    except Exception as error:
        log.error("update %s cannot be read and is passed over: %s", content["update_id"], type(error).__name__)
        return read({"update_id": content["update_id"]}, bot)
