"""SQLAlchemy's engine, with SQLite's transactions where ours begin and end."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

BUSY = 10_000  # milliseconds that SQLite waits for another process to finish writing
PRAGMAS = (f"busy_timeout = {BUSY}", "journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON")


def engine_of(url: URL) -> AsyncEngine:
    """An engine whose SQLite transactions begin and end where ours do, and not where Python's driver thinks."""
    engine = create_async_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite")
    if url.get_backend_name() == "sqlite":
        _listen(engine.sync_engine)
    return engine


def writer_of(url: URL) -> Engine | None:
    """For SQLite, an engine that writes a transaction in one visit to a thread: the asynchronous driver takes one for
    each statement, which at every update costs more than the writing itself. None for other databases.
    """
    if url.get_backend_name() != "sqlite":
        return None
    engine = create_engine(url.set(drivername="sqlite"))
    _listen(engine)
    return engine


def _listen(engine: Engine) -> None:
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # the driver begins no transactions of its own
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Any) -> None:
    """A writer takes the write lock at once: a reader that turns writer would fail instead of waiting its turn."""
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
