"""Who is no admin is told so in private, left unheard in groups, and logged once for each thing they try."""

from __future__ import annotations

import logging

from telegram import Update

from bot.editions import By
from bot.replies import texts
from bot.replies.model import Reply, Run
from bot.replies.smalltalk import echo
from handlers.context import Context
from handlers.sending.place import Place
from handlers.sending.send import send

log = logging.getLogger(__name__)

MOST_LOGGED = 10_000  # people and things; then the log has had enough


async def refused(update: Update, context: Context, what: str, words: str = texts.ADMIN_ONLY) -> bool:
    """Whether this person may not do `what` (a command's name, "upload"); then it is dealt with here."""
    chat = context.chat(update)
    if chat.is_admin:
        return False
    note_refusal(update, context, what)
    if chat.private and update.effective_message:
        if not context.bot_data.admins:  # who set the bot up may not know their own number
            words = f"{words}\n{texts.NO_ADMINS.format(id=chat.id)}"
        await send(context.bot, Place.of(update.effective_message), Reply((Run(words),)))
    return True


def note_refusal(update: Update, context: Context, what: str) -> None:
    """One line for each person and thing."""
    user, chat = update.effective_user, update.effective_chat
    key = (user.id if user else 0, what)
    logged = context.bot_data.refused
    if key not in logged and len(logged) < MOST_LOGGED:
        logged.add(key)
        log.warning("user %d in chat %d is no admin and wanted %r", key[0], chat.id if chat else 0, what)


def by(update: Update) -> By:
    """Who it is, for the audit and for the other admins."""
    user = update.effective_user
    return By(user.id, echo(user.full_name) or str(user.id)) if user else By(0, "")
