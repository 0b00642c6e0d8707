"""What a report is made of. Every span is a pair of character offsets into `Report.text`, end exclusive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ReportError(Exception):
    """A file that cannot be read as a report: says which file, what was seen and where, and what to do."""


class Bound(StrEnum):
    """How a quantity bounds the true figure; None on a metric means that the figure is exact."""

    MORE = "more"  # 余、多、超、突破
    AT_LEAST = "at_least"  # 以上、不少于
    ABOUT = "about"  # 近、约、左右
    LESS = "less"  # 不足、以内


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text as found, before anything is understood.

    `text` is never altered; `meta` holds what the container says beside it (front matter, other CSV columns, HTML
    meta tags: title, url, date, source, author ...); `furniture` holds spans that the container marks as page
    furniture (menus, footers of an HTML page); `warnings` are for the operator, in Chinese.
    """

    name: str  # the file's stem, or "-" for a text on stdin
    text: str
    meta: Mapping[str, str] = field(default_factory=dict)
    furniture: tuple[tuple[int, int], ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement of the page furniture or the title block: 来源, 发表时间, 作者, 备案号 ..."""

    name: str
    value: str
    start: int  # of the value
    end: int
    quote_start: int  # of the line or field it stands in
    quote_end: int


class Part(StrEnum):
    """What kind of text a section holds."""

    BODY = "body"
    TITLE = "title"  # title, speaker, occasion, salutation
    FURNITURE = "furniture"  # navigation, licence numbers, editors
    APPENDIX = "appendix"  # glossaries, notes, lists behind the report


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the tree. `start`..`end` covers the heading and all that stands below it.

    `title` is the heading as written, without marks (`**`, `#`) and without the closing 。; `number` is its mark
    (一, （二）, 3, 一是) without brackets or points, "" if it has none.
    """

    title: str
    level: int  # 0 is the whole report
    start: int
    end: int
    title_start: int
    title_end: int
    number: str = ""
    part: Part = Part.BODY
    children: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """This section and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def leaves(self) -> Iterator[tuple[int, int]]:
        """Spans that belong to no deeper section, in order; joined they are this section's text."""
        at = self.start
        for child in self.children:
            if at < child.start:
                yield at, child.start
            yield from child.leaves()
            at = child.end
        if at < self.end or not self.children:
            yield at, self.end


@dataclass(frozen=True, slots=True)
class Clause:
    """What ends at 。！？； or the ASCII ; or a line end. `path` are the titles above it, outermost first."""

    start: int
    end: int
    path: tuple[str, ...]
    section: int  # index into Report.sections
    part: Part = Part.BODY


@dataclass(frozen=True, slots=True)
class Metric:
    """A quantity with what it says: shown as `raw`, compared as `value` in `unit` (base units, 3.7万张 -> 37000 张).

    `label` is what is counted (养老床位), `predicate` the verb or change (达到, 增长), `actor` who did it, `place`
    where, `period` the year as "2024", or "2011-2015" for a span; `target` marks plans and goals. From `quote_start`
    to `quote_end` is the shortest span that can stand by itself as evidence; it holds `raw`.
    """

    raw: str
    value: float
    unit: str
    start: int  # of raw
    end: int
    label: str
    clause: int  # index into Report.clauses
    quote_start: int
    quote_end: int
    value_max: float | None = None
    bound: Bound | None = None
    predicate: str = ""
    actor: str = ""
    place: str = ""
    period: str = ""
    target: bool = False
    rank: bool = False  # 第42位: a fact that can be asked for, not a quantity
    subject: str = ""  # whose figure it is where the label leaves it unsaid: 社情民意信息 of 省委采用2篇
    written_unit: str = ""  # the unit as a table's head writes it, apart from raw: 亿元
    head_start: int = 0  # the head row of a table, which gives unit and year; 0, 0 for prose
    head_end: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """One report, whole. `body` is the organ that speaks (市政协, 市政府 ...), `year` the year people call it by."""

    id: str
    text: str
    title: str
    body: str
    place: str
    year: int | None
    author: str
    source: str
    published: str  # "2025-01-09 10:18", as precise as the file is
    tree: Section
    sections: tuple[Section, ...]  # tree.walk(), numbered
    clauses: tuple[Clause, ...]
    metrics: tuple[Metric, ...]
    facts: tuple[Fact, ...]
    places: tuple[str, ...]  # places below the report's own, as the text names them
    years: tuple[int, ...] = ()  # years reviewed and planned
    url: str = ""
    warnings: tuple[str, ...] = ()

    def quote(self, start: int, end: int) -> str:
        return self.text[start:end]

    @property
    def figures(self) -> int:
        """How many figures it holds; a rank (全省第一) is none."""
        return sum(not metric.rank for metric in self.metrics)


def newest_first(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Sorted by year, then by date of publication, then by id so that the order is always the same."""
    return tuple(sorted(reports, key=lambda report: (-(report.year or 0), _reversed(report.published), report.id)))


def _reversed(date: str) -> tuple[int, ...]:
    return tuple(-ord(char) for char in date) or (0,)
