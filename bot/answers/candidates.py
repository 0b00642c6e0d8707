"""What could answer a question: metrics for numbers, passages of the text for everything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.answers.confidence import Signals, confidence
from bot.answers.matching import Needle, Zone
from bot.answers.scope import Scope, period_fit, short, side_fit, wanted_years
from bot.answers.words import table
from bot.reports.model import Clause, Metric, Part

CLAUSES = 40  # clauses looked at closely
_PART = re.compile(r"(?:“[^”\n]{0,80}”|《[^》\n]{0,80}》|[^，,：:。！？；;\n\r])+")
_FROM = re.compile(r"[由从][^，。；、]*$")
_TO = re.compile(r"[^，。；]{0,8}?[到至为]")
_ONCE = ("提高前", "之前", "以前", "原来", "原先", "从前", "起初")
_WITHOUT = re.compile(r"(?:不含|不包括|不包含|未含|未包括|除)([^，。；）)]{1,20})")
_NUMERAL = re.compile(r"[\d.,]+")
_RATES = ("%", "‰", "个百分点", "倍")


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


def surroundings(needle: Needle, number: int) -> list[Zone]:
    """What stands around a clause and may be left unsaid in it: the clause before, the headings, the title."""
    index = needle.index
    clause = index.report.clauses[number]
    zones = [Zone(index.path(clause), 0.5), Zone(index.title, 0.4)]
    if number and index.report.clauses[number - 1].section == clause.section:
        zones.append(Zone(index.clause(number - 1), 0.35))
    return zones


def numbers(needle: Needle, scope: Scope) -> list[Candidate]:
    """Metrics that may answer a question for a number, the best first."""
    index = needle.index
    found = []
    for number in needle.shortlist(CLAUSES):
        around = [Zone(index.clause(number), 0.6), *surroundings(needle, number)]
        for which in index.metrics_of.get(number, ()):
            metric = index.report.metrics[which]
            allowed = limits(needle, scope, metric)
            if allowed:
                found.append(_weighed(needle, number, which, metric, around, allowed))
    return sorted(found, key=lambda c: (-c.score, c.start))


def _weighed(needle: Needle, number: int, which: int, metric: Metric, around: list[Zone], allowed: float) -> Candidate:
    index = needle.index
    words = index.metric_words(metric)
    quote = index.text[metric.quote_start : metric.quote_end]
    signals = Signals(
        cover=needle.cover([Zone(words, 1.0), Zone(quote, 0.9), *around]),
        focus=needle.focus_cover([Zone(words, 1.0), Zone(quote, 0.6)]),
        fit=needle.fits(f"{metric.label}"),
        scope=allowed,
        told=needle.fits(_NUMERAL.sub("", quote), tail=0),
    )
    return Candidate(metric.quote_start, metric.quote_end, number, signals, which)


def limits(needle: Needle, scope: Scope, metric: Metric) -> float:
    """How far unit, period, place, side and direction allow a metric to answer, 0 (not at all) to 1."""
    question, report = needle.question, needle.index.report
    quote = needle.index.text[metric.quote_start : metric.quote_end]
    if contradicts(needle, needle.index.metric_words(metric)) or left_out(needle, quote):
        return 0.0
    fit = unit_fit(needle, metric) * period_fit(question, report, metric) * side_fit(question, metric)
    if not fit:
        return 0.0
    if scope.place and scope.place not in metric.place and short(scope.place) not in metric.label:
        return 0.0
    if not scope.place and metric.place and metric.place != report.place:
        fit *= 0.6 if scope.own or question.level else 0.95
    if question.change != is_change(metric) and not (question.units and metric.unit in _RATES):
        fit *= 0.6
    if is_old(needle, metric):
        fit *= 0.7
    if other_measure(needle, metric):
        fit *= 0.5
    if question.stock and is_added(metric) and "新" not in question.text:
        return 0.0
    return fit


def is_added(metric: Metric) -> bool:
    return metric.predicate.startswith("新") or metric.label.startswith("新")


def is_old(needle: Needle, metric: Metric) -> bool:
    """Whether a metric is the value before a change (由21.3%提高到…) and the question does not ask for that."""
    question, text = needle.question, needle.index.text
    before = text[max(metric.quote_start, metric.start - 12) : metric.start]
    old = bool(_FROM.search(before)) and bool(_TO.match(text, metric.end))
    if question.years:
        return False
    return old != any(word in needle.text for word in _ONCE)


def other_measure(needle: Needle, metric: Metric) -> bool:
    """Whether a metric measures something else about what is asked for: 常住人口城镇化率 is no 常住人口."""
    tail = next((tail for tail in table("questions")["measures"]["tails"] if metric.label.endswith(tail)), "")
    return bool(tail) and tail not in needle.meant and not needle.question.units


def contradicts(needle: Needle, words: str) -> bool:
    """Whether `words` name the other one of a pair that never stand for one another (户籍人口, 常住人口)."""
    for row in distinct_words():
        wanted = [names for names in row if any(name in needle.text for name in names)]
        told = [names for names in row if any(name in words for name in names)]
        if wanted and told and not any(names in wanted for names in told):
            return True
    return False


@cache
def distinct_words() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Rows of things that are never the same, each by all its names."""
    rows = table("synonyms")["distinct"].values()
    return tuple(tuple(tuple(entry.lower().split("|")) for entry in row) for row in rows)


def left_out(needle: Needle, quote: str) -> bool:
    """Whether the quote says that it leaves out what is asked for: 学校228所（不含幼儿园）."""
    match = _WITHOUT.search(quote)
    focus = needle.text[slice(*needle.question.focus)] if needle.question.focus else needle.text
    return bool(match) and any(focus[at : at + 2] in match[1] for at in range(len(focus) - 1))


def is_change(metric: Metric) -> bool:
    words = table("questions")["change"]["words"]
    said = metric.predicate
    if said.startswith("新") or said.endswith(("到", "至", "达")):
        return False
    return any(said.startswith(word) or (metric.unit in _RATES and word in said) for word in words)


def unit_fit(needle: Needle, metric: Metric) -> float:
    question = needle.question
    if metric.rank or question.rank:
        return float(metric.rank and (question.rank or "排" in question.text or "位" in question.text))
    if not question.units:
        return 1.0 if not question.amount or question.amount in metric.raw else 0.0
    if metric.unit == question.units[0]:
        return 1.0
    return 0.8 if metric.unit in question.units else 0.0


def passages(needle: Needle, scope: Scope) -> list[Candidate]:
    """Spans of the text that may answer a question for a list, a name or a passage, the best first."""
    index = needle.index
    found = []
    for number in needle.shortlist(CLAUSES):
        clause = index.report.clauses[number]
        allowed = _passage_limits(needle, scope, clause)
        if not allowed:
            continue
        around = [Zone(index.clause(number), 0.85), *surroundings(needle, number)]
        start, end = best_window(needle, clause)
        text = index.text[start:end]
        if not holds_what_is_asked(needle, start, end):
            allowed *= 0.4
        signals = Signals(
            cover=needle.cover([Zone(text, 1.0), *around]),
            focus=needle.focus_cover([Zone(text, 1.0), Zone(index.clause(number), 0.7)]),
            fit=needle.fits(index.clause(number)),
            scope=allowed,
                told=needle.fits(text, tail=0),
        )
        found.append(Candidate(start, end, number, signals))
    return sorted(found, key=lambda c: (-c.score, c.start))


# What an answer must hold for some ways of asking: dates for 哪年, a title for 叫什么题目, a place or an address for 哪里.
_DATE = re.compile(r"\d{1,4}\s*[年月日:]|\d{4}-\d|十[一二三四五]五|去年|今年|明年")
_TITLE = re.compile(r"[《“]")
_WHERE = re.compile(r"[省市县区镇乡村旗州盟街路号地国]|在|于|位于")
_TITLED_WORDS = ("标题", "题目", "书名")


def holds_what_is_asked(needle: Needle, start: int, end: int) -> bool:
    """Whether a span can answer a question for a date, a title or a place at all."""
    question, text = needle.question, needle.index.text
    if question.asks == "time":
        return bool(_DATE.search(text, start, end))
    if question.asks == "place":
        return bool(_WHERE.search(text, start, end))
    return not any(word in question.text for word in _TITLED_WORDS) or bool(_TITLE.search(text, start, end))


def parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The comma-separated parts of a span, trimmed; what stands in “” or 《》 is never cut."""
    for match in _PART.finditer(text, start, end):
        piece = match.group()
        left = match.start() + len(piece) - len(piece.lstrip())
        if piece.strip(" \u3000\t。！？；;"):
            yield left, left + len(piece.strip())


def best_window(needle: Needle, clause: Clause) -> tuple[int, int]:
    """The shortest run of up to three parts of a clause that covers most of the question."""
    text = needle.index.text
    pieces = list(parts(text, clause.start, clause.end))
    best, where = -1.0, (clause.start, clause.end)
    for first in range(len(pieces)):
        for last in range(first, min(first + 3, len(pieces))):
            start, end = pieces[first][0], pieces[last][1]
            gain = needle.cover([Zone(text[start:end], 1.0)]) - 0.06 * (last - first)
            if gain > best + 1e-9:
                best, where = gain, (start, end)
    return where


def _passage_limits(needle: Needle, scope: Scope, clause: Clause) -> float:
    index, report = needle.index, needle.index.report
    text = index.text[clause.start : clause.end]
    if scope.place and short(scope.place) not in text + index.path(clause):
        return 0.0
    if clause.part is Part.FURNITURE:
        return 0.7
    years = wanted_years(needle.question, report)
    said = {int(year) for year in re.findall(r"(?:19|20)\d\d", text + index.path(clause))}
    return 0.6 if years and said and not said & set(years) else 1.0
