"""Making a snapshot: what has not changed is taken over, the rest is read on all cores, and the whole put in place."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path

import bot
from bot.answers.ranking import Spelt, build, update
from bot.snapshot.crew import Read, read_all
from bot.snapshot.files import File
from bot.snapshot.store import Damaged, Row, Store

log = logging.getLogger(__name__)

FORMAT = "2"  # of what is on disk
CLAUSES = "clauses"
KEPT = 1  # older snapshots, such as of another folder

Told = Callable[[int, int], None]  # how many of how many files have been read

# What decides what a file becomes: the code of these, and the libraries that it leans on.
_CODE = (
    *("reports", "snapshot", "answers/ranking.py"),
    *("answers/words.py", "answers/homophones.py", "answers/sounds.py", "answers/readings.py"),
)
_LIBRARIES = ("pypinyin", "tantivy", "lxml", "pypdf", "python-docx")


def make(files: Sequence[File], folder: Path, told: Told | None = None) -> Path:
    """The folder that holds the snapshot of these files.

    It is made where it is not there already, from the one that is. Raises OSError where the disk does not let it.
    """
    place = place_of(files, folder)
    if place.is_dir():
        os.utime(place)  # in use: not the one to go
    else:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        _make(place, files, told or (lambda done, total: None))
    _prune(folder, place)
    return place


def place_of(files: Iterable[File], folder: Path) -> Path:
    """Where the snapshot of these files is, if it is there: named by the code and by the files."""
    rows = sorted(f"{file.name}\0{file.sha}" for file in files)
    return folder / f"{_code()[:8]}-{hashlib.sha256(chr(10).join(rows).encode()).hexdigest()[:24]}"


def _make(place: Path, files: Sequence[File], told: Told) -> None:
    """From the newest snapshot there is; where that is damaged, from the files alone."""
    for old in (_latest(place.parent), None):
        aside = Path(tempfile.mkdtemp(prefix=".making-", dir=place.parent))
        try:
            _make_aside(aside, files, old, told)
            with suppress(OSError):  # another process was faster: theirs is the same
                aside.rename(place)
            return
        except (Damaged, ValueError) as error:  # tantivy says ValueError for what is no index
            if old is None:
                raise
            log.error("%s 已损坏（%s），不再沿用", old, error)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _prune(folder: Path, place: Path) -> None:
    """Keep the snapshot in use and the newest others; what is still open on Windows stays until the next time."""
    others = [path for path in folder.iterdir() if path.is_dir() and path != place and path.name[0] != "."]
    for old in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def _make_aside(aside: Path, files: Sequence[File], old: Path | None, told: Told) -> None:
    kept, gone = _taken_over(old, files)
    known = {(row.file, row.sha) for row in kept}
    store = Store(aside, new=True)
    if old is not None and kept:
        store.take_over(old, gone)
    missing = [file for file in files if (file.name, file.sha) not in known]
    told(len(files) - len(missing), len(files))
    fresh = _counted(_stored(read_all(missing), store, {row.id for row in kept}), len(missing), len(files), told)
    if old is not None and kept:
        shutil.copytree(old / CLAUSES, aside / CLAUSES)
        update(aside / CLAUSES, gone, fresh)
    else:
        build(aside / CLAUSES, fresh)
    store.close()


def _counted(fresh: Iterable[Read], missing: int, total: int, told: Told) -> Iterator[Spelt]:
    for number, one in enumerate(fresh, start=total - missing + 1):
        yield from one.clauses
        told(number, total)


def _stored(fresh: Iterable[Read], store: Store, ids: set[str]) -> Iterator[Read]:
    for row, clauses in fresh:
        if row.id in ids:
            row, clauses = row._replace(fault=f"{row.file}：已有同名的报告 {row.id}，请改名"), []
        if not row.fault:
            ids.add(row.id)
        store.put(row)
        yield Read(row, clauses)


def _taken_over(old: Path | None, files: Iterable[File]) -> tuple[list[Row], set[str]]:
    """Of an older snapshot the reports that are still true (same name, same bytes), and the ids of the others."""
    if old is None:
        return [], set()
    try:
        store = Store(old)
        rows = store.heads()
        store.close()
    except Damaged:
        return [], set()
    wanted = {(file.name, file.sha) for file in files}
    kept = [row for row in rows if (row.file, row.sha) in wanted]
    return kept, {row.id for row in rows} - {row.id for row in kept}


def _latest(folder: Path) -> Path | None:
    """The newest whole snapshot that this code made."""
    made = [path for path in folder.iterdir() if path.is_dir() and path.name.startswith(_code()[:8])]
    return max(made, key=lambda path: path.stat().st_mtime, default=None)


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
