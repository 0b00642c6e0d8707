"""An admin reloads, looks at the editions, goes back to one, publishes or discards what waits."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable

from telegram import Message, Update
from telegram.error import BadRequest

from bot.editions import EditionError, Stage
from bot.replies import publishing, texts
from bot.replies.actions import Action, ActionError, Publish, Rollback, decode
from bot.replies.editions import stage_line, trouble
from bot.replies.model import Reply, Run
from bot.replies.pages import Draft, page_of
from handlers.admins.refusing import by, note_refusal, refused
from handlers.ask import answer
from handlers.context import Context
from handlers.doings import say, words_after
from handlers.sending.place import Place
from handlers.sending.send import edit, send
from handlers.sending.telling import Telling

BEGUN = Stage(publishing.FIRST)
LONGEST_ALERT = 200  # https://core.telegram.org/bots/api#answercallbackquery


async def reload(update: Update, context: Context) -> None:
    """The settings and the reports folder are read again, while questions go on being answered."""
    message = update.effective_message
    if message is None or words_after("reload", message, context) is None or await refused(update, context, "reload"):
        return

    async def work(telling: Telling) -> Draft:
        return (await publishing.reload(context.desk, by(update), telling))[1]

    await _begin(update, context, message, work)


async def roll_back(update: Update, context: Context) -> None:
    """/rollback 3; without a number, the editions there are."""
    message = update.effective_message
    words = words_after("rollback", message, context) if message else None
    if message is None or words is None or await refused(update, context, "rollback"):
        return
    number = words.removeprefix("第").removesuffix("版").strip()
    if not (number.isascii() and number.isdecimal() and len(number) < 9):
        await say(context, message, texts.ROLLBACK_USAGE)
        return
    await _begin(
        update, context, message, lambda telling: publishing.rollback(context.desk, by(update), int(number), telling)
    )


async def list_editions(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None or words_after("editions", message, context) is None:
        return
    if not await refused(update, context, "editions"):
        await answer(update, context)


async def press_edition(update: Update, context: Context) -> None:
    """发布, 放弃, 退回. Who presses must be an admin, whoever the message was for; the buttons then go."""
    query = update.callback_query
    if query is None or not isinstance(query.message, Message):
        return
    alert = texts.ADMIN_ONLY
    if context.chat(update).is_admin:
        alert = await _done(update, context, query.message, query.data or "")
    else:
        note_refusal(update, context, (query.data or "")[:4])
    with contextlib.suppress(BadRequest):  # pressed while the bot was away
        await query.answer(alert[:LONGEST_ALERT] or None, show_alert=bool(alert))


async def _done(update: Update, context: Context, message: Message, data: str) -> str:
    """Do what the button says; what to tell the presser, "" where the message itself says it."""
    try:
        draft = await _deed(update, context, decode(data))
    except ActionError:
        return texts.UNKNOWN_BUTTON
    except (EditionError, OSError) as error:
        return trouble(error, context.desk)
    await edit(context.bot, message.chat_id, message.message_id, page_of(draft, 0, context.desk.page_units))
    return ""


async def _deed(update: Update, context: Context, action: Action) -> Draft:
    match action:
        case Publish(deed="publish", token=token):
            return await publishing.publish(context.desk, by(update), token)
        case Publish(token=token):
            return publishing.discard(context.desk, token)
        case Rollback(number=number):
            return await publishing.rollback(context.desk, by(update), number, lambda stage: None)
    raise ActionError(f"{action!r}")


async def _begin(
    update: Update, context: Context, message: Message, work: Callable[[Telling], Awaitable[Draft]]
) -> None:
    """Go on in a task of its own: the admin's next words, and those of others, are not kept waiting."""
    begun = await send(context.bot, Place.of(message), Reply((Run(stage_line(BEGUN), own=True),)))
    telling = Telling(context.bot, begun)
    context.application.create_task(told(context, telling, work(telling)), update=update, name="publishing")


async def told(context: Context, telling: Telling, work: Awaitable[Draft]) -> None:
    """Show how far the work is, and what came of it."""
    try:
        reply = page_of(await telling.during(work), 0, context.desk.page_units)
    except (EditionError, OSError) as error:
        reply = Reply((Run(trouble(error, context.desk), own=True),))
    await telling.finish(reply)
