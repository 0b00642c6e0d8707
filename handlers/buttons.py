"""A person presses a button under one of our messages."""

from __future__ import annotations

import contextlib

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest

from bot.replies import texts
from bot.replies.conversation import press
from handlers.context import Context
from handlers.cooldown import Verdict
from handlers.sending.place import Place
from handlers.sending.send import edit, send


async def press_button(update: Update, context: Context) -> None:
    """The press is always answered, so that the button stops turning; then its reply is shown, here or below."""
    query = update.callback_query
    if query is None:
        return
    message = query.message
    if _too_much(query, context):
        await _acknowledge(query, texts.SLOWLY)
        return
    try:
        reply = press(context.desk, query.data or "", context.chat(update))
    finally:
        await _acknowledge(query)
    if message is None:  # under a message sent through inline mode: not ours to answer in
        return
    if reply.replaces and await edit(context.bot, message.chat.id, message.message_id, reply):
        return
    place = Place.of(message) if isinstance(message, Message) else Place(message.chat.id)
    await send(context.bot, place, reply)


def _too_much(query: CallbackQuery, context: Context) -> bool:
    """In a group a press counts as a question does; the notice is shown to who pressed and to nobody else."""
    message = query.message
    if message is None or message.chat.type == message.chat.PRIVATE:
        return False
    return context.bot_data.cooldown.admit(message.chat.id, query.from_user.id) is not Verdict.ANSWER


async def _acknowledge(query: CallbackQuery, notice: str = "") -> None:
    with contextlib.suppress(BadRequest):  # pressed while the bot was away: too old to be answered
        await query.answer(notice or None)
