"""The database: SQLite in the data folder, or PostgreSQL by its URL; the same statements on both."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.aside import Worker
from bot.state.engine import engine_of, writer_of

T = TypeVar("T")

FILE = "state.db"
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}


class StateError(Exception):
    """The state cannot be opened: where it is, what is wrong, what to do. Holds no password."""


class State:
    """The open database. `writing` is one transaction at a time in this process, so that SQLite never sees two."""

    def __init__(self, engine: AsyncEngine, folder: Path, writer: Engine | None = None) -> None:
        self.engine = engine
        self.folder = folder
        self._writer = writer
        self._hand = Worker()
        self._one_writer = asyncio.Lock()

    @classmethod
    async def open(cls, folder: Path, url: str = "") -> Self:
        """Open or make it, brought up to the newest migration. Raises StateError."""
        from bot.state.migrate import migrate

        try:
            where = address(folder, url)
            await asyncio.to_thread(migrate, where)
            return cls(engine_of(where), folder, writer_of(where))
        except ModuleNotFoundError as error:
            raise StateError(f"用 PostgreSQL 要先安装 youju[postgres]（缺少 {error.name}）") from None
        except (SQLAlchemyError, OSError) as error:
            cause = getattr(error, "orig", None) or error
            place = make_url(url).render_as_string(hide_password=True) if url else str(folder / FILE)
            raise StateError(f"{place}：打不开状态数据库（{cause}）") from error

    async def close(self) -> None:
        await self.engine.dispose()
        self._hand.close()
        if self._writer:
            self._writer.dispose()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        async with self.engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction: committed on leaving, undone by an exception. A commit that fails raises here."""
        async with self._one_writer, self.engine.connect() as connection:
            await connection.execution_options(writing=True)
            async with connection.begin():
                yield connection

    async def transact(self, work: Callable[[Connection], T]) -> T:
        """As `writing`, for what is written at every update: all of `work` at once, off the event loop."""
        if self._writer is None:
            async with self.writing() as connection:
                return await connection.run_sync(work)
        writer = self._writer
        async with self._one_writer:
            return await self._hand.do(lambda: _transacted(writer, work))


def _transacted(engine: Engine, work: Callable[[Connection], T]) -> T:
    with engine.connect() as connection:
        connection.execution_options(writing=True)
        with connection.begin():
            return work(connection)


def address(folder: Path, url: str = "") -> URL:
    """The database's URL with its driver; SQLite's file is made here, for its owner only. Raises OSError."""
    if url:
        given = make_url(url)
        return given.set(drivername=DRIVERS.get(given.drivername, given.drivername))
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / FILE
    os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    file.chmod(0o600)  # -wal and -shm get the permissions of this file from SQLite
    return URL.create("sqlite+aiosqlite", database=str(file))
