"""The database: SQLite in the data folder, or PostgreSQL by its URL; the same statements on both."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.aside import Worker
from bot.state.engine import engine_of, is_busy, writers_of

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

T = TypeVar("T")

FILE = "state.db"
CHECKPOINT = 500  # transactions written at once, until the log is brought into the database
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}


class StateError(Exception):
    """The state cannot be opened: where it is, what is wrong, what to do. Holds no password."""


class State:
    """The open database. One transaction is written at a time in this process, so that SQLite never sees two.

    All is `transact`ed and `looked` up, at one go. On SQLite that needs neither a thread for each step nor SQLAlchemy's
    asyncio, which takes long to bring in; `writing` and `reading` are how it is done on other databases.
    """

    def __init__(self, where: URL, folder: Path) -> None:
        self.where = where
        self.folder = folder
        self._writers = writers_of(where)
        self._hand = Worker()
        self._one_writer = asyncio.Lock()
        self._since_checkpoint = 0

    @cached_property
    def engine(self) -> AsyncEngine:
        return engine_of(self.where)

    @classmethod
    async def open(cls, folder: Path, url: str = "") -> Self:
        """Open or make it, brought up to the newest migration. Raises StateError."""
        from bot.state.migrate import migrate

        try:
            where = address(folder, url)
            await asyncio.to_thread(migrate, where)
            return cls(where, folder)
        except ModuleNotFoundError as error:
            raise StateError(f"用 PostgreSQL 要先安装 youju[postgres]（缺少 {error.name}）") from None
        except (SQLAlchemyError, OSError) as error:
            cause = getattr(error, "orig", None) or error
            place = make_url(url).render_as_string(hide_password=True) if url else str(folder / FILE)
            raise StateError(f"{place}：打不开状态数据库（{cause}）") from error

    async def close(self) -> None:
        if "engine" in self.__dict__:
            await self.engine.dispose()
        self._hand.close()
        if self._writers:
            self._writers.dispose()

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

    async def transact(self, work: Callable[[Connection], T], *, aside: bool = False) -> T:
        """One transaction; what `work` returns. `aside`: it is much, and would hold up the event loop."""
        if self._writers is None:
            async with self.writing() as connection:
                return await connection.run_sync(work)
        patient = self._writers.patient
        async with self._one_writer:
            if aside:
                return await self._hand.do(lambda: _transacted(patient, work))
            try:
                result = _carried_out(self._writers.at_once, work)
            except OperationalError as error:
                if not is_busy(error):
                    raise
                result = await self._hand.do(lambda: _transacted(patient, work))
            self._since_checkpoint += 1
            if self._since_checkpoint >= CHECKPOINT:
                self._since_checkpoint = 0
                await self._hand.do(lambda: _brought_in(patient))
            return result

    async def looked(self, work: Callable[[Connection], T]) -> T:
        """One look, in which nothing is written; in a thread, since it may be a long one."""
        if self._writers is None:
            async with self.reading() as connection:
                return await connection.run_sync(work)
        patient = self._writers.patient
        return await self._hand.do(lambda: _transacted(patient, work, writing=False))


def _transacted(engine: Engine, work: Callable[[Connection], T], *, writing: bool = True) -> T:
    with engine.connect() as connection:
        return _carried_out(connection, work, writing=writing)


def _carried_out(connection: Connection, work: Callable[[Connection], T], *, writing: bool = True) -> T:
    connection.execution_options(writing=writing)
    with connection.begin():
        return work(connection)


def _brought_in(engine: Engine) -> None:
    """The log's pages go into the database, as far as nobody reads older ones. What fails is done the next time."""
    with contextlib.suppress(SQLAlchemyError), engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")


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
