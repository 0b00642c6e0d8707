"""How old a question is, without trust in this machine's clock."""

from __future__ import annotations

import time
from collections.abc import Callable

from telegram import Update

CATCHING_UP = 60.0  # seconds after being away in which old questions are expected


class Ages:
    """A question is late if it waited longer than `limit` seconds (0: none is) while the bot was away.

    Only shortly after a start, or after Telegram could not be reached, is a question's date looked at: a clock that is
    wrong must not make the bot believe for good that all are late. A clock that jumps while it runs changes nothing.
    """

    def __init__(
        self, limit: float, wall: Callable[[], float] = time.time, clock: Callable[[], float] = time.monotonic
    ):
        self.limit = limit
        self._clock = clock
        self._offset = wall() - clock()
        self._until = clock() + CATCHING_UP

    def away(self) -> None:
        """Telegram cannot be reached just now."""
        self._until = self._clock() + CATCHING_UP

    def late(self, update: Update, waited_since: float | None = None) -> bool:
        """`waited_since`: when this process got to know of it, by the clock that does not jump."""
        if self.limit <= 0:
            return False
        now = self._clock()
        if waited_since is not None and now - waited_since > self.limit:
            return True
        message = update.message
        if message is None or (now > self._until and (waited_since is None or waited_since > self._until)):
            return False
        return now + self._offset - message.date.timestamp() > self.limit
