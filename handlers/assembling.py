"""The Telegram application is put together: what receives, what answers, what watches, and what sends by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from telegram.ext import Application, ContextTypes

from bot.announcements.office import Office
from bot.announcements.rota import Rota
from bot.config import Settings
from bot.control import Control
from bot.live import Live
from bot.replies.desk import Desk
from bot.state import State, subscribers
from handlers.admins.operating import Applied, operating
from handlers.arriving.ages import Ages
from handlers.arriving.inbox import Inbox
from handlers.arriving.order import ChatOrder
from handlers.arriving.receiving import Polling, Receiver
from handlers.context import Context, Face
from handlers.furnishing import App, furnish
from handlers.sending.bot import Bot
from handlers.sending.mailroom import Mailroom
from handlers.sending.progress import Progress
from handlers.sending.wire import Wire
from handlers.watching.alarm import Alarm
from handlers.watching.watch import watch

if TYPE_CHECKING:
    from bot.editions import Editions
    from bot.library import Library


def assemble(
    settings: Settings,
    bot: Bot,
    get_library: Callable[[], Library],
    state: State | None,
    editions: Editions | None,
    room: Mailroom | None,
) -> App:
    """See `bot.app.build`. The mailroom `room`, of the same bot and state, may be at work already."""
    assert isinstance(bot.request, Wire)  # noqa: S101
    inbox = Inbox(Ages(60.0 * settings.inbox.max_age_minutes), bot.request.gate)
    types = ContextTypes(context=Context, bot_data=Face)
    builder = Application.builder().bot(bot).context_types(types).job_queue(None)
    if settings.telegram.mode == "webhook":
        builder = builder.updater(None)
    application: App = builder.update_queue(inbox).concurrent_updates(ChatOrder(inbox)).build()
    face = application.bot_data
    face.alarm = Alarm(bot, lambda: face.admins)
    face.receiver = _receiver(settings, bot, inbox, face.alarm)
    desk = Desk(get_library, editions=editions, live=Live(settings))
    if editions:
        application.add_handlers(operating())
        face.control = Control(desk, settings.data)
    face.desk = desk
    face.watch = watch(application, settings, state)
    office = Office(state, settings.schedule, room.postman.news) if state and room else None
    furnish(application, desk, office)
    if state and room:
        face.on_move.append(partial(subscribers.move, state))
        rota = Rota(state, settings.schedule, get_library, room.postman.news)
        room.join(rota, Progress(bot, state), face.moved)
        face.mailroom = room
    assert desk.live is not None  # noqa: S101
    desk.live.follow(Applied(face, application))
    return application


def _receiver(settings: Settings, bot: Bot, inbox: Inbox, alarm: Alarm) -> Receiver:
    """How updates come in. Raises ConfigError for a webhook without a secret."""
    if settings.telegram.mode == "webhook":
        from handlers.arriving.webhook import Webhook  # tornado is not needed for polling

        return Webhook(settings.telegram.webhook, settings.webhook_secret.get_secret_value())
    polling = Polling(alarm, inbox.ages)
    bot.deliver_to(inbox, polling.polled)
    return polling
