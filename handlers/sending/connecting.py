"""Getting to know Telegram: with patience while it cannot be reached, at an end where it does not know the token."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from urllib.parse import urlsplit

from telegram.error import InvalidToken, TelegramError

from handlers.sending.bot import Bot

log = logging.getLogger(__name__)

LONGEST_PAUSE = 30.0  # seconds between attempts to reach Telegram

REJECTED = "Telegram 不认这个令牌（{url}）：请核对令牌，或向 BotFather 要一个新的"
UNREACHABLE = "连不上 Telegram（{url}）：{error}；{pause:.0f} 秒后再试"


class CannotRun(Exception):
    """The program ends; its text says why, and what to do."""


class Rejected(CannotRun):
    """Telegram does not know the token. Its text holds no token, unlike that of the library's InvalidToken."""


async def connect(bot: Bot) -> bool:
    """Get to know Telegram, with patience as long as it cannot be reached."""
    pause = 1.0
    while not bot.met:
        try:
            await bot.initialize()
        except InvalidToken:
            raise
        except TelegramError as error:
            log.error(UNREACHABLE.format(url=_server(bot), error=error, pause=pause))
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        else:
            log.info("已连上 Telegram：@%s", bot.username)
    return True


async def unless(stop: asyncio.Event, work: Awaitable[object]) -> bool:
    """Do the work, unless `stop` is set before it is done: then it is cancelled. Whether it was done."""
    task = asyncio.ensure_future(work)
    stopped = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((task, stopped), return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()
        done = task.done()
        if not done:
            task.cancel()
        await asyncio.gather(task, stopped, return_exceptions=True)
    if done:
        task.result()
    return done


def rejected(bot: Bot) -> str:
    return REJECTED.format(url=_server(bot))


def _server(bot: Bot) -> str:
    return urlsplit(bot.base_url).netloc
