"""While Telegram cannot be reached, one update tries for all: the others wait until it gets through."""

from __future__ import annotations

import asyncio
import contextlib

from handlers.sending.handling import Handling


class Outage:
    """On from the first update that was cut off until something gets through.

    Should the one that tries for all be given up, all try once more, and the next that is cut off takes its place.
    """

    def __init__(self) -> None:
        self._probe: Handling | None = None
        self._over = asyncio.Event()
        self._over.set()

    async def over(self) -> None:
        """Wait as long as it lasts."""
        await self._over.wait()

    async def pause(self, handling: Handling) -> None:
        """After being cut off: the first to be so waits for its own pause, the others until it is over."""
        self._probe = self._probe or handling
        self._over.clear()
        patience = handling.pause if handling is self._probe else None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._over.wait()

    def leave(self, handling: Handling) -> None:
        """It was not cut off, or is given up."""
        if handling is self._probe or handling.sent:
            self.end()

    def end(self) -> None:
        self._probe = None
        self._over.set()
