"""The reports of a snapshot, opened when somebody asks for them and put back when others are asked for."""

from __future__ import annotations

import logging
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.answers.index import ReportIndex
from bot.answers.ranking import Ranking
from bot.answers.thesaurus import Thesaurus
from bot.reports.careful import report_or_fault
from bot.reports.model import Report, ReportError
from bot.snapshot.codec import FIGURES, HEAVY, read_head, unpacked
from bot.snapshot.files import File
from bot.snapshot.scanned import ScannedIndex
from bot.snapshot.store import Damaged, Row, Store

log = logging.getLogger(__name__)

OPEN = 48  # reports held open with their indexes, about 3 MB each


class Shelved(Report):
    """A report whose head is at hand; the text and all that was read from it come when they are asked for.

    `stamp` is the digest of all of it: reports of two snapshots are the same if it is.
    """

    __slots__ = ("_figures", "_opened", "stamp")
    _opened: Callable[[str], Report]
    _figures: int
    stamp: str

    def __init__(self, row: Row, opened: Callable[[str], Report]) -> None:
        for name, value in read_head(row.head).items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "_figures", row.head[FIGURES])
        object.__setattr__(self, "_opened", opened)
        object.__setattr__(self, "stamp", row.stamp)

    @property
    def figures(self) -> int:
        return self._figures

    def __getattr__(self, name: str) -> Any:
        """Called for what is not set."""
        if name in HEAVY:
            return getattr(self._opened(self.id), name)
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shelved) and self.id == other.id and self.stamp == other.stamp

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"Shelved({self.id!r})"


class Opened:
    """The reports that are open, by their stamp; those used least recently go. Safe to use from several threads."""

    def __init__(self, room: int = OPEN) -> None:
        self._room = room
        self._indexes: OrderedDict[str, ReportIndex] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, stamp: str, make: Callable[[], ReportIndex]) -> ReportIndex:
        with self._lock:
            if stamp in self._indexes:
                self._indexes.move_to_end(stamp)
                return self._indexes[stamp]
        index = make()
        with self._lock:
            self._indexes[stamp] = index
            while len(self._indexes) > self._room:
                self._indexes.popitem(last=False)
        return index


_OPENED = Opened()  # one for the process: the edition in force and the next share what is the same in both


class Shelf(Mapping[str, ReportIndex]):
    """Report id -> its index, made when it is first asked for. Safe to use from several threads."""

    def __init__(self, folder: Path, clauses: Path, files: Iterable[File], book: Thesaurus | None = None) -> None:
        self._store = Store(folder)
        self._rows = {row.id: row for row in self._store.heads()}
        self._files = {file.stem: file for file in files}
        self.reports: tuple[Report, ...] = tuple(Shelved(row, self.report) for row in self._rows.values())
        self.faults = tuple(ReportError(row.fault) for row in self._store.faults())
        self.ranking = Ranking(clauses, book)

    def report(self, number: str) -> Report:
        """The whole report. Raises ReportError where neither the snapshot nor its file can be read any more."""
        return self[number].report

    def __getitem__(self, number: str) -> ReportIndex:
        return _OPENED.get(self._rows[number].stamp, lambda: self._made(number))

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def _made(self, number: str) -> ReportIndex:
        try:
            return ScannedIndex(unpacked(self._rows[number].head, self._store.body(number)))
        except (Damaged, zlib.error, ValueError):
            log.error("%s 在快照里的存档已损坏，改读原文件", number)
            return ScannedIndex(self._read_again(self._files[number]))

    def _read_again(self, file: File) -> Report:
        try:
            made = report_or_fault(file.data(), file.name)
        except (OSError, EOFError) as error:
            made = ReportError(f"{file.name}：文件打不开（{error}）；请检查路径和读取权限。")
        if isinstance(made, ReportError):
            raise made
        return made
