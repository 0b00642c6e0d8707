"""What watches while the bot runs: meters, the question log, incidents, a port for monitoring."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError
from telegram import Update
from telegram.ext import Application, MessageHandler, TypeHandler, filters

from bot import __version__
from bot.announcements.timing import zone
from bot.health import Gauges, HealthServer
from bot.questions.clerk import Clerk, clerk
from bot.questions.people import salt_of
from bot.questions.settling import Aliases
from handlers.asked import asked
from handlers.context import Context, Face
from handlers.doings import said_as
from handlers.inbox import Inbox
from handlers.incidents import Incidents
from handlers.receiving import Polling
from handlers.status import status

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.state import State

log = logging.getLogger(__name__)

FIRST = -1  # the group of handlers that see an update before it is handled
NO_PORT = "健康检查端口 {listen} 打不开（{error}）；照常回答"
NO_LOG = "提问记录打不开（{error}）；照常回答，但不记录提问"


async def count(update: Update, context: Context) -> None:
    context.bot_data.meters.update()


class Watch:
    """Put together by `watch`. A part that cannot begin is logged, and the others do."""

    def __init__(self, face: Face, health: HealthServer, listen: str) -> None:
        self._face = face
        self._health = health
        self._listen = listen

    @property
    def port(self) -> int:
        """Where monitoring may ask; 0 for nowhere."""
        return self._health.port

    async def start(self) -> None:
        if self._listen:
            try:
                await self._health.start(self._listen)
            except OSError as error:
                log.error(NO_PORT.format(listen=self._listen, error=error.strerror or error))
        if self._face.clerk:
            try:
                await self._face.clerk.open()
            except (SQLAlchemyError, OSError) as error:
                log.error(NO_LOG.format(error=error))

    async def stop(self) -> None:
        parts = [self._health.close()]
        parts += [self._face.clerk.close()] if self._face.clerk else []
        parts += [self._face.incidents.stop()] if self._face.incidents else []
        await asyncio.gather(*parts, return_exceptions=True)


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
    return Watch(face, HealthServer(gauges), settings.health.listen)


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
