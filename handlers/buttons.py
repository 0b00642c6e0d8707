"""A person presses a button under one of our messages."""

from __future__ import annotations

import contextlib

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest

from bot.replies.conversation import press
from handlers.context import Context
from handlers.send import Place, edit, send


async def press_button(update: Update, context: Context) -> None:
    """The press is always answered, so that the button stops turning; then its reply is shown, here or below."""
    query = update.callback_query
    if query is None:
        return
    try:
        reply = press(context.desk, query.data or "", context.chat(update))
    finally:
        await _acknowledge(query)
    message = query.message
    if message is None:  # under a message sent through inline mode: not ours to answer in
        return
    if reply.replaces and await edit(context.bot, message.chat.id, message.message_id, reply):
        return
    place = Place.of(message) if isinstance(message, Message) else Place(message.chat.id)
    await send(context.bot, place, reply)


async def _acknowledge(query: CallbackQuery) -> None:
    with contextlib.suppress(BadRequest):  # pressed while the bot was away: too old to be answered
        await query.answer()
