"""The words of this room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.editions.difference import Difference
from bot.library import Library


@dataclass(frozen=True, slots=True)
class By:
    """Who does it: a Telegram user id and name, or 0 and the name of a place (命令行, 启动)."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A report's file as it was read: its name in the reports folder and the SHA-256 of its bytes, in hexadecimal."""

    name: str
    sha: str
    size: int

    @property
    def stem(self) -> str:
        """The name without its suffix, which is the report's id."""
        return self.name.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class Edition:
    """One published state of the library. `at` is UTC, 2025-01-09T10:18:00Z; `how` is start, reload or upload."""

    number: int
    files: tuple[Stored, ...]
    at: str
    by: str
    how: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the operator's settings ask of a library: `synonyms` as Library.load, `checks` question -> expected text."""

    synonyms: Mapping[str, list[str]] = field(default_factory=dict)
    checks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A library read aside, not in force. `faults` are one Chinese line each: file, what was seen, what to do.

    `failed` are checks that the operator wrote and that no longer hold; `remarks` are good to know and stop nothing.
    `put` and `remove` are names in the reports folder that publishing changes; `folder` is what it holds afterwards.
    """

    token: str
    base: int  # the edition it was compared with; 0 for none
    how: str
    files: tuple[Stored, ...]  # those that could be read
    library: Library
    difference: Difference
    faults: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    put: tuple[Stored, ...] = ()
    remove: tuple[str, ...] = ()
    folder: Mapping[str, str] = field(default_factory=dict)

    @property
    def clean(self) -> bool:
        return not self.faults and not self.failed


class Outcome(StrEnum):
    """What came of a reload."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    HELD = "held"  # nothing is published before somebody says so
    EMPTY = "empty"  # no report can be read; the edition in force stays, whatever anybody says


class Step(StrEnum):
    SCANNING = "scanning"
    READING = "reading"
    READING_MANY = "reading_many"  # several at a time, so that none of them is named
    CHECKING = "checking"
    WRITING = "writing"


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a piece of work is."""

    step: Step
    done: int = 0
    of: int = 0
    name: str = ""  # the file under way


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody is doing at the moment. `since` is UTC, as Edition.at."""

    by: By
    what: str  # reload, upload, publish or rollback
    since: str


class EditionError(Exception):
    """What cannot be done, in one Chinese line."""


class Busy(EditionError):
    """Somebody else is at it."""

    def __init__(self, work: Work) -> None:
        super().__init__(f"{work.by.name}：{work.what}")
        self.work = work


class Gone(EditionError):
    """A candidate that was published, discarded or overtaken by another edition; an edition that is no longer kept."""
