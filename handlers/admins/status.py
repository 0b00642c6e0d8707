"""/status, for admins: how the bot is doing, in a dozen lines."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from telegram import Update

from bot import __version__
from bot.announcements.office import Office
from bot.announcements.rota import duties
from bot.announcements.timing import quiet_hours, zone
from bot.catalogue import MANY
from bot.health import memory
from bot.questions.pages import said
from bot.replies.wellbeing import Wellbeing
from bot.state import outbox
from handlers.admins.refusing import refused
from handlers.arriving.inbox import Inbox
from handlers.context import Context, Face
from handlers.doings import words_after
from handlers.sending.place import Place
from handlers.sending.send import send


async def status(update: Update, context: Context) -> None:
    """To be added before what answers: in a terminal the table of commands has a shorter one."""
    message = update.effective_message
    if message is None or words_after("status", message, context) is None or await refused(update, context, "status"):
        return
    told = await wellbeing(context.bot_data, _others(context.application.update_queue))
    await send(context.bot, Place.of(message), said("\n".join(told.lines())))


async def wellbeing(face: Face, queue: int) -> Wellbeing:
    """All of it as it is now; what the state cannot tell is unknown, and the rest is told."""
    library, meters = face.desk.get_library(), face.meters
    last = meters.last_update
    return Wellbeing(
        version=__version__,
        edition=library.edition,
        reports=len(library.reports),
        metrics=sum(len(one.metrics) for one in library.reports) if len(library.reports) <= MANY else None,
        uptime=meters.uptime,
        memory=memory(),
        per_minute=meters.per_minute(),
        since_update=None if last is None else meters.wall() - last,
        queue=queue,
        outbox=await _outbox(face.office),
        log_waiting=len(face.clerk.log) if face.clerk else None,
        answers=(meters.answers.quantile(0.5), meters.answers.quantile(0.99), len(meters.answers.last)),
        replies=(meters.replies.quantile(0.5), meters.replies.quantile(0.99)),
        errors_today=meters.errors_today(),
        runs=_runs(face.office),
        platform=face.desk.platform,
    )


def _others(queue: object) -> int:
    """Updates that wait or are being handled beside this one."""
    return max(0, queue.waiting - 1) if isinstance(queue, Inbox) else 0


async def _outbox(office: Office | None) -> int | None:
    try:
        return await outbox.depth(office.state) if office else None
    except (SQLAlchemyError, OSError):
        return None


def _runs(office: Office | None) -> list[tuple[str, datetime]]:
    """What the schedule sends next, put off to the end of quiet hours."""
    if office is None:
        return []
    quiet = quiet_hours(office.schedule.quiet)
    now = datetime.now(zone(office.schedule.timezone))
    upcoming = ((duty.kind.value, duty.rule.next_after(now)) for duty in duties(office.schedule))
    return [(name, quiet.ends_after(due)) for name, due in upcoming if due is not None]
