"""The library's bot, silent about its token, and telling when the token is revoked while it runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from telegram import Update
from telegram.error import InvalidToken
from telegram.ext import ExtBot

from handlers.sending.limiter import Turn
from handlers.sending.transport import Transport

if TYPE_CHECKING:
    from handlers.sending.gallery import Gallery

Json = dict[str, Any]


class Keeper(Protocol):
    """Where what is polled is read and written down (handlers.arriving.inbox)."""

    async def room(self) -> None: ...
    async def receive(self, contents: Sequence[Json], bot: Bot) -> tuple[Update, ...]: ...


class Polled(Transport):
    """The connection for getUpdates: what comes is kept as it came; the library, which would stumble over one that it
    cannot read, gets the numbers alone."""

    def __init__(self, connections: int, *, trust_env: bool = True) -> None:
        super().__init__(connections, trust_env=trust_env)
        self._contents: Sequence[Json] = ()

    def parse_json_payload(self, payload: bytes) -> Json:  # type: ignore[override]  # called of an instance
        answer = Transport.parse_json_payload(payload)
        if isinstance(contents := answer.get("result"), list):
            self._contents = contents
            answer["result"] = [{"update_id": content["update_id"]} for content in contents]
        return answer

    def taken(self) -> Sequence[Json]:
        """What came with the last answer, once."""
        contents, self._contents = self._contents, ()
        return contents


class Bot(ExtBot[Turn]):
    """`rejected` is set once Telegram no longer knows the token; the library only ends its polling then."""

    def __init__(self, token: str, *, polled: Polled | None = None, **options: Any) -> None:
        super().__init__(token, get_updates_request=polled, **options)
        self._polled = polled
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
        """Where what is polled goes, all of a batch at once; `on_poll` hears of each poll that succeeds."""
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
        contents = self._polled.taken() if self._polled else ()
        return await self._keeper.receive(contents, self) if self._keeper and contents else updates
