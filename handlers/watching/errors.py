"""What goes wrong in a handler: the person gets one sentence with a code, the log has the code and the rest."""

from __future__ import annotations

import logging
import secrets

from telegram import Message, Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.replies.model import Reply, Run
from handlers.context import Context
from handlers.sending.handling import current
from handlers.sending.place import Place
from handlers.sending.send import send

log = logging.getLogger(__name__)

APOLOGY = "抱歉，这次没有答成，请稍后再试。要反映问题，请带上这个代码：{code}"


async def apologise(update: object, context: Context) -> None:
    """The one error handler. It never raises, and it writes only where something was said to the bot."""
    if isinstance(context.error, Forbidden):
        log.info("not allowed to answer: %s", context.error)
        return
    handling = current.get()
    if handling is not None and handling.again(context.error):
        log.warning("update %d: %r, trying again in %.2f s", handling.update_id, context.error, handling.pause)
        return
    code = secrets.token_hex(3).upper()
    log.error("error %s", code, exc_info=context.error)
    _count(update, context, code)
    place = _place(update)
    if place is None:
        return
    try:
        await send(context.bot, place, Reply((Run(APOLOGY.format(code=code), own=True),)))
    except TelegramError as error:
        log.error("error %s could not be told: %s", code, error)


def _count(update: object, context: Context, code: str) -> None:
    """For /status and the admins; that Telegram is out of reach is neither unexpected nor to be told through it."""
    face, error = context.bot_data, context.error
    face.meters.error()
    reachable = isinstance(error, BadRequest) or not isinstance(error, NetworkError | RetryAfter)
    if face.incidents and error is not None and reachable:
        face.incidents.report(error, code, update)


def _place(update: object) -> Place | None:
    """Where a question or a press came from."""
    if not isinstance(update, Update):
        return None
    message = update.message or update.edited_message
    if message is None and update.callback_query and isinstance(update.callback_query.message, Message):
        message = update.callback_query.message
    return Place.of(message) if message else None
