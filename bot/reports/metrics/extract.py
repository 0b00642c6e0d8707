"""From clauses to metrics: quantities in order, each with its label, its context and the span that proves it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.reports.metrics.context import Era, Scene, actor_in, era_of, is_goal, period_before
from bot.reports.metrics.labels import (
    counts_doings,
    counts_things,
    is_general,
    label_of_gap,
    label_of_tail,
    share_tail,
    split_names,
    strip_end,
    strip_lead,
    tail_of,
)
from bot.reports.metrics.quantities import Quantity, find_quantities
from bot.reports.model import Clause, Metric, Part

LONGEST_QUOTE = 120
_BOUNDARY = re.compile(r"[，,：:；;。！!？?\n\r]")
_CLOSES = re.compile(r"[。！？!?\n\r]")
_TRIM = " 　\n\r\t，,：:；;。、*#"
_THOUSANDS = re.compile(r"(?<=[0-9０-９])[,，](?=[0-9０-９]{3}(?![0-9０-９]))")
_DIGIT = re.compile(r"[0-9]")
_ANY_FIGURE = re.compile(r"[0-9０-９一二三四五六七八九十百千万亿两半几翻第前]")
_RATIOS = frozenset(("%", "倍", "个百分点", "‰", ""))


@dataclass(slots=True)
class _Named:
    """A quantity with its label: what `Metric` says of it before place and time are read."""

    quantity: Quantity
    label: str
    predicate: str
    subject: str
    anchor: int  # where the words that give the label begin
    own: bool


@dataclass(slots=True)
class _Sentence:
    """What a sentence has said so far: clauses that end at ； go on speaking of it."""

    start: int = 0
    label: str = ""  # of the last figure with a label of its own
    anchor: int = 0
    topic: str = ""  # of the first figure
    topic_anchor: int = 0
    place: str = ""
    actor: str = ""
    period: str = ""
    doing: str = ""
    names: list[str] = field(default_factory=list)  # of the last list: A、B分别 …, 分别 …


def parts_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The comma-separated parts of a clause; commas inside “” or （） and thousands separators do not part."""
    found, at, depth = [], start, 0
    for match in re.compile(r"[，,：:；;\n\r。！!？?]|[（(“《]|[）)”》]").finditer(text, start, end):
        mark = match.group()
        if mark in "（(“《":
            depth += 1
        elif mark in "）)”》":
            depth = max(0, depth - 1)
        elif depth == 0 and not (mark in ",，" and _THOUSANDS.match(text, match.start())):
            if match.start() > at:
                found.append((at, match.start()))
            at = match.end()
    if at < end:
        found.append((at, end))
    return found


def _span(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end


def _ends_sentence(text: str, before: Clause | None, clause: Clause) -> bool:
    """Whether a new sentence begins with this clause."""
    return before is None or bool(_CLOSES.search(text, max(before.start, before.end - 1), clause.start + 1))


class _Reader:
    """Reads the clauses of a text in order."""

    def __init__(self, text: str, places: Sequence[str], place: str, body: str, year: int | None) -> None:
        self.text, self.home, self.body, self.year = text, place, body, year
        self.scene = Scene([each for each in places if each and each != place], place)
        self.sentence = _Sentence()
        self.eras: dict[tuple[str, ...], Era] = {}

    def read(self, clauses: Sequence[Clause]) -> Iterator[Metric]:
        before: Clause | None = None
        for index, clause in enumerate(clauses):
            if clause.part not in (Part.BODY, Part.APPENDIX):
                continue
            if _ends_sentence(self.text, before, clause):
                self.sentence = _Sentence(start=clause.start)
            before = clause
            if not _ANY_FIGURE.search(self.text, clause.start, clause.end):
                self._hear(clause.start, clause.end)
                continue
            quantities = find_quantities(self.text, clause.start, clause.end)
            if quantities:
                yield from self._metrics(index, clause, quantities)
            self._hear(clause.start, clause.end)

    def _hear(self, start: int, end: int) -> None:
        """Remember place and actor for the rest of the sentence."""
        self.sentence.place = self.scene.place_in(self.text, start, end) or self.sentence.place
        self.sentence.actor = actor_in(self.text, start, end) or self.sentence.actor

    def _metrics(self, index: int, clause: Clause, quantities: list[Quantity]) -> Iterator[Metric]:
        parts = parts_of(self.text, clause.start, clause.end)
        for part in parts:
            inside = [each for each in quantities if part[0] <= each.start < part[1]]
            before = [other for other in parts if other[1] <= part[0]]
            for named in self._name(inside, part, before):
                yield self._metric(index, clause, named, part)

    # labels

    def _name(
        self, quantities: list[Quantity], part: tuple[int, int], before: list[tuple[int, int]]
    ) -> Iterator[_Named]:
        at = part[0]
        i = 0
        while i < len(quantities):
            quantity = quantities[i]
            gap = self.text[at : quantity.start]
            chain = self._chain(quantities, i, gap)
            if chain > 1 or gap.rstrip("约近超达到逾").endswith("各") or "分别" in gap:
                yield from self._listed(quantities[i : i + chain], gap, at, before)
            else:
                following = quantities[i + 1].start if i + 1 < len(quantities) else part[1]
                yield self._one(quantity, gap, at, following, part, before)
            i += chain
            at = quantities[i - 1].end + (self._taken if chain == 1 else 0)

    _taken = 0  # characters behind the last figure that its own label used up

    def _chain(self, quantities: list[Quantity], i: int, gap: str) -> int:
        """How many figures 分别 hands out: those that follow with nothing but 、 or 和 between."""
        if "分别" not in gap:
            return 1
        count = 1
        while i + count < len(quantities):
            between = self.text[quantities[i + count - 1].end : quantities[i + count].start]
            if not re.fullmatch(r"(?:[、和及与，, ]|以及|增长|下降|增加|提高|和下降|和增长)*", between):
                break
            count += 1
        return count

    def _listed(self, quantities: list[Quantity], gap: str, at: int, before: list[tuple[int, int]]) -> Iterator[_Named]:
        """A、B、C各2个 and A、B分别达到1个和2个: the nth figure to the nth name."""
        marker = "分别" if "分别" in gap else "各"
        head, _, rest = gap.rpartition(marker)
        predicate = strip_end(rest)[1] or strip_lead(rest + "　　")[1] or rest.strip(_TRIM)
        noun, doing, lead = strip_lead(strip_end(head)[0])
        anchor = at + lead
        if not noun.strip(_TRIM) and before:
            noun, doing, lead = strip_lead(strip_end(self.text[before[-1][0] : before[-1][1]])[0])
            anchor = before[-1][0] + lead
        noun = re.sub(r"[0-9０-９.．]+[余多万亿]*[个项家名件座条]", "", noun)
        names = share_tail(split_names(noun))
        count = len(quantities)
        if marker == "各":
            for name in names or [self.sentence.label]:
                yield self._own(quantities[0], label_of_gap(name)[0] or name, doing or predicate, anchor)
            return
        if len(names) != count and len(self.sentence.names) == count:
            tail = label_of_gap(noun)[0]
            names = (
                [name + tail for name in self.sentence.names] if tail != self.sentence.label else self.sentence.names
            )
        if len(names) != count:
            names = [noun.strip(_TRIM)] * count
        self.sentence.names = names
        for quantity, name in zip(quantities, names, strict=True):
            yield self._own(quantity, label_of_gap(name)[0] or name, predicate, anchor)

    def _one(
        self,
        quantity: Quantity,
        gap: str,
        at: int,
        following: int,
        part: tuple[int, int],
        before: list[tuple[int, int]],
    ) -> _Named:
        self._taken = 0
        label, predicate, lead = label_of_gap(gap)
        tail = tail_of(self.text, quantity.end, following)
        countable = counts_things(quantity) or counts_doings(quantity)
        if (
            tail.strip(_TRIM)
            and not tail.startswith(("和", "及", "与"))
            and (countable or not label)
            and not self._is_verb(tail)
        ):
            named, turned = label_of_tail(tail)
            last = following == part[1] or quantity.end + len(tail) < following
            if counts_doings(quantity) and label:
                return self._own(
                    quantity,
                    (label + named)[-30:] if len(label + named) <= 30 else named,
                    turned or predicate,
                    at + lead,
                )
            if named and (last or not label or countable):
                self._taken = len(named) + (len(tail) - len(tail.lstrip("的 　"))) if following < part[1] else 0
                return self._own(quantity, named, turned or predicate or label, quantity.start, told=True)
        if label:
            return self._own(quantity, label, predicate, at + lead)
        return self._inherit(quantity, predicate, part, before, tail)

    def _is_verb(self, tail: str) -> bool:
        return bool(strip_end(tail)[0] == "")

    def _own(self, quantity: Quantity, label: str, predicate: str, anchor: int, *, told: bool = False) -> _Named:
        sentence = self.sentence
        subject = sentence.topic if is_general(label) and sentence.topic != label else ""
        named = _Named(quantity, label, predicate, subject, anchor, True)
        if subject and sentence.topic_anchor:
            named.anchor = min(anchor, sentence.topic_anchor)
        sentence.label, sentence.anchor = label, anchor
        if not sentence.topic or not is_general(label):
            sentence.topic, sentence.topic_anchor = label, anchor
        return named

    def _inherit(
        self, quantity: Quantity, predicate: str, part: tuple[int, int], before: list[tuple[int, int]], tail: str
    ) -> _Named:
        sentence = self.sentence
        if sentence.label:
            return _Named(quantity, sentence.label, predicate, "", sentence.anchor, False)
        for start, end in reversed(before):
            label, _, lead = label_of_gap(self.text[start:end])
            if label:
                label = label_of_tail(label)[0] or label
                sentence.label = sentence.topic = label
                sentence.anchor = sentence.topic_anchor = start + lead
                return _Named(quantity, label, predicate, "", start + lead, False)
        return _Named(quantity, label_of_tail(tail)[0], predicate, "", quantity.start, False)

    # context

    def _metric(self, index: int, clause: Clause, named: _Named, part: tuple[int, int]) -> Metric:
        quantity, sentence = named.quantity, self.sentence
        start, end = _span(self.text, *part)
        anchored = part[0] > named.anchor >= sentence.start
        if anchored:
            opened = max(
                (other[0] for other in parts_of(self.text, sentence.start, part[0]) if other[0] <= named.anchor),
                default=part[0],
            )
            opened = _span(self.text, opened, part[0])[0]
            if end - opened <= LONGEST_QUOTE:
                start = opened
        era = self.eras.get(clause.path)
        if era is None:
            era = self.eras[clause.path] = era_of(clause.path, self.body, self.year)
        spoken = self.text[sentence.start : quantity.start]
        period = period_before(self.text, sentence.start, quantity.start, self.year, reviewed=self._reviewed())
        target = (era.target or is_goal(spoken)) and "预计" not in spoken[-12:]
        place = (
            self.scene.place_of_label(named.label)
            or self.scene.place_in(self.text, part[0], quantity.start)
            or self.scene.place_in(self.text, clause.start, quantity.start)
            or sentence.place
            or self.home
        )
        actor = (
            actor_in(self.text, part[0], quantity.start)
            or actor_in(self.text, clause.start, quantity.start)
            or sentence.actor
            or self.body
        )
        return Metric(
            raw=quantity.raw,
            value=quantity.value,
            unit=quantity.unit,
            start=quantity.start,
            end=quantity.end,
            label=named.label[:30],
            clause=index,
            quote_start=min(start, quantity.start),
            quote_end=max(end, quantity.end),
            value_max=quantity.value_max,
            bound=quantity.bound,
            predicate=named.predicate[:30],
            actor=actor,
            place=place,
            period=period or era.period,
            target=target,
            rank=quantity.rank,
        )

    def _reviewed(self) -> int | None:
        return self.year - 1 if self.year is not None and "政府" in self.body else self.year


def extract_metrics(
    text: str, clauses: Sequence[Clause], *, places: Sequence[str], place: str, body: str, year: int | None
) -> tuple[Metric, ...]:
    """The metrics of a report in reading order.

    `clauses` are spans of `text` with the titles above them; only those of the body and the appendix are read. `places`
    are the places below the report's own `place`; `body` is the organ that speaks (市政府 reports on the year before `year`).
    """
    return tuple(_Reader(text, places, place, body, year).read(clauses))
