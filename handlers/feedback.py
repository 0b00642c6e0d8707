"""What people think of an answer: two buttons under it, one vote a person, a reason if they like."""

from __future__ import annotations

import contextlib
import time

from telegram import Message, Update
from telegram.error import BadRequest

from bot.questions.pages import said, with_votes
from bot.replies import texts
from bot.replies import texts_operating as words
from bot.replies.actions import ActionError, Rate, decode
from bot.replies.asked import NOT_FOUND
from bot.replies.model import Reply
from handlers.addressed import person
from handlers.context import Context
from handlers.doings import keeping
from handlers.sending.place import Place
from handlers.sending.send import send


def judged(context: Context, message: Message, reply: Reply) -> tuple[Reply, str]:
    """The reply with 👍 and 👎 under it, and the key they carry; as it was, and "", where nothing is to be judged.

    In a group only answers have them: what was not found need not take a row of everybody's screen.
    """
    clerk, asked = context.bot_data.clerk, reply.asked
    if clerk is None or asked is None or not clerk.keeps:
        return reply, ""
    key = clerk.key()
    private = message.chat.type == message.chat.PRIVATE
    return (with_votes(reply, key) if private or asked.outcome != NOT_FOUND else reply), key


def note(context: Context, message: Message, reply: Reply, key: str, began: float) -> None:
    """Once it is sent: for the question log, and for the meters. `began` is of time.perf_counter()."""
    meters, clerk = context.bot_data.meters, context.bot_data.clerk
    meters.replies.add(time.perf_counter() - began)
    if reply.asked is not None:
        meters.outcomes[reply.asked.outcome] += 1
        if clerk is not None and key:
            clerk.note(key, reply.asked, person(message), private=message.chat.type == message.chat.PRIVATE)


@keeping
async def press_vote(update: Update, context: Context) -> None:
    """The vote counts, a later one replaces it; in private, 👎 asks what is wrong."""
    query, clerk = update.callback_query, context.bot_data.clerk
    if query is None or clerk is None:
        return
    try:
        action = decode(query.data or "")
    except ActionError:
        action = None
    if not isinstance(action, Rate):
        await query.answer(texts.UNKNOWN_BUTTON)
        return
    kept = await clerk.vote(action.question, query.from_user.id, action.verdict)
    told = (words.VOTED_GOOD if action.verdict == "good" else words.VOTED_BAD) if kept else words.VOTE_GONE
    with contextlib.suppress(BadRequest):  # pressed while the bot was away
        await query.answer(told)
    message = query.message
    if kept and action.verdict == "bad" and isinstance(message, Message) and message.chat.type == message.chat.PRIVATE:
        clerk.expect_reason(message.chat_id, action.question)
        await send(context.bot, Place.of(message), said(words.WHY_BAD))
