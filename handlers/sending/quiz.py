"""A quiz goes out as Telegram's own poll; where polls may not be sent, the reply's text and buttons do."""

from __future__ import annotations

import logging

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import PollType
from telegram.error import BadRequest

from bot.replies import texts
from bot.replies.actions import Say, encode
from bot.replies.model import Poll
from handlers.sending.bot import Bot
from handlers.sending.limiter import Turn
from handlers.sending.place import Place

log = logging.getLogger(__name__)

# What Telegram says in groups and channels whose rights do not include polls.
NO_POLLS = ("not enough rights to send polls", "chat_send_polls_forbidden", "chat_send_poll_forbidden")
AGAIN = InlineKeyboardMarkup([[InlineKeyboardButton(texts.QUIZ_AGAIN, callback_data=encode(Say(0, "/quiz")))]])


async def send_quiz(bot: Bot, place: Place, quiz: Poll, turn: Turn | None) -> Message | None:
    """The poll; None where this chat takes none. Raises TelegramError for all else that Telegram refuses."""
    try:
        return await bot.send_poll(
            place.chat_id,
            quiz.question,
            quiz.options,
            type=PollType.QUIZ,
            correct_option_ids=[quiz.correct],  # type: ignore[list-item]  # a number below twelve
            explanation=quiz.explanation,
            message_thread_id=place.thread_id,
            reply_parameters=place.question,
            reply_markup=AGAIN,
            rate_limit_args=turn,
        )
    except BadRequest as error:
        if not any(sign in error.message.lower() for sign in NO_POLLS):
            raise
        log.info("no polls in chat %s: %s", place.chat_id, error)
        return None
