"""INSERT … ON CONFLICT, which SQLite and PostgreSQL spell alike and SQLAlchemy keeps in two places."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import sqlite

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def upsert(
    connection: Connection,
    table: Table,
    key: Mapping[str, Any],
    values: Mapping[str, Any],
    *,
    keep: Collection[str] = (),
) -> Insert:
    """Insert a row, or change the one of that key; the columns in `keep` are set only when it is new."""
    insert = _insert(connection.dialect.name, table).values(**key, **values)
    changed = {name: value for name, value in values.items() if name not in keep}
    return insert.on_conflict_do_update(index_elements=list(key), set_=changed)


def insert_once(connection: Connection, table: Table, row: Mapping[str, Any]) -> Insert:
    """Insert a row unless one of its key is there: rowcount says which."""
    return _insert(connection.dialect.name, table).values(**row).on_conflict_do_nothing()


def insert_new(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Insert many rows, given at execution, but for those whose key is there; RETURNING tells the others."""
    return _insert(dialect, table).on_conflict_do_nothing()


def _insert(dialect: str, table: Table) -> postgresql.Insert | sqlite.Insert:
    if dialect != "postgresql":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)
