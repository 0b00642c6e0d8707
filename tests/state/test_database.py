"""The database file: who may read it, how it is written, how it comes up to date."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from bot.state import State, StateError
from bot.state.lease import lease
from bot.state.schema import metadata, outbox, subscribers


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX permissions")
async def test_only_its_owner_may_read_the_file(state: State) -> None:
    async with state.writing() as connection:
        await connection.execute(subscribers.insert().values(chat_id=1, kind="both", since=1.0))
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in state.folder.iterdir()}
    assert set(modes) >= {"state.db"}
    assert set(modes.values()) == {0o600}


async def test_it_is_written_ahead_and_keeps_its_references(state: State) -> None:
    async with state.reading() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [(await connection.exec_driver_sql(f"PRAGMA {name}")).scalar() for name in asked]
    assert found == ["wal", 1, 1, 10_000]
    row = {"announcement": 5, "chat_id": 1, "part": 0, "state": "queued", "changed_at": 1.0}
    async with state.writing() as connection:
        with pytest.raises(IntegrityError):
            await connection.execute(outbox.insert().values(row))


async def test_the_migrations_make_the_tables_that_the_code_uses(state: State) -> None:
    def differences(connection: Connection) -> object:
        return compare_metadata(MigrationContext.configure(connection), metadata)

    async with state.reading() as connection:
        assert await connection.run_sync(differences) == []


async def test_two_processes_that_start_at_once_both_find_it_ready(tmp_path: Path) -> None:
    both = await asyncio.gather(State.open(tmp_path), State.open(tmp_path))
    for state in both:
        async with state.reading() as connection:
            assert (await connection.execute(select(subscribers))).first() is None
        await state.close()


async def test_a_transaction_that_fails_leaves_nothing_behind(state: State) -> None:
    async def fail() -> None:
        async with state.writing() as connection:
            await connection.execute(subscribers.insert().values(chat_id=1, kind="both", since=1.0))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with state.reading() as connection:
        assert (await connection.execute(select(subscribers))).first() is None


async def test_while_another_process_writes_the_loop_goes_on_and_then_it_is_written(state: State) -> None:
    def subscribe(connection: Connection) -> None:
        connection.execute(subscribers.insert().values(chat_id=1, kind="both", since=1.0))

    other = sqlite3.connect(state.folder / "state.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(state.transact(subscribe))
    for _ in range(20):
        await asyncio.sleep(0.01)
        assert not writing.done()
    other.execute("COMMIT")
    other.close()
    await asyncio.wait_for(writing, 10)
    async with state.reading() as connection:
        assert (await connection.execute(select(subscribers.c.chat_id))).scalars().all() == [1]


async def test_the_log_is_brought_into_the_database_before_it_grows_large(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.state.database.CHECKPOINT", 10)
    log = state.folder / "state.db-wal"
    sizes = set()
    for number in range(60):
        row = {"chat_id": number, "kind": "both", "since": 1.0, "left_reason": "云泽" * 2000}
        await state.transact(lambda connection, row=row: connection.execute(subscribers.insert().values(row)))
        sizes.add(log.stat().st_size)
    assert max(sizes) < 0.5 * 60 * 4 * 4096  # each row fills three pages or more
    assert await state.transact(lambda connection: len(connection.execute(select(subscribers)).all()), aside=True) == 60


async def test_what_cannot_be_opened_says_where_and_why_without_the_password(tmp_path: Path) -> None:
    (tmp_path / "state.db").mkdir()
    with pytest.raises(StateError, match=r"state\.db：打不开"):
        await State.open(tmp_path)
    with pytest.raises(StateError) as refused:
        await State.open(tmp_path, "postgresql://bot:geheim@127.0.0.1:9/youju")
    assert "geheim" not in str(refused.value)


async def test_one_process_at_a_time_holds_the_lease(state: State) -> None:
    async with lease(state, wait=False) as first, lease(state, wait=False) as second:
        assert (first, second) == (True, False)
    async with lease(state, wait=False) as again:
        assert again
