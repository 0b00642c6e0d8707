"""A person changes what they asked: the answer changes with it."""

from __future__ import annotations

import time

from telegram import Update

from bot.replies.conversation import respond
from handlers.addressed import addressed
from handlers.ask import answer
from handlers.context import Context
from handlers.feedback import judged, note
from handlers.sending.send import edit


async def answer_again(update: Update, context: Context) -> None:
    """The answer is edited in place; a question that had none so far, or whose answer was deleted, gets a new one."""
    message = update.effective_message
    sent = context.answered.of(message) if message else None
    if message is None or sent is None:
        return await answer(update, context)
    said = addressed(message, context.bot.bot)
    began = time.perf_counter()
    reply = None if said is None else respond(context.desk, said, context.chat(update))
    if reply is None:
        return None
    reply, key = judged(context, message, reply)
    if await edit(context.bot, message.chat_id, sent, reply):
        note(context, message, reply, key, began)
    else:
        await answer(update, context)
    return None
