"""Few answers are on their way at once: so a process that is killed leaves few whose receipt nobody wrote down."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Any

from handlers.sending.handling import Handling, current
from handlers.sending.transport import Transport

FAR = 0.04  # seconds for a receipt, from where on waiting for each would make people wait
SIDE_BY_SIDE = 24  # answers on their way at once where Telegram is far
STUCK = 1.0  # seconds after which nobody waits any longer for one that has no receipt
SURE = 5  # receipts in a row that were far, since one may be late for many reasons, and only one be quick

# What a receipt repeats of the message that was sent: nobody reads it, and the library takes longer to make objects of
# a keyboard than we to find the answer.
REPEATED = frozenset({"text", "caption", "entities", "caption_entities", "reply_markup", "reply_to_message"})


class Gate:
    """Lets one through at a time, from its first message until it is written down that it is done; where Telegram is
    far away, several: waiting for each receipt would make everybody wait, and that for the sake of a rare kill.
    """

    def __init__(self) -> None:
        self._inside: dict[int, float] = {}  # since when, by the number of the update
        self._late = 0  # receipts in a row that came from far away
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

    def took(self, seconds: float, busy: float) -> None:
        """A receipt came after so long, of which this machine was busy with other things for `busy` seconds."""
        if seconds < FAR:
            self._late = 0
        elif seconds - busy > FAR:
            self._late += 1

    @property
    def far(self) -> bool:
        return self._late >= SURE

    @property
    def room(self) -> int:
        """How many it lets be on their way at once."""
        return SIDE_BY_SIDE if self.far else 1

    def leave(self, handling: Handling) -> None:
        if handling.on_wire:
            handling.on_wire = False
            self._inside.pop(handling.update_id, None)
            self._left.set()

    def _rest(self) -> float:
        """Seconds to wait, at most, until there is room for one more."""
        if len(self._inside) < self.room:
            return 0.0
        return sorted(self._inside.values())[-self.room] + STUCK - time.monotonic()


class Wire(Transport):
    """The library's requests; a message that answers somebody passes the gate."""

    def __init__(self, gate: Gate, connections: int, *, trust_env: bool = True) -> None:
        super().__init__(connections, trust_env=trust_env)
        self.gate = gate

    async def do_request(self, url: str, *args: Any, **options: Any) -> tuple[int, bytes]:
        method = url.rpartition("/")[2]
        answers = method.startswith("send") and method != "sendChatAction"
        handling = current.get() if answers else None
        if handling is None:
            return await super().do_request(url, *args, **options)
        await self.gate.enter(handling)
        started, busy = time.monotonic(), time.process_time()
        code, body = await super().do_request(url, *args, **options)
        self.gate.took(time.monotonic() - started, time.process_time() - busy)
        handling.sent = handling.sent or code == 200
        return code, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        answer = Transport.parse_json_payload(payload)
        if isinstance(receipt := answer.get("result"), dict) and "message_id" in receipt:
            answer["result"] = {name: value for name, value in receipt.items() if name not in REPEATED}
        return answer
