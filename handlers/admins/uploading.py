"""An admin sends a report file in private: checked before it is fetched, read aside, shown, published by a button."""

from __future__ import annotations

from telegram import Document, Update
from telegram.error import TelegramError

from bot.editions import EditionError
from bot.editions.folder import safe_name
from bot.replies import publishing, texts
from bot.replies.model import Reply, Run
from bot.replies.pages import Draft
from bot.replies.smalltalk import echo
from bot.reports.files import check_upload
from bot.reports.model import ReportError
from handlers.admins.refusing import by, refused
from handlers.admins.reloading import told
from handlers.context import Context
from handlers.doings import say
from handlers.sending.place import Place
from handlers.sending.send import send
from handlers.sending.telling import Telling


async def receive(update: Update, context: Context) -> None:
    """Files of one chat come one after the other. Who is no admin is told whose task it is."""
    message = update.effective_message
    document = message.document if message else None
    if message is None or document is None or await refused(update, context, "upload", texts.UPLOAD_ADMIN_ONLY):
        return
    if fault := _fault(document):
        await say(context, message, texts.UPLOAD_REFUSED.format(reason=fault))
        return
    begun = Reply((Run(texts.UPLOADING.format(name=echo(str(document.file_name))), own=True),))
    telling = Telling(context.bot, await send(context.bot, Place.of(message), begun))
    await told(context, telling, _read(update, context, document, telling))


def _fault(document: Document) -> str:
    """Why it need not be fetched, "" where it is worth it."""
    if not document.file_name:
        return texts.UPLOAD_UNNAMED
    try:
        check_upload(safe_name(document.file_name), 1 if document.file_size is None else document.file_size)
    except ReportError as error:
        return str(error)
    return ""


async def _read(update: Update, context: Context, document: Document, telling: Telling) -> Draft:
    name = safe_name(str(document.file_name))
    try:
        file = await context.bot.get_file(document.file_id)
        check_upload(name, 1 if file.file_size is None else file.file_size)  # what was said before need not be true
        data = bytes(await file.download_as_bytearray())
        check_upload(name, len(data))
    except ReportError as error:
        raise EditionError(str(error)) from None
    except TelegramError as error:
        raise EditionError(texts.UPLOAD_FAILED.format(reason=error.message)) from error
    return await publishing.upload(context.desk, by(update), name, data, telling)
