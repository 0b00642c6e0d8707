"""What Telegram asks to be sent later is sent later, and what the network lost is sent again."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

log = logging.getLogger(__name__)

os.environ.setdefault("PTB_TIMEDELTA", "1")  # the library's coming type of retry_after; without this it warns each time

Json = dict[str, Any]
Result = bool | Json | list[Json]

LONGEST_WAIT = 60.0  # seconds; who asked will not wait longer for an answer
PAUSES = (0.5, 2.0)  # seconds before the second and the third attempt after a fault of the network or the server


class Patience(BaseRateLimiter[None]):
    """Every call but getUpdates goes through here.

    After a 429 the call waits for as long as Telegram says. A message whose receipt was lost (a time-out) is sent
    again: an answer seen twice is better than none.
    """

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Result]],
        args: Any,
        kwargs: Json,
        endpoint: str,
        data: Json,
        rate_limit_args: None,
    ) -> Result:
        for pause in PAUSES:
            try:
                return await callback(*args, **kwargs)
            except BadRequest:  # counted among the network's errors by the library, but final
                raise
            except RetryAfter as error:
                pause = seconds(error)
                if pause > LONGEST_WAIT:
                    raise
                log.warning("%s: Telegram asks for %.1f s of patience", endpoint, pause)
            except NetworkError as error:
                log.warning("%s: %s, trying again in %.1f s", endpoint, error, pause)
            await asyncio.sleep(pause)
        return await callback(*args, **kwargs)


def seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return float(after) if isinstance(after, int) else after.total_seconds()
