"""How updates come in: fetched here by polling, or brought by Telegram (handlers.arriving.webhook)."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any, Protocol

from telegram.error import Conflict, NetworkError, TelegramError

from handlers.arriving.ages import Ages
from handlers.sending.connecting import CannotRun
from handlers.watching.alarm import Alarm

if TYPE_CHECKING:
    from handlers.furnishing import App

log = logging.getLogger(__name__)

POLL = 10  # seconds that getUpdates waits for something to happen
REMIND = 60.0  # seconds before the same trouble is logged again
LONG = 60.0  # seconds without Telegram that the admins are told of, afterwards

CONFLICT = "另一个程序正用同一个令牌收消息（409 Conflict）：请停掉其中一个；这边会继续试"
NO_CONFLICT = "没有别的程序再用同一个令牌收消息了"
AWAY = "有 {minutes} 分钟收不到 Telegram 的消息（{error}），现在已恢复"


class CannotListen(CannotRun):
    """The port or the socket for the webhook cannot be had."""


class Receiver(Protocol):
    """`start` raises CannotListen."""

    async def start(self, application: App, allowed_updates: tuple[str, ...]) -> None: ...
    async def stop(self) -> None: ...


class Polling:
    """What goes wrong is one line each in the log, the same one at most once a minute."""

    def __init__(self, alarm: Alarm, ages: Ages) -> None:
        self._alarm = alarm
        self._ages = ages
        self._told: dict[str, float] = {}
        self._away_since: float | None = None
        self._last_error = ""
        self._updater: Any = None
        self.last = time.monotonic()  # when a getUpdates succeeded

    async def start(self, application: App, allowed_updates: tuple[str, ...]) -> None:
        self._updater = application.updater
        await self._updater.start_polling(
            timeout=POLL, bootstrap_retries=-1, allowed_updates=allowed_updates, error_callback=self.complain
        )

    async def stop(self) -> None:
        if self._updater is not None and self._updater.running:
            await self._updater.stop()

    def complain(self, error: TelegramError) -> None:
        """A getUpdates failed; the library goes on trying."""
        now = time.monotonic()
        self._ages.away()
        if isinstance(error, Conflict):
            self._alarm.tell("conflict", CONFLICT)
        elif self._away_since is None:
            self._away_since = now
        self._last_error = str(error)
        trouble = CONFLICT if isinstance(error, Conflict) else f"收不到消息：{error}；会继续试"
        if now - self._told.get(trouble, -REMIND) >= REMIND:
            self._told[trouble] = now
            log.log(logging.WARNING if isinstance(error, NetworkError) else logging.ERROR, trouble)

    def polled(self) -> None:
        """A getUpdates succeeded."""
        self.last = time.monotonic()
        self._alarm.clear("conflict", NO_CONFLICT)
        if self._away_since is not None:
            away, self._away_since = time.monotonic() - self._away_since, None
            self._ages.away()
            if away >= LONG:
                self._alarm.once(AWAY.format(minutes=round(away / 60), error=self._last_error))
