"""The rota sends 每日一数 and 每周数读 when they are due: once each, also after a time of being down."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from bot.announcements import composing
from bot.announcements.choosing import Candidate, candidates, choose
from bot.announcements.composing import Pages, Unborne
from bot.announcements.content import to_json
from bot.announcements.timing import Quiet, Rule, quiet_hours, rule, zone
from bot.state import State, runs
from bot.state.subscribers import Audience

if TYPE_CHECKING:
    from bot.config import Schedule
    from bot.library import Library

log = logging.getLogger(__name__)

LOOK = 30.0  # seconds between looks at the clock, which somebody may set
PUNCTUAL = 600.0  # seconds after its time in which a run is not missed: a slow start, a state that could not be read
SUMMARY = 8  # figures of a weekly summary


@dataclass(frozen=True, slots=True)
class Duty:
    """What is sent, to whom, and when. A changed rule is another duty: it has missed nothing yet."""

    audience: Audience
    rule: Rule
    compose: Callable[[Sequence[Candidate]], Pages]
    figures: int  # how many it tells

    @property
    def name(self) -> str:
        return f"{self.audience} {self.rule.written}"


def duties(schedule: Schedule) -> tuple[Duty, ...]:
    """The settings' schedule; a time left empty is no duty."""
    where = zone(schedule.timezone)
    found = []
    if schedule.daily.strip():
        found.append(Duty(Audience.DAILY, rule(schedule.daily, where), lambda some: composing.daily(some[0]), 1))
    if schedule.weekly.strip():
        found.append(Duty(Audience.WEEKLY, rule(schedule.weekly, where), composing.weekly, SUMMARY))
    return tuple(found)


@dataclass(slots=True)
class Rota:
    """`news` is set when something was put into the outbox. `clock` and `sleep` are for tests."""

    state: State
    schedule: Schedule
    get_library: Callable[[], Library]
    news: asyncio.Event = field(default_factory=asyncio.Event)
    clock: Callable[[], datetime] | None = None
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def work(self) -> None:
        """For ever: look what is due, then wait."""
        while True:
            try:
                wait = await self.look()
            except (SQLAlchemyError, OSError) as error:
                log.error("the schedule cannot be read or noted: %s; trying again", error)
                wait = LOOK
            await self.sleep(wait)

    async def look(self) -> float:
        """Send what is due; seconds until it is worth looking again."""
        now = self._now()
        quiet = quiet_hours(self.schedule.quiet)
        upcoming = []
        for duty in duties(self.schedule):
            await self._attend(duty, now, quiet)
            upcoming.append(duty.rule.next_after(now))
        seconds = [due.timestamp() - now.timestamp() for due in upcoming if due is not None]
        return max(0.0, min([LOOK, *seconds]))

    async def _attend(self, duty: Duty, now: datetime, quiet: Quiet) -> None:
        """Of the times missed only the latest counts, if it is not too long ago; in quiet hours it waits, and is not
        late for that."""
        since = await runs.last_run(self.state, duty.name, now.timestamp())
        due = duty.rule.latest(datetime.fromtimestamp(since, now.tzinfo), now)
        if due is None or quiet.ends_after(now) > now:
            return
        if now.timestamp() - quiet.ends_after(due).timestamp() > self.schedule.catch_up * 3600 + PUNCTUAL:
            log.warning("%s of %s was missed too long ago: let go", duty.audience, due)
            await runs.let_go(self.state, duty.name, due.timestamp(), now.timestamp())
            return
        await self._run(duty, due, now)

    async def _run(self, duty: Duty, due: datetime, now: datetime) -> None:
        figures, sections = await runs.told_at(self.state)
        chosen = choose(candidates(self.get_library().reports), figures, sections, duty.figures)
        try:
            pages = duty.compose(chosen) if chosen else ()
        except Unborne as error:
            log.error("%s withheld: %s", duty.audience, error)
            pages = ()
        if not pages:
            log.warning("%s: there is nothing to tell", duty.audience)
            await runs.let_go(self.state, duty.name, due.timestamp(), now.timestamp())
            return
        told = [one.figure for one in chosen]
        made = await runs.run_once(
            self.state, duty.name, due.timestamp(), to_json(pages), told, duty.audience, now.timestamp()
        )
        if made is not None:
            log.info("%s of %s: announcement %d", duty.audience, due, made)
            self.news.set()

    def _now(self) -> datetime:
        return self.clock() if self.clock else datetime.now(zone(self.schedule.timezone))
