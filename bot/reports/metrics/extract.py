"""From clauses to metrics: quantities in order, each with its label, its context and the span that proves it."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Iterator, Sequence

from bot.reports.metrics.context import Era, Eras, is_goal, period_before, reviewed_year, span_opening
from bot.reports.metrics.grids import read_table, table_rows
from bot.reports.metrics.memory import Named
from bot.reports.metrics.naming import LONGEST_GAP, Namer
from bot.reports.metrics.ordinals import find_ordinals, name_of, words_before
from bot.reports.metrics.patterns import TRIM
from bot.reports.metrics.quantities import find_quantities
from bot.reports.metrics.quantity import Quantity
from bot.reports.metrics.scene import Scene
from bot.reports.model import Clause, Metric, Part

LONGEST_QUOTE = 120
OPENING = 16  # characters at the start of a sentence in which it may say that it is about five years
_LONGEST_LOOK_BACK = 600  # characters of a sentence in which a year may stand
_MOST_PARTS = 8  # of a clause that may name the figure of a later one
_SHARED_OUT = re.compile("分别|各")

_CLOSES = re.compile(r"[。！？!?\n\r]")
_MARK = re.compile(r"[，,：:；;\n\r。！!？?|（(“《）)”》]")
_OPENING, _CLOSING = "（(“《", "）)”》"
_THOUSANDS = re.compile(r"(?<=[0-9０-９])[,，](?=[0-9０-９]{3}(?![0-9０-９]))")
_STRIP = frozenset(TRIM) - frozenset("（）()")
_ANY_FIGURE = re.compile(r"[0-9０-９一二三四五六七八九十百千万亿两翻]")


def parts_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The comma-separated parts of a clause; commas inside “” or （） and thousands separators do not part."""
    found, at, depth = [], start, 0
    for match in _MARK.finditer(text, start, end):
        mark, where = match.group(), match.start()
        if mark in _OPENING:
            depth += 1
        elif mark in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and not (mark in ",，" and _THOUSANDS.match(text, where)):
            if where > at:
                found.append((at, where))
            at = where + 1
    if at < end:
        found.append((at, end))
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A span without the punctuation and blanks at its ends; brackets and quotes stay."""
    while start < end and text[start] in _STRIP:
        start += 1
    while end > start and text[end - 1] in _STRIP:
        end -= 1
    return start, end


class _Reader:
    """Reads the clauses of a text in order and remembers what their sentence has said."""

    def __init__(self, text: str, scene: Scene, body: str, year: int | None) -> None:
        self.text, self.scene, self.body, self.year = text, scene, body, year
        self.reviewed = reviewed_year(body, year)
        self.eras = Eras(body, year)
        self.span = ""
        self.placed = self.acted = False  # whether the clause names a place, and an actor
        self._begin(0)

    def _begin(self, start: int, paragraph: bool = True) -> None:
        """A new sentence forgets the place and the actor of the last; a new paragraph the span of years as well."""
        self.start, self.place, self.actor = start, "", ""
        self._namer: Namer | None = None
        self.span = span_opening(self.text[start : start + OPENING], self.reviewed) or ("" if paragraph else self.span)

    @property
    def namer(self) -> Namer:
        """What names the figures of the sentence; most sentences have none."""
        self._namer = self._namer or Namer(self.text)
        return self._namer

    def period_of(self, clause: Clause) -> str:
        return self.eras.of(clause.path).period

    def read(self, clauses: Sequence[Clause], tabled: Collection[int] = ()) -> Iterator[Metric]:
        """The metrics of prose; the clauses whose numbers are `tabled` are rows of tables and left to them."""
        before: Clause | None = None
        for index, clause in enumerate(clauses):
            if clause.part is Part.TITLE:
                self._begin(clause.start)
                yield from self._clause(index, clause)
            if clause.part not in (Part.BODY, Part.APPENDIX) or index in tabled:
                continue
            if before is None or _CLOSES.search(self.text, max(before.start, before.end - 1), clause.start + 1):
                self._begin(clause.start, before is None or "\n" in self.text[before.end - 1 : clause.start + 1])
            before = clause
            self.eras.hear(clause.path, self.text[clause.start : clause.end])
            yield from self._clause(index, clause)

    def _clause(self, index: int, clause: Clause) -> Iterator[Metric]:
        """What a clause numbers (第十六届), then what it counts; a title counts nothing."""
        text, start, end = self.text, clause.start, clause.end
        counted: list[Quantity] = []
        numbered: list[Quantity] = []
        if _ANY_FIGURE.search(text, start, end):
            counted = find_quantities(text, start, end) if clause.part is not Part.TITLE else []
            numbered = [one for one in find_ordinals(text, start, end) if not any(map(one.overlaps, counted))]
        if not counted and not numbered and _CLOSES.search(text, max(start, end - 1), end + 1):
            return  # nothing to read, and what it says is forgotten behind it
        self.placed, self.acted = self.scene.speaks(text, start, end)
        parts = parts_of(text, start, end)
        for ordinal in numbered:
            yield self._numbered(index, clause, ordinal, parts)
        yield from self._counted(index, clause, deque(counted), parts)

    def _numbered(self, index: int, clause: Clause, ordinal: Quantity, parts: Sequence[tuple[int, int]]) -> Metric:
        part = next((part for part in parts if part[0] <= ordinal.start < part[1]), (clause.start, clause.end))
        name, subject = name_of(self.text, ordinal, part[1]), words_before(self.text, ordinal)
        return self._metric(index, clause, Named(ordinal, name, "", ordinal.start, subject), part)

    def _counted(
        self, index: int, clause: Clause, waiting: deque[Quantity], parts: list[tuple[int, int]]
    ) -> Iterator[Metric]:
        for number, part in enumerate(parts):
            inside = []
            while waiting and waiting[0].start < part[1]:
                inside.append(waiting.popleft())
            if inside:
                for named in self.namer.name(inside, part, parts[max(0, number - _MOST_PARTS) : number]):
                    yield self._metric(index, clause, named, part)
            elif part[0] == self.start and len(parts) > 1:
                self.namer.memory.opening = part
            if self.placed:
                self.place = self.scene.lasting_place(self.text, *part) or self.place
            actor = self._actor(*part)
            if self.scene.stays(actor) and not self.text.startswith("其中", part[0]):
                self.actor = actor

    def _actor(self, start: int, end: int) -> str:
        return self.scene.actor_in(self.text, start, end) if self.acted else ""

    def _metric(self, index: int, clause: Clause, named: Named, part: tuple[int, int]) -> Metric:
        quantity = named.quantity
        start, end = self._quote(named, part)
        near = max(part[0], quantity.start - LONGEST_GAP)
        era = self.eras.of(clause.path)
        spoken = self.text[max(self.start, quantity.start - _LONGEST_LOOK_BACK) : quantity.start]
        period = period_before(spoken, self.year, self.reviewed)
        goal = is_goal(spoken)
        return Metric(
            raw=quantity.raw,
            value=quantity.value,
            unit=quantity.unit,
            start=quantity.start,
            end=quantity.end,
            label=named.label,
            clause=index,
            quote_start=start,
            quote_end=end,
            value_max=quantity.value_max,
            bound=quantity.bound,
            predicate=named.predicate,
            actor=self._actor(near, quantity.start) or self.actor or self.body,
            place=self._place(near, named),
            period=period or (self.span if not goal else "") or self._era_period(era, goal),
            target=era.target or goal or self._ahead(period),
            rank=quantity.rank,
            subject=named.subject,
        )

    def _era_period(self, era: Era, goal: bool) -> str:
        """The period of a section; a goal set outside the sections for plans is one for the year of the report."""
        return str(self.year) if goal and not era.target and self.year is not None else era.period

    def _ahead(self, period: str) -> bool:
        """Whether a period lies behind the year of the report: 到2025年."""
        return self.year is not None and period.isdigit() and int(period) > self.year

    def _quote(self, named: Named, part: tuple[int, int]) -> tuple[int, int]:
        """The part of the figure, and those back to the words that name it where that stays short."""
        start, end = _trimmed(self.text, *part)
        if max(self.start, end - LONGEST_QUOTE) <= named.anchor < part[0]:
            back = parts_of(self.text, max(self.start, end - 2 * LONGEST_QUOTE), part[0])
            opened = max((other[0] for other in back if other[0] <= named.anchor), default=named.anchor)
            opened = _trimmed(self.text, opened, part[0])[0]
            if end - opened <= LONGEST_QUOTE:
                start = opened
        return min(start, named.quantity.start), max(end, named.quantity.end)

    def _place(self, near: int, named: Named) -> str:
        at = named.quantity.start
        shared = _SHARED_OUT.search(self.text, near, at)
        return (
            (self.scene.place_of_label(named.label) if shared else "")
            or (self.scene.place_in(self.text, near, at) if self.placed else "")
            or self.place
            or self.scene.home
        )


def extract_metrics(
    text: str, clauses: Sequence[Clause], *, places: Sequence[str], place: str, body: str, year: int | None
) -> tuple[Metric, ...]:
    """The metrics of a report in reading order.

    `clauses` are spans of `text` with the titles above them; only those of the body and the appendix are read. `places`
    are the places below the report's own `place`; `body` is the organ that speaks: a 市政府 reports in `year` on the
    year before it.
    """
    reader = _Reader(text, Scene(places, place), body, year)
    tables = table_rows(text, clauses)
    rows = {number for table in tables for number in table}
    found = list(reader.read(clauses, rows))
    for table in tables:
        period = reader.period_of(clauses[table[0]])
        found += read_table(text, clauses, table, places=places, place=place, period=period)
    return tuple(sorted(found, key=lambda metric: metric.start))
