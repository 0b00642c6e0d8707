"""Which schedules ran when, and which figures were told of late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, update

from bot.state import announcements
from bot.state.announcements import Content
from bot.state.database import State
from bot.state.schema import schedule_runs, told
from bot.state.subscribers import Audience
from bot.state.upsert import insert_once, upsert


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that is told: a digest of its report and quote, and of the section it stands in."""

    key: str
    section: str


async def last_run(state: State, name: str, now: float) -> float:
    """When a schedule was last due. One seen for the first time is as if it had run just now: nothing was missed."""
    query = select(func.max(schedule_runs.c.due)).where(schedule_runs.c.name == name)
    latest: int | None = await state.looked(lambda connection: connection.scalar(query))
    if latest is None:
        await let_go(state, name, now, now)
        return float(int(now))
    return float(latest)


async def run_once(
    state: State,
    name: str,
    due: float,
    content: Content,
    figures: Iterable[Figure],
    audience: Audience,
    now: float,
) -> int | None:
    """Send what was due, in one transaction with the note that it was; the announcement, or None if it ran before."""
    row = {"name": name, "due": int(due), "at": now}
    this_run = update(schedule_runs).where(schedule_runs.c.name == name, schedule_runs.c.due == int(due))

    def run(connection: Connection) -> int | None:
        if connection.execute(insert_once(connection, schedule_runs, row)).rowcount != 1:
            return None
        made = announcements.drafted(connection, content, "schedule", now, audience.value)
        announcements.sent(connection, made, audience, len(content["pages"]), now)
        connection.execute(this_run.values(announcement=made))
        _remember(connection, figures, now)
        return made

    return await state.transact(run, aside=True)


async def let_go(state: State, name: str, due: float, now: float) -> None:
    """A run that was missed for too long, or had nothing to say, is over as well."""
    row = {"name": name, "due": int(due), "at": now}
    await state.transact(lambda connection: connection.execute(insert_once(connection, schedule_runs, row)))


async def told_at(state: State) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """When figures, and sections, were last told of: (by figure's key, by section)."""
    query = select(told.c.figure, told.c.section, told.c.at)
    rows = await state.looked(lambda connection: connection.execute(query).all())
    sections: dict[str, float] = {}
    for _, section, at in rows:
        sections[section] = max(at, sections.get(section, 0.0))
    return {figure: at for figure, _, at in rows}, sections


def _remember(connection: Connection, figures: Iterable[Figure], now: float) -> None:
    for figure in figures:
        values = {"section": figure.section, "at": now}
        connection.execute(upsert(connection, told, {"figure": figure.key}, values))
