"""A person sends a picture, a voice message, a sticker: the bot reads words."""

from __future__ import annotations

from telegram import Update

from bot.replies import texts
from bot.replies.model import Reply, Run
from handlers.context import Context
from handlers.sending.place import Place
from handlers.sending.send import send

HINT = Reply((Run(texts.WORDLESS),))


async def hint_at_words(update: Update, context: Context) -> None:
    """One kind sentence, in private only (the handler's filter sees to that), and one for a whole album."""
    message = update.effective_message
    if message is None or (message.media_group_id and message.media_group_id == context.bot_data.album):
        return
    context.bot_data.album = message.media_group_id or ""
    await send(context.bot, Place.of(message), HINT)
