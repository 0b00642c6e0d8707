"""The library: all reports in force, and what they answer. Immutable; a new edition replaces it whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bot.answers.index import ReportIndex
from bot.answers.matching import Needle
from bot.answers.model import Answer, Evidence, NotFound
from bot.answers.questions import understand
from bot.answers.selection import ask_all
from bot.answers.thesaurus import Thesaurus, thesaurus
from bot.reports.files import SUFFIXES
from bot.reports.model import Report, ReportError
from bot.reports.reader import read_report


@dataclass(frozen=True)
class Library:
    """Reports and their indexes. `faults` are the files that could not be read.

    `edition` is the number under which it was published, 0 where it never was; `made` are indexes that are at hand.
    """

    reports: tuple[Report, ...]
    faults: tuple[ReportError, ...] = ()
    book: Thesaurus = field(default_factory=thesaurus)
    edition: int = 0
    made: Mapping[str, ReportIndex] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def load(cls, paths: Sequence[Path], *, synonyms: Mapping[str, Sequence[str]] | None = None) -> Library:
        """Read files, or all report files of folders. A file that fails is a fault and does not stop the others."""
        reports: list[Report] = []
        faults: list[ReportError] = []
        for path in _files(paths):
            try:
                reports.append(read_report(path))
            except ReportError as fault:
                faults.append(fault)
        return cls(tuple(reports), tuple(faults), thesaurus(synonyms))

    @cached_property
    def indexes(self) -> dict[str, ReportIndex]:
        return {report.id: self.made.get(report.id) or ReportIndex(report) for report in self.reports}

    def ask(self, question: str, *, reports: Sequence[Report] | None = None) -> Answer | NotFound:
        """The best answer among `reports` (all by default); see answers.selection for how one is chosen."""
        chosen = self.reports if reports is None else reports
        return ask_all(question, [self.indexes[report.id] for report in chosen], self.book)

    def search(self, words: str, limit: int = 10) -> list[Evidence]:
        """Clauses that hold the words, the best first."""
        found: list[tuple[float, Evidence]] = []
        for report in self.reports:
            index = self.indexes[report.id]
            needle = Needle(understand(words), index, self.book)
            for rank, number in enumerate(needle.shortlist(limit)):
                clause = report.clauses[number]
                text = report.text[clause.start : clause.end]
                start = clause.start + len(text) - len(text.lstrip())
                found.append((rank, Evidence(report, start, clause.start + len(text.rstrip()), clause.path)))
        found.sort(key=lambda pair: pair[0])
        return [evidence for _, evidence in found[:limit]]


def _files(paths: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        inside = sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES) if path.is_dir() else [path]
        files += inside
    return files
