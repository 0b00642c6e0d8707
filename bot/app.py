"""The Telegram application is put together here, and run until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from telegram.error import InvalidToken

from bot import logs
from bot.aside import in_thread
from bot.config import Settings
from bot.faults import ConfigError
from bot.state import State, StateError
from handlers.sending.bot import Bot, Polled
from handlers.sending.connecting import CannotRun, Rejected, connect, rejected, unless
from handlers.sending.limiter import Limiter, Limits
from handlers.sending.mailroom import Mailroom, mailroom
from handlers.sending.wire import Gate, Wire

if TYPE_CHECKING:
    from bot.editions import Editions
    from bot.library import Library
    from handlers import App

log = logging.getLogger(__name__)

CONNECTIONS = 32

MISSING = "没有令牌：请把 BotFather 给的令牌放进环境变量 YOUJU_TOKEN，或用 token_file 指明只有自己能读的令牌文件"
NO_STATE = "{error}；照常回答，但不能订阅，也不发通知"
NO_REPORTS = "文件夹 {folder} 里没有读得了的报告，现在什么都答不上。请把报告文件直接发给我，或放进文件夹再发 /reload。"
NO_URL = 'telegram.mode = "webhook" 要在 [telegram.webhook] 里写明 url'


def run(settings: Settings) -> int:
    """Answer in Telegram until SIGTERM or SIGINT. Returns the exit status; a fault is one line on standard error."""
    try:
        token = settings.token
        if settings.telegram.mode == "webhook" and settings.webhook_secret and not settings.telegram.webhook.url:
            raise ConfigError(NO_URL)
    except ConfigError as error:
        return _give_up(str(error))
    if token is None:
        return _give_up(MISSING)
    told = settings.log
    logs.set_up(told.level, token.get_secret_value(), form=told.format, questions=told.questions)
    try:
        asyncio.run(_run(settings))
    except CannotRun as error:
        return _give_up(str(error))
    return 0


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is at work before the reports are read: what waits in the outbox need not wait for them, too."""

    bot: Bot
    room: Mailroom | None

    @classmethod
    def of(cls, settings: Settings, state: State | None) -> Self:
        """Not yet connected. Raises ConfigError without a token."""
        bot = _bot(settings)
        return cls(bot, mailroom(bot, state, settings) if state else None)

    async def begin(self) -> None:
        """Connect, and send what waits. Raises Rejected where the token is not known."""
        try:
            await connect(self.bot)
        except InvalidToken:
            raise Rejected(rejected(self.bot)) from None
        if self.room:
            self.room.start()

    async def end(self) -> None:
        if self.room:
            await self.room.stop()
        await self.bot.shutdown()


def build(
    settings: Settings,
    get_library: Callable[[], Library],
    state: State | None = None,
    editions: Editions | None = None,
    ahead: Ahead | None = None,
) -> App:
    """The application with its handlers, around what may be at work already. Raises ConfigError without a token.

    Without a state nobody can subscribe and nothing is announced; without editions what is in force stays in force.
    """
    from handlers.assembling import assemble

    ahead = ahead or Ahead.of(settings, state)
    return assemble(settings, ahead.bot, get_library, state, editions, ahead.room)


def _bot(settings: Settings) -> Bot:
    if settings.token is None:
        raise ConfigError(MISSING)
    loopback = urlsplit(settings.telegram.base_url).hostname in ("127.0.0.1", "::1", "localhost")
    proxied = not loopback  # a proxy of the environment does not lead to this machine
    return Bot(
        settings.token.get_secret_value(),
        base_url=_until_token(settings.telegram.base_url),
        base_file_url=_until_token(settings.telegram.base_file_url),
        polled=Polled(2, trust_env=proxied),
        request=Wire(Gate(), CONNECTIONS, trust_env=proxied),
        rate_limiter=Limiter(Limits(overall=settings.telegram.per_second)),
    )


@asynccontextmanager
async def sending(settings: Settings, get_library: Callable[[], Library], state: State) -> AsyncIterator[Mailroom]:
    """Connected to send, not to answer: what `youju announce` needs. Raises ConfigError, or Rejected for the token."""
    application = build(settings, get_library, state)
    room = application.bot_data.mailroom
    if room is None:
        raise ConfigError(MISSING)
    try:
        await connect(application.bot)
        yield room
    except InvalidToken:
        raise Rejected(rejected(application.bot)) from None
    finally:
        await application.bot.shutdown()


async def _run(settings: Settings) -> None:
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows: Ctrl-C ends the program as it is
            asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    state, trouble = await _open_state(settings)
    ahead = Ahead.of(settings, state)
    beginning = asyncio.create_task(ahead.begin(), name="beginning")
    loading = in_thread(lambda: _load(settings))
    try:
        if await unless(stop, asyncio.wait((loading,))) and await unless(stop, beginning):
            get_library, editions = loading.result()
            log.info("收录报告 %d 份", len(get_library().reports))
            troubles = [trouble] if trouble else []
            if not get_library().reports:
                troubles.append(NO_REPORTS.format(folder=settings.reports.name))
            for trouble in troubles:
                log.error("%s", trouble)
            from handlers.serving import serve

            warm = partial(in_thread, get_library().warm)  # half a second of work, which those who wait would feel
            await serve(build(settings, get_library, state, editions, ahead), stop, troubles, warm)
    finally:
        beginning.cancel()
        await asyncio.gather(beginning, return_exceptions=True)
        await ahead.end()
        if state:
            await state.close()


async def _open_state(settings: Settings) -> tuple[State | None, str]:
    """The state; where it cannot be opened, since answers need none, None and why."""
    try:
        return await State.open(settings.data, settings.state.url), ""
    except StateError as error:
        return None, NO_STATE.format(error=error)


def _load(settings: Settings) -> tuple[Callable[[], Library], Editions | None]:
    """What gives the library in force: the editions, or the reports as they are where there can be none. All that
    answers is brought in here as well, off the event loop. Raises CannotRun for a folder that is none."""
    import handlers.serving  # noqa: F401
    from bot.operating import load_library, open_editions
    from bot.reports.model import ReportError

    try:
        if editions := open_editions(settings):
            return lambda: editions.library, editions
        library = load_library(settings)
        return lambda: library, None
    except ReportError as error:
        raise CannotRun(str(error)) from None


def _until_token(url: str) -> str:
    """The address up to where the token follows: with or without /bot at its end as people write it."""
    url = url.rstrip("/")
    return url if url.endswith("/bot") else f"{url}/bot"


def _give_up(fault: str) -> int:
    sys.stderr.write(f"{fault}\n")
    return 1
