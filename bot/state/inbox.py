"""What was delivered and is not answered yet: written before it is handled, marked when it is done.

An update's number stays for two days after it was done, so that one delivered twice is answered once; Telegram itself
keeps updates for 24 hours (https://core.telegram.org/bots/api#getting-updates).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from sqlalchemy import Connection, bindparam, delete, func, select, update
from sqlalchemy.sql.dml import ReturningInsert

from bot.state.database import State
from bot.state.schema import inbox
from bot.state.upsert import insert_new

REMEMBERED = 2 * 86400.0  # seconds that the number of a done update is kept
SET_ASIDE = 30 * 86400.0  # seconds that one which could not be handled is kept, for the admins

_THIS = update(inbox).where(inbox.c.update_id == bindparam("which"))
_BEGIN = _THIS.values(attempts=inbox.c.attempts + 1)
_DONE = _THIS.values(state="done", content="", finished_at=bindparam("moment"))
_ASIDE = _THIS.values(state="aside", error=bindparam("why"), finished_at=bindparam("moment"))


class Outcome(StrEnum):
    DONE = "done"
    ASIDE = "aside"  # it failed again and again


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it was delivered: its number, its content as JSON, when it came."""

    update_id: int
    content: str
    at: float
    attempts: int = 0  # how often it was begun and not finished


@dataclass(frozen=True, slots=True)
class Finish:
    """What became of an update. The content of one that was set aside is kept."""

    update_id: int
    outcome: Outcome
    error: str
    at: float


def keep(connection: Connection, arrivals: Sequence[Arrival]) -> set[int]:
    """Write what arrived; the numbers of those that had not come before."""
    rows = [
        {"update_id": one.update_id, "content": one.content, "state": "waiting", "received_at": one.at}
        for one in arrivals
    ]
    return set(connection.execute(_new(connection.dialect.name), rows).scalars())


@cache
def _new(dialect: str) -> ReturningInsert[int]:
    return insert_new(dialect, inbox).returning(inbox.c.update_id)


def begin(connection: Connection, update_ids: Iterable[int]) -> None:
    """Count an attempt, durably and before it: one that takes the whole process down is known by it."""
    connection.execute(_BEGIN, [{"which": update_id} for update_id in update_ids])


def finish(connection: Connection, finishes: Sequence[Finish]) -> None:
    """Mark what is done, and set aside what failed too often."""
    rows = [{"which": one.update_id, "moment": one.at} for one in finishes if one.outcome is Outcome.DONE]
    if rows:
        connection.execute(_DONE, rows)
    failed = [one for one in finishes if one.outcome is Outcome.ASIDE]
    if failed:
        connection.execute(_ASIDE, [{"which": f.update_id, "moment": f.at, "why": f.error} for f in failed])


async def waiting(state: State) -> list[Arrival]:
    """What was delivered and not finished, in the order in which it came."""
    arrivals = select(inbox.c.update_id, inbox.c.content, inbox.c.received_at, inbox.c.attempts)
    query = arrivals.where(inbox.c.state == "waiting").order_by(inbox.c.id)
    return await state.looked(lambda connection: [Arrival(*row) for row in connection.execute(query)])


async def count(state: State, outcome: str) -> int:
    query = select(func.count()).select_from(inbox).where(inbox.c.state == outcome)
    return await state.looked(lambda connection: connection.scalar(query)) or 0


def prune(connection: Connection, now: float) -> None:
    """Forget what was finished long ago."""
    for outcome, kept in ((Outcome.DONE, REMEMBERED), (Outcome.ASIDE, SET_ASIDE)):
        old = (inbox.c.state == outcome.value) & (inbox.c.finished_at < now - kept)
        connection.execute(delete(inbox).where(old))
