"""Logging: one line an event, no token in any of them, and no line forged by what a person typed."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import datetime
from typing import TextIO
from urllib.parse import quote

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
HIDDEN = "<token>"
LONG = 16  # characters from where on half a token can be no other word
QUESTIONS = "youju.questions"  # what people ask, at INFO; silent unless the settings want it
# They log every request at INFO, with its URL; jieba logs its loading.
LOUD = ("httpx", "httpcore", "telegram", "tornado.access", "jieba", "alembic", "aiosqlite", QUESTIONS)
# Below WARNING they log what people say: updates, requests with their texts, rows.
TELLING = ("telegram", "httpcore", "aiosqlite", "asyncpg", "sqlalchemy")

# A bot's number, a colon (as such or escaped in a URL), 35 letters. Counts are bounded, so long digits cost little.
_TOKEN = re.compile(r"\d{6,20}(?::|%3[Aa])[A-Za-z0-9_-]{30,}")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_secrets: set[str] = set()


def hide(token: str) -> None:
    """Masks this token, or another secret, from now on, in any form: escaped, or without the bot's number."""
    _, _, alone = token.partition(":")
    shown = [token, quote(token, safe=""), *([alone] if len(alone) >= LONG else [])]
    _secrets.update(filter(None, shown))


def mask(text: str) -> str:
    """The text without anything that is, or looks like, a bot token."""
    for secret in sorted(_secrets, key=len, reverse=True):  # a whole token before its half
        text = text.replace(secret, HIDDEN)
    return _TOKEN.sub(HIDDEN, text)


def escape(text: str) -> str:
    """Line ends, other control characters and direction marks as \\n, \\x1b, \\u202e: one event stays one line."""
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


class Plain(logging.Formatter):
    """Writes a record as one escaped line, with a traceback indented below it, all of it masked.

    The formatter, not a filter on the message: arguments, exceptions and stacks come together only here.
    """

    def __init__(self) -> None:
        super().__init__(FORMAT)

    def format(self, record: logging.LogRecord) -> str:
        try:
            record.message = record.getMessage()
        except (
            Exception
        ):  # a message that does not fit its arguments; logging's own complaint would print both unmasked
            record.message = f"{record.msg} {record.args!r}"
        record.asctime = self.formatTime(record, self.datefmt)
        lines = [escape(self.formatMessage(record))]
        if record.exc_info:
            lines += self.formatException(record.exc_info).split("\n")
        if record.stack_info:
            lines += self.formatStack(record.stack_info).split("\n")
        return mask("\n    ".join([lines[0], *map(escape, lines[1:])]))


class Lines(Plain):
    """Writes a record as one JSON object a line, for programs that collect logs; masked as in the other form.

    at: ISO 8601 with offset; level, logger, message; trace: the traceback or stack, where there is one.
    """

    def format(self, record: logging.LogRecord) -> str:
        _, *trace = super().format(record).split("\n    ")
        shown = {
            "at": datetime.fromtimestamp(record.created).astimezone().isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": mask(escape(record.message)),
        }
        return json.dumps(shown | ({"trace": "\n".join(trace)} if trace else {}), ensure_ascii=False)


def set_up(
    level: str = "INFO", token: str = "", stream: TextIO | None = None, *, form: str = "text", questions: bool = False
) -> None:
    """Sends all logging to `stream` (standard error), from `level` up; replaces what was set up before.

    `form` is text, json, or auto: text on a terminal and JSON elsewhere. Unless `questions`, what people say is kept
    out of the log even at DEBUG, where the libraries show updates and what is written to the database.
    """
    hide(token)
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines() if form == "json" or (form == "auto" and not stream.isatty()) else Plain())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.DEBUG if level == "DEBUG" else logging.WARNING)
    for name in () if questions else TELLING:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger(QUESTIONS).setLevel(logging.INFO if questions else logging.WARNING)
    logging.captureWarnings(True)
