"""Who gets what: chats that subscribed, where in them, and why those left that did."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Row, delete, func, select, update

from bot.state.database import State
from bot.state.schema import chats, outbox, subscribers
from bot.state.upsert import upsert


class Wish(StrEnum):
    """What a chat subscribed to."""

    DAILY = "daily"
    WEEKLY = "weekly"
    BOTH = "both"


class Audience(StrEnum):
    """Whom an announcement is for."""

    ALL = "all"  # every subscriber: what an admin announces
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Subscriber:
    """`left_at` and `left_reason` are set once the chat is no longer written to."""

    chat_id: int
    thread_id: int | None
    wish: Wish
    since: float
    left_at: float | None = None
    left_reason: str = ""


async def subscribe(state: State, chat_id: int, wish: Wish, thread_id: int | None, now: float) -> None:
    """Subscribe, or change what is subscribed to; from now on it is sent to this topic."""
    row = {"thread_id": thread_id, "kind": wish.value, "left_at": None, "left_reason": ""}
    key, values = {"chat_id": chat_id}, {**row, "since": now}
    await state.transact(
        lambda connection: connection.execute(upsert(connection, subscribers, key, values, keep=("since",)))
    )


async def unsubscribe(state: State, chat_id: int, reason: str, now: float) -> bool:
    """No longer write to a chat; False where it was not subscribed. What waits for it is given up."""
    return await state.transact(lambda connection: leave(connection, chat_id, reason, now))


def leave(connection: Connection, chat_id: int, reason: str, now: float) -> bool:
    """The same inside a transaction."""
    waiting = (outbox.c.chat_id == chat_id) & (outbox.c.state == "queued")
    connection.execute(update(outbox).where(waiting).values(state="failed", error=reason, changed_at=now))
    left = connection.execute(
        update(subscribers)
        .where(subscribers.c.chat_id == chat_id, subscribers.c.left_at.is_(None))
        .values(left_at=now, left_reason=reason)
    )
    return left.rowcount > 0


async def subscriber(state: State, chat_id: int) -> Subscriber | None:
    """A chat's subscription, also one that has ended."""
    query = select(subscribers).where(subscribers.c.chat_id == chat_id)
    row = await state.looked(lambda connection: connection.execute(query).first())
    return _subscriber(row) if row else None


async def count(state: State, audience: Audience = Audience.ALL) -> int:
    query = select(func.count()).select_from(subscribers).where(reached(audience))
    return await state.looked(lambda connection: connection.scalar(query)) or 0


def reached(audience: Audience) -> ColumnElement[bool]:
    """The condition on subscribers that an audience is."""
    active = subscribers.c.left_at.is_(None)
    return active if audience is Audience.ALL else active & subscribers.c.kind.in_((audience.value, Wish.BOTH.value))


async def move(state: State, old: int, new: int) -> None:
    """A group became a supergroup: all that belonged to the old chat belongs to the new one."""
    await state.transact(lambda connection: _move(connection, old, new))


def _move(connection: Connection, old: int, new: int) -> None:
    for table in (subscribers, chats):
        if connection.execute(select(table.c.chat_id).where(table.c.chat_id == new)).first():
            connection.execute(delete(table).where(table.c.chat_id == old))
        else:
            connection.execute(update(table).where(table.c.chat_id == old).values(chat_id=new))
    other = outbox.alias()
    twice = select(other.c.id).where(
        other.c.announcement == outbox.c.announcement, other.c.part == outbox.c.part, other.c.chat_id == new
    )
    open_rows = (outbox.c.chat_id == old) & outbox.c.state.in_(("queued", "sending"))
    connection.execute(update(outbox).where(open_rows, ~twice.exists()).values(chat_id=new))
    connection.execute(
        update(outbox).where(outbox.c.chat_id == old, outbox.c.state == "queued").values(state="cancelled")
    )


def forget_thread(connection: Connection, chat_id: int) -> None:
    """Its topic is closed or gone: write to the main chat from now on."""
    connection.execute(update(subscribers).where(subscribers.c.chat_id == chat_id).values(thread_id=None))
    waiting = (outbox.c.chat_id == chat_id) & outbox.c.state.in_(("queued", "sending"))
    connection.execute(update(outbox).where(waiting).values(thread_id=None))


def _subscriber(row: Row[tuple[object, ...]]) -> Subscriber:
    return Subscriber(row.chat_id, row.thread_id, Wish(row.kind), row.since, row.left_at, row.left_reason)
