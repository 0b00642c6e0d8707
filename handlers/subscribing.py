"""A chat subscribes and unsubscribes, by a command or a button; in a group its administrators decide."""

from __future__ import annotations

import contextlib

from telegram import ChatMember, Message, Update
from telegram.error import BadRequest

from bot.announcements.office import WISHES
from bot.replies import texts
from bot.replies.actions import ActionError, Subscribe, decode, encode
from bot.replies.model import Button, Reply, Run
from bot.state.subscribers import Wish
from handlers.context import Context
from handlers.doings import keeping, say, words_after
from handlers.sending.place import Place
from handlers.sending.send import edit, send

DECIDE = (ChatMember.ADMINISTRATOR, ChatMember.OWNER)
CHOICES = Reply(
    (Run(texts.SUBSCRIBE_ASK),),
    (tuple(Button(label, encode(Subscribe(wish))) for wish, label in texts.WISHES.items()),),
)


@keeping
async def subscribe(update: Update, context: Context) -> None:
    """With words, at once; without, the choice is offered."""
    message = update.effective_message
    words = words_after("subscribe", message, context) if message else None
    if message is None or words is None:
        return
    if not await _may_decide(update, context):
        await say(context, message, texts.GROUP_ADMINS_DECIDE)
    elif wish := WISHES.get(words.casefold()):
        await say(context, message, await context.office.subscribe(message.chat_id, wish, Place.of(message).thread_id))
    else:
        await send(context.bot, Place.of(message), CHOICES)


@keeping
async def unsubscribe(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None or words_after("unsubscribe", message, context) is None:
        return
    if await _may_decide(update, context):
        await say(context, message, await context.office.unsubscribe(message.chat_id))
    else:
        await say(context, message, texts.GROUP_ADMINS_DECIDE)


@keeping
async def press_subscribing(update: Update, context: Context) -> None:
    """A choice is made, or the button 退订 under what was sent is pressed."""
    query = update.callback_query
    if query is None or not isinstance(query.message, Message):
        return
    if not await _may_decide(update, context):
        await query.answer(texts.GROUP_ADMINS_DECIDE, show_alert=True)
        return
    try:
        action = decode(query.data or "")
    except ActionError:
        action = Subscribe()
    message, wish = query.message, action.wish if isinstance(action, Subscribe) else "none"
    if wish == "none":
        await query.answer(await context.office.unsubscribe(message.chat_id), show_alert=True)
        return
    told = await context.office.subscribe(message.chat_id, Wish(wish), Place.of(message).thread_id)
    with contextlib.suppress(BadRequest):  # pressed while the bot was away
        await query.answer()
    await edit(context.bot, message.chat_id, message.message_id, Reply((Run(told, own=True),)))


async def _may_decide(update: Update, context: Context) -> bool:
    """In private everybody for themselves; in a group its administrators, also those who write as the group."""
    chat, user, message = update.effective_chat, update.effective_user, update.effective_message
    if chat is None or chat.type == chat.PRIVATE:
        return True
    if update.callback_query is None and message and message.sender_chat and message.sender_chat.id == chat.id:
        return True
    if user is None:
        return False
    try:
        member = await context.bot.get_chat_member(chat.id, user.id)
    except BadRequest:  # no member of it
        return False
    return member.status in DECIDE
