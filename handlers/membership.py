"""The bot is added to a chat or removed from it, or a person blocks it."""

from __future__ import annotations

import contextlib
import logging

from sqlalchemy.exc import SQLAlchemyError
from telegram import ChatMember, ChatMemberUpdated, Update

from handlers.context import Context

log = logging.getLogger(__name__)

GONE = (ChatMember.LEFT, ChatMember.BANNED)


async def note_membership(update: Update, context: Context) -> None:
    """Nobody asked anything, so nothing is said; a chat that the bot may not write to any more is unsubscribed."""
    change = update.my_chat_member
    if change is None:
        return
    gone = change.new_chat_member.status in GONE
    event = "left" if gone else "is in"
    log.info("the bot %s chat %s (%s): %s", event, change.chat.id, change.chat.type, change.new_chat_member.status)
    if gone and (office := context.bot_data.office):
        with contextlib.suppress(SQLAlchemyError, OSError):  # the next message to it will find out
            await office.unsubscribe(change.chat.id, _reason(change))


def _reason(change: ChatMemberUpdated) -> str:
    if change.chat.type == change.chat.PRIVATE:
        return "blocked"
    return "kicked" if change.new_chat_member.status == ChatMember.BANNED else "left"
