"""The library: all reports in force, and what they answer. Immutable; a new edition replaces it whole."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answers.index import ReportIndex
from bot.answers.matching import Needle
from bot.answers.model import Answer, Evidence, NotFound
from bot.answers.questions import understand
from bot.answers.selection import ask_all
from bot.answers.thesaurus import Thesaurus, thesaurus
from bot.answers.words import fold
from bot.aside import stays
from bot.catalogue import MANY, AskBack, Catalogue
from bot.reports.files import SUFFIXES
from bot.reports.model import Report, ReportError
from bot.reports.reader import read_report

if TYPE_CHECKING:
    from bot.snapshot import Shelf, Told

SEARCHED = 5  # clauses among which words must be that some report has
LONGEST_QUESTION = 500  # characters of a question that are read
REMEMBERED = 500  # answers: many people ask the same


@dataclass(frozen=True)
class Library:
    """Reports and their indexes. `faults` are the files that could not be read.

    `edition` is the number under which it was published, 0 where it never was; `made` are indexes that are at hand.
    A library of many reports has them on a `shelf`, which opens each when it is asked for.
    """

    reports: tuple[Report, ...]
    faults: tuple[ReportError, ...] = ()
    book: Thesaurus = field(default_factory=thesaurus)
    edition: int = 0
    made: Mapping[str, ReportIndex] = field(default_factory=dict, repr=False, compare=False)
    shelf: Shelf | None = field(default=None, repr=False, compare=False)
    _answered: OrderedDict[object, Answer | NotFound] = field(
        init=False, default_factory=OrderedDict, repr=False, compare=False
    )

    @classmethod
    def load(
        cls,
        paths: Sequence[Path],
        *,
        synonyms: Mapping[str, Sequence[str]] | None = None,
        snapshot: Path | None = None,
        told: Told | None = None,
    ) -> Library:
        """Read files, or all report files of folders. A file that fails is a fault and does not stop the others.

        More than a few are read on all cores and kept in the folder `snapshot`, if one is given; `told` hears how many
        of how many are read. Raises OSError where that folder cannot be written.
        """
        files = _files(paths)
        if snapshot is not None and len(files) > MANY:
            return cls._shelved(files, snapshot, thesaurus(synonyms), told)
        reports: list[Report] = []
        faults: list[ReportError] = []
        for path in files:
            try:
                reports.append(read_report(path))
            except ReportError as fault:
                faults.append(fault)
        return cls(tuple(reports), tuple(faults), thesaurus(synonyms))

    @classmethod
    def _shelved(cls, files: Sequence[Path], folder: Path, book: Thesaurus, told: Told | None) -> Library:
        from bot.snapshot import file_at, open_shelf  # brings tantivy in, which few reports do not need

        shelf = open_shelf([file_at(path) for path in files], folder, book, told)
        return cls(shelf.reports, shelf.faults, book, shelf=shelf)

    @cached_property
    def indexes(self) -> Mapping[str, ReportIndex]:
        if self.shelf is not None:
            return self.shelf
        return {report.id: self.made.get(report.id) or ReportIndex(report) for report in self.reports}

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue(self.reports)

    def ask(self, question: str, *, reports: Sequence[Report] | None = None) -> Answer | NotFound:
        """The best answer among `reports` (all by default); see answers.selection for how one is chosen.

        Of many reports those are asked that the question's place, year and body pick; where they pick none, the
        NotFound asks back. Only the first LONGEST_QUESTION characters are read. What was asked lately is remembered,
        until the thesaurus learns a word.
        """
        if len(question) > LONGEST_QUESTION:
            return replace(self.ask(question[:LONGEST_QUESTION], reports=reports), question=question)
        key = (question, None if reports is None else tuple(report.id for report in reports), self.book.version)
        found = self._answered.pop(key, None) or self._asked(question, reports)
        self._answered[key] = found
        while len(self._answered) > REMEMBERED:
            self._answered.popitem(last=False)
        return found

    def _asked(self, question: str, reports: Sequence[Report] | None) -> Answer | NotFound:
        chosen = self.reports if reports is None else reports
        if len(chosen) > MANY:
            catalogue = self.catalogue if reports is None else Catalogue(chosen)
            picked = catalogue.pick(question, self._nearest if self.shelf else None)
            if isinstance(picked, AskBack):
                return NotFound(question, picked.reason, choices=picked.choices)
            chosen = picked.reports
        return ask_all(question, [self.indexes[report.id] for report in chosen], self.book)

    def _nearest(self, question: str, count: int) -> list[tuple[str, float]]:
        """Ids of the reports whose clauses are nearest to a question, with the clauses' scores."""
        assert self.shelf is not None  # noqa: S101 - asked only of a library that has one
        return [(one.report, one.score) for one in self.shelf.ranking.rank(question, count)]

    def warm(self) -> None:
        """Make what first questions would wait for: indexes, dictionaries, readings. Takes a second or so."""
        newest = sorted(self.reports, key=lambda report: report.year or 0)[-1:]
        for said in ("養老", "yanglao chuangwei you duoshao", "how many elderly care beds", "搬走多少"):
            self.ask(said, reports=newest)
        for report in self.reports if self.shelf is None else ():  # of many, the few that are asked for are open
            _ = self.indexes[report.id].sound
        stays()

    def holds(self, term: str) -> bool:
        """Whether some report has these words; of many, which are not all open, one of the clauses nearest to them."""
        wanted = fold(term)
        if self.shelf is not None:
            return len(wanted) < 2 or any(wanted in fold(one.quote) for one in self.search(term, SEARCHED))
        return any(wanted in index.text for index in self.indexes.values())

    def search(self, words: str, limit: int = 10) -> list[Evidence]:
        """Clauses that hold the words, the best first."""
        if self.shelf is not None:
            ranked = self.shelf.ranking.rank(words, limit)
            return [_evidence(self.indexes[one.report].report, one.clause) for one in ranked]
        found: list[tuple[float, Evidence]] = []
        for report in self.reports:
            index = self.indexes[report.id]
            needle = Needle(understand(words), index, self.book)
            for rank, number in enumerate(needle.shortlist(limit)):
                found.append((rank, _evidence(report, number)))
        found.sort(key=lambda pair: pair[0])
        return [evidence for _, evidence in found[:limit]]


def _evidence(report: Report, number: int) -> Evidence:
    """A clause without the blanks around it."""
    clause = report.clauses[number]
    text = report.text[clause.start : clause.end]
    start = clause.start + len(text) - len(text.lstrip())
    return Evidence(report, start, clause.start + len(text.rstrip()), clause.path)


def _files(paths: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        inside = sorted(p for p in path.iterdir() if p.suffix.lower() in SUFFIXES) if path.is_dir() else [path]
        files += inside
    return files
