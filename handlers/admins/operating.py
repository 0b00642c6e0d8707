"""What operators do while the bot runs: the handlers of editions, and the settings that take effect at once."""

from __future__ import annotations

from typing import Any

from telegram.ext import Application, CallbackQueryHandler, MessageHandler, filters

from bot.config import Settings
from bot.operating import wishes
from bot.replies.actions import Publish, Rollback, of_kind
from handlers.admins.reloading import list_editions, press_edition, reload, roll_back
from handlers.admins.uploading import receive
from handlers.context import Face
from handlers.cooldown import Cooldown
from handlers.doings import said_as
from handlers.menus import publish

NEW = filters.UpdateType.MESSAGE
FILE = NEW & filters.ChatType.PRIVATE & filters.Document.ALL & ~filters.ANIMATION


def operating() -> list[MessageHandler[Any, Any] | CallbackQueryHandler[Any, Any]]:
    """The handlers, to be added before those that answer."""
    return [
        MessageHandler(NEW & said_as("reload"), reload),
        MessageHandler(NEW & said_as("rollback"), roll_back),
        MessageHandler(NEW & said_as("editions"), list_editions),
        MessageHandler(FILE, receive),
        CallbackQueryHandler(press_edition, of_kind(Publish, Rollback)),
    ]


class Applied:
    """Follows the settings (bot.live.Live): each time they change, what holds a copy of them gets the new ones."""

    def __init__(self, face: Face, application: Application[Any, Any, Any, Any, Any, Any] | None = None) -> None:
        """`application` is the one whose menus are ours to publish."""
        self._face, self._application = face, application

    def __call__(self, settings: Settings) -> None:
        face = self._face
        admins = frozenset(settings.admins)
        new, face.admins = admins - face.admins, admins
        face.cooldown = Cooldown(settings.chat.cooldown_seconds, settings.chat.person_per_minute)
        if face.desk.editions:
            face.desk.editions.wishes = wishes(settings)
        if face.office:
            face.office.schedule = settings.schedule
        if face.mailroom:
            face.mailroom.admins = settings.admins
            if face.mailroom.rota:
                face.mailroom.rota.schedule = settings.schedule
            face.mailroom.postman.resend_unknown = settings.announcements.resend_unknown
        if new and self._application and self._application.running:
            self._application.create_task(publish(self._application.bot, new), name="menus")
