"""Announcements: drafted, then sent or cancelled; each change of state happens once, whoever presses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, func, insert, literal, select, true, union_all, update

from bot.state.database import State
from bot.state.schema import announcements, outbox, subscribers
from bot.state.subscribers import Audience, reached

Content = Mapping[str, Any]


class Stage(StrEnum):
    DRAFT = "draft"
    SENDING = "sending"
    DONE = "done"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Announcement:
    """`content` is bot.announcements.content's; `progress` is (chat, message) that tells how far it is."""

    id: int
    kind: str
    content: Content
    stage: Stage
    author: str
    recipients: int
    progress: tuple[int, int] | None
    started_at: float | None
    finished_at: float | None


async def draft(state: State, content: Content, author: str, now: float, kind: str = "manual") -> int:
    """A new announcement that nobody gets yet; its id."""
    return await state.transact(lambda connection: drafted(connection, content, author, now, kind))


def drafted(connection: Connection, content: Content, author: str, now: float, kind: str) -> int:
    """The same inside a transaction."""
    row = {"kind": kind, "content": content, "state": Stage.DRAFT.value, "author": author, "created_at": now}
    made = connection.scalar(insert(announcements).values(row).returning(announcements.c.id))
    assert made is not None  # noqa: S101 - RETURNING of one inserted row
    return int(made)


async def find(state: State, announcement: int) -> Announcement | None:
    query = select(announcements).where(announcements.c.id == announcement)
    row = await state.looked(lambda connection: connection.execute(query).first())
    return _announcement(row) if row else None


async def redraft(state: State, announcement: int, content: Content) -> bool:
    """Change what a draft says; False once it is no draft any more."""
    return await state.transact(
        lambda connection: _changed(connection, announcement, Stage.DRAFT, content=dict(content))
    )


async def cancel(state: State, announcement: int, now: float) -> bool:
    """Drop a draft; False where that, or sending, was done before."""
    changes = {"state": Stage.CANCELLED.value, "finished_at": now}
    return await state.transact(lambda connection: _changed(connection, announcement, Stage.DRAFT, **changes))


async def send(state: State, announcement: int, audience: Audience, parts: int, now: float) -> int | None:
    """Put a draft into the outbox of every chat of the audience: how many. None where somebody else did before."""
    return await state.transact(lambda connection: sent(connection, announcement, audience, parts, now), aside=True)


def sent(connection: Connection, announcement: int, audience: Audience, parts: int, now: float) -> int | None:
    """The same inside a transaction. `parts` is the number of messages that each chat gets."""
    if not _changed(connection, announcement, Stage.DRAFT, state=Stage.SENDING.value, started_at=now):
        return None
    part = union_all(*(select(literal(number).label("part")) for number in range(parts))).subquery()
    rows = (
        select(
            literal(announcement),
            subscribers.c.chat_id,
            subscribers.c.thread_id,
            part.c.part,
            literal("queued"),
            literal(now),
        )
        .select_from(subscribers.join(part, true()))
        .where(reached(audience))
        .order_by(subscribers.c.since, subscribers.c.chat_id, part.c.part)
    )
    columns = ["announcement", "chat_id", "thread_id", "part", "state", "changed_at"]
    connection.execute(insert(outbox).from_select(columns, rows))
    reach = connection.scalar(select(func.count()).select_from(subscribers).where(reached(audience))) or 0
    _changed(connection, announcement, Stage.SENDING, recipients=reach)
    return reach


async def stop(state: State, announcement: int, now: float) -> bool:
    """Send no more of it; what is under way arrives. False where it is not being sent."""
    waiting = (outbox.c.announcement == announcement) & (outbox.c.state == "queued")
    cancelled = update(outbox).where(waiting).values(state="cancelled", changed_at=now)

    def stopped(connection: Connection) -> bool:
        if not _changed(connection, announcement, Stage.SENDING, state=Stage.STOPPED.value, finished_at=now):
            return False
        connection.execute(cancelled)
        return True

    return await state.transact(stopped, aside=True)


async def close_finished(state: State, now: float) -> list[int]:
    """Those of which nothing waits any more are done; their ids."""
    left = select(outbox.c.id).where(
        outbox.c.announcement == announcements.c.id, outbox.c.state.in_(("queued", "sending"))
    )
    over = (announcements.c.state == Stage.SENDING.value) & ~left.exists()
    query = select(announcements.c.id).where(over)  # asked every other moment, found seldom
    ids = await state.looked(lambda connection: list(connection.execute(query).scalars()))
    if ids:
        change = update(announcements).where(announcements.c.id.in_(ids), over)
        done = change.values(state=Stage.DONE.value, finished_at=now)
        await state.transact(lambda connection: connection.execute(done))
    return ids


async def show_progress(state: State, announcement: int, place: tuple[int, int] | None) -> None:
    """Which message tells how far it is; None once that has been told to the end."""
    chat, message = place or (None, None)
    row = update(announcements).where(announcements.c.id == announcement)
    change = row.values(progress_chat=chat, progress_message=message)
    await state.transact(lambda connection: connection.execute(change))


async def in_progress(state: State) -> list[Announcement]:
    """Those that were started and whose progress is being told."""
    shown = announcements.c.progress_message.is_not(None) & (announcements.c.started_at.is_not(None))
    query = select(announcements).where(shown)
    return await state.looked(lambda connection: [_announcement(row) for row in connection.execute(query)])


def _changed(connection: Connection, announcement: int, only: Stage, **changes: Any) -> bool:
    """Compare and set: the change is made only while the announcement is in the state `only`."""
    where = (announcements.c.id == announcement) & (announcements.c.state == only.value)
    return connection.execute(update(announcements).where(where).values(**changes)).rowcount == 1


def _announcement(row: Row[Any]) -> Announcement:
    shown = (row.progress_chat, row.progress_message) if row.progress_message is not None else None
    return Announcement(
        row.id,
        row.kind,
        row.content,
        Stage(row.state),
        row.author,
        row.recipients,
        shown,
        row.started_at,
        row.finished_at,
    )
