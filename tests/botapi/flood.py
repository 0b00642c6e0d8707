"""Telegram's flood control: what exceeds it is refused with 429 and the seconds to wait.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits: 30 messages a second overall, 1 a second to a chat, 20 a
minute to a group. A message that is refused does not count.
"""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

COUNTED = ("sendmessage", "sendphoto", "senddocument", "editmessagetext")
JITTER = 0.05  # seconds by which what was sent in time may arrive too early


@dataclass
class Flood:
    overall: int = 30
    chat: float = 1.0  # seconds between two messages to a chat
    group: int = 20
    clock: Callable[[], float] = time.monotonic
    passed: int = 0
    refused: int = 0
    _all: deque[float] = field(default_factory=deque)
    _chats: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(lambda: deque(maxlen=100)))

    def wait(self, method: str, given: Mapping[str, str]) -> int:
        """Seconds that the caller has to wait; 0 where the call may pass, which counts it."""
        if method.lower() not in COUNTED or "chat_id" not in given:
            return 0
        now, sent = self.clock(), self._chats[given["chat_id"]]
        while self._all and self._all[0] <= now - 1.0 + JITTER:
            self._all.popleft()
        waits = [0.0]
        if len(self._all) >= self.overall:
            waits.append(self._all[0] + 1.0 - now)
        if sent and sent[-1] > now - self.chat + JITTER:
            waits.append(sent[-1] + self.chat - now)
        if given["chat_id"].startswith("-") and len(sent) >= self.group:
            waits.append(sent[-self.group] + 60.0 - JITTER - now)
        wait = math.ceil(max(waits))
        if wait > 0:
            self.refused += 1
            return wait
        self.passed += 1
        self._all.append(now)
        sent.append(now)
        return 0
