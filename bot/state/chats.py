"""What chats chose, and Telegram's ids of pictures: small things that outlive a restart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select

from bot.state.database import State
from bot.state.schema import chats, files
from bot.state.upsert import upsert


async def choose(state: State, chat_id: int, reports: Sequence[str], now: float) -> None:
    """A chat chose reports by their ids; () is all of them."""
    key, values = {"chat_id": chat_id}, {"chosen": list(reports), "changed_at": now}
    await state.transact(lambda connection: connection.execute(upsert(connection, chats, key, values)))


async def choices(state: State, limit: int) -> Mapping[int, tuple[str, ...]]:
    """What chats chose, those that chose last."""
    query = select(chats.c.chat_id, chats.c.chosen).order_by(chats.c.changed_at.desc()).limit(limit)
    rows = await state.looked(lambda connection: connection.execute(query).all())
    return {chat_id: tuple(chosen) for chat_id, chosen in rows if chosen}


async def file_id(state: State, edition: str, card: str) -> str | None:
    """Telegram's id of a picture of this edition that was sent before."""
    query = select(files.c.file_id).where(files.c.edition == edition, files.c.card == card)
    return await state.looked(lambda connection: connection.scalar(query))


async def remember_file(state: State, edition: str, card: str, file_id: str, now: float) -> None:
    key, values = {"edition": edition, "card": card}, {"file_id": file_id, "at": now}
    await state.transact(lambda connection: connection.execute(upsert(connection, files, key, values)))


async def forget_files(state: State, edition: str) -> None:
    """The edition is gone, or Telegram no longer knows its pictures."""
    gone = delete(files).where(files.c.edition == edition)
    await state.transact(lambda connection: connection.execute(gone))
