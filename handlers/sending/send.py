"""A Reply goes out: a new message where the question stands, or the change of a message of ours."""

from __future__ import annotations

import logging
from dataclasses import replace

from telegram import LinkPreviewOptions, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated
from telegram.request import BaseRequest

from bot.replies import texts
from bot.replies.model import Reply, Run
from bot.replies.pages import utf16
from handlers.sending.bot import Bot
from handlers.sending.handling import current
from handlers.sending.limiter import Turn
from handlers.sending.place import Place
from handlers.sending.render import html, keyboard, markup, plain

log = logging.getLogger(__name__)

RECEIPT = 3.0  # seconds for the receipt of a broadcast text, which takes a tenth of one: nobody can say what is later
LONGEST_CAPTION = 1024  # UTF-16 code units, https://core.telegram.org/bots/api#sendphoto
_GONE = ("to edit not found", "can't be edited", "message_id_invalid", "there is no text in the message")
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def send(bot: Bot, place: Place, reply: Reply, *, turn: Turn | None = None) -> Message:
    """Send a reply as a new message. Raises TelegramError when Telegram does not take it.

    `turn` says that the limits have been waited for already, and that no fault is to be repaired by sending again.
    """
    handling = current.get()
    if handling is not None and handling.late and not handling.sent:
        reply = replace(reply, runs=(Run(texts.LATE, own=True), *reply.runs))
    try:
        shown = await _shown(bot, place, reply, turn)
        return shown or await _send(bot, place, reply, html(reply), ParseMode.HTML, turn)
    except ChatMigrated as moved:  # while the answer was made; the question has another number there
        if turn is not None:
            raise
        return await send(bot, Place(moved.new_chat_id), reply)
    except BadRequest as error:
        if not _unparsable(error):
            raise
        log.error("Telegram could not parse a reply, sent as plain text: %s", error)
        return await _send(bot, place, reply, plain(reply), None, turn)


async def edit(bot: Bot, chat_id: int, message_id: int, reply: Reply) -> bool:
    """Make a message of ours say this; False when it is gone. Nothing to change is fine."""
    try:
        await _edit(bot, chat_id, message_id, reply, html(reply), ParseMode.HTML)
    except BadRequest as error:
        if "not modified" in error.message.lower():
            return True
        if _gone(error):
            return False
        if not _unparsable(error):
            raise
        log.error("Telegram could not parse a reply, sent as plain text: %s", error)
        await _edit(bot, chat_id, message_id, reply, plain(reply), None)
    return True


async def _shown(bot: Bot, place: Place, reply: Reply, turn: Turn | None) -> Message | None:
    """The reply's quiz, or its picture with the text as the caption; None where the text must do by itself."""
    if reply.quiz:
        from handlers.sending.quiz import send_quiz  # with all that buttons can do, for which a start has no time

        return await send_quiz(bot, place, reply.quiz, turn)
    if reply.picture is None or bot.gallery is None:
        return None
    if utf16(plain(reply)) > LONGEST_CAPTION:
        log.error("a caption of %d characters, sent as text", len(plain(reply)))
        return None

    async def post(file: str | bytes) -> Message:
        return await bot.send_photo(
            place.chat_id,
            file,
            caption=html(reply),
            parse_mode=ParseMode.HTML,
            message_thread_id=place.thread_id,
            reply_parameters=place.question,
            reply_markup=keyboard(reply),
            rate_limit_args=turn,
        )

    return await bot.gallery.show(reply.picture, post)


async def _send(bot: Bot, place: Place, reply: Reply, text: str, mode: ParseMode | None, turn: Turn | None) -> Message:
    return await bot.send_message(
        place.chat_id,
        text,
        parse_mode=mode,
        message_thread_id=place.thread_id,
        reply_parameters=place.question,
        link_preview_options=NO_PREVIEW,
        read_timeout=RECEIPT if turn else BaseRequest.DEFAULT_NONE,
        rate_limit_args=turn,
        api_kwargs={"reply_markup": markup(reply)},  # the library's objects take long to make and to read
    )


async def _edit(bot: Bot, chat_id: int, message_id: int, reply: Reply, text: str, mode: ParseMode | None) -> None:
    await bot.edit_message_text(
        text,
        chat_id=chat_id,
        message_id=message_id,
        parse_mode=mode,
        reply_markup=keyboard(reply),
        link_preview_options=NO_PREVIEW,
    )


def _unparsable(error: BadRequest) -> bool:
    return "can't parse" in error.message.lower()


def _gone(error: BadRequest) -> bool:
    """Deleted, older than Telegram lets a bot change, or a picture, which has no text."""
    return any(sign in error.message.lower() for sign in _GONE)
