"""The reports of a snapshot, opened when somebody asks for them and put back when others are asked for."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.answers.index import ReportIndex
from bot.answers.ranking import Ranking
from bot.answers.thesaurus import Thesaurus
from bot.reports.model import Report, ReportError
from bot.reports.reader import read_report
from bot.snapshot.codec import HEAVY, read_head, unpacked
from bot.snapshot.scanned import ScannedIndex
from bot.snapshot.store import Damaged, Store

log = logging.getLogger(__name__)

OPEN = 48  # reports held open with their indexes, about 3 MB each


class Shelved(Report):
    """A report whose head is at hand; the text and all that was read from it come when they are asked for."""

    __slots__ = ("_opened",)
    _opened: Callable[[str], Report]

    def __init__(self, head: Mapping[str, Any], opened: Callable[[str], Report]) -> None:
        for name, value in head.items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "_opened", opened)

    def __getattr__(self, name: str) -> Any:
        """Called for what is not set."""
        if name in HEAVY:
            return getattr(self._opened(self.id), name)
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        """Of one shelf each report is there once."""
        return self is other

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"Shelved({self.id!r})"


class Shelf(Mapping[str, ReportIndex]):
    """Report id -> its index, made when it is first asked for. Safe to use from several threads."""

    def __init__(self, folder: Path, clauses: Path, book: Thesaurus | None = None, room: int = OPEN) -> None:
        self._store = Store(folder)
        self._room = room
        self._open: OrderedDict[str, ReportIndex] = OrderedDict()
        self._lock = threading.Lock()
        rows = self._store.heads()
        self._heads = {row.id: read_head(row.head) for row in rows}
        self._files = {row.id: Path(row.file) for row in rows}
        self.reports: tuple[Report, ...] = tuple(Shelved(head, self.report) for head in self._heads.values())
        self.faults = tuple(ReportError(row.fault) for row in self._store.faults())
        self.ranking = Ranking(clauses, book)

    def report(self, number: str) -> Report:
        """The whole report. Raises ReportError where neither the snapshot nor its file can be read any more."""
        return self[number].report

    def __getitem__(self, number: str) -> ReportIndex:
        with self._lock:
            if number in self._open:
                self._open.move_to_end(number)
                return self._open[number]
        index = self._made(number)
        with self._lock:
            self._open[number] = index
            while len(self._open) > self._room:
                self._open.popitem(last=False)
        return index

    def __iter__(self) -> Iterator[str]:
        return iter(self._heads)

    def __len__(self) -> int:
        return len(self._heads)

    def _made(self, number: str) -> ReportIndex:
        try:
            return ScannedIndex(unpacked(self._heads[number], self._store.row(number).body))
        except Damaged:
            log.error("%s 在快照里的存档已损坏，改读原文件", number)
            return ScannedIndex(read_report(self._files[number]))
