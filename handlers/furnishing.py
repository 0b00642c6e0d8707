"""Our own application gets its handlers: the first whose filter fits handles an update, and no other."""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.announcements.office import Office
from bot.replies.actions import Announce, Compose, Pick, Subscribe, of_kind
from bot.replies.desk import Desk
from bot.replies.texts_operating import NO_PICTURES, PICTURES_AGAIN
from bot.state.pictures import KeptFiles
from handlers.admins.announcing import announce, press_announcing
from handlers.ask import answer
from handlers.buttons import press_button
from handlers.choices import keep_choice
from handlers.context import Context, Face
from handlers.doings import said_as
from handlers.edited import answer_again
from handlers.inline import offer
from handlers.membership import note_membership
from handlers.migration import follow
from handlers.sending.bot import Bot
from handlers.sending.gallery import Gallery
from handlers.subscribing import press_subscribing, subscribe, unsubscribe
from handlers.watching.errors import apologise
from handlers.wordless import hint_at_words

App = Application[Bot, Context, dict[Any, Any], dict[Any, Any], Face, None]

# What getUpdates is asked for: what is handled here and nothing else.
ALLOWED_UPDATES = (
    *(Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY),
    Update.MY_CHAT_MEMBER,
)

NEW = filters.UpdateType.MESSAGE
WORDS = filters.TEXT | filters.CAPTION
AFTERWARDS = 1  # handlers of this group see an update after it was handled
SERVICE = filters.StatusUpdate.ALL  # somebody joined, something was pinned: nobody says anything


def furnish(application: App, desk: Desk, office: Office | None = None) -> None:
    """Give our own application its handlers; `handlers.register` is for others'.

    Without an office, which needs a state, nobody can subscribe and nothing is announced.
    """
    face = application.bot_data
    face.desk = desk
    files = KeptFiles(office.state) if office is not None else None
    drawing = face.alarm.about("pictures", NO_PICTURES, PICTURES_AGAIN)
    application.bot.hang(Gallery(lambda: desk.get_library().reports, files, drawing))
    if office is not None:
        _register_doings(application, office)
    # Commands are texts like others: Telegram does not mark /county曹县 or ／曹县, and the table knows them all.
    application.add_handler(MessageHandler(NEW & WORDS, answer))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE & WORDS, answer_again))
    application.add_handler(MessageHandler(NEW & filters.StatusUpdate.MIGRATE, follow))
    application.add_handler(MessageHandler(NEW & filters.ChatType.PRIVATE & ~WORDS & ~SERVICE, hint_at_words))
    application.add_handler(CallbackQueryHandler(press_button))
    application.add_handler(InlineQueryHandler(offer))
    application.add_handler(ChatMemberHandler(note_membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_error_handler(apologise)


def _register_doings(application: App, office: Office) -> None:
    """Commands and buttons that do something, before those that answer."""
    application.bot_data.office = office
    for name, doing in (("subscribe", subscribe), ("unsubscribe", unsubscribe), ("announce", announce)):
        application.add_handler(MessageHandler(NEW & said_as(name), doing))
    application.add_handler(CallbackQueryHandler(press_subscribing, of_kind(Subscribe)))
    application.add_handler(CallbackQueryHandler(press_announcing, of_kind(Compose, Pick, Announce)))
    application.add_handler(TypeHandler(Update, keep_choice), group=AFTERWARDS)
