"""What people asked, for admins in private: lists, and what is done about an item. /forget is for everybody."""

from __future__ import annotations

import contextlib
from typing import Any

from telegram import Message, Update
from telegram.error import BadRequest
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from bot.questions.clerk import Clerk
from bot.questions.pages import said
from bot.replies import texts
from bot.replies import texts_operating as words
from bot.replies.actions import Action, ActionError, ListAsked, Rate, Settle, StopWaiting, decode, of_kind
from bot.replies.hearing import SLASHES
from handlers.addressed import person
from handlers.admins.refusing import note_refusal, refused
from handlers.ask import answer
from handlers.context import Context
from handlers.doings import Handler, keeping, said_as, words_after
from handlers.feedback import press_vote
from handlers.sending.place import Place
from handlers.sending.send import edit, send

NEW = filters.UpdateType.MESSAGE
LISTS = ("unanswered", "top", "feedback")


class Awaited(filters.MessageFilter):
    """Words that the clerk asked for in a private chat; commands are commands all the same."""

    def __init__(self, clerk: Clerk) -> None:
        super().__init__(name="awaited words")
        self._clerk = clerk

    def filter(self, message: Message) -> bool:
        text = message.text or ""
        return (
            message.chat.type == message.chat.PRIVATE
            and text[:1] not in SLASHES
            and self._clerk.awaits(message.chat_id)
        )


def asked(clerk: Clerk) -> list[MessageHandler[Any, Any] | CallbackQueryHandler[Any, Any]]:
    """The handlers, to be added before those that answer."""
    return [
        *(MessageHandler(NEW & said_as(name), lister(name)) for name in LISTS),
        MessageHandler(NEW & said_as("forget"), forget),
        MessageHandler(NEW & filters.TEXT & Awaited(clerk), hear),
        CallbackQueryHandler(press_vote, of_kind(Rate)),
        CallbackQueryHandler(press_list, of_kind(ListAsked, Settle, StopWaiting)),
    ]


def lister(name: str) -> Handler:
    """The handler of a command that shows a list."""

    @keeping
    async def show(update: Update, context: Context) -> None:
        message, clerk = update.effective_message, context.bot_data.clerk
        if message is None or clerk is None or words_after(name, message, context) is None:
            return
        if await refused(update, context, name):
            return
        private = message.chat.type == message.chat.PRIVATE
        await send(context.bot, Place.of(message), await clerk.page(name) if private else said(words.IN_PRIVATE_ONLY))

    return show


@keeping
async def forget(update: Update, context: Context) -> None:
    """All that is kept of who says it goes; the clerk remembers nothing of it either."""
    message, clerk = update.effective_message, context.bot_data.clerk
    if message is None or clerk is None or words_after("forget", message, context) is None:
        return
    told = await clerk.forget(person(message))
    memory = context.desk.memories.get(message.chat_id)
    if memory and message.chat.type == message.chat.PRIVATE:
        memory.question, memory.why = "", ()
        memory.sayings.clear()
    await send(context.bot, Place.of(message), said(told))


@keeping
async def hear(update: Update, context: Context) -> None:
    """Words that were asked for, or the next question after all."""
    message, clerk = update.effective_message, context.bot_data.clerk
    if message is None or clerk is None:
        return
    if clerk.settling.waits(message.chat_id) and not context.chat(update).is_admin:
        clerk.settling.stop(message.chat_id)
    replies = await clerk.hear(message.chat_id, person(message), message.text or "")
    for reply in replies:
        await send(context.bot, Place.of(message), reply)
    if not replies:
        await answer(update, context)


@keeping
async def press_list(update: Update, context: Context) -> None:
    """A page is turned, or something is done about an item: only an admin's press counts, and only in private."""
    query, clerk = update.callback_query, context.bot_data.clerk
    if query is None or clerk is None or not isinstance(query.message, Message):
        return
    chat = context.chat(update)
    if not (chat.is_admin and chat.private):
        note_refusal(update, context, "asked")
        await query.answer(texts.ADMIN_ONLY, show_alert=True)
        return
    try:
        action = decode(query.data or "")
    except ActionError:
        await query.answer(texts.UNKNOWN_BUTTON, show_alert=True)
        return
    alert = await _act(clerk, query.message, action, query.from_user.id, context)
    with contextlib.suppress(BadRequest):  # pressed while the bot was away
        await query.answer(alert or None)


async def _act(clerk: Clerk, message: Message, action: Action, by: int, context: Context) -> str:
    """Do what the button says; what to tell the presser, "" for nothing."""
    alert = ""
    match action:
        case ListAsked(page=page, listing=listing):
            reply = await clerk.page(listing, page)
        case Settle(settling=what, digest=key, at=page):
            reply, alert = await clerk.press(message.chat_id, what, key, page, by)
        case _:
            clerk.settling.stop(message.chat_id)
            reply = said(words.NOTHING_AWAITED)
    if not (reply.replaces and await edit(context.bot, message.chat_id, message.message_id, reply)):
        await send(context.bot, Place.of(message), reply)
    return alert
