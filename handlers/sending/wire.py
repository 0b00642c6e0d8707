"""Few answers are on their way at once: so a process that is killed leaves few whose receipt nobody wrote down."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from typing import Any

from telegram.request import HTTPXRequest

from handlers.sending.handling import Handling, current

FAR = 0.04  # seconds for a receipt, from where on waiting for each would make people wait
SIDE_BY_SIDE = 16  # answers on their way at once where Telegram is far
STUCK = 1.0  # seconds after which nobody waits any longer for one that has no receipt
LATEST = 20  # receipts whose quickest says how far away Telegram is, however busy this machine is


class Gate:
    """Lets one through at a time, from its first message until it is written down that it is done; where Telegram is
    far away, several: waiting for each receipt would make everybody wait, and that for the sake of a rare kill.
    """

    def __init__(self) -> None:
        self._inside: dict[int, float] = {}  # since when, by the number of the update
        self._quickest: deque[float] = deque(maxlen=LATEST)
        self._queue = asyncio.Lock()  # fair: first come, first served
        self._left = asyncio.Event()

    async def enter(self, handling: Handling) -> None:
        if handling.on_wire:
            return
        async with self._queue:
            while (rest := self._rest()) > 0:
                self._left.clear()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(rest):
                        await self._left.wait()
            self._inside[handling.update_id] = time.monotonic()
            handling.on_wire = True

    def took(self, seconds: float) -> None:
        """A receipt came after so long."""
        self._quickest.append(seconds)

    def leave(self, handling: Handling) -> None:
        if handling.on_wire:
            handling.on_wire = False
            self._inside.pop(handling.update_id, None)
            self._left.set()

    def _rest(self) -> float:
        """Seconds to wait, at most, until there is room for one more."""
        far = len(self._quickest) == LATEST and min(self._quickest) > FAR
        room = SIDE_BY_SIDE if far else 1
        if len(self._inside) < room:
            return 0.0
        return sorted(self._inside.values())[-room] + STUCK - time.monotonic()


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
        started = time.monotonic()
        code, body = await super().do_request(url, *args, **options)
        self._gate.took(time.monotonic() - started)
        handling.sent = handling.sent or code == 200
        return code, body
