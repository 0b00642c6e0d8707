"""The outbox: what is to be sent to which chat, and what became of it.

A row is `sending` from before the request until its outcome is known, both committed. What a crash leaves `sending`
was perhaps received, since Telegram gives no receipt: it becomes `unknown`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, case, func, select, update

from bot.state.announcements import Stage
from bot.state.database import State
from bot.state.schema import announcements, outbox
from bot.state.subscribers import forget_thread, leave


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message to one chat."""

    id: int
    announcement: int
    chat_id: int
    thread_id: int | None
    part: int
    attempts: int


_PARCEL = tuple(outbox.c[name] for name in Parcel.__slots__)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many chats have all of an announcement, still wait, failed; `unknown` may or may not have it."""

    sent: int = 0
    waiting: int = 0
    failed: int = 0
    unknown: int = 0
    cancelled: int = 0

    @property
    def total(self) -> int:
        return self.sent + self.waiting + self.failed + self.unknown + self.cancelled


async def due(state: State, now: float, limit: int, without: Collection[int] = ()) -> list[Parcel]:
    """What may be sent now, oldest first; of several parts to a chat the first one that is left."""
    earlier = outbox.alias()
    waits = select(earlier.c.id).where(
        earlier.c.announcement == outbox.c.announcement,
        earlier.c.chat_id == outbox.c.chat_id,
        earlier.c.part < outbox.c.part,
        earlier.c.state.in_(("queued", "sending")),
    )
    ready = (outbox.c.state == "queued") & (outbox.c.not_before <= now) & ~waits.exists()
    if without:
        ready &= outbox.c.chat_id.not_in(sorted(without))
    query = select(*_PARCEL).where(ready).order_by(outbox.c.id).limit(limit)
    return await state.looked(lambda connection: [Parcel(*row) for row in connection.execute(query)])


async def next_due(state: State) -> float | None:
    """When the next row that waits may be sent; None where none waits."""
    query = select(func.min(outbox.c.not_before)).where(outbox.c.state == "queued")
    return await state.looked(lambda connection: connection.scalar(query))


async def sent_since(state: State, moment: float) -> list[tuple[int, float]]:
    """What went out since then, the oldest first: (chat, moment of the receipt, or of the claim where none came)."""
    tried = (outbox.c.state != "queued") | (outbox.c.error != "")
    query = select(outbox.c.chat_id, outbox.c.changed_at).where(
        outbox.c.changed_at > moment, outbox.c.state != "cancelled", tried
    )
    ordered = query.order_by(outbox.c.changed_at)
    return await state.looked(lambda connection: [(chat, at) for chat, at in connection.execute(ordered)])


async def claim(state: State, parcel: Parcel, now: float) -> bool:
    """Mark as being sent, committed; False where it was stopped, or taken by another."""
    going = select(announcements.c.id).where(
        announcements.c.id == parcel.announcement, announcements.c.state == Stage.SENDING.value
    )
    return await state.transact(
        lambda connection: _turn(
            connection, parcel.id, ("queued", "sending"), now, going.exists(), attempts=parcel.attempts + 1
        )
    )


async def record_sent(state: State, parcel: Parcel, message_id: int, now: float) -> None:
    await state.transact(
        lambda connection: _turn(connection, parcel.id, ("sending", "sent"), now, message_id=message_id, error="")
    )


async def record_unknown(state: State, parcel: Parcel, reason: str, now: float) -> None:
    await state.transact(lambda connection: _turn(connection, parcel.id, ("sending", "unknown"), now, error=reason))


async def record_failed(state: State, parcel: Parcel, reason: str, now: float) -> None:
    """It will not be sent, nor what was to follow it in this chat."""
    rest = (outbox.c.announcement == parcel.announcement) & (outbox.c.chat_id == parcel.chat_id)
    rest &= (outbox.c.id == parcel.id) | (outbox.c.state == "queued")
    change = update(outbox).where(rest).values(state="failed", error=reason, changed_at=now)
    await state.transact(lambda connection: connection.execute(change))


async def record_gone(state: State, parcel: Parcel, reason: str, now: float) -> None:
    """The chat is not to be written to: unsubscribed, with the reason; nothing more is sent to it."""
    change = update(outbox).where(outbox.c.id == parcel.id).values(state="failed", error=reason, changed_at=now)

    def record(connection: Connection) -> None:
        connection.execute(change)
        leave(connection, parcel.chat_id, reason, now)

    await state.transact(record)


async def put_back(state: State, parcel: Parcel, reason: str, not_before: float, now: float, *, free: bool) -> None:
    """It was not sent: again from `not_before` on. A `free` attempt does not count: the chat had no part in it.

    What was under way when its announcement was stopped is not tried again.
    """
    attempts = parcel.attempts if free else parcel.attempts + 1
    stopped = select(announcements.c.id).where(
        announcements.c.id == outbox.c.announcement, announcements.c.state == Stage.STOPPED.value
    )
    changes = {"attempts": attempts, "not_before": not_before, "error": reason}

    def back(connection: Connection) -> None:
        _turn(connection, parcel.id, ("sending", "queued"), now, **changes)
        _turn(connection, parcel.id, ("queued", "cancelled"), now, stopped.exists())

    await state.transact(back)


async def without_thread(state: State, parcel: Parcel) -> None:
    """Its topic is closed or gone: this row and the subscription go to the main chat."""
    await state.transact(lambda connection: forget_thread(connection, parcel.chat_id))


async def recover(state: State, now: float, *, resend: bool) -> list[Parcel]:
    """What a crash left under way is unknown, or queued again where the operator chose so; what was found."""
    values = {"state": "queued" if resend else "unknown", "error": "interrupted", "changed_at": now}

    def recovered(connection: Connection) -> list[Parcel]:
        query = select(*_PARCEL).where(outbox.c.state == "sending")
        found = [Parcel(*row) for row in connection.execute(query)]
        connection.execute(update(outbox).where(outbox.c.state == "sending").values(values))
        return found

    return await state.transact(recovered)


async def resend_unknown(state: State, announcement: int, now: float) -> int:
    """Send again what perhaps was not received; how many messages. Only by somebody's choice."""
    rows = (outbox.c.announcement == announcement) & (outbox.c.state == "unknown")
    back = update(outbox).where(rows).values(state="queued", changed_at=now)
    again = update(announcements).where(announcements.c.id == announcement)

    def resend(connection: Connection) -> int:
        changed = connection.execute(back).rowcount
        if changed:
            connection.execute(again.values(state=Stage.SENDING.value, finished_at=None))
        return changed

    return await state.transact(resend)


async def counts(state: State, announcement: int) -> Counts:
    """Chats, not messages: a chat is what its worst part is."""
    worst = func.max(_worse(outbox.c.state)).label("worst")
    chats = select(worst).where(outbox.c.announcement == announcement).group_by(outbox.c.chat_id).subquery()
    query = select(chats.c.worst, func.count()).group_by(chats.c.worst)
    rows = await state.looked(lambda connection: connection.execute(query).all())
    return Counts(**{_ORDER[rank]: number for rank, number in rows})


async def depth(state: State) -> int:
    """How many messages wait."""
    waiting = select(func.count()).select_from(outbox).where(outbox.c.state.in_(("queued", "sending")))
    return await state.looked(lambda connection: connection.scalar(waiting)) or 0


_ORDER = ("sent", "cancelled", "unknown", "failed", "waiting")


def _worse(column: Any) -> Any:
    ranks = {name: rank for rank, name in enumerate(_ORDER)} | {"queued": 4, "sending": 4}
    return case(ranks, value=column)


def _turn(connection: Connection, row: int, states: tuple[str, str], now: float, *where: Any, **changes: Any) -> bool:
    """Compare and set: the row turns from the first state to the second only while it is in the first."""
    before, after = states
    change = update(outbox).where(outbox.c.id == row, outbox.c.state == before, *where)
    return connection.execute(change.values(state=after, changed_at=now, **changes)).rowcount == 1
