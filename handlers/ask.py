"""A person says something: a question, a command in any of its spellings, a greeting."""

from __future__ import annotations

import logging
import time

from telegram import Message, Update

from bot.logs import QUESTIONS
from bot.replies import texts
from bot.replies.conversation import respond
from bot.replies.model import Reply, Run
from handlers.addressed import addressed, person
from handlers.context import Context
from handlers.cooldown import Verdict
from handlers.feedback import judged, note
from handlers.sending.place import Place
from handlers.sending.send import send

questions = logging.getLogger(QUESTIONS)

SLOWLY = Reply((Run(texts.SLOWLY),))


async def answer(update: Update, context: Context) -> None:
    """What is said to the bot is answered; to all else it is silent, and to a flood after one notice."""
    message = update.effective_message
    said = addressed(message, context.bot.bot) if message else None
    if message is None or said is None:
        return
    context.bot_data.album = message.media_group_id or ""
    began = time.perf_counter()
    reply = respond(context.desk, said, context.chat(update))
    if reply is None:  # somebody else's command costs nobody anything
        return
    context.bot_data.meters.answers.add(time.perf_counter() - began)
    questions.info("%s", said)
    verdict = _verdict(context, message)
    if verdict is Verdict.ANSWER:
        reply, key = judged(context, message, reply)
        context.answered.remember(message, await send(context.bot, Place.of(message), reply))
        note(context, message, reply, key, began)
    elif verdict is Verdict.NOTICE:
        await send(context.bot, Place.of(message), SLOWLY)


def _verdict(context: Context, message: Message) -> Verdict:
    """In private nobody is disturbed."""
    if message.chat.type == message.chat.PRIVATE:
        return Verdict.ANSWER
    return context.bot_data.cooldown.admit(message.chat_id, person(message))
