"""A person says something: a question, a command in any of its spellings, a greeting."""

from __future__ import annotations

from telegram import Message, Update

from bot.replies import texts
from bot.replies.conversation import respond
from bot.replies.model import Reply, Run
from handlers.addressed import addressed, person
from handlers.context import Context
from handlers.cooldown import Verdict
from handlers.send import Place, send

SLOWLY = Reply((Run(texts.SLOWLY),))


async def answer(update: Update, context: Context) -> None:
    """What is said to the bot is answered; to all else it is silent, and to a flood after one notice."""
    message = update.effective_message
    said = addressed(message, context.bot.bot) if message else None
    if message is None or said is None:
        return
    context.bot_data.album = message.media_group_id or ""
    reply = respond(context.desk, said, context.chat(update))
    if reply is None:  # somebody else's command costs nobody anything
        return
    verdict = _verdict(context, message)
    if verdict is Verdict.ANSWER:
        context.answered.remember(message, await send(context.bot, Place.of(message), reply))
    elif verdict is Verdict.NOTICE:
        await send(context.bot, Place.of(message), SLOWLY)


def _verdict(context: Context, message: Message) -> Verdict:
    """In private nobody is disturbed."""
    if message.chat.type == message.chat.PRIVATE:
        return Verdict.ANSWER
    return context.bot_data.cooldown.admit(message.chat_id, person(message))
