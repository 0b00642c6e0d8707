"""SQLAlchemy's engine, with SQLite's transactions where ours begin and end."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

BUSY = 10_000  # milliseconds that SQLite waits for another process to finish writing
PRAGMAS = (f"busy_timeout = {BUSY}", "journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON")


def engine_of(url: URL) -> AsyncEngine:
    """An engine whose SQLite transactions begin and end where ours do, and not where Python's driver thinks."""
    engine = create_async_engine(url, pool_pre_ping=url.get_backend_name() != "sqlite")
    if url.get_backend_name() == "sqlite":
        event.listen(engine.sync_engine, "connect", _prepare)
        event.listen(engine.sync_engine, "begin", _begin)
    return engine


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
