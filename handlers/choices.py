"""Which reports a chat chose by /use outlives a restart."""

from __future__ import annotations

import logging

from sqlalchemy.exc import SQLAlchemyError
from telegram import Update

from bot.replies.desk import CHATS_REMEMBERED, Desk, Memory
from bot.state import State, chats
from handlers.context import Context

log = logging.getLogger(__name__)


async def restore_choices(desk: Desk, kept: dict[int, tuple[str, ...]], state: State) -> None:
    """Put back what was chosen before, and remember in `kept` that it need not be kept anew."""
    try:
        chosen = await chats.choices(state, CHATS_REMEMBERED)
    except (SQLAlchemyError, OSError) as error:
        log.error("the choices of chats cannot be read: %s", error)
        return
    for chat_id, reports in reversed(list(chosen.items())):  # those that chose last are forgotten last
        kept[chat_id] = desk.memories.setdefault(chat_id, Memory()).chosen = reports


async def keep_choice(update: Update, context: Context) -> None:
    """After whatever was handled: a choice that differs from the one kept is kept."""
    chat, kept = update.effective_chat, context.bot_data.kept
    memory = context.desk.memories.get(chat.id) if chat else None
    if chat is None or memory is None or memory.chosen == kept.get(chat.id, ()):
        return
    try:
        await chats.choose(context.office.state, chat.id, memory.chosen, context.office.clock())
    except (SQLAlchemyError, OSError) as error:
        log.error("the choice of a chat cannot be kept: %s", error)
        return
    kept[chat.id] = memory.chosen
