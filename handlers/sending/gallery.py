"""Pictures: drawn once, uploaded once; afterwards Telegram's id of the file is sent. Where there is none, text does."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol

from telegram import Message
from telegram.error import BadRequest

from bot.cards import CardError
from bot.replies.model import Picture
from bot.replies.pictures import Outdated, draw, picture_key
from bot.reports.model import Report

log = logging.getLogger(__name__)

FILES_REMEMBERED = 2000

# What Telegram says of an id that it no longer knows, and where pictures may not be sent.
UNKNOWN_FILE = ("wrong file identifier", "wrong remote file", "file_reference", "wrong file_id")
NO_PICTURES = ("not enough rights to send photos", "chat_send_photos_forbidden", "chat_send_media_forbidden")

Post = Callable[[str | bytes], Awaitable[Message]]  # sends a file id or a new picture
Tell = Callable[[str], None]  # why pictures cannot be drawn, or "" once they can


class Files(Protocol):
    """Telegram's ids of pictures, by the edition they show and the card (see picture_key)."""

    async def get(self, edition: str, card: str) -> str | None: ...
    async def put(self, edition: str, card: str, file_id: str) -> None: ...
    async def forget(self, edition: str) -> None: ...


class Remembered:
    """Files until the next restart; the one not used for longest goes first."""

    def __init__(self) -> None:
        self._files: OrderedDict[tuple[str, str], str] = OrderedDict()

    async def get(self, edition: str, card: str) -> str | None:
        if (edition, card) in self._files:
            self._files.move_to_end((edition, card))
        return self._files.get((edition, card))

    async def put(self, edition: str, card: str, file_id: str) -> None:
        self._files[edition, card] = file_id
        while len(self._files) > FILES_REMEMBERED:
            self._files.popitem(last=False)

    async def forget(self, edition: str) -> None:
        for key in [key for key in self._files if key[0] == edition]:
            del self._files[key]


class Gallery:
    """`get_reports` gives the reports now in force; `tell` hears how drawing goes, each time."""

    def __init__(
        self, get_reports: Callable[[], Iterable[Report]], files: Files | None = None, tell: Tell = lambda trouble: None
    ) -> None:
        self._get_reports = get_reports
        self._tell = tell
        self._files: Files = files or Remembered()
        self._uploading = asyncio.Lock()  # a broadcast uploads once; the others wait for the id

    async def show(self, picture: Picture, post: Post) -> Message | None:
        """Send a picture by `post`; None where it cannot be drawn or may not be sent there, and the text must do.

        Raises TelegramError for all else that `post` raises.
        """
        try:
            return await self._known(picture, post) or await self._new(picture, post)
        except Outdated as error:
            log.info("no picture: %s", error)
        except CardError as error:
            log.error("no picture: %s", error)
            self._tell(str(error))
        except BadRequest as error:
            if not _says(error, NO_PICTURES):
                raise
            log.info("no picture in this chat: %s", error)
        return None

    async def _known(self, picture: Picture, post: Post) -> Message | None:
        edition, card = picture_key(picture)
        file_id = await self._files.get(edition, card)
        if file_id is None:
            return None
        try:
            return await post(file_id)
        except BadRequest as error:
            if not _says(error, UNKNOWN_FILE):
                raise
            log.warning("Telegram no longer knows a picture: %s", error)
            await self._files.forget(edition)
            return None

    async def _new(self, picture: Picture, post: Post) -> Message | None:
        edition, card = picture_key(picture)
        async with self._uploading:
            if await self._files.get(edition, card) is None:
                drawn = await asyncio.to_thread(draw, picture, tuple(self._get_reports()))
                self._tell("")
                message = await post(drawn)
                if message.photo:
                    await self._files.put(edition, card, message.photo[-1].file_id)
                return message
        return await self._known(picture, post)


def _says(error: BadRequest, signs: Iterable[str]) -> bool:
    return any(sign in error.message.lower() for sign in signs)
