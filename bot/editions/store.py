"""Editions on disk: the bytes of their files, their lists, which one is in force, and what is still to be done."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bot.editions.durable import append_line, last_line, remove, sweep, write_whole
from bot.editions.model import Edition, EditionError, Gone, Stored

log = logging.getLogger(__name__)

KEPT = 10  # editions
READABLE = 0o644  # of a report put into the reports folder


@dataclass(frozen=True, slots=True)
class Pending:
    """What publishing still has to do outside this store: files to put into the reports folder, names to remove there,
    and the row of the audit."""

    put: Mapping[str, str] = field(default_factory=dict)  # name -> digest
    remove: tuple[str, ...] = ()
    audit: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """`folder` is what the reports folder held when somebody last decided: name -> digest."""

    current: int = 0
    last: int = 0
    folder: Mapping[str, str] = field(default_factory=dict)
    pending: Pending | None = None


class Store:
    """The store below a data folder. Methods raise OSError where the disk does not let them."""

    def __init__(self, data: Path, reports: Path, *, only_read: bool = False) -> None:
        self.reports = reports
        self.audit = data / "audit.jsonl"
        self._folder = data / "editions"
        self._files = self._folder / "files"
        if only_read:  # beside a bot that runs on the same folder
            self.state = self._read_state()
            return
        self._files.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.state = self._recovered()

    # Bytes

    def keep(self, name: str, data: bytes) -> Stored:
        """Hold the bytes of a file, whether or not an edition will be made of them."""
        sha = hashlib.sha256(data).hexdigest()
        path = self.path_of(sha)
        if not path.exists():
            write_whole(path, gzip.compress(data, compresslevel=6, mtime=0))
        return Stored(name, sha, len(data))

    def path_of(self, sha: str) -> Path:
        """Where the bytes are, compressed by gzip."""
        return self._files / f"{sha}.gz"

    def bytes_of(self, sha: str) -> bytes:
        """The bytes of a digest. Raises EditionError where they are damaged or gone."""
        try:
            data = gzip.decompress(self.path_of(sha).read_bytes())
        except (OSError, EOFError) as error:
            raise EditionError(f"存档里的文件读不了（{sha[:12]}：{error}）") from error
        if hashlib.sha256(data).hexdigest() != sha:
            raise EditionError(f"存档里的文件已损坏（{sha[:12]}）")
        return data

    # Editions

    def editions(self) -> list[Edition]:
        """Those kept on disk, the newest first."""
        numbers = sorted((n for n in self._numbers() if n <= self.state.last), reverse=True)
        return [edition for number in numbers if (edition := self._read(number)) is not None]

    def edition(self, number: int) -> Edition:
        """Raises Gone for one that is not kept, or cannot be read."""
        found = self._read(number) if 0 < number <= self.state.last else None
        if found is None:
            raise Gone(f"没有第 {number} 版")
        return found

    def commit(self, edition: Edition, folder: Mapping[str, str], pending: Pending) -> None:
        """Bring an edition into force, a new one or one that is kept, and do what is to be done with it."""
        if self.state.pending:
            self._finish()
        if edition.number > self.state.last:
            write_whole(self._list_of(edition.number), _encoded(asdict(edition)))
        last = max(self.state.last, edition.number)
        self._write(State(edition.number, last, dict(folder), pending))
        self._finish()

    def seen(self, folder: Mapping[str, str]) -> None:
        """Note what the reports folder holds, when nothing else changes."""
        if dict(folder) != dict(self.state.folder):
            self._write(State(self.state.current, self.state.last, dict(folder), self.state.pending))

    def prune(self, held: Iterable[str] = ()) -> None:
        """Let go of editions beyond the last ten, never of the one in force, and of bytes that nobody holds."""
        numbers = sorted(self._numbers(), reverse=True)
        current = self.state.current
        keep = {current, *[number for number in numbers if number != current][: KEPT - 1]}
        for number in numbers:
            if number not in keep:
                remove(self._list_of(number))
        used = {file.sha for number in keep if (edition := self._read(number)) for file in edition.files}
        for path in self._files.glob("*.gz"):
            if path.name.removesuffix(".gz") not in used | set(held):
                with contextlib.suppress(OSError):
                    path.unlink()

    # What is behind them

    def _recovered(self) -> State:
        """The state on disk, after finishing what a crash cut off and forgetting what it cut off too early."""
        for folder in (self._folder, self._files):
            sweep(folder)
        if self.reports.is_dir():
            sweep(self.reports)
        self.state = self._read_state()
        for number in self._numbers():
            if number > self.state.last:
                remove(self._list_of(number))
        if self.state.pending:
            try:
                self._finish()
            except (OSError, EditionError) as error:
                log.error("上次发布没有做完，现在也做不了：%s", error)
        return self.state

    def _finish(self) -> None:
        pending = self.state.pending
        if pending is None:
            return
        for name, sha in pending.put.items():
            write_whole(self.reports / name, self.bytes_of(sha), READABLE)
        for name in pending.remove:
            remove(self.reports / name)
        row = json.dumps(pending.audit, ensure_ascii=False)
        if pending.audit and last_line(self.audit) != row:
            append_line(self.audit, row)
        self._write(State(self.state.current, self.state.last, self.state.folder))

    def _write(self, state: State) -> None:
        write_whole(self._folder / "state.json", _encoded(asdict(state)))
        self.state = state

    def _read_state(self) -> State:
        try:
            given = json.loads((self._folder / "state.json").read_bytes())
            pending = given.pop("pending")
            if pending:
                pending = Pending(pending["put"], tuple(pending["remove"]), pending["audit"])
            return State(**given, pending=pending)
        except FileNotFoundError:
            return State()
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            log.error("%s 读不懂（%s），从现有文件重新开始", self._folder / "state.json", error)
            return State(0, max(self._numbers(), default=0))

    def _numbers(self) -> list[int]:
        stems = (path.stem for path in self._folder.glob("[0-9]*.json"))
        return [int(stem) for stem in stems if stem.isascii() and stem.isdecimal()]

    def _list_of(self, number: int) -> Path:
        return self._folder / f"{number:04}.json"

    def _read(self, number: int) -> Edition | None:
        try:
            given = json.loads(self._list_of(number).read_bytes())
            files = tuple(Stored(**file) for file in given.pop("files"))
            return Edition(files=files, **given)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            log.error("第 %d 版的清单读不了：%s", number, error)
            return None


def _encoded(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
