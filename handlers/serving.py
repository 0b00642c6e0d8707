"""The application at work: connected, begun, and ended within seconds, whatever fails."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Sequence

from telegram.error import InvalidToken

from bot.state.ledger import Ledger
from handlers.arriving.inbox import Inbox
from handlers.choices import restore_choices
from handlers.context import Face
from handlers.furnishing import ALLOWED_UPDATES, App
from handlers.menus import publish
from handlers.sending.connecting import Rejected, connect, rejected, unless
from handlers.watching.alarm import teller
from handlers.watching.rights import rights

log = logging.getLogger(__name__)

LAST_POLL = 2.0  # seconds to confirm what was received, when stopping
LAST_ANSWERS = 4.0  # seconds for answers under way; then they are left
QUIET = 1.5  # seconds without an update
PATIENCE = 60.0  # seconds after which what waits for quiet is done all the same


async def serve(
    application: App,
    stop: asyncio.Event,
    troubles: Sequence[str] = (),
    when_quiet: Callable[[], object] | None = None,
) -> None:
    """Connect, publish the menus and answer until `stop` is set; the admins hear of the `troubles` there are already.

    `when_quiet` is done once, when nobody waits for an answer. Raises Rejected where the token is not known.
    """
    bot = application.bot
    try:
        started = await unless(stop, connect(bot)) and await unless(stop, _start(application))
        for trouble in troubles if started else ():
            application.bot_data.alarm.pass_on(trouble)
        if started and when_quiet:
            _once_quiet(_inbox(application), when_quiet, time.monotonic() + PATIENCE)
        if started and await unless(stop, bot.rejected.wait()):
            raise InvalidToken
    except InvalidToken:
        raise Rejected(rejected(bot)) from None
    finally:
        await _finish(application)


async def _start(application: App) -> None:
    await application.initialize()
    application.bot_data.desk.platform = rights(application.bot.bot)
    for line in application.bot_data.desk.platform:
        log.info("%s", line)
    face = application.bot_data
    if face.office:
        await restore_choices(face.desk, face.kept, face.office.state)
    await application.start()
    if face.watch:
        await face.watch.start()
    if face.mailroom:
        face.mailroom.start()
    if face.control:
        await face.control.open()
    ledger = Ledger(face.office.state, teller(face.alarm)) if face.office else None
    await _inbox(application).open(ledger, face.alarm, application.bot, application.process_update)
    await face.receiver.start(application, ALLOWED_UPDATES)
    application.create_task(publish(application.bot, application.bot_data.admins), name="menus")


def _once_quiet(inbox: Inbox, work: Callable[[], object], latest: float) -> None:
    if inbox.quiet >= QUIET or time.monotonic() >= latest:
        work()
    else:
        asyncio.get_running_loop().call_later(QUIET / 2, _once_quiet, inbox, work, latest)


async def _finish(application: App) -> None:
    """Confirm what was received, let answers under way go out, close: within seconds, whatever fails."""
    _stop_operating(application.bot_data)
    _inbox(application).close()
    await asyncio.gather(_stop_receiving(application), _stop_mailroom(application))
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LAST_ANSWERS):
            if application.running:
                await application.stop()
    await _inbox(application).shut()
    await application.bot_data.alarm.stop()
    if application.bot_data.watch:
        await application.bot_data.watch.stop()
    await application.shutdown()
    await application.bot.shutdown()  # where the application was never initialized, the bot may have been
    log.info("已停止")


def _stop_operating(face: Face) -> None:
    if face.control:
        face.control.close()
    if face.desk.editions:
        face.desk.editions.close()


async def _stop_receiving(application: App) -> None:
    with contextlib.suppress(TimeoutError, InvalidToken):  # stop() hands on what ended the polling
        async with asyncio.timeout(LAST_POLL):
            await application.bot_data.receiver.stop()


def _inbox(application: App) -> Inbox:
    assert isinstance(application.update_queue, Inbox)  # noqa: S101
    return application.update_queue


async def _stop_mailroom(application: App) -> None:
    if application.bot_data.mailroom:
        await application.bot_data.mailroom.stop()
