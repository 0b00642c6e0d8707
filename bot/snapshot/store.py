"""The reports of a snapshot in one SQLite file. A damaged row is noticed when it is opened, by its checksum."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

FILE = "reports.sqlite"
_TABLES = """
CREATE TABLE report (id TEXT PRIMARY KEY, file TEXT, sha TEXT, head TEXT, sum TEXT, body BLOB);
CREATE TABLE fault (file TEXT PRIMARY KEY, sha TEXT, said TEXT);
"""


class Damaged(Exception):
    """A row that is not as it was written."""


class Row(NamedTuple):
    """One file: the head and the packed body of its report, or what is wrong with it."""

    id: str
    file: str
    sha: str
    head: Mapping[str, Any]
    body: bytes = b""
    fault: str = ""


class Store:
    """Open for reading from any thread, or for writing while a snapshot is made."""

    def __init__(self, folder: Path, *, new: bool = False) -> None:
        path = folder / FILE
        where = f"{path.resolve().as_uri()}{'' if new else '?mode=ro&immutable=1'}"
        self._database = sqlite3.connect(where, uri=True, check_same_thread=False)
        self._lock = threading.Lock()
        if new:
            self._database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES}")

    def put(self, row: Row) -> None:
        head = json.dumps(row.head, ensure_ascii=False)
        with self._lock:
            if row.fault:
                self._database.execute("INSERT INTO fault VALUES (?, ?, ?)", (row.file, row.sha, row.fault))
            else:
                values = (row.id, row.file, row.sha, head, _checksum(head, row.body), row.body)
                self._database.execute("INSERT INTO report VALUES (?, ?, ?, ?, ?, ?)", values)

    def heads(self) -> list[Row]:
        """All reports without their bodies, in the order of their files."""
        rows = self._ask("SELECT id, file, sha, head FROM report ORDER BY file")
        return [Row(number, file, sha, json.loads(head)) for number, file, sha, head in rows]

    def faults(self) -> list[Row]:
        rows = self._ask("SELECT file, sha, said FROM fault ORDER BY file")
        return [Row("", file, sha, {}, fault=said) for file, sha, said in rows]

    def row(self, report: str) -> Row:
        """One report with its body. Raises Damaged; KeyError for one that is not there."""
        found = self._ask("SELECT file, sha, head, sum, body FROM report WHERE id = ?", report)
        if not found:
            raise KeyError(report)
        file, sha, head, checksum, body = found[0]
        if _checksum(head, body) != checksum:
            raise Damaged(report)
        return Row(report, file, sha, json.loads(head), body)

    def rows(self) -> Iterator[Row]:
        """All reports with their bodies, one at a time."""
        for head in self.heads():
            yield self.row(head.id)

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


def _checksum(head: str, body: bytes) -> str:
    return hashlib.sha256(head.encode() + body).hexdigest()
