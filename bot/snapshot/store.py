"""The reports of a snapshot in one SQLite file. A damaged row is noticed when it is opened, by its checksum."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
import weakref
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

FILE = "reports.sqlite"
_TABLES = """
CREATE TABLE report (id TEXT PRIMARY KEY, file TEXT, sha TEXT, head TEXT, stamp TEXT, body BLOB);
CREATE TABLE fault (file TEXT PRIMARY KEY, sha TEXT, said TEXT);
"""


class Damaged(Exception):
    """A row that is not as it was written."""


class Row(NamedTuple):
    """One file: the head and the packed body of its report, or what is wrong with it. `stamp` is their checksum."""

    id: str
    file: str
    sha: str
    head: Mapping[str, Any]
    body: bytes = b""
    fault: str = ""
    stamp: str = ""


class Store:
    """Open for reading from any thread, or for writing while a snapshot is made."""

    def __init__(self, folder: Path, *, new: bool = False) -> None:
        path = folder / FILE
        where = f"{path.resolve().as_uri()}{'' if new else '?mode=ro&immutable=1'}"
        self._database = sqlite3.connect(where, uri=True, check_same_thread=False)
        self._lock = threading.Lock()
        weakref.finalize(self, self._database.close)  # with the library that was answered from
        if new:
            self._database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES}")

    def put(self, row: Row) -> None:
        head = json.dumps(row.head, ensure_ascii=False)
        with self._lock:
            if row.fault:
                self._database.execute("INSERT OR REPLACE INTO fault VALUES (?, ?, ?)", (row.file, row.sha, row.fault))
            else:
                values = (row.id, row.file, row.sha, head, _stamp(head, row.body), row.body)
                self._database.execute("INSERT INTO report VALUES (?, ?, ?, ?, ?, ?)", values)

    def take_over(self, folder: Path, gone: Iterable[str]) -> None:
        """All reports of another snapshot but those that are gone, as they are. Raises Damaged."""
        try:
            with self._lock:
                self._database.execute("ATTACH ? AS other", (str(folder.resolve() / FILE),))
                self._database.execute("INSERT INTO report SELECT * FROM other.report ORDER BY rowid")
                self._database.executemany("DELETE FROM report WHERE id = ?", ((one,) for one in gone))
                self._database.commit()
                self._database.execute("DETACH other")
        except sqlite3.DatabaseError as error:
            raise Damaged(str(error)) from error

    def heads(self) -> list[Row]:
        """All reports without their bodies, in the order of their files."""
        rows = self._ask("SELECT id, file, sha, head, stamp FROM report ORDER BY file")
        return [Row(number, file, sha, json.loads(head), stamp=stamp) for number, file, sha, head, stamp in rows]

    def faults(self) -> list[Row]:
        rows = self._ask("SELECT file, sha, said FROM fault ORDER BY file")
        return [Row("", file, sha, {}, fault=said) for file, sha, said in rows]

    def body(self, report: str) -> bytes:
        """The packed body of one report. Raises Damaged; KeyError for one that is not there."""
        found = self._ask("SELECT head, stamp, body FROM report WHERE id = ?", report)
        if not found:
            raise KeyError(report)
        head, stamp, body = found[0]
        if _stamp(head, body) != stamp:
            raise Damaged(report)
        return bytes(body)

    def close(self) -> None:
        with self._lock:
            self._database.commit()
            self._database.close()

    def _ask(self, question: str, *values: str) -> list[Any]:
        try:
            with self._lock:
                return self._database.execute(question, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise Damaged(str(error)) from error


def _stamp(head: str, body: bytes) -> str:
    return hashlib.sha256(head.encode() + body).hexdigest()
