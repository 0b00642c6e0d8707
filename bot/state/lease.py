"""Only one process at a time empties the outbox: who holds the lease. It is let go when the process ends, however."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text

from bot.state.database import State

FILE = "outbox.lock"
LOCK = 0x796F756B  # PostgreSQL's advisory lock
EVERY = 2.0  # seconds between attempts


@asynccontextmanager
async def lease(state: State, *, wait: bool = True) -> AsyncIterator[bool]:
    """Hold the lease inside; with `wait` false, whether it was free."""
    holding = _holding_row(state) if state.where.get_backend_name() == "postgresql" else _holding_file(state)
    attempt = await anext(holding)
    while wait and not attempt:
        await asyncio.sleep(EVERY)
        attempt = await anext(holding)
    try:
        yield attempt
    finally:
        await holding.aclose()


async def _holding_file(state: State) -> AsyncGenerator[bool, None]:
    """A lock on a file in the data folder; each further step is another attempt."""
    file = os.open(state.folder / FILE, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        while True:
            yield _locked(file)
    finally:
        os.close(file)


async def _holding_row(state: State) -> AsyncGenerator[bool, None]:
    """The database's own lock, bound to a connection that is kept open: for bots on several machines."""
    async with state.engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        try:
            while True:
                yield bool(await connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": LOCK}))
        finally:
            await connection.invalidate()  # closed, not given back: the lock belongs to it


if sys.platform == "win32":
    import msvcrt

    def _locked(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
