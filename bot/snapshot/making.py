"""Making a snapshot: what has not changed is taken over, the rest is read on all cores, and the whole put in place."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import cache
from importlib import metadata
from itertools import starmap
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import bot
from bot.answers.ranking import Entry, build, update
from bot.reports.model import Report, ReportError
from bot.reports.reader import read_report
from bot.snapshot.codec import head_of, packed
from bot.snapshot.store import Damaged, Row, Store

FORMAT = "1"  # of what is on disk
CLAUSES = "clauses"
KEPT = 1  # older snapshots, such as of another folder
FEW = 8  # files that are read here: processes would take longer to start

Told = Callable[[int, int], None]  # how many of how many files have been read

# What decides what a file becomes: the code of these, and the libraries that it leans on.
_CODE = ("reports", "snapshot", "answers/ranking.py", "answers/words.py", "answers/sounds.py")
_LIBRARIES = ("pypinyin", "tantivy", "lxml", "pypdf", "python-docx")


class Read(NamedTuple):
    """What reading one file gave: a row, and its clauses."""

    row: Row
    entries: list[Entry]


def make(files: Sequence[Path], folder: Path, told: Told | None = None) -> tuple[Path, Path]:
    """The snapshot of these files: the folders of its reports and of its index of clauses.

    It is made where it is not there already, from the one that is. Raises OSError where the disk does not let it.
    """
    shas = {path: _sha(path) for path in files}
    place = folder / _digest(shas)
    if not place.is_dir():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
        try:
            _make_aside(aside, shas, _latest(folder), told or (lambda done, total: None))
            with suppress(OSError):  # another process was faster: theirs is the same
                aside.rename(place)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    _prune(folder, place)
    return place, place / CLAUSES


def _prune(folder: Path, place: Path) -> None:
    """Keep the snapshot in use and the newest others; what is still open on Windows stays until the next time."""
    others = [path for path in folder.iterdir() if path.is_dir() and path != place and path.name[0] != "."]
    for old in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def _make_aside(aside: Path, shas: Mapping[Path, str], old: Path | None, told: Told) -> None:
    kept = _kept(old, shas)
    store = Store(aside, new=True)
    for row in kept.values():
        store.put(row)
    missing = [path for path in shas if str(path) not in kept]
    told(len(kept), len(shas))
    fresh = _stored(_read_all(missing), shas, store, {row.id for row in kept.values()})
    counted = _counted(fresh, len(kept), len(shas), told)
    if kept and old is not None:
        gone = {row.id for row in _heads(old)} - {row.id for row in kept.values()}
        shutil.copytree(old / CLAUSES, aside / CLAUSES)
        update(aside / CLAUSES, gone, counted)
    else:
        build(aside / CLAUSES, counted)
    store.close()


def _counted(fresh: Iterable[Read], done: int, total: int, told: Told) -> Iterator[Entry]:
    for number, one in enumerate(fresh, start=done + 1):
        yield from one.entries
        told(number, total)


def _stored(fresh: Iterable[Read], shas: Mapping[Path, str], store: Store, ids: set[str]) -> Iterator[Read]:
    for row, entries in fresh:
        row = row._replace(sha=shas[Path(row.file)])
        if row.id in ids:
            row, entries = row._replace(fault=f"{Path(row.file).name}：已有同名的报告 {row.id}，请改名"), []
        ids.add(row.id)
        store.put(row)
        yield Read(row, entries)


def read(path: Path) -> Read:
    """One file, in whichever process."""
    try:
        report = read_report(path)
    except ReportError as fault:
        return Read(Row("", str(path), "", {}, fault=str(fault)), [])
    return Read(Row(report.id, str(path), "", head_of(report), packed(report)), list(entries_of(report)))


def entries_of(report: Report) -> Iterator[Entry]:
    for number, clause in enumerate(report.clauses):
        yield Entry(report.id, number, report.text[clause.start : clause.end], " ".join(clause.path))


def _read_all(files: Sequence[Path]) -> Iterator[Read]:
    """On all cores, in whatever order they are done."""
    if len(files) <= FEW:
        yield from map(read, files)
        return
    left = set(files)
    with suppress(BrokenProcessPool), _pool(os.cpu_count() or 1) as pool:
        for done in as_completed([pool.submit(read, path) for path in files]):
            one = done.result()
            left.discard(Path(one.row.file))
            yield one
    yield from starmap(_alone, ((path,) for path in sorted(left)))  # a process died: find out of which file


def _alone(path: Path) -> Read:
    with _pool(1) as pool:
        done: Future[Read] = pool.submit(read, path)
        try:
            return done.result()
        except BrokenProcessPool:
            return Read(Row("", str(path), "", {}, fault=f"{path.name}：读它的进程中断了，请另存为 .txt 再试"), [])


def _pool(workers: int) -> ProcessPoolExecutor:
    """Processes of their own: a fork would take along threads that hold locks."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_forget_secrets)


def _forget_secrets() -> None:
    """The processes that read files need no token."""
    for name in [name for name in os.environ if name.startswith("YOUJU_")]:
        del os.environ[name]


def _kept(old: Path | None, shas: Mapping[Path, str]) -> dict[str, Row]:
    """By file, the rows of an older snapshot that are still true: same file, same bytes, same code."""
    if old is None:
        return {}
    try:
        store = Store(old)
        rows = {row.file: row for row in store.rows()}
        store.close()
    except Damaged:
        return {}
    wanted = {str(path): sha for path, sha in shas.items()}
    return {file: row for file, row in rows.items() if wanted.get(file) == row.sha}


def _heads(folder: Path) -> list[Row]:
    store = Store(folder)
    heads = store.heads()
    store.close()
    return heads


def _latest(folder: Path) -> Path | None:
    """The newest whole snapshot that this code made."""
    made = [path for path in folder.iterdir() if path.is_dir() and path.name.startswith(_code()[:8])]
    return max(made, key=lambda path: path.stat().st_mtime, default=None)


def _digest(shas: Mapping[Path, str]) -> str:
    """The name of a snapshot: which code, then which files."""
    rows = sorted(f"{path}\0{sha}" for path, sha in shas.items())
    return f"{_code()[:8]}-{hashlib.sha256(chr(10).join(rows).encode()).hexdigest()[:24]}"


def _sha(path: Path) -> str:
    """The digest of a file's bytes; of what the system says where it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        return f"{error.errno}"


@cache
def _code() -> str:
    """The digest of the code that makes reports and indexes of files."""
    root = Path(bot.__file__).parent
    found = hashlib.sha256(FORMAT.encode())
    for name in _CODE:
        path = root / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.suffix in (".py", ".toml"):
                found.update(file.name.encode() + file.read_bytes())
    for library in _LIBRARIES:
        found.update(metadata.version(library).encode())
    return found.hexdigest()
