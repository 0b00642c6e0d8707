"""The library's bot, silent about its token, and telling when the token is revoked while it runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from telegram import Update
from telegram.error import InvalidToken
from telegram.ext import ExtBot

from handlers.sending.limiter import Turn

if TYPE_CHECKING:
    from handlers.sending.gallery import Gallery


class Keeper(Protocol):
    """Where what is polled is written down (handlers.arriving.inbox)."""

    async def room(self) -> None: ...
    async def keep(self, updates: Sequence[Update]) -> None: ...


class Bot(ExtBot[Turn]):
    """`rejected` is set once Telegram no longer knows the token; the library only ends its polling then."""

    def __init__(self, token: str, **options: Any) -> None:
        super().__init__(token, **options)
        self._rejected = asyncio.Event()
        self._gallery: Gallery | None = None
        self._keeper: Keeper | None = None
        self._on_poll: Callable[[], None] | None = None

    @property
    def met(self) -> bool:
        """Whether Telegram has told who it is."""
        return self._bot_user is not None

    @property
    def gallery(self) -> Gallery | None:
        """Where pictures are drawn and remembered; None: replies are sent as text."""
        return self._gallery

    def hang(self, gallery: Gallery) -> None:
        """From now on replies are sent with their pictures."""
        self._gallery = gallery

    @property
    def rejected(self) -> asyncio.Event:
        return self._rejected

    def __repr__(self) -> str:
        return f"Bot[@{self._bot_user.username}]" if self._bot_user else "Bot[]"

    def deliver_to(self, keeper: Keeper, on_poll: Callable[[], None]) -> None:
        """From now on what is polled is written down, all of a batch at once; `on_poll` hears of each that succeeds."""
        self._keeper, self._on_poll = keeper, on_poll

    async def get_updates(self, *args: Any, **options: Any) -> tuple[Update, ...]:
        if self._keeper is not None:
            await self._keeper.room()
        try:
            updates = await super().get_updates(*args, **options)
        except InvalidToken:
            self._rejected.set()
            raise
        if self._on_poll is not None:
            self._on_poll()
        if self._keeper is not None and updates:
            await self._keeper.keep(updates)
        return updates
