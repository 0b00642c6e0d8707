"""A candidate becomes an Answer: the figure as written, the items of a list, a name, a passage, each with its quote."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.answers import extraction as ex
from bot.answers.candidates import Candidate, parts
from bot.answers.confidence import log_odds
from bot.answers.matching import Zone
from bot.answers.model import Answer, Evidence, Kind
from bot.answers.naming import as_written
from bot.answers.reading import Reading
from bot.reports.chapters import heads_below
from bot.reports.metrics.ordinals import numbered
from bot.reports.metrics.quantity import Quantity
from bot.reports.model import Clause, Metric, Report, Section

_ROUND = "百千万亿"  # a numeral that begins so counts nothing: 【万元】生产总值能耗, 【亿元】以上项目, 【百万人】口城市
_ONLY_PLANNED = "报告里这是计划和目标，还不是完成的结果。"
_THING = 2  # characters of what is asked for that must follow a figure in a name: 几个【自信】
_LONGEST_NAME = 180  # characters of an answer that is a name
_LONGEST_PASSAGE = 200
_LONGEST_LEAD = 20
_NEARLY = 1.0  # log-odds
_LONGEST_SECTION = 300  # of a passage with what follows it in its section
_LONGEST_ITEM = 60
_CLEARLY = 0.15  # by how much more of the question one item of several must have
_LONGEST_HEADINGS = 600
_SINGLE = 0.85  # what is left of the confidence where a list is asked for and one thing found
_UNLISTED = 0.6  # and where it has not the number of items that is asked for


def compose(reading: Reading, kind: Kind, candidate: Candidate) -> Answer | None:
    """The answer that a candidate makes to a question of `kind`; None where it makes none."""
    if candidate.metric is not None:
        return number_answer(reading, candidate, reading.report.metrics[candidate.metric])
    makers: dict[Kind, Callable[[Reading, Candidate], Answer | None]] = {
        Kind.NUMBER: _counted,
        Kind.LIST: _list,
        Kind.TEXT: _name,
        Kind.PASSAGE: _passage,
    }
    return makers[kind](reading, candidate)


def _evidence(reading: Reading, candidate: Candidate, start: int, end: int) -> Evidence:
    report = reading.report
    return Evidence(report, start, end, report.clauses[candidate.clause].path)


def number_answer(reading: Reading, candidate: Candidate, metric: Metric) -> Answer:
    return Answer(
        question=reading.question.said,
        kind=Kind.NUMBER,
        text=as_written(reading.report.text, metric),
        evidence=_evidence(reading, candidate, metric.quote_start, metric.quote_end),
        also=(_evidence(reading, candidate, metric.head_start, metric.head_end),) if metric.head_end else (),
        score=candidate.score,
        value=metric.value,
        value_max=metric.value_max,
        unit=metric.unit,
        metric=candidate.metric,
        note=_ONLY_PLANNED if metric.target and reading.question.plan is False else "",
    )


def _counted(reading: Reading, candidate: Candidate) -> Answer | None:
    """A number that is no metric (“四个自信”, 六步法), where the span has just one of the unit asked for."""
    figures = _named_figures(reading, candidate)
    if len({figure.value for figure in figures}) != 1:
        return None
    figure = figures[0]
    return Answer(
        question=reading.question.said,
        kind=Kind.NUMBER,
        text=reading.report.text[figure.start : _end_of_name(reading, figure)],
        evidence=_evidence(reading, candidate, candidate.start, candidate.end),
        score=candidate.score,
        value=figure.value,
        unit=figure.unit,
    )


def _end_of_name(reading: Reading, figure: Quantity) -> int:
    """Where a figure ends with what the question names behind it: 六步法, where 几步法 is asked for."""
    question, end = reading.question, figure.end
    asked = question.text[slice(*question.focus)] if question.focus else ""
    for char in asked.removeprefix(figure.unit):
        if not reading.index.text.startswith(char, end):
            break
        end += 1
    return end


def _named_figures(reading: Reading, candidate: Candidate) -> list[Quantity]:
    """A span's figures of the unit asked for that are no metrics; those before the words asked for, if any."""
    question, index = reading.question, reading.index
    if not question.units:
        return []
    metrics = [index.report.metrics[which] for which in index.metrics_of.get(candidate.clause, ())]
    counted = [metric for metric in metrics if not metric.rank]
    figures = [
        one
        for one in numbered(index.text, question.units[0], candidate.start, candidate.end)
        if one.raw.startswith("第") == question.ordinal
        and one.raw[0] not in _ROUND
        and not any(metric.start < one.end and one.start < metric.end for metric in counted)
    ]
    thing = question.text[slice(*question.focus)][:_THING] if question.focus else ""
    return [one for one in figures if thing and index.text.startswith(thing, one.end)] or figures


def _list(reading: Reading, candidate: Candidate) -> Answer:
    index = reading.index
    report = index.report
    clause = report.clauses[candidate.clause]
    if heads := _heads_below(reading, clause):
        return headings(reading.question.said, report, heads, clause.path, candidate.score)
    listing = _listing(reading, candidate, clause.start, clause.end)
    if listing is None:
        single = _name(reading, candidate, kind=Kind.LIST)
        return replace(single, score=single.score * (_UNLISTED if reading.question.count else _SINGLE))
    items = tuple(report.text[a:b].strip() for a, b in listing.items)
    start = min(candidate.start, listing.start)
    end = max(candidate.end, listing.end)
    return Answer(
        question=reading.question.said,
        kind=Kind.LIST,
        text="、".join(items),
        items=items,
        evidence=_evidence(reading, candidate, start, end),
        score=candidate.score * (_UNLISTED if (reading.question.count or len(items)) != len(items) else 1.0),
    )


def _heads_below(reading: Reading, clause: Clause) -> list[Section]:
    """The numbered sections below the heading that a clause is: the five tasks of 2025年主要任务."""
    if not _is_heading(reading.report, clause):
        return []
    heads = heads_below(reading.report.sections[clause.section])
    return heads if len(heads) > 1 else []


def _is_heading(report: Report, clause: Clause) -> bool:
    section = report.sections[clause.section]
    return clause.start <= section.title_start < clause.end and section.level > 0


def headings(said: str, report: Report, heads: list[Section], path: tuple[str, ...], score: float) -> Answer:
    """The headings as items; their quote runs from the first to the last where that is short, else each is its own."""
    start, end = heads[0].start, heads[-1].title_end
    start += len(report.text[start:end]) - len(report.text[start:end].lstrip())
    quotes = [Evidence(report, head.title_start, head.title_end, path) for head in heads]
    if end - start <= _LONGEST_HEADINGS:
        quotes = [Evidence(report, start, end, path)]
    return Answer(
        question=said,
        kind=Kind.LIST,
        text="、".join(head.title for head in heads),
        items=tuple(head.title for head in heads),
        evidence=quotes[0],
        also=tuple(quotes[1:]),
        score=score,
    )


def _listing(reading: Reading, candidate: Candidate, start: int, end: int) -> ex.Enumeration | None:
    """The enumeration that a list question asks for: of places if it asks for places, else the nearest open one."""
    question, needle = reading.question, reading.needle
    listings = [
        ex.trimmed(needle, listing) for listing in ex.enumerations(needle.index.text, start, end, count=question.count)
    ]
    shortest = 1 if question.count else 2  # 钾、钠、镁、锂、氯 for 哪五种
    listings = [one for one in listings if all(shortest <= b - a <= _LONGEST_ITEM for a, b in one.items)]
    if question.wants_place and (places := ex.places_in(needle, candidate.start, candidate.end)):
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
    bracketed = (
        text[listing.start - 1] in "（(" and text[max(0, listing.start - 4) : listing.start - 2] not in needle.meant
    )
    return (gap > 0, covered + gap / 100 + bracketed)


def _name(reading: Reading, candidate: Candidate, kind: Kind = Kind.TEXT) -> Answer:
    index, question = reading.index, reading.question
    report, needle = index.report, reading.needle
    start, end = candidate.start, candidate.end
    span: tuple[int, int] | None = None
    if question.asks == "time":
        dates = ex.dates_in(index.text, start, end)
        span = dates[0] if dates else None
    elif question.wants_place and (places := ex.places_in(needle, start, end)):
        span = places[0] if len(places) == 1 else _place_of_item(reading, start, end)
    elif question.asks in ("name", "person"):
        open_titles = [span for span in ex.titles_in(index.text, start, end) if _may_name(reading, *span)]
        span = open_titles[0] if len(open_titles) == 1 else None
    if span is None:
        span = (start, min(end, start + _LONGEST_NAME))
    return Answer(
        question=reading.question.said,
        kind=kind,
        text=report.text[slice(*span)].strip(),
        evidence=_evidence(reading, candidate, start, end),
        score=candidate.score,
    )


def _place_of_item(reading: Reading, start: int, end: int) -> ex.Span | None:
    """Of several places the one whose item has the question's words: 成武县“有事找小玉”、东明县“明商量”."""
    needle, text = reading.needle, reading.index.text
    found: list[tuple[float, ex.Span]] = []
    for piece in re.finditer(r"[^、，,；;]+", text[start:end]):
        places = ex.places_in(needle, start + piece.start(), start + piece.end())
        if len(places) == 1:
            found.append((needle.cover([Zone(piece.group(), 1.0)]), places[0]))
    found.sort(reverse=True)
    clear = len(found) > 1 and found[0][0] > found[1][0] + _CLEARLY
    return found[0][1] if clear else None


def _may_name(reading: Reading, start: int, end: int) -> bool:
    """Whether a title is what is asked for: a new one, of the kind that the question names (什么奖: “诤言奖”)."""
    text, question = reading.index.text, reading.question
    noun = question.text[slice(*question.category)] if question.category else ""
    if text[start + 1 : end - 1] in question.text:
        return False
    return question.naming or not noun or text[start] == "《" or noun in text[start : end + len(noun)]


def _passage(reading: Reading, candidate: Candidate) -> Answer:
    report = reading.report
    clause = report.clauses[candidate.clause]
    raw = report.text[clause.start : clause.end]
    start = clause.start + len(raw) - len(raw.lstrip())
    end = clause.start + len(raw.rstrip())
    if end - start > _LONGEST_PASSAGE:
        start, end = candidate.start, candidate.end
    elif _leads(report, clause):
        end = _read_on(report, candidate.clause, start)
    return Answer(
        question=reading.question.said,
        kind=Kind.PASSAGE,
        text=report.text[start:end],
        evidence=_evidence(reading, candidate, start, end),
        score=candidate.score,
    )


def _leads(report: Report, clause: Clause) -> bool:
    """Whether a clause only opens what is told behind it: a heading, or a short sentence (营商环境持续优化。)."""
    said = report.text[clause.start : clause.end].strip()
    return _is_heading(report, clause) or (len(said) <= _LONGEST_LEAD and said.endswith("。"))


def _read_on(report: Report, number: int, start: int) -> int:
    """Where a passage ends that a lead opens: with its section, before the next lead, or where it grows too long."""
    first = report.clauses[number]
    under = report.sections[first.section]
    end = first.end
    for at, clause in enumerate(report.clauses[number + 1 :]):
        if clause.start >= under.end or clause.part is not first.part or (at and _leads(report, clause)):
            break
        if clause.end - start > _LONGEST_SECTION:
            pieces = parts(report.text, clause.start, min(clause.end, start + _LONGEST_SECTION))
            end = max([end, *(last for _, last in list(pieces)[:-1])]) if not at else end
            break
        end = clause.end
    return start + len(report.text[start:end].rstrip())


def joined(best: Answer, others: Sequence[Answer]) -> Answer:
    """A passage with the next best of its section that is nearly as good, where both stand in one short stretch."""
    near = [one for one in others if _belongs_to(best, one)]
    if not near:
        return best
    first, last = best.evidence, near[0].evidence
    evidence = replace(first, start=min(first.start, last.start), end=max(first.end, last.end))
    short = evidence.end - evidence.start <= _LONGEST_SECTION
    return replace(best, text=evidence.quote, evidence=evidence) if short else best


def _belongs_to(best: Answer, other: Answer) -> bool:
    together = best.kind is other.kind is Kind.PASSAGE and best.evidence.path == other.evidence.path
    return together and log_odds(best.score) - log_odds(other.score) < _NEARLY
