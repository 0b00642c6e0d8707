"""The bot is added to a chat or removed from it, or a person blocks it."""

from __future__ import annotations

import logging

from telegram import ChatMember, Update

from handlers.context import Context

log = logging.getLogger(__name__)

GONE = (ChatMember.LEFT, ChatMember.BANNED)


async def note_membership(update: Update, context: Context) -> None:
    """For the log only: nobody asked anything."""
    change = update.my_chat_member
    if change is None:
        return
    event = "left" if change.new_chat_member.status in GONE else "is in"
    log.info("the bot %s chat %s (%s): %s", event, change.chat.id, change.chat.type, change.new_chat_member.status)
