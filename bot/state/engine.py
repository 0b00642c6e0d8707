"""SQLAlchemy's engine, with SQLite's transactions where ours begin and end."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine

BUSY = 10_000  # milliseconds that SQLite waits for another process to finish writing
PRAGMAS = ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON")
NEVER_WAITS = ("busy_timeout = 0", "wal_autocheckpoint = 0")


def engine_of(url: URL) -> AsyncEngine:
    """An engine whose SQLite transactions begin and end where ours do, and not where Python's driver thinks."""
    from sqlalchemy.ext.asyncio import create_async_engine  # brings in all of the ORM, for which a start has no time

    engine = create_async_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite")
    if url.get_backend_name() == "sqlite":
        _prepare(engine.sync_engine, f"busy_timeout = {BUSY}", *PRAGMAS)
    return engine


def writers_of(url: URL) -> Writers | None:
    """Two ways to carry out a whole transaction at one go; None for other databases than SQLite."""
    if url.get_backend_name() != "sqlite":
        return None
    quick, patient = (create_engine(url.set(drivername="sqlite")) for _ in range(2))
    _prepare(quick, *NEVER_WAITS, *PRAGMAS)
    _prepare(patient, f"busy_timeout = {BUSY}", *PRAGMAS)
    return Writers(quick, patient)


@dataclass(frozen=True)
class Writers:
    """`at_once` waits neither for another writer nor for the disk: it appends to the log, and leaves bringing the log
    into the database to `patient`, which belongs into a thread. What is written at every update takes 0.1 ms at once,
    over a connection that stays open; a thread's visit costs more than that, and on a busy event loop several turns of
    Python's lock.
    """

    quick: Engine
    patient: Engine

    @cached_property
    def at_once(self) -> Connection:
        return self.quick.connect()

    def dispose(self) -> None:
        if "at_once" in self.__dict__:
            self.at_once.close()
        self.quick.dispose()
        self.patient.dispose()


def is_busy(error: OperationalError) -> bool:
    """Whether somebody else was writing. https://www.sqlite.org/rescode.html#primary_result_code_list"""
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def _prepare(engine: Engine, *pragmas: str) -> None:
    def connected(connection: Any, _: object) -> None:
        connection.isolation_level = None  # the driver begins no transactions of its own
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", _begin)


def _begin(connection: Any) -> None:
    """A writer takes the write lock at once: a reader that turns writer would fail instead of waiting its turn."""
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
