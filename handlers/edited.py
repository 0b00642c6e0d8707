"""A person changes what they asked: the answer changes with it."""

from __future__ import annotations

from telegram import Update

from bot.replies.conversation import respond
from handlers.addressed import addressed
from handlers.ask import answer
from handlers.context import Context
from handlers.send import edit


async def answer_again(update: Update, context: Context) -> None:
    """The answer is edited in place; a question that had none so far, or whose answer was deleted, gets a new one."""
    message = update.effective_message
    sent = context.answered.of(message) if message else None
    if message is None or sent is None:
        return await answer(update, context)
    said = addressed(message, context.bot.bot)
    reply = None if said is None else respond(context.desk, said, context.chat(update))
    if reply is not None and not await edit(context.bot, message.chat_id, sent, reply):
        await answer(update, context)
    return None
