"""The tables are brought up to date at start: by Alembic, in one transaction, by one process at a time."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

from bot.state.engine import BUSY, engine_of, is_busy, writers_of

MIGRATIONS = Path(__file__).parent / "migrations"
VERSIONS = "alembic_version"  # Alembic's own table: the revision that the tables are of
LOCK = 0x796F756A75  # "youju", the number of PostgreSQL's advisory lock


def migrate(url: URL) -> None:
    """Upgrade to the newest version. For a thread of its own. Raises SQLAlchemyError; then nothing has changed."""
    writers = writers_of(url)
    if writers is None:
        return asyncio.run(_upgrade(url))
    try:
        with _connected(writers.patient) as connection:
            connection.execution_options(writing=True)  # the second of two processes waits here
            with connection.begin():
                _run(connection)
    finally:
        writers.dispose()


def _connected(engine: Engine) -> Connection:
    """A new database is given its log by one process alone: who comes meanwhile is refused at once, not queued."""
    for _ in range(BUSY // 10):
        try:
            return engine.connect()
        except OperationalError as error:
            if not is_busy(error):
                raise
            time.sleep(0.01)
    return engine.connect()


async def _upgrade(url: URL) -> None:
    engine = engine_of(url)
    try:
        async with engine.connect() as connection, connection.begin():
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
            await connection.run_sync(_run)
    finally:
        await engine.dispose()


def newest() -> str:
    """The last revision, by the names of the files: `a003_inbox.py` is a003."""
    return max(file.stem.partition("_")[0] for file in (MIGRATIONS / "versions").glob("a*_*.py"))


def _run(connection: Connection) -> None:
    if inspect(connection).has_table(VERSIONS):
        revision = connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar_one_or_none()  # noqa: S608
        if revision == newest():
            return
    from alembic import command  # a fifth of a second that a start without news can do without
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
