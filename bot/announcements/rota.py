"""The rota sends 每日一数, 每周数读 and a quiz when they are due: once each, also after a time of being down."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from bot.announcements import composing
from bot.announcements.choosing import Candidate, candidates, choose
from bot.announcements.composing import Pages, Unborne
from bot.announcements.content import to_json
from bot.announcements.timing import Quiet, Rule, quiet_hours, rule, zone
from bot.replies.quiz import quiz_of
from bot.reports.model import Report
from bot.state import State, runs
from bot.state.subscribers import Audience

if TYPE_CHECKING:
    from bot.library import Library
    from bot.settings import Schedule

log = logging.getLogger(__name__)

LOOK = 30.0  # seconds between looks at the clock, which somebody may set
PUNCTUAL = 600.0  # seconds after its time in which a run is not missed: a slow start, a state that could not be read
SUMMARY = 8  # figures of a weekly summary


class Kind(StrEnum):
    """What is sent by itself."""

    DAILY = "daily"
    WEEKLY = "weekly"
    QUIZ = "quiz"


AUDIENCES = {Kind.DAILY: Audience.DAILY, Kind.WEEKLY: Audience.WEEKLY, Kind.QUIZ: Audience.DAILY}


@dataclass(frozen=True, slots=True)
class Duty:
    """What is sent, and when. A changed rule is another duty: it has missed nothing yet."""

    kind: Kind
    rule: Rule

    @property
    def name(self) -> str:
        return f"{self.kind} {self.rule.written}"


def duties(schedule: Schedule) -> tuple[Duty, ...]:
    """The settings' schedule; a time left empty is no duty."""
    where = zone(schedule.timezone)
    written = {Kind.DAILY: schedule.daily, Kind.WEEKLY: schedule.weekly, Kind.QUIZ: schedule.quiz}
    return tuple(Duty(kind, rule(time, where)) for kind, time in written.items() if time.strip())


@dataclass(slots=True)
class Rota:
    """`news` is set when something was put into the outbox. `chance`, `clock` and `sleep` are for tests."""

    state: State
    schedule: Schedule
    get_library: Callable[[], Library]
    news: asyncio.Event = field(default_factory=asyncio.Event)
    chance: Random = field(default_factory=Random)
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
            log.warning("%s of %s was missed too long ago: let go", duty.kind, due)
            await runs.let_go(self.state, duty.name, due.timestamp(), now.timestamp())
            return
        await self._run(duty, due, now)

    async def _run(self, duty: Duty, due: datetime, now: datetime) -> None:
        try:
            pages, told = tell(duty.kind, self.get_library().reports, *await runs.told_at(self.state), self.chance)
        except Unborne as error:
            log.error("%s withheld: %s", duty.kind, error)
            pages, told = (), ()
        if not pages:
            log.warning("%s: there is nothing to tell", duty.kind)
            await runs.let_go(self.state, duty.name, due.timestamp(), now.timestamp())
            return
        figures, audience = [one.figure for one in told], AUDIENCES[duty.kind]
        made = await runs.run_once(
            self.state, duty.name, due.timestamp(), to_json(pages), figures, audience, now.timestamp()
        )
        if made is not None:
            log.info("%s of %s: announcement %d", duty.kind, due, made)
            self.news.set()

    def _now(self) -> datetime:
        return self.clock() if self.clock else datetime.now(zone(self.schedule.timezone))


def tell(
    kind: Kind, reports: Sequence[Report], figures: Mapping[str, float], sections: Mapping[str, float], chance: Random
) -> tuple[Pages, Sequence[Candidate]]:
    """The messages, and the figures that they tell; ((), ()) without any. The mappings as `choose` takes them."""
    among = candidates(reports)
    chosen = choose(among, figures, sections, 1)
    if not chosen:
        return (), ()
    report = chosen[0].report
    of_it = [one for one in among if one.report is report]
    match kind:
        case Kind.DAILY:
            return composing.daily(chosen[0]), chosen
        case Kind.WEEKLY:  # one report has one card
            chosen = choose(of_it, figures, sections, SUMMARY)
            return composing.weekly(chosen), chosen
        case Kind.QUIZ:
            told = [one.index for one in of_it if one.figure.key in figures]
            found = quiz_of(report, chance, among=reports, asked=told) or quiz_of(report, chance, among=reports)
            asked = [one for one in of_it if found and one.index == found.metric]
            return (composing.quiz(found), asked) if found else ((), ())
