"""A person says something: a question, a command in any of its spellings, a greeting."""

from __future__ import annotations

from telegram import Update

from bot.replies.conversation import respond
from handlers.addressed import addressed
from handlers.context import Context
from handlers.send import Place, send


async def answer(update: Update, context: Context) -> None:
    """What is said to the bot is answered; to all else it is silent."""
    message = update.effective_message
    said = addressed(message, context.bot.username) if message else None
    if message is None or said is None:
        return
    reply = respond(context.desk, said, context.chat(update))
    if reply is not None:
        context.answered.remember(message, await send(context.bot, Place.of(message), reply))
