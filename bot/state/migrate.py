"""The tables are brought up to date at start: by Alembic, in one transaction, by one process at a time."""

from __future__ import annotations

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.engine import URL

from bot.state.engine import engine_of

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 0x796F756A75  # "youju", the number of PostgreSQL's advisory lock


def migrate(url: URL) -> None:
    """Upgrade to the newest version. For a thread of its own. Raises SQLAlchemyError; then nothing has changed."""
    asyncio.run(_upgrade(url))


async def _upgrade(url: URL) -> None:
    engine = engine_of(url)
    try:
        async with engine.connect() as connection:
            await connection.execution_options(writing=True)  # the second of two processes waits here
            async with connection.begin():
                if url.get_backend_name() == "postgresql":
                    await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
                await connection.run_sync(_run)
    finally:
        await engine.dispose()


def _run(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
