"""Commands that do something beyond answering: they are caught before the answers, by any of their names."""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Callable, Coroutine
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from telegram import Message, Update
from telegram.ext import filters

from bot.replies import texts
from bot.replies.commands import BY_NAME
from bot.replies.model import Reply, Run
from handlers.addressed import addressed
from handlers.context import Context
from handlers.sending.place import Place
from handlers.sending.send import send

log = logging.getLogger(__name__)

Handler = Callable[[Update, Context], Coroutine[Any, Any, None]]


def said_as(name: str) -> filters.BaseFilter:
    """Messages that begin with a command under any of its names, perhaps after the bot's own."""
    return filters.Regex(re.compile(rf"^\s*(?:[@＠]\w+\s+)?{_command(name)}", re.IGNORECASE))


def words_after(name: str, message: Message, context: Context) -> str | None:
    """What follows the command, line ends as they are; None where it is meant for another bot."""
    said = addressed(message, context.bot.bot)
    return None if said is None else re.sub(rf"^{_command(name)}", "", said, count=1, flags=re.IGNORECASE).strip()


async def say(context: Context, message: Message, text: str) -> None:
    await send(context.bot, Place.of(message), Reply((Run(text, own=True),)))


def keeping(handler: Handler) -> Handler:
    """What cannot be kept is said to have failed, and nothing else is said."""

    @functools.wraps(handler)
    async def kept(update: Update, context: Context) -> None:
        try:
            await handler(update, context)
        except (SQLAlchemyError, OSError):
            log.exception("the state cannot be read or written")
            if query := update.callback_query:
                await query.answer(texts.STATE_FAILED, show_alert=True)
            elif message := update.effective_message:
                await say(context, message, texts.STATE_FAILED)

    return kept


def _command(name: str) -> str:
    names = "|".join(re.escape(one) for one in sorted(BY_NAME[name].names, key=len, reverse=True))
    return rf"[/／](?:{names})(?![A-Za-z0-9_])"
