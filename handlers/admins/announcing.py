"""An admin announces: picks or writes, sees what will be sent and to how many chats, sends or cancels, may stop it."""

from __future__ import annotations

import contextlib
import logging

from telegram import Message, Update
from telegram.error import BadRequest

from bot.announcements import composing
from bot.announcements.composing import MOST_PICKED, Pages, Unborne
from bot.announcements.picking import control, listing, menu, progress
from bot.replies import texts
from bot.replies.actions import Action, ActionError, Announce, Compose, Pick, decode, edition_key
from bot.replies.model import Reply, Run
from bot.reports.model import Report
from bot.state import announcements, outbox
from bot.state.announcements import Announcement, Stage
from handlers.admins.refusing import note_refusal, refused
from handlers.context import Context
from handlers.doings import keeping, words_after
from handlers.sending.place import Place
from handlers.sending.send import edit, send

log = logging.getLogger(__name__)


@keeping
async def announce(update: Update, context: Context) -> None:
    """`/announce 内容`, /announce in reply to a message, or /announce alone for a choice."""
    message = update.effective_message
    words = words_after("announce", message, context) if message else None
    if message is None or words is None:
        return
    if await refused(update, context, "announce"):
        return
    author = str(update.effective_user.id) if update.effective_user else ""
    replied = message.reply_to_message
    if pages := composing.of_words(words or (replied.text if replied else None) or ""):
        await _preview(context, Place.of(message), await context.office.draft(author, pages), pages)
        return
    report = next(iter(context.desk.reports(context.chat(update))), None)
    draft = await context.office.draft(author, report=report)
    await send(context.bot, Place.of(message), menu(report, draft))


@keeping
async def press_announcing(update: Update, context: Context) -> None:
    """A button of an announcement. Who presses must be an admin, whoever composed it."""
    query = update.callback_query
    if query is None or not isinstance(query.message, Message):
        return
    if not context.chat(update).is_admin:
        note_refusal(update, context, "announce")
        await query.answer(texts.ADMIN_ONLY, show_alert=True)
        return
    try:
        action = decode(query.data or "")
    except ActionError:
        await query.answer(texts.UNKNOWN_BUTTON, show_alert=True)
        return
    alert = await _act(context, query.message, action)
    with contextlib.suppress(BadRequest):  # pressed while the bot was away
        await query.answer(alert or None, show_alert=bool(alert))


async def _act(context: Context, message: Message, action: Action) -> str:
    """Do what the button says; what to tell the presser, "" for nothing."""
    if isinstance(action, Announce) and action.step != "preview":
        return await _decide(context, message, action)
    number = getattr(action, "draft", 0)
    draft = await context.office.find(number)
    if draft is None or draft.stage is not Stage.DRAFT:
        return texts.HANDLED
    report = _report(context, draft)
    if report is None:
        return texts.STALE
    match action:
        case Compose():
            reply = listing(report, action.what, draft.id, action.at, draft.content.get("picked", ()))
            await edit(context.bot, message.chat_id, message.message_id, reply)
        case Pick(what="metrics"):
            picked = await context.office.pick(draft, report, "metrics", action.index)
            if picked is None:
                return texts.TOO_MANY.format(most=MOST_PICKED)
            reply = listing(report, "metrics", draft.id, action.at, picked)
            await edit(context.bot, message.chat_id, message.message_id, reply)
        case Pick():
            return await _composed(context, message, draft, report, action.what, (action.index,))
        case Announce():
            picked = tuple(draft.content.get("picked", ()))
            return await _composed(context, message, draft, report, "metrics", picked) if picked else texts.STALE
    return ""


async def _composed(
    context: Context, message: Message, draft: Announcement, report: Report, what: str, picked: tuple[int, ...]
) -> str:
    """The list gives way to the preview."""
    try:
        pages = await context.office.compose(draft, report, what, picked)
    except (Unborne, IndexError) as error:
        log.error("announcement %d withheld: %s", draft.id, error)
        return texts.UNBORNE
    if not pages:
        return texts.HANDLED
    await edit(context.bot, message.chat_id, message.message_id, Reply((Run(texts.PREVIEWED),)))
    await _preview(context, Place.of(message), draft.id, pages)
    return ""


async def _preview(context: Context, place: Place, draft: int, pages: Pages) -> None:
    """The very messages that will be sent, then the buttons."""
    for page in pages:
        await send(context.bot, Place(place.chat_id, place.thread_id), page)
    reach = await context.office.reach()
    await send(context.bot, Place(place.chat_id, place.thread_id), control(draft, len(pages), reach))


async def _decide(context: Context, message: Message, action: Announce) -> str:
    """Send, cancel, stop, or send again; whoever comes second is told so, and nothing happens twice."""
    office, number = context.office, action.draft
    match action.step:
        case "send":
            done = await office.send(number)
        case "stop":
            done = await office.stop(number)
        case "again":
            done = await office.send_again(number)
        case _:
            done = await office.cancel(number)
            if done:
                await edit(context.bot, message.chat_id, message.message_id, Reply((Run(texts.CANCELLED),)))
            return "" if done else texts.HANDLED
    if not done:
        return texts.HANDLED
    log.info("announcement %d: %s", number, action.step)
    await announcements.show_progress(office.state, number, (message.chat_id, message.message_id))
    await show(context, number, message)
    return ""


async def show(context: Context, number: int, message: Message) -> None:
    """How far it is, at once; later handlers.sending.progress tells it."""
    found = await context.office.find(number)
    if found is not None:
        reply = progress(number, found.stage, await outbox.counts(context.office.state, number))
        await edit(context.bot, message.chat_id, message.message_id, reply)


def _report(context: Context, draft: Announcement) -> Report | None:
    """The report that the draft is picked from, only in the very edition."""
    wanted = draft.content.get("edition")
    return next((one for one in context.desk.get_library().reports if edition_key(one) == wanted), None)
