"""Which schedules ran when, and which figures were told of late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from bot.state import announcements
from bot.state.announcements import Content
from bot.state.database import State
from bot.state.schema import schedule_runs, told
from bot.state.subscribers import Audience
from bot.state.upsert import insert_once, upsert

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that is told: a digest of its report and quote, and of the section it stands in."""

    key: str
    section: str


async def last_run(state: State, name: str, now: float) -> float:
    """When a schedule was last due. One seen for the first time is as if it had run just now: nothing was missed."""
    async with state.reading() as connection:
        latest = await connection.scalar(select(func.max(schedule_runs.c.due)).where(schedule_runs.c.name == name))
    if latest is None:
        async with state.writing() as connection:
            await connection.execute(insert_once(connection, schedule_runs, {"name": name, "due": int(now), "at": now}))
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
    async with state.writing() as connection:
        row = {"name": name, "due": int(due), "at": now}
        if (await connection.execute(insert_once(connection, schedule_runs, row))).rowcount != 1:
            return None
        made = await announcements.drafted(connection, content, "schedule", now, audience.value)
        await announcements.sent(connection, made, audience, len(content["pages"]), now)
        run = update(schedule_runs).where(schedule_runs.c.name == name, schedule_runs.c.due == int(due))
        await connection.execute(run.values(announcement=made))
        await _remember(connection, figures, now)
        return made


async def let_go(state: State, name: str, due: float, now: float) -> None:
    """A run that was missed for too long, or had nothing to say, is over as well."""
    async with state.writing() as connection:
        await connection.execute(insert_once(connection, schedule_runs, {"name": name, "due": int(due), "at": now}))


async def told_at(state: State) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """When figures, and sections, were last told of: (by figure's key, by section)."""
    async with state.reading() as connection:
        rows = list(await connection.execute(select(told.c.figure, told.c.section, told.c.at)))
    sections: dict[str, float] = {}
    for _, section, at in rows:
        sections[section] = max(at, sections.get(section, 0.0))
    return {figure: at for figure, _, at in rows}, sections


async def _remember(connection: AsyncConnection, figures: Iterable[Figure], now: float) -> None:
    for figure in figures:
        values = {"section": figure.section, "at": now}
        await connection.execute(upsert(connection, told, {"figure": figure.key}, values))
