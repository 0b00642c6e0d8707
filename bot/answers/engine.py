"""A question and a report become an Answer or NotFound: understand, gather candidates, choose, or decline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.answers import extraction as ex
from bot.answers.candidates import Candidate, numbers, parts, passages
from bot.answers.confidence import THRESHOLD, log_odds
from bot.answers.facts import facts
from bot.answers.index import ReportIndex
from bot.answers.latin import respell, translate
from bot.answers.matching import Needle, words_of
from bot.answers.model import Answer, Evidence, Kind, NotFound
from bot.answers.questions import Question, small_talk, understand
from bot.answers.scope import Scope, scope_of, wanted_years
from bot.answers.thesaurus import Thesaurus
from bot.answers.words import normalise
from bot.reports.model import Clause, Metric, Report, Section

_TIE = 0.05  # difference of log-odds below which two answers are equally good
_NEAR = 3  # near misses and alternatives shown
_LONGEST_NAME = 60  # characters of an answer that is a name


@dataclass(frozen=True, slots=True)
class Reading:
    """A question held against one report: all that the choosers need."""

    question: Question
    needle: Needle
    scope: Scope

    @property
    def index(self) -> ReportIndex:
        return self.needle.index


def ask(said: str, index: ReportIndex, book: Thesaurus) -> Answer | NotFound:
    """What one report says to a question; NotFound, with near misses, where it does not say."""
    text = normalise(said)
    if small_talk(text):
        return NotFound(said)
    question = understand(respell(translate(text), index))
    scope = scope_of(question, index.report)
    needle = Needle(question, index, book, scope.spans)
    if not any(needle.weights):
        return NotFound(said)
    reading = Reading(question, needle, scope)
    found = _gather(reading)
    made = (_answer(said, reading, kind, candidate) for kind, candidate in found)
    answers = [answer for answer in made if answer]
    answers.sort(key=lambda answer: -answer.score)
    why = _why(reading, answers)
    if scope.foreign or not answers or answers[0].score < THRESHOLD or _ambiguous(answers):
        near = tuple(_distinct(answers)[:_NEAR])
        score = answers[0].score if answers else 0.0
        return NotFound(said, _reason(reading, near), near, score, why)
    best, *others = _distinct(answers)
    return replace(best, alternatives=tuple(others[:_NEAR]), why=why)


def _gather(reading: Reading) -> list[tuple[Kind, Candidate | Answer]]:
    """Candidates by kind of question, a handful each."""
    question, needle, scope = reading.question, reading.needle, reading.scope
    found: list[tuple[Kind, Candidate | Answer]] = []
    if question.kind is Kind.NUMBER:
        found += [(Kind.NUMBER, c) for c in numbers(needle, scope)[:5]]
    found += [(Kind.TEXT, answer) for answer in facts(reading.needle)]
    if question.kind is Kind.NUMBER:
        return found or [(Kind.NUMBER, c) for c in passages(needle, scope)[:3]]
    told = [(question.kind, c) for c in passages(needle, scope)[:4]]
    if not question.asks:
        figures = [(Kind.NUMBER, c) for c in numbers(needle, scope)[:3] if c.signals.fit > 0.5]
        if figures and figures[0][1].score >= THRESHOLD:
            return [*found, *figures]
    return [*found, *told]


def _distinct(answers: list[Answer]) -> list[Answer]:
    """Without answers that say the same from the same place."""
    seen: set[tuple[int, str]] = set()
    kept = []
    for answer in answers:
        key = (answer.evidence.start, answer.text)
        if key not in seen:
            seen.add(key)
            kept.append(answer)
    return kept


def _answer(said: str, reading: Reading, kind: Kind, candidate: Candidate | Answer) -> Answer | None:
    if isinstance(candidate, Answer):
        return replace(candidate, question=said)
    if candidate.metric is not None:
        return _number(said, reading, candidate, reading.index.report.metrics[candidate.metric])
    makers: dict[Kind, Callable[[str, Reading, Candidate], Answer | None]] = {
        Kind.NUMBER: _counted,
        Kind.LIST: _list,
        Kind.TEXT: _name,
        Kind.PASSAGE: _passage,
    }
    return makers.get(kind, _passage)(said, reading, candidate)


def _evidence(reading: Reading, candidate: Candidate, start: int, end: int) -> Evidence:
    report = reading.index.report
    return Evidence(report, start, end, report.clauses[candidate.clause].path)


def _number(said: str, reading: Reading, candidate: Candidate, metric: Metric) -> Answer:
    return Answer(
        question=said,
        kind=Kind.NUMBER,
        text=as_written(reading.index.report.text, metric),
        evidence=_evidence(reading, candidate, metric.quote_start, metric.quote_end),
        score=candidate.score,
        value=metric.value,
        value_max=metric.value_max,
        unit=metric.unit,
        metric=candidate.metric,
    )


def _counted(said: str, reading: Reading, candidate: Candidate) -> Answer | None:
    """A number that is no metric (成立75周年), where the span has just one figure of the unit that is asked for."""
    unit = reading.question.units[0] if reading.question.units else ""
    figures = ex.figures_in(reading.index.text, candidate.start, candidate.end, unit) if unit else []
    index = reading.index
    metrics = [index.report.metrics[which] for which in index.metrics_of.get(candidate.clause, ())]
    figures = [one for one in figures if not any(m.start < one.end and one.start < m.end for m in metrics)]
    if len({figure.value for figure in figures}) != 1:
        return None
    figure = figures[0]
    return Answer(
        question=said,
        kind=Kind.NUMBER,
        text=reading.index.report.text[figure.start : figure.end],
        evidence=_evidence(reading, candidate, candidate.start, candidate.end),
        score=candidate.score,
        value=figure.value,
        unit=unit,
    )


_BEFORE = ("不少于", "不低于", "不超过", "超过", "突破", "不足", "大约", "近", "超", "逾", "约")


def as_written(text: str, metric: Metric) -> str:
    """A metric as the report writes it, with the bound before it: 近80万人次."""
    before = next((word for word in _BEFORE if text.endswith(word, metric.quote_start, metric.start)), "")
    return before + metric.raw


def _list(said: str, reading: Reading, candidate: Candidate) -> Answer:
    index = reading.index
    report = index.report
    clause = report.clauses[candidate.clause]
    if heads := _heads_below(report, clause):
        return _headings(said, candidate, report, heads)
    listing = _listing(reading, candidate, clause.start, clause.end)
    if listing is None:
        return _name(said, reading, candidate, kind=Kind.LIST)
    items = tuple(report.text[a:b].strip() for a, b in listing.items)
    start = min(candidate.start, listing.start)
    end = max(candidate.end, listing.end)
    return Answer(
        question=said,
        kind=Kind.LIST,
        text="、".join(items),
        items=items,
        evidence=_evidence(reading, candidate, start, end),
        score=candidate.score,
    )


def _heads_below(report: Report, clause: Clause) -> list[Section]:
    """The numbered sections below the heading that a clause is: the five tasks of 2025年主要任务."""
    section = report.sections[clause.section]
    if not clause.start <= section.title_start < clause.end or section.level == 0:
        return []
    heads = [child for child in section.children if child.title]
    return heads if len(heads) > 1 else []


def _headings(said: str, candidate: Candidate, report: Report, heads: list[Section]) -> Answer:
    section = report.sections[report.clauses[candidate.clause].section]
    path = report.clauses[candidate.clause].path
    quotes = [Evidence(report, head.title_start, head.title_end, path) for head in heads]
    return Answer(
        question=said,
        kind=Kind.LIST,
        text="、".join(head.title for head in heads),
        items=tuple(head.title for head in heads),
        evidence=Evidence(report, section.title_start, section.title_end, path),
        also=tuple(quotes),
        score=candidate.score,
    )


def _listing(reading: Reading, candidate: Candidate, start: int, end: int) -> ex.Enumeration | None:
    """The enumeration that a list question asks for: of places if it asks for places, else the nearest open one."""
    question, needle = reading.question, reading.needle
    listings = [ex.trimmed(needle, listing) for listing in ex.enumerations(needle.index.text, start, end)]
    listings = [one for one in listings if all(1 < b - a <= 60 for a, b in one.items)]
    if asks_places(question) and (places := ex.places_in(needle, candidate.start, candidate.end)):
        around = [one for one in listings if one.start <= places[0][0] and places[-1][1] <= one.end]
        return around[0] if around and len(around[0].items) > len(places) else ex.Enumeration(places)
    if question.count:
        listings = [one for one in listings if len(one.items) == question.count] or listings
    return min(listings, key=lambda one: _distance(reading, candidate, one), default=None)


def _distance(reading: Reading, candidate: Candidate, listing: ex.Enumeration) -> tuple[float, float]:
    """How far an enumeration is from what is asked: beside the window, or made of the question's own words."""
    needle = reading.needle
    text = needle.index.text
    hits = needle.hits(text[listing.start : listing.end])
    covered = sum(w * h for w, h in zip(needle.weights, hits, strict=True)) / needle.total
    gap = max(listing.start - candidate.end, candidate.start - listing.end, 0)
    bracketed = text[listing.start - 1] in "（(" and text[max(0, listing.start - 4) : listing.start - 2] not in needle.meant
    return (gap > 0, covered + gap / 100 + bracketed)


def asks_places(question: Question) -> bool:
    if question.asks == "place":
        return True
    focus = question.text[slice(*question.focus)] if question.focus else question.text
    return focus.lstrip("个些").startswith(("县", "区", "市县", "地方", "地区", "乡镇", "街道", "镇", "旗", "州", "城市"))


def _name(said: str, reading: Reading, candidate: Candidate, kind: Kind = Kind.TEXT) -> Answer:
    index, question = reading.index, reading.question
    report, needle = index.report, reading.needle
    start, end = candidate.start, candidate.end
    span: tuple[int, int] | None = None
    if question.asks == "time":
        dates = ex.dates_in(index.text, start, end)
        span = dates[0] if dates else None
    elif asks_places(question) and (places := ex.places_in(needle, start, end)):
        span = places[0] if len(places) == 1 else None
    elif question.asks in ("name", "person"):
        open_titles = [
            (a, b) for a, b in ex.titles_in(index.text, start, end) if index.text[a + 1 : b - 1] not in question.text
        ]
        span = open_titles[0] if len(open_titles) == 1 else None
    if span is None:
        span = (start, min(end, start + _LONGEST_NAME * 3))
    return Answer(
        question=said,
        kind=kind,
        text=report.text[slice(*span)].strip(),
        evidence=_evidence(reading, candidate, start, end),
        score=candidate.score,
    )


def _passage(said: str, reading: Reading, candidate: Candidate) -> Answer:
    report = reading.index.report
    clause = report.clauses[candidate.clause]
    raw = report.text[clause.start : clause.end]
    start = clause.start + len(raw) - len(raw.lstrip())
    end = clause.start + len(raw.rstrip())
    if end - start > 200:
        start, end = candidate.start, candidate.end
    return Answer(
        question=said,
        kind=Kind.PASSAGE,
        text=report.text[start:end],
        evidence=_evidence(reading, candidate, start, end),
        score=candidate.score,
    )


def _ambiguous(answers: list[Answer]) -> bool:
    """Whether two figures answer equally well and differ: better to ask back than to guess."""
    best, *others = answers
    rivals = (one for one in others if one.unit == best.unit and one.value not in (None, best.value))
    return best.metric is not None and any(log_odds(best.score) - log_odds(one.score) < _TIE for one in rivals)


def _reason(reading: Reading, near: tuple[Answer, ...]) -> str:
    """Why the report does not answer, in one Chinese sentence."""
    report, scope = reading.index.report, reading.scope
    if scope.foreign:
        return f"报告没有提到{scope.foreign}。"
    if len(near) > 1 and near[0].score >= THRESHOLD:
        return "报告里有几处都对得上，请说得再具体些，例如加上年份、地区或全称。"
    years = wanted_years(reading.question, report)
    if years and near and near[0].metric is not None:
        period = report.metrics[near[0].metric].period
        if period and str(years[0]) not in period:
            return f"报告没有{years[0]}年的这项数据，只有{period}年的。"
    return ""


def _why(reading: Reading, answers: list[Answer]) -> tuple[str, ...]:
    """What matched, what scope was read, the score and why the second best lost."""
    needle = reading.needle
    lines = [f"认出的词：{'、'.join(words_of(needle)) or '无'}"]
    for synonym in needle.variants:
        lines.append(f"“{needle.text[synonym.start : synonym.end]}”也按“{'、'.join(synonym.variants[:3])}”找")
    lost = [needle.text[a:b] for a, b in needle.unknown]
    if lost:
        lines.append(f"报告里没有的字词：{'、'.join(lost)}")
    scope = reading.scope
    if scope.place or scope.foreign:
        lines.append(f"地点：{scope.place or scope.foreign}")
    for rank, answer in enumerate(answers[:2]):
        lines.append(f"{'首选' if not rank else '次选'}：{answer.text[:30]}（把握 {answer.score:.2f}）")
    return tuple(lines)

