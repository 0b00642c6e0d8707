"""What could answer a question: metrics for numbers, passages of the text for everything else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.answers.confidence import THRESHOLD, Signals, confidence
from bot.answers.kinds import is_another, is_other_part, is_part
from bot.answers.limits import PART, contradicts, holds_what_is_asked, metric_limits, passage_limits
from bot.answers.matching import Needle, Zone
from bot.answers.model import Kind
from bot.answers.reading import Reading
from bot.answers.scope import short
from bot.answers.words import fold
from bot.reports.model import Clause, Metric

CLAUSES = 40  # clauses looked at closely
_USUAL = 100  # characters of a question; of a longer one fewer clauses are looked at, since each costs by its length
_PART = re.compile(r"(?:“[^”\n]{0,80}”|《[^》\n]{0,80}》|[^，,：:。！？；;\n\r])+")
_NUMERAL = re.compile(r"[\d., ]+")
_CLOSELY = 8  # metrics that are weighed again without their neighbours
_HEAD = 9  # characters at the head of a clause: a verb and what it is done to (优先发展教育事业)
_PASSING = 0.6  # what is said of it in passing
_WIDEST = 150  # characters of a window widened to the noun asked for
_PARTS = 3  # parts of a clause in one window
_PLACED = 0.2  # and what the place that is asked about adds to it: 平山区重点发展…，【溪湖区重点发展…】
_LONGER = 0.06  # what each further part of a window must add to the share of the question that it covers

# How much a hit counts by where it stands; the metric's own words and the window itself count in full.
_QUOTE, _QUOTE_FOCUS = 0.9, 0.6
_CLAUSE_OF_METRIC, _CLAUSE = 0.7, 0.85
_NEIGHBOUR = 0.4  # the name of another figure in the clause
_PATH, _TITLE, _BEFORE = 0.5, 0.4, 0.35
_UNSAID = 0.1  # what is left of the whole's figure where a part is asked for by name: 民营, 农村
_HARDLY = PART  # scope of what is some of the thing asked for, another kind of it, or lacks what is asked for
_MISSING = 0.1  # what is left of a passage that lacks the date, title or place that is asked for


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of the report that may answer, and what speaks for it."""

    start: int
    end: int
    clause: int
    signals: Signals
    metric: int | None = None

    @property
    def score(self) -> float:
        return confidence(self.signals, metric=self.metric is not None)

    @property
    def hardly(self) -> bool:
        """Whether a limit of the question let it pass in small part only."""
        return self.signals.scope <= _HARDLY


def _shortlist(needle: Needle) -> list[int]:
    """Numbers of the clauses to be looked at; as much work for 500 characters as for 100."""
    return needle.shortlist(CLAUSES * _USUAL // max(_USUAL, len(needle.text)))


def _surroundings(needle: Needle, number: int) -> list[Zone]:
    """What stands around a clause and may be left unsaid in it: the clause before, the headings, the title."""
    index = needle.index
    clause = index.report.clauses[number]
    zones = [Zone(index.path(clause), _PATH), Zone(index.title, _TITLE)]
    if number and index.report.clauses[number - 1].section == clause.section:
        zones.append(Zone(index.clause(number - 1), _BEFORE))
    return zones


def numbers(reading: Reading) -> list[Candidate]:
    """Metrics that may answer a question for a number, the best first."""
    needle, index = reading.needle, reading.index
    found = []
    for number in _shortlist(needle):
        around = _surroundings(needle, number)
        for which in index.metrics_of.get(number, ()):
            metric = index.report.metrics[which]
            if allowed := metric_limits(reading, metric):
                quote, clause = index.text[metric.quote_start : metric.quote_end], index.clause(number)
                signals = _signals(needle, metric, quote, [Zone(clause, _CLAUSE_OF_METRIC), *around], allowed)
                found.append(Candidate(metric.quote_start, metric.quote_end, number, signals, which))
    best = sorted(found, key=lambda c: (-c.score, c.start))[:_CLOSELY]
    best = sorted((_by_itself(needle, one) for one in best), key=lambda c: (-c.score, c.start))
    return _results_first(reading, best) if reading.question.lightly else best


def _results_first(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """Without plans where what was done is told as well: a plan is told only for want of a result."""
    done = [one for one in found if one.metric is not None and not reading.report.metrics[one.metric].target]
    return done if done and done[0].score >= THRESHOLD else found


def _by_itself(needle: Needle, candidate: Candidate) -> Candidate:
    """A metric weighed again, closely: without the names of its neighbours (高新技术企业45家、技术中心35家)."""
    index, which = needle.index, candidate.metric
    report = index.report
    if which is None:
        return candidate
    metric, clause = report.metrics[which], report.clauses[candidate.clause]
    words = index.metric_words(metric)
    neighbours = [report.metrics[other] for other in index.metrics_of[candidate.clause]]
    neighbours = [other for other in neighbours if fold(other.label) not in words and _apart(needle, other, metric)]
    quote = _without(index.text, metric.quote_start, metric.quote_end, neighbours)
    rest = _without(index.text, clause.start, clause.end, neighbours)
    around = [Zone(rest, _CLAUSE_OF_METRIC), Zone(index.clause(candidate.clause), _NEIGHBOUR)]
    around += _surroundings(needle, candidate.clause)
    signals = _signals(needle, metric, quote, around, candidate.signals.scope)
    told = (words, quote, rest, index.path(clause), index.title)
    other = is_part(needle, told) or is_other_part(needle, fold(metric.label))
    if other or is_another(needle, metric, quote, rest, around):
        signals = replace(signals, fit=0.0, scope=signals.scope * _UNSAID)
    return replace(candidate, signals=signals)


def _label_start(text: str, start: int, metric: Metric) -> int:
    """Where a metric's label stands before its figure, not before `start`; -1 where it is put together."""
    return text.rfind(fold(metric.label), start, metric.start) if metric.label else -1


def _apart(needle: Needle, other: Metric, metric: Metric) -> bool:
    """Whether another metric stands whole before or behind this one; labels before two figures may share words."""
    return other.end <= metric.start or _label_start(needle.index.text, metric.end, other) >= 0


def _without(text: str, start: int, end: int, metrics: Sequence[Metric]) -> str:
    """A span of the folded text without the labels of some metrics."""
    kept = list(text[start:end])
    for metric in metrics:
        at = _label_start(text, start, metric) if metric.end <= end else -1
        if at >= 0:
            kept[at - start : at - start + len(metric.label)] = " " * len(metric.label)
    return "".join(kept)


def _signals(needle: Needle, metric: Metric, quote: str, around: list[Zone], allowed: float) -> Signals:
    words = needle.index.metric_words(metric)
    return Signals(
        cover=needle.cover([Zone(words, 1.0), Zone(quote, _QUOTE), *around]),
        focus=needle.focus_cover([Zone(words, 1.0), Zone(quote, _QUOTE_FOCUS)]),
        fit=needle.fits(metric.label, headed=True),
        scope=allowed,
        told=needle.fits(_NUMERAL.sub("", quote), tail=0),
    )


def passages(reading: Reading) -> list[Candidate]:
    """Spans of the text that may answer a question for a list, a name or a passage, the best first."""
    needle, index = reading.needle, reading.index
    found = []
    for number in _shortlist(needle):
        clause = index.report.clauses[number]
        allowed = passage_limits(reading, number)
        if not allowed:
            continue
        start, end = best_window(needle, clause, short(reading.scope.place))
        if not holds_what_is_asked(needle, start, end) or contradicts(needle, index.clause(number)):
            allowed *= _MISSING
        text, whole = index.text[start:end], index.clause(number)
        zones = [Zone(text, 1.0), Zone(whole, _CLAUSE), *_surroundings(needle, number)]
        signals = Signals(
            cover=needle.cover(zones),
            focus=_topic(needle, number) if reading.question.kind is Kind.PASSAGE else needle.cover(zones),
            fit=needle.fits(whole),
            scope=allowed,
            told=needle.fits(text, tail=0),
        )
        found.append(Candidate(start, end, number, signals))
    return sorted(found, key=lambda c: (-c.score, c.start))


def _topic(needle: Needle, number: int) -> float:
    """How far what is asked for is what a clause is about: it stands at its head, or in the heading above it."""
    index = needle.index
    clause = index.report.clauses[number]
    above = fold(clause.path[-1]) if clause.path else ""
    whole = index.clause(number)
    return needle.cover([Zone(whole.lstrip()[:_HEAD], 1.0), Zone(above, 1.0), Zone(whole, _PASSING)])


def parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The comma-separated parts of a span, trimmed; what stands in “” or 《》 is never cut."""
    for match in _PART.finditer(text, start, end):
        piece = match.group()
        left = match.start() + len(piece) - len(piece.lstrip())
        if piece.strip(" \u3000\t。！？；;"):
            yield left, left + len(piece.strip())


def best_window(needle: Needle, clause: Clause, place: str = "") -> tuple[int, int]:
    """The shortest run of up to three parts of a clause that covers most of the question, and names the place in it."""
    text = needle.index.text
    pieces = list(parts(text, clause.start, clause.end))
    best, where = -1.0, (clause.start, clause.end)
    for first in range(len(pieces)):
        for last in range(first, min(first + _PARTS, len(pieces))):
            start, end = pieces[first][0], pieces[last][1]
            gain = needle.cover([Zone(text[start:end], 1.0)]) - _LONGER * (last - first)
            gain += _PLACED * (bool(place) and place in text[start:end])
            if gain > best + 1e-9:
                best, where = gain, (start, end)
    return _with_category(needle, pieces, where)


def _with_category(needle: Needle, pieces: list[tuple[int, int]], where: tuple[int, int]) -> tuple[int, int]:
    """The window, widened to the part that has the noun asked for where it lacks it: 设立“诤言奖” for 什么奖."""
    text, category = needle.index.text, needle.question.category
    noun = needle.text[slice(*category)] if category else ""
    if not noun or needle.question.asks != "name" or noun in text[slice(*where)]:
        return where
    near = [piece for piece in pieces if noun in text[slice(*piece)]]
    if len(near) != 1 or max(where[1], near[0][1]) - min(where[0], near[0][0]) > _WIDEST:
        return where
    return min(where[0], near[0][0]), max(where[1], near[0][1])
