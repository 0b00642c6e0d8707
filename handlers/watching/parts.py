"""The parts that watch while the bot runs, begun and ended as one."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError

from bot.health import HealthServer
from bot.questions.clerk import Clerk
from handlers.watching.incidents import Incidents

log = logging.getLogger(__name__)

NO_PORT = "健康检查端口 {listen} 打不开（{error}）；照常回答"
NO_LOG = "提问记录打不开（{error}）；照常回答，但不记录提问"


class Watch:
    """Put together by `watch`. A part that cannot begin is logged, and the others do."""

    def __init__(self, health: HealthServer, listen: str, clerk: Clerk | None, incidents: Incidents) -> None:
        self._health = health
        self._listen = listen
        self._clerk = clerk
        self._incidents = incidents

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
        if self._clerk:
            try:
                await self._clerk.open()
            except (SQLAlchemyError, OSError) as error:
                log.error(NO_LOG.format(error=error))

    async def stop(self) -> None:
        parts = [self._health.close(), self._incidents.stop()]
        parts += [self._clerk.close()] if self._clerk else []
        await asyncio.gather(*parts, return_exceptions=True)
