"""Unexpected errors reach the admins: the first of its kind in an hour, as a text file without tokens or questions."""

from __future__ import annotations

import asyncio
import logging
import platform
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path

from telegram import Bot, Update
from telegram.error import TelegramError

from bot import __version__
from bot.logs import mask
from bot.replies import texts_operating as words

log = logging.getLogger(__name__)

HOUR = 3600.0
KINDS = 500  # remembered; the oldest go
LARGEST = 60_000  # characters of a file
HIDDEN = "<message>"
HOUSE = Path(__file__).resolve().parent.parent.parent


class Incidents:
    """`report` returns at once; what it sends is on its way, and a failure to send is a line in the log."""

    def __init__(self, bot: Bot, admins: Callable[[], Collection[int]], clock: Callable[[], float] = time.monotonic):
        self._bot = bot
        self._admins = admins
        self._clock = clock
        self._told: OrderedDict[str, float] = OrderedDict()
        self._sending: set[asyncio.Task[None]] = set()

    def report(self, error: BaseException, code: str, update: object = None) -> None:
        """`code` is what the person saw."""
        kind, now = kind_of(error), self._clock()
        if now - self._told.get(kind, now - 2 * HOUR) < HOUR:
            return
        self._told[kind] = now
        self._told.move_to_end(kind)
        while len(self._told) > KINDS:
            self._told.popitem(last=False)
        task = asyncio.create_task(self._tell(kind, code, described(error, code, update)), name="incident")
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def stop(self) -> None:
        """What is on its way has a second."""
        if self._sending:
            _, late = await asyncio.wait(self._sending, timeout=1.0)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _tell(self, kind: str, code: str, text: str) -> None:
        for admin in sorted(self._admins()):
            try:
                await self._bot.send_document(
                    admin,
                    text.encode("utf-8", "replace"),
                    filename=words.ALARM_FILE.format(code=code),
                    caption=words.ALARM.format(kind=kind, code=code),
                )
            except TelegramError as error:
                log.warning("admin %d could not be told of error %s: %s", admin, code, error)


def kind_of(error: BaseException) -> str:
    """The type of an error and the line of ours that it came through last: KeyError, bot/library.py:51."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(HOUSE)]
    ours = [frame for frame in ours if ".venv" not in frame.filename and "site-packages" not in frame.filename]
    where = f", {Path(ours[-1].filename).relative_to(HOUSE)}:{ours[-1].lineno}" if ours else ""
    return f"{type(error).__name__}{where}"


def described(error: BaseException, code: str, update: object = None) -> str:
    """What helps to mend it: when, where, the traceback; what was said to the bot is left out."""
    head = [
        f"code: {code}",
        f"at: {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC",
        f"version: {__version__}, Python {platform.python_version()}, {platform.system()}",
        f"kind: {kind_of(error)}",
    ]
    if isinstance(update, Update):
        kinds = [name for name in Update.ALL_TYPES if getattr(update, name, None)]
        head.append(f"update: {update.update_id}, {', '.join(kinds)}")
    trace = "".join(traceback.format_exception(error))
    for said in _said(update):
        trace = trace.replace(said, HIDDEN).replace(ascii(said)[1:-1], HIDDEN)
    return mask("\n".join([*head, "", trace[-LARGEST:]]))


def _said(update: object) -> list[str]:
    """What a person wrote, the longest first; single characters would hide half of the traceback."""
    if not isinstance(update, Update):
        return []
    message = update.effective_message
    texts = [message.text, message.caption] if message and not update.callback_query else []
    texts += [update.inline_query.query] if update.inline_query else []
    return sorted((text for text in texts if text and len(text) > 1), key=len, reverse=True)
