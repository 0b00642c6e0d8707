"""A person sends a picture, a voice message, a sticker: the bot reads words."""

from __future__ import annotations

from telegram import Update

from bot.replies import texts
from bot.replies.model import Reply, Run
from handlers.context import Context
from handlers.send import Place, send

HINT = Reply((Run(texts.WORDLESS),))


async def hint_at_words(update: Update, context: Context) -> None:
    """One kind sentence, in private only (the handler's filter sees to that)."""
    if update.effective_message:
        await send(context.bot, Place.of(update.effective_message), HINT)
