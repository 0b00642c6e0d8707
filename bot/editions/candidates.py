"""A set of files becomes a candidate: what is known is taken over, the rest is read aside; then all is checked.

Up to MANY reports are in memory; more are on disk (bot.snapshot).
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.answers.thesaurus import thesaurus
from bot.aside import stays
from bot.catalogue import MANY
from bot.editions.checks import failed_questions, of_library, same_names
from bot.editions.difference import difference
from bot.editions.model import Candidate, EditionError, Stage, Step, Stored, Wishes
from bot.editions.reading import Job, Read, Reader
from bot.editions.store import Store
from bot.library import Library
from bot.reports.model import ReportError

SHELF = 20_000_000  # characters of reports held ready, in force or not, so that going back is quick

Told = Callable[[Stage], None]


class Shelf:
    """Files that were read, by name and digest; those used least recently go when it is full."""

    def __init__(self, room: int = SHELF) -> None:
        self._room = room
        self._read: OrderedDict[tuple[str, str], Read] = OrderedDict()

    def get(self, file: Stored) -> Read | None:
        found = self._read.get((file.name, file.sha))
        if found is not None:
            self._read.move_to_end((file.name, file.sha))
        return found

    def put(self, file: Stored, read: Read) -> None:
        self._read[file.name, file.sha] = read
        full = sum(map(_size, self._read.values()))
        while full > self._room and len(self._read) > 1:
            full -= _size(self._read.popitem(last=False)[1])


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made: all files of the library to be, and what publishing it does to the reports folder."""

    how: str
    files: Sequence[Stored]
    faults: Sequence[str] = ()  # of files that could not even be opened
    put: tuple[Stored, ...] = ()
    remove: tuple[str, ...] = ()
    folder: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Room:
    """What making a candidate needs: the files' bytes, files that were read, a reader, and a folder for snapshots."""

    store: Store
    shelf: Shelf
    reader: Reader
    snapshots: Path

    def lacking(self, files: Sequence[Stored]) -> list[Stored]:
        """Those whose bytes have to be read, of an edition that is to come into force."""
        if len(files) <= MANY:
            return [file for file in files if self.shelf.get(file) is None]
        from bot.editions.shelved import is_made

        return [] if is_made(files, self.store, self.snapshots) else list(files)


def prepare(plan: Plan, current: Library, wishes: Wishes, room: Room, told: Told) -> Candidate:
    """Read, check and compare. `told` hears how far it is, from this thread."""
    make = _many if len(plan.files) > MANY else _few
    library = make(plan, wishes, room, told)
    good = {report.id for report in library.reports}
    faults = tuple(map(str, library.faults))
    told(Stage(Step.CHECKING))
    stays()
    return Candidate(
        token=secrets.token_hex(4),
        base=current.edition,
        how=plan.how,
        files=tuple(file for file in plan.files if file.stem in good),
        library=library,
        difference=difference(current.reports, library.reports),
        faults=faults,
        failed=tuple(failed_questions(library, wishes.checks)) if library.reports else (),
        remarks=tuple(of_library(library, wishes.synonyms)),
        put=plan.put,
        remove=plan.remove,
        folder=plan.folder,
    )


def _few(plan: Plan, wishes: Wishes, room: Room, told: Told) -> Library:
    """A library of reports that are all in memory with their indexes, ready to answer."""
    read = _all_read(plan.files, room.store, room.shelf, room.reader, told)
    faults = [*plan.faults, *(one.fault for one in read.values() if one.fault), *_twice(plan.files)]
    twice = set(same_names(file.name for file in plan.files))
    made = {file.stem: one for file in plan.files if file.stem not in twice and (one := read[file.name].index)}
    reports = tuple(index.report for index in made.values())
    library = Library(reports, tuple(map(ReportError, faults)), thesaurus(wishes.synonyms), made=made)
    _ = library.indexes
    return library


def _many(plan: Plan, wishes: Wishes, room: Room, told: Told) -> Library:
    """A library of reports that are on disk, of which few are in memory at a time."""
    from bot.editions.shelved import shelved  # brings tantivy in, which few reports do not need

    twice = set(same_names(file.name for file in plan.files))
    files = [file for file in plan.files if file.stem not in twice]
    library = shelved(
        files, room.store, room.snapshots, wishes, lambda done, of: told(Stage(Step.READING_MANY, done, of))
    )
    faults = [*plan.faults, *map(str, library.faults), *_twice(plan.files)]
    return replace(library, faults=tuple(map(ReportError, faults)))


def _all_read(files: Sequence[Stored], store: Store, shelf: Shelf, reader: Reader, told: Told) -> dict[str, Read]:
    """By name, in the order of the files."""
    known = {file.name: one for file in files if (one := shelf.get(file)) is not None}
    missing = [file for file in files if file.name not in known]
    jobs = [Job(file.name, store.path_of(file.sha)) for file in missing]
    fresh = reader(jobs, lambda number, name: told(Stage(Step.READING, number + 1, len(jobs), name))) if jobs else ()
    for file, one in zip(missing, fresh, strict=False):
        known[file.name] = one
        if one.index is not None:
            shelf.put(file, one)
    if len(known) < len({file.name for file in files}):
        raise EditionError("没有读完就中断了，什么都没有改变。")
    return {file.name: known[file.name] for file in files}


def _twice(files: Sequence[Stored]) -> list[str]:
    names = [file.name for file in files]
    return [
        f"{'、'.join(name for name in names if name.rpartition('.')[0] == stem)}：名字只差后缀，会当成同一份报告；"
        "请删去其中一个，或改名。"
        for stem in same_names(names)
    ]


def _size(read: Read) -> int:
    return len(read.index.report.text) if read.index else 0
