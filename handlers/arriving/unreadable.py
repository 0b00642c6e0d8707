"""An update that the library cannot read is passed over: else it comes again and again and holds up all others."""

from __future__ import annotations

import datetime
import json
import logging
from typing import Any

from telegram import Bot, Update

from handlers.sending.transport import Transport

log = logging.getLogger(__name__)

Json = dict[str, Any]


class Readable(Transport):
    """The connection for getUpdates. In place of what cannot be read comes an update that holds nothing."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> Json:
        answer = Transport.parse_json_payload(payload)
        updates = answer.get("result")
        if isinstance(updates, list):
            answer["result"] = [
                update if _readable(update) else {"update_id": update["update_id"]} for update in updates
            ]
        return answer


def read(content: Json, bot: Bot | None) -> Update:
    """An update from its JSON. Raises whatever the library does with a field that it does not expect; ValueError for a
    message without a date, which the library lets pass, and cannot read again once it was written."""
    update = Update.de_json(content, bot)
    message = update.effective_message
    if message is not None and message.date is None:
        raise ValueError("a message without a date")
    return update


def _readable(update: Json) -> bool:
    try:
        read(update, None)
    except Exception as error:
        log.error("update %s cannot be read and is passed over: %s", update["update_id"], type(error).__name__)
        return False
    return True


def written(update: Update) -> str:
    """An update as JSON that Update.de_json reads. The library's own fails at the date of an inaccessible message."""
    return json.dumps(update.to_dict(), default=_seconds)


def _seconds(value: object) -> int:
    if isinstance(value, datetime.datetime):
        return int(value.timestamp())
    raise TypeError(type(value).__name__)
