"""The bot is asked from any chat: @bot 养老床位 shows results to choose from, and the chosen one is sent."""

from __future__ import annotations

import contextlib

from telegram import InlineQueryResultArticle, InlineQueryResultsButton, InputTextMessageContent, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.replies import texts
from bot.replies.inline import Result, inline_offer
from handlers.context import Context
from handlers.sending.render import html, keyboard
from handlers.sending.send import NO_PREVIEW

CACHE = 10  # seconds that Telegram may keep results, the same for everybody: so long may a new edition be unseen


async def offer(update: Update, context: Context) -> None:
    """At most 50 results. Who asks faster than people type gets none: apps then ask again at the next letter."""
    query = update.inline_query
    if query is None or not context.bot_data.inline.take(query.from_user.id):
        return
    found = inline_offer(context.desk, query.query, context.bot.username)
    button = InlineQueryResultsButton(texts.INLINE_NONE, start_parameter=found.ask) if found.ask else None
    with contextlib.suppress(BadRequest):  # the person has typed on meanwhile: too old to be answered
        await query.answer(
            [_article(result) for result in found.results], cache_time=CACHE, is_personal=False, button=button
        )


def _article(result: Result) -> InlineQueryResultArticle:
    content = InputTextMessageContent(html(result.reply), ParseMode.HTML, link_preview_options=NO_PREVIEW)
    return InlineQueryResultArticle(
        result.key, result.title, content, reply_markup=keyboard(result.reply), description=result.description
    )
