"""A person changes what they asked: the answer changes with it."""

from __future__ import annotations

from telegram import Update

from bot.replies.conversation import respond
from handlers.addressed import addressed
from handlers.ask import ask
from handlers.context import Context
from handlers.send import edit


async def edited(update: Update, context: Context) -> None:
    """The answer is edited in place; a question that had none so far, or whose answer was deleted, gets a new one."""
    message = update.effective_message
    answer = context.answered.of(message) if message else None
    if message is None or answer is None:
        return await ask(update, context)
    said = addressed(message, context.bot.username)
    reply = None if said is None else respond(context.desk, said, context.chat(update))
    if reply is not None and not await edit(context.bot, message.chat_id, answer, reply):
        await ask(update, context)
    return None
