"""What an answer is made of. An Answer always carries evidence; what the reports do not say is NotFound."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.reports.model import Report


class Kind(StrEnum):
    """What is asked for."""

    NUMBER = "number"
    LIST = "list"
    TEXT = "text"  # a name, a title, a date, a place
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim span of a report."""

    report: Report
    start: int
    end: int
    path: tuple[str, ...]  # titles of the sections above it, outermost first

    @property
    def quote(self) -> str:
        return self.report.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer and its evidence. `text` is what is said (3.7万张); `value` is in base units (37000) of `unit`."""

    question: str
    kind: Kind
    text: str
    evidence: Evidence
    score: float  # calibrated, 0..1
    value: float | None = None
    value_max: float | None = None
    unit: str = ""
    items: tuple[str, ...] = ()
    metric: int | None = None  # index into evidence.report.metrics
    hardly: bool = False  # a limit of the question let it pass in small part only: some of what is asked for
    also: tuple[Evidence, ...] = ()  # further quotes, where the items of a list stand apart
    alternatives: tuple[Answer, ...] = ()
    note: str = ""  # what the reader should know, such as the report chosen among several
    why: tuple[str, ...] = ()  # what matched and what was weighed, one line each


@dataclass(frozen=True, slots=True)
class NotFound:
    """The reports do not say. `reason` is one sentence for the person; `near` are up to three near misses.

    `choices` are whole questions to choose from, where it has to be asked back of which report somebody speaks.
    """

    question: str
    reason: str = ""
    near: tuple[Answer, ...] = ()
    score: float = 0.0
    why: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
