"""What watches while the bot runs: meters, the question log, incidents, a port for monitoring."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

from telegram import Update
from telegram.ext import Application, MessageHandler, TypeHandler, filters

from bot import __version__
from bot.announcements.timing import zone
from bot.health import Gauges, HealthServer
from bot.questions.clerk import Clerk, clerk
from bot.questions.people import salt_of
from bot.questions.settling import Aliases
from handlers.admins.asked import asked
from handlers.admins.status import status
from handlers.arriving.inbox import Inbox
from handlers.arriving.receiving import Polling
from handlers.context import Context, Face
from handlers.doings import said_as
from handlers.watching.incidents import Incidents
from handlers.watching.parts import NO_LOG, Watch

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.state import State

log = logging.getLogger(__name__)

FIRST = -1  # the group of handlers that see an update before it is handled


async def count(update: Update, context: Context) -> None:
    context.bot_data.meters.update()


def watch(application: Application[Any, Any, Any, Any, Face, Any], settings: Settings, state: State | None) -> Watch:
    """Everything that watches, and its handlers, to be added before those that answer. The desk must be there."""
    face = application.bot_data
    face.incidents = Incidents(application.bot, lambda: face.admins)
    face.clerk = _clerk(face, settings, state) if state else None
    application.add_handler(TypeHandler(Update, count), group=FIRST)
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & said_as("status"), status))
    if face.clerk:
        application.add_handlers(asked(face.clerk))
        face.desk.fixed = face.clerk.fixed.draft
    gauges = Gauges(
        face.meters,
        __version__,
        silence=lambda: _silence(face),
        edition=lambda: face.desk.get_library().edition,
        reports=lambda: len(face.desk.get_library().reports),
        queue=lambda: waiting(application.update_queue),
        log_waiting=lambda: len(face.clerk.log) if face.clerk else 0,
    )
    return Watch(HealthServer(gauges), settings.health.listen, face.clerk, face.incidents)


def waiting(queue: object) -> int:
    """Updates that wait or are being handled."""
    return queue.waiting if isinstance(queue, Inbox) else 0


def _clerk(face: Face, settings: Settings, state: State) -> Clerk | None:
    desk = face.desk
    aliases = Aliases(
        settings.data,
        in_force=lambda: desk.live.settings.synonyms if desk.live else settings.synonyms,
        changed=lambda synonyms: _adopt(face, synonyms),
    )
    try:
        salt = salt_of(state.folder)
    except OSError as error:
        log.error(NO_LOG.format(error=error))
        return None
    kept = settings.questions
    where = zone(settings.schedule.timezone)
    return clerk(state, desk.get_library, aliases, where, salt, keeps=kept.log, keep_days=kept.keep_days)


def _adopt(face: Face, synonyms: dict[str, list[str]]) -> None:
    """The next edition is to know the new alias, too. The one in force does already."""
    if live := face.desk.live:
        live.adopt(live.settings.model_copy(update={"synonyms": synonyms}))


def _silence(face: Face) -> float | None:
    """Seconds since Telegram last answered getUpdates; None where it brings the updates itself."""
    receiver = getattr(face, "receiver", None)
    return time.monotonic() - receiver.last if isinstance(receiver, Polling) else None
