"""Everything as a guest in somebody else's application.

One handler takes what is meant for it and leaves the rest, with a context of its own and its own care for errors; the
host's menus, error handlers and bot_data are not touched.
"""

from __future__ import annotations

import contextlib
import logging
import re
import secrets
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.error import Forbidden, TelegramError
from telegram.ext import Application, BaseHandler, CallbackQueryHandler, InlineQueryHandler, MessageHandler, filters

from bot.config import Settings, load
from bot.live import Live
from bot.operating import load_library, open_editions
from bot.replies.actions import ActionError, decode
from bot.replies.commands import COMMANDS
from bot.replies.counties import place_names
from bot.replies.desk import Chat, Desk
from bot.replies.hearing import SLASHES, hear
from handlers.addressed import addressed
from handlers.admins.operating import FILE, Applied, operating
from handlers.ask import answer
from handlers.buttons import press_button
from handlers.context import Context, Face
from handlers.edited import answer_again
from handlers.inline import offer
from handlers.sending.gallery import Gallery
from handlers.sending.place import Place
from handlers.watching.errors import APOLOGY

log = logging.getLogger(__name__)

AnyApplication = Application[Any, Any, Any, Any, Any, Any]


class Part(StrEnum):
    """What a guest may do. Buttons under its own messages always work."""

    COMMANDS = "commands"
    QUESTIONS = "questions"  # free text: all of it in private, in groups what is said to the bot
    INLINE = "inline"
    ADMIN = "admin"  # reload, editions, rollback, uploads


EVERYTHING = frozenset(Part)
THE_HOSTS = frozenset({"start", "help"})  # commands that every bot has; ours only behind a prefix
_PREFIX = re.compile(r"[a-z0-9_]{0,16}")


def register(
    application: AnyApplication,
    settings: Settings | Path | str | None = None,
    *,
    parts: Collection[Part | str] = EVERYTHING,
    prefix: str = "",
    group: int = 0,
) -> Guest:
    """Add all of it, or chosen parts, to an application of python-telegram-bot; reads the reports first, which blocks.

    `settings` are ours, or the path of a settings file; no token is needed. With `prefix` "gov_" the commands are
    /gov_ask, /gov_county …; without one, /start and /help stay the host's. `group` is that of `add_handler`. Returns
    the handler: `remove_handler` takes it out again, `close` ends what it reads. Raises ConfigError, ValueError.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"{prefix!r} cannot begin a command: a-z, 0-9 and _, at most 16")
    settings = settings if isinstance(settings, Settings) else load(settings)
    guest = Guest(application, settings, frozenset(Part(part) for part in parts), prefix)
    application.add_handler(guest, group=group)
    return guest


class Guest(BaseHandler[Update, Any, None]):
    """One handler for the host; behind it the same ones as in our own application."""

    def __init__(self, application: AnyApplication, settings: Settings, parts: frozenset[Part], prefix: str) -> None:
        super().__init__(self._unused)
        self._application, self._parts, self._prefix = application, parts, prefix
        self.face = Face()
        editions = open_editions(settings)
        library = None if editions else load_library(settings)
        self.face.desk = Desk(
            lambda: editions.library if editions else library,  # type: ignore[arg-type, return-value]
            editions=editions,
            live=Live(settings),
        )
        self.face.desk.live.follow(Applied(self.face))  # type: ignore[union-attr]
        self._bot = Borrowed(application.bot, Gallery(lambda: self.face.desk.get_library().reports), prefix)
        self._handlers = self._ours()

    def check_update(self, update: object) -> tuple[Update, Any] | None:
        """The update as ours would have it, and who takes it; None leaves it to the host."""
        own = self._own(update) if isinstance(update, Update) else None
        if own is None:
            return None
        taking = (one for one in self._handlers if one.check_update(own) not in (None, False))
        handler = next(taking, None)
        return (own, handler) if handler else None

    async def handle_update(self, update: Update, application: Any, check_result: Any, context: Any) -> None:
        own, handler = check_result
        chat, user = own.effective_chat, own.effective_user
        ours = GuestContext(application, chat.id if chat else None, user.id if user else None)
        ours.lend(self.face, self._bot)
        try:
            await handler.callback(own, ours)
        except Forbidden as error:
            log.info("not allowed to answer: %s", error)
        except Exception as error:
            await self._apologise(own, error)

    def close(self) -> None:
        """End what is being read aside."""
        if self.face.desk.editions:
            self.face.desk.editions.close()

    def _ours(self) -> list[BaseHandler[Update, Any, Any]]:
        new, edited = filters.UpdateType.MESSAGE & filters.TEXT, filters.UpdateType.EDITED_MESSAGE & filters.TEXT
        found: list[BaseHandler[Update, Any, Any]] = []
        if Part.ADMIN in self._parts and self.face.desk.editions:
            found += operating()
        found += [MessageHandler(new, answer), MessageHandler(edited, answer_again), CallbackQueryHandler(press_button)]
        return [*found, InlineQueryHandler(offer)] if Part.INLINE in self._parts else found

    def _own(self, update: Update) -> Update | None:
        if query := update.callback_query:
            with contextlib.suppress(ActionError):
                return update if isinstance(query.data, str) and decode(query.data) else None
            return None
        if update.inline_query:
            return update if Part.INLINE in self._parts else None
        message = update.message or update.edited_message
        if message is None:
            return None
        if message.text is None:
            return update if self._is_upload(update) else None
        return self._said(update, message)

    def _is_upload(self, update: Update) -> bool:
        """Files of others than admins are the host's affair."""
        user = update.effective_user
        admin = user is not None and user.id in self.face.admins
        return admin and Part.ADMIN in self._parts and bool(FILE.check_update(update))

    def _said(self, update: Update, message: Message) -> Update | None:
        said = addressed(message, self._application.bot.bot)
        if said is None:
            return None
        if not said.startswith(tuple(SLASHES)):
            return update if Part.QUESTIONS in self._parts else None
        if not said[1:].lower().startswith(self._prefix):
            return None
        plain = said[0] + said[1 + len(self._prefix) :]
        chat = Chat(0, private=False, username=self._application.bot.username)
        heard = hear(plain, chat, place_names(self.face.desk.get_library().reports))
        command = heard.command if heard else None
        if command is None or (not self._prefix and command.name in THE_HOSTS):
            return None
        wanted = Part.ADMIN if command.admin else Part.COMMANDS
        return _with_text(update, plain) if wanted in self._parts else None

    async def _apologise(self, update: Update, error: Exception) -> None:
        code = secrets.token_hex(3).upper()
        log.error("error %s", code, exc_info=error)
        if message := update.effective_message:
            place = Place.of(message)
            with contextlib.suppress(TelegramError):
                text = APOLOGY.format(code=code)
                await self._bot.send_message(place.chat_id, text, message_thread_id=place.thread_id)

    async def _unused(self, update: Update, context: Any) -> None:
        """A handler must have a callback; ours are behind it."""


class GuestContext(Context):
    """Our context in their application: our data, their bot."""

    def lend(self, face: Face, bot: Borrowed) -> None:
        self._face, self._borrowed = face, bot

    @property  # type: ignore[misc]
    def bot_data(self) -> Face:
        return self._face

    @property
    def bot(self) -> Any:
        return self._borrowed


class Borrowed:
    """The host's bot, with our pictures, and with the prefix in the commands that our texts name."""

    def __init__(self, bot: Any, gallery: Gallery, prefix: str) -> None:
        self._bot, self.gallery, self._prefix = bot, gallery, prefix
        names = "|".join(sorted((re.escape(name) for one in COMMANDS for name in one.names), key=len, reverse=True))
        self._named = re.compile(rf"(?<![\w/.:<])/(?=(?:{names})(?![\w/]))")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._bot, name)

    async def send_message(self, chat_id: int, text: str, **options: Any) -> Any:
        given = options.pop("api_kwargs", {}).get("reply_markup")
        keyboard = InlineKeyboardMarkup.de_json(given) if given else None  # the host may exchange what buttons carry
        return await self._bot.send_message(chat_id, self._prefixed(text), reply_markup=keyboard, **options)

    async def edit_message_text(self, text: str, **options: Any) -> Any:
        return await self._bot.edit_message_text(self._prefixed(text), **options)

    def _prefixed(self, text: str) -> str:
        return self._named.sub(f"/{self._prefix}", text) if self._prefix else text


def _with_text(update: Update, text: str) -> Update:
    """The same update as if this had been said. Marks of what was said before no longer fit and go."""
    given = update.to_dict()
    kind = "message" if update.message else "edited_message"
    given[kind] = {**{name: value for name, value in given[kind].items() if name != "entities"}, "text": text}
    own = Update.de_json(given, update.get_bot())
    assert own is not None  # noqa: S101
    return own
