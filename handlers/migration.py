"""A group becomes a supergroup: it gets another id, and what was chosen in it stays chosen."""

from __future__ import annotations

import logging

from telegram import Update

from handlers.context import Context

log = logging.getLogger(__name__)


async def follow(update: Update, context: Context) -> None:
    """Told twice, by the last message of the group and by the first one of the supergroup; either may come first."""
    message = update.effective_message
    if message is None:
        return
    if message.migrate_to_chat_id:
        log.info("group %s became supergroup %s", message.chat_id, message.migrate_to_chat_id)
        await context.bot_data.moved(message.chat_id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id:
        await context.bot_data.moved(message.migrate_from_chat_id, message.chat_id)
