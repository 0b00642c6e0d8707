"""The one who publishes: one piece of work at a time, each in a thread; the library is swapped between answers."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.aside import in_thread
from bot.editions.candidates import Plan, Room, Shelf, Told, prepare
from bot.editions.difference import identity
from bot.editions.folder import safe_name, scan
from bot.editions.model import (
    Busy,
    By,
    Candidate,
    Edition,
    EditionError,
    Gone,
    Outcome,
    Stage,
    Step,
    Stored,
    Wishes,
    Work,
)
from bot.editions.reading import Aside, Reader, read_quickly
from bot.editions.store import Pending, Store
from bot.library import Library
from bot.reports.model import Report

log = logging.getLogger(__name__)

FAULTS = 20  # in a row of the audit
WAITING = 4  # candidates that wait for somebody's word; the oldest go
AT_START = By(0, "启动")


def _nobody(stage: Stage) -> None:
    """Nobody listens."""


class Editions:
    """`library` is what is in force. It is replaced on the event loop, so that no answer sees two.

    Its coroutines raise Busy where somebody else is at work, Gone for what is no longer there, EditionError for what
    cannot be done, OSError where the disk refuses.
    """

    def __init__(self, data: Path, reports: Path, wishes: Wishes | None = None, reader: Reader | None = None) -> None:
        self.reports = reports
        self.wishes = wishes or Wishes()
        self.work: Work | None = None
        self.library = Library(())
        self._aside = Aside()
        self._store = Store(data, reports)
        self._room = Room(self._store, Shelf(), reader or self._aside, data / "snapshot")
        self._waiting: OrderedDict[str, Candidate] = OrderedDict()
        self._lock = threading.Lock()

    # What is there

    @property
    def current(self) -> int:
        """The number of the edition in force; 0 for none."""
        return self._store.state.current

    def listed(self) -> list[Edition]:
        """The editions kept, the newest first."""
        return self._store.editions()

    def waiting(self, token: str) -> Candidate:
        """A candidate that waits, or was published last. Raises Gone."""
        if token not in self._waiting:
            raise Gone("没有这份预览")
        return self._waiting[token]

    # What can be done

    def start(self, told: Told = _nobody) -> list[str]:
        """Bring the edition of the last time into force, or the folder where it was changed since; returns the faults.

        A folder with faults does not replace an edition that is there. Blocks; to be called before answers begin.
        """
        with self._working(AT_START, "start"):
            files, faults, folder = self._scanned()
            state = self._store.state
            kept = self._kept_edition()
            quickly = partial(read_quickly, aside=self._room.reader)
            if kept is not None and folder == state.folder:
                self.library = self._of(kept, told, quickly).library
                return []
            candidate = self._prepared(Plan("start", files, faults, folder=folder), told, quickly)
            if kept is not None and (not candidate.clean or not candidate.library.reports):
                self.library = self._of(kept, told, quickly).library
                return [*candidate.faults, *candidate.failed]
            if not candidate.library.reports:
                self.library = candidate.library
                return list(candidate.faults)
            self.library = self._committed(candidate, AT_START)
            return [*candidate.faults, *candidate.failed]

    async def reload(self, by: By, *, rest: bool = False, told: Told = _nobody) -> tuple[Outcome, Candidate]:
        """Read the reports folder; publish it if nothing is wrong with it, or with `rest` what can be read of it."""
        async with self._alone(by, "reload"):
            candidate, unchanged = await in_thread(lambda: self._reloaded(told))
            if unchanged:
                self.library = replace(candidate.library, edition=self.library.edition)
                return Outcome.UNCHANGED, candidate
            if not candidate.library.reports:
                return Outcome.EMPTY, candidate
            self._remember(candidate)
            if not candidate.clean and not rest:
                return Outcome.HELD, candidate
            told(Stage(Step.WRITING))
            self.library = await in_thread(lambda: self._committed(candidate, by))
            return Outcome.PUBLISHED, candidate

    async def upload(self, by: By, name: str, data: bytes, told: Told = _nobody) -> Candidate:
        """Read one file aside: the edition in force as it would be with it. EditionError for what is no report."""
        async with self._alone(by, "upload"):
            candidate = await in_thread(lambda: self._uploaded(name, data, told))
            self._remember(candidate)
            return candidate

    async def publish(self, by: By, token: str) -> Candidate:
        """Publish a candidate that waits. Raises Gone where another edition came into force meanwhile."""
        async with self._alone(by, "publish"):
            candidate = self.waiting(token)
            if candidate.base != self.library.edition or candidate.library.edition:
                raise Gone("期间已有别的版本发布")
            self.library = await in_thread(lambda: self._committed(candidate, by))
            return candidate

    def discard(self, token: str) -> None:
        """Forget a candidate. Raises Gone for one that is not there."""
        self.waiting(token)
        del self._waiting[token]

    async def rollback(self, by: By, number: int, told: Told = _nobody) -> Candidate:
        """Bring a kept edition back into force. The reports folder stays as it is."""
        async with self._alone(by, "rollback"):
            candidate = await in_thread(lambda: self._rolled_back(by, number, told))
            self._remember(candidate)
            self.library = candidate.library
            return candidate

    def close(self) -> None:
        """End what is being read, at once."""
        self._aside.close()

    # How it is done; all of this runs off the event loop

    def _reloaded(self, told: Told) -> tuple[Candidate, bool]:
        files, faults, folder = self._scanned(told)
        candidate = self._prepared(Plan("reload", files, faults, folder=folder), told)
        same = not faults and self.library.edition and {(f.name, f.sha) for f in files} == self._in_force()
        if same and candidate.clean:
            self._store.seen(folder)
        return candidate, bool(same and candidate.clean)

    def _uploaded(self, name: str, data: bytes, told: Told) -> Candidate:
        file = self._store.keep(safe_name(name), data)
        others = [one for one in self._files_in_force() if one.name != file.name]
        held = {report.id: report for report in self.library.reports}
        alone = self._prepared(Plan("upload", [file]), told)
        if not alone.library.reports:
            raise EditionError(alone.faults[0] if alone.faults else f"{file.name}：读不出报告")
        report = alone.library.reports[0]
        replaced = [one for one in others if one.stem == report.id or _same(held.get(one.stem), report)]
        files = sorted([*(one for one in others if one not in replaced), file], key=lambda one: one.name)
        remove = tuple(one.name for one in replaced)
        folder = {name: sha for name, sha in self._store.state.folder.items() if name not in remove}
        plan = Plan("upload", files, put=(file,), remove=remove, folder={**folder, file.name: file.sha})
        return self._prepared(plan, told)

    def _rolled_back(self, by: By, number: int, told: Told) -> Candidate:
        edition = self._store.edition(number)
        candidate = self._of(edition, told)
        row = _row(by, "rollback", number, {})
        self._store.commit(edition, self._scanned()[2], Pending(audit=row))
        return candidate

    def _committed(self, candidate: Candidate, by: By) -> Library:
        number = self._store.state.last + 1
        edition = Edition(number, candidate.files, _now(), by.name, candidate.how)
        put = {file.name: file.sha for file in candidate.put}
        if put or candidate.remove:
            _check_writable(self.reports)
        told = {"files": list(put), "removed": list(candidate.remove), "faults": list(candidate.faults[:FAULTS])}
        pending = Pending(put, candidate.remove, _row(by, candidate.how, number, told))
        self._store.commit(edition, candidate.folder, pending)
        library = replace(candidate.library, edition=number)
        if candidate.token in self._waiting:
            self._waiting[candidate.token] = replace(candidate, library=library)
        self._store.prune(self._held())
        return library

    def _prepared(self, plan: Plan, told: Told, reader: Reader | None = None) -> Candidate:
        room = self._room if reader is None else replace(self._room, reader=reader)
        return prepare(plan, self.library, self.wishes, room, told)

    def _of(self, edition: Edition, told: Told, reader: Reader | None = None) -> Candidate:
        """An edition that is kept, read again where it is no longer at hand."""
        for file in self._room.lacking(edition.files):
            self._store.bytes_of(file.sha)
        candidate = self._prepared(Plan("rollback", edition.files), told, reader)
        if candidate.faults:
            raise EditionError(f"第 {edition.number} 版读不全：{candidate.faults[0]}")
        return replace(candidate, library=replace(candidate.library, edition=edition.number))

    def _kept_edition(self) -> Edition | None:
        try:
            edition = self._store.edition(self._store.state.current)
            for file in self._room.lacking(edition.files):
                self._store.bytes_of(file.sha)
        except EditionError:
            return None
        return edition

    def _scanned(self, told: Told = _nobody) -> tuple[list[Stored], list[str], dict[str, str]]:
        """The reports folder: files, now kept in the store; faults of those that cannot be opened; name -> digest."""
        told(Stage(Step.SCANNING))
        files, faults = [], []
        try:
            for found in scan(self.reports):
                if found.fault:
                    faults.append(found.fault)
                else:
                    files.append(self._store.keep(found.name, found.data))
        except FileNotFoundError:
            faults.append(f"{self.reports}：没有这个文件夹；请建好它，或改配置里的 reports。")
        return files, faults, {file.name: file.sha for file in files}

    def _files_in_force(self) -> tuple[Stored, ...]:
        return self._store.edition(self.current).files if self.current else ()

    def _in_force(self) -> set[tuple[str, str]]:
        return {(file.name, file.sha) for file in self._files_in_force()}

    def _remember(self, candidate: Candidate) -> None:
        self._waiting[candidate.token] = candidate
        while len(self._waiting) > WAITING:
            self._waiting.popitem(last=False)

    def _held(self) -> set[str]:
        return {file.sha for candidate in self._waiting.values() for file in candidate.files}

    @contextmanager
    def _working(self, by: By, what: str) -> Iterator[None]:
        if not self._lock.acquire(blocking=False):
            raise Busy(self.work or Work(by, what, _now()))
        self.work = Work(by, what, _now())
        try:
            yield
        finally:
            self.work = None
            self._lock.release()

    @asynccontextmanager
    async def _alone(self, by: By, what: str) -> AsyncIterator[None]:
        with self._working(by, what):
            yield


def _same(old: Report | None, new: Report) -> bool:
    return old is not None and identity(old) is not None and identity(old) == identity(new)


def _check_writable(folder: Path) -> None:
    import os

    if not os.access(folder, os.W_OK | os.X_OK):
        raise EditionError(f"{folder}：不能写入，请改权限，或把配置里的 reports 指向能写的文件夹。")


def _row(by: By, what: str, edition: int, more: Mapping[str, object]) -> dict[str, object]:
    return {"at": _now(), "who": by.id, "name": by.name, "what": what, "edition": edition, **more}


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
