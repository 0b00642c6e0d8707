"""Telegram's ids of pictures, kept over a restart, so that a broadcast uploads a picture once an edition."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot.state import chats
from bot.state.database import State

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptFiles:
    """A fault of the database costs an upload and nothing else."""

    state: State

    async def get(self, edition: str, card: str) -> str | None:
        try:
            return await chats.file_id(self.state, edition, card)
        except SQLAlchemyError as error:
            log.warning("a picture's id cannot be read: %s", error)
            return None

    async def put(self, edition: str, card: str, file_id: str) -> None:
        try:
            await chats.remember_file(self.state, edition, card, file_id, time.time())
        except SQLAlchemyError as error:
            log.warning("a picture's id is not kept: %s", error)

    async def forget(self, edition: str) -> None:
        try:
            await chats.forget_files(self.state, edition)
        except SQLAlchemyError as error:
            log.warning("pictures' ids are not forgotten: %s", error)
