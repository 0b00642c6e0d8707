"""Answers go out one after another: so a process that is killed leaves at most one whose receipt nobody wrote down."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Any

from telegram.request import HTTPXRequest

from handlers.handling import Handling, current

SPACING = 1 / 30  # seconds after which the next need not wait: Telegram takes no more than 30 messages a second


class Gate:
    """Lets one through at a time, from its first message until it is written down that it is done.

    Where Telegram is slow to answer, several are on their way, at Telegram's own rate: waiting for each receipt would
    make everybody wait.
    """

    def __init__(self, spacing: float = SPACING) -> None:
        self._spacing = spacing
        self._inside = 0
        self._last = 0.0
        self._queue = asyncio.Lock()  # fair: first come, first served
        self._empty = asyncio.Event()
        self._empty.set()

    async def enter(self, handling: Handling) -> None:
        if handling.on_wire:
            return
        async with self._queue:
            rest = self._last + self._spacing - time.monotonic()
            if self._inside and rest > 0:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(rest):
                        await self._empty.wait()
            self._inside += 1
            self._last = time.monotonic()
            self._empty.clear()
            handling.on_wire = True

    def leave(self, handling: Handling) -> None:
        if handling.on_wire:
            handling.on_wire = False
            self._inside -= 1
            if not self._inside:
                self._empty.set()


class Wire(HTTPXRequest):
    """The library's requests; a message that answers somebody passes the gate."""

    def __init__(self, gate: Gate, **options: Any) -> None:
        super().__init__(**options)
        self._gate = gate

    async def do_request(self, url: str, *args: Any, **options: Any) -> tuple[int, bytes]:
        handling = current.get()
        method = url.rpartition("/")[2]
        if handling is None or not method.startswith("send") or method == "sendChatAction":
            return await super().do_request(url, *args, **options)
        await self._gate.enter(handling)
        code, body = await super().do_request(url, *args, **options)
        handling.sent = handling.sent or code == 200
        return code, body
