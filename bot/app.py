"""The Telegram application is put together here, and run until it is told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from telegram.error import InvalidToken
from telegram.ext import Application, ContextTypes

from bot import logs
from bot.announcements.office import Office
from bot.aside import in_thread
from bot.config import Settings
from bot.control import Control
from bot.faults import ConfigError
from bot.live import Live
from bot.replies.desk import Desk
from bot.reports.model import ReportError
from bot.state import State, StateError, subscribers
from handlers import App, furnish
from handlers.admins.operating import Applied, operating
from handlers.arriving.ages import Ages
from handlers.arriving.inbox import Inbox
from handlers.arriving.order import ChatOrder
from handlers.arriving.receiving import CannotListen, Polling, Receiver
from handlers.arriving.unreadable import Readable
from handlers.context import Context, Face
from handlers.sending.bot import Bot
from handlers.sending.limiter import Limiter, Limits
from handlers.sending.mailroom import Mailroom, mailroom
from handlers.sending.wire import Gate, Wire
from handlers.serving import Rejected, connect, rejected, serve, unless
from handlers.watching.alarm import Alarm
from handlers.watching.watch import watch

if TYPE_CHECKING:
    from bot.editions import Editions
    from bot.library import Library

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
    except (Rejected, ReportError, CannotListen) as error:
        return _give_up(str(error))
    return 0


def build(
    settings: Settings,
    get_library: Callable[[], Library],
    state: State | None = None,
    editions: Editions | None = None,
) -> App:
    """The application with its handlers, not yet connected. Raises ConfigError without a token.

    Without a state nobody can subscribe and nothing is announced; without editions what is in force stays in force.
    """
    if settings.token is None:
        raise ConfigError(MISSING)
    loopback = urlsplit(settings.telegram.base_url).hostname in ("127.0.0.1", "::1", "localhost")
    proxied = not loopback  # a proxy of the environment does not lead to this machine
    gate, ages = Gate(), Ages(60.0 * settings.inbox.max_age_minutes)
    inbox = Inbox(ages, gate)
    bot = Bot(
        settings.token.get_secret_value(),
        base_url=_until_token(settings.telegram.base_url),
        base_file_url=_until_token(settings.telegram.base_file_url),
        request=Wire(gate, CONNECTIONS, trust_env=proxied),
        get_updates_request=Readable(2, trust_env=proxied),
        rate_limiter=Limiter(Limits(overall=settings.telegram.per_second)),
    )
    types = ContextTypes(context=Context, bot_data=Face)
    builder = Application.builder().bot(bot).context_types(types).job_queue(None)
    if settings.telegram.mode == "webhook":
        builder = builder.updater(None)
    application: App = builder.update_queue(inbox).concurrent_updates(ChatOrder(inbox)).build()
    face = application.bot_data
    face.alarm = Alarm(bot, lambda: face.admins)
    face.receiver = _receiver(settings, bot, inbox, face.alarm)
    desk = Desk(get_library, editions=editions, live=Live(settings))
    office = Office(state, settings.schedule) if state else None
    if editions:
        application.add_handlers(operating())
        face.control = Control(desk, settings.data)
    face.desk = desk
    face.watch = watch(application, settings, state)
    furnish(application, desk, office)
    if state and office:
        face.on_move.append(partial(subscribers.move, state))
        face.mailroom = mailroom(bot, office, settings, get_library, face.moved)
    assert desk.live is not None  # noqa: S101
    desk.live.follow(Applied(face, application))
    return application


def _receiver(settings: Settings, bot: Bot, inbox: Inbox, alarm: Alarm) -> Receiver:
    """How updates come in. Raises ConfigError for a webhook without a secret."""
    if settings.telegram.mode == "webhook":
        from handlers.arriving.webhook import Webhook  # tornado is not needed for polling

        return Webhook(settings.telegram.webhook, settings.webhook_secret.get_secret_value())
    polling = Polling(alarm, inbox.ages)
    bot.deliver_to(inbox, polling.polled)
    return polling


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
    loading = in_thread(lambda: _load(settings))
    if await unless(stop, asyncio.wait((loading,))):
        get_library, editions = loading.result()
        log.info("收录报告 %d 份", len(get_library().reports))
        state, trouble = await _open_state(settings)
        troubles = [trouble] if trouble else []
        if not get_library().reports:
            troubles.append(NO_REPORTS.format(folder=settings.reports.name))
        for trouble in troubles:
            log.error("%s", trouble)
        try:
            warm = partial(in_thread, get_library().warm)  # half a second of work, which those who wait would feel
            await serve(build(settings, get_library, state, editions), stop, troubles, warm)
        finally:
            if state:
                await state.close()


async def _open_state(settings: Settings) -> tuple[State | None, str]:
    """The state; where it cannot be opened, since answers need none, None and why."""
    try:
        return await State.open(settings.data, settings.state.url), ""
    except StateError as error:
        return None, NO_STATE.format(error=error)


def _load(settings: Settings) -> tuple[Callable[[], Library], Editions | None]:
    """What gives the library in force: the editions, or the reports as they are where there can be none."""
    from bot.operating import load_library, open_editions

    if editions := open_editions(settings):
        return lambda: editions.library, editions
    library = load_library(settings)
    return lambda: library, None


def _until_token(url: str) -> str:
    """The address up to where the token follows: with or without /bot at its end as people write it."""
    url = url.rstrip("/")
    return url if url.endswith("/bot") else f"{url}/bot"


def _give_up(fault: str) -> int:
    sys.stderr.write(f"{fault}\n")
    return 1
