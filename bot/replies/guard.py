"""The guard stands last: what the report does not bear out is not sent.

An Answer is checked when it comes from the engine (`vouched`), a Reply when it leaves (`guarded`). Neither trusts what
stands in the other: a quote is read anew from the report's text, a figure is looked for in the quotes.
"""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from bot.answers.model import Answer, Evidence, Kind, NotFound
from bot.replies.model import Poll, Quiz, Reply, Style
from bot.reports.metrics.numerals import half_width
from bot.reports.metrics.ordinals import numbered
from bot.reports.metrics.quantities import find_quantities

log = logging.getLogger(__name__)

JOINT = "、"  # between the items of a list

# A figure in digits with all that scales it: 3.7万, 120余万, 2,887, 6.5%. Taken out alike on both sides and compared
# whole, so that 3.7 or 7万 is not found in 3.7万.
_FIGURE = re.compile(
    r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)*(?:[余多几]?[十百千万亿]+)*(?:%|‰)?", re.ASCII
)
_CELLS = re.compile(r"[\t|]")  # between the cells of a row of a table
_HEAD_UNIT = re.compile(r"[（(]([^（）()]{1,12})[)）]")
_DIGITS = re.compile(r"[0-9０-９]")
_NUMERALS = "零〇一二两三四五六七八九十百千万亿点"


def check(reply: Reply) -> list[str]:
    """Problems of a reply, as sentences for the log; none where it may be sent.

    Quotes must be verbatim, and figures must stand in one of the quotes. Names of reports and sections, which are
    shown beside an answer but never in bold, may have their own.
    """
    problems = [problem for evidence in reply.evidence for problem in _span_problems(evidence)]
    if problems:
        return problems
    quotes = tuple(evidence.quote for evidence in reply.evidence)
    names = tuple(dict.fromkeys(name for evidence in reply.evidence for name in _names(evidence)))
    for run in reply.runs:
        if run.style is Style.QUOTE:
            if not any(run.text in quote for quote in quotes):
                problems.append(f"not verbatim: {run.text[:40]!r}")
        elif run.style is Style.BOLD or not run.own:
            sources = quotes if run.style is Style.BOLD else quotes + names
            problems += [f"no quote has {figure!r}" for figure in unsupported(run.text, sources)]
    if reply.quiz is not None:
        problems += _quiz_problems(reply.quiz, reply.text)
    return problems


def check_answer(answer: Answer) -> list[str]:
    """Problems of an answer: its span, its path, its text, items, value and unit against the report itself."""
    problems = [problem for evidence in (answer.evidence, *answer.also) for problem in _span_problems(evidence)]
    if problems:
        return problems
    quotes = tuple(evidence.quote for evidence in (answer.evidence, *answer.also))
    if not (math.isfinite(answer.score) and 0 <= answer.score <= 1):
        problems.append(f"score {answer.score}")
    if answer.kind not in Kind:
        problems.append(f"kind {answer.kind!r}")
    for item in answer.items:
        if not item or item not in answer.text or not any(item in quote for quote in quotes):
            problems.append(f"not in the quote: {item!r}")
    verbatim = any(answer.text in quote for quote in quotes) or answer.text in (
        JOINT.join(answer.items),
        _tabled(answer),
    )
    if not answer.text.strip() or not verbatim:
        problems.append(f"not in the quote: {answer.text!r}")
    said = "\n".join((answer.text, *answer.items))
    problems += [f"no quote has {figure!r}" for figure in unsupported(said, quotes)]
    known = (*quotes, *_names(answer.evidence))
    problems += [f"nobody said {figure!r}" for figure in unsupported(answer.note, known)]
    return [*problems, *_value_problems(answer)]


def _tabled(answer: Answer) -> str | None:
    """How a figure of a table is written: its cell, with the unit that the quoted head row or unit cell has."""
    metrics = answer.evidence.report.metrics
    if answer.metric is None or not 0 <= answer.metric < len(metrics) or not metrics[answer.metric].written_unit:
        return None
    metric = metrics[answer.metric]
    quotes = (answer.evidence.quote, *(evidence.quote for evidence in answer.also))
    return metric.raw + metric.written_unit if any(metric.written_unit in quote for quote in quotes) else None


def vouched(found: Answer | NotFound) -> Answer | NotFound:
    """The answer with those alternatives that hold good; NotFound, with the reason logged, where it does not itself."""
    if isinstance(found, NotFound):
        near = tuple(answer for answer in found.near if not check_answer(answer))
        return replace(found, near=near)
    kept = tuple(other for other in found.alternatives if not check_answer(other))
    problems = check_answer(found)
    if problems:
        log.error("answer withheld: %s", "; ".join(problems))
        return NotFound(found.question, near=kept[:3], why=(*found.why, *problems))
    return replace(found, alternatives=kept)


def guarded(reply: Reply, fallback: Reply) -> Reply:
    """The reply, or the fallback where the guard finds a fault; the reason is logged."""
    problems = check(reply)
    if problems:
        log.error("reply withheld: %s", "; ".join(problems))
        return fallback
    return reply


def unsupported(text: str, sources: Iterable[str]) -> list[str]:
    """Figures of a text, in digits or spelled with a unit, that stand in none of the sources."""
    return list(_unsupported(text, tuple(sources)))


@lru_cache(maxsize=1024)  # a pure function of texts: the same answer is given again and again
def _unsupported(text: str, held: tuple[str, ...]) -> tuple[str, ...]:
    figures = set(_figures(text))
    quantities = [quantity.raw for quantity in find_quantities(text)] if text else []
    if not figures and not quantities:
        return ()
    tabled = _tabled_quantities(held)
    known = {figure for source in (*held, *tabled) for figure in _known(source)}
    missing = [figure for figure in figures if figure not in known]
    return (*missing, *(raw for raw in quantities if not any(_stands(raw, source) for source in (*held, *tabled))))


def _tabled_quantities(sources: Iterable[str]) -> tuple[str, ...]:
    """The cells of quoted rows with the units of the quoted head: 402.7 under 地区生产总值（亿元） is 402.7亿元."""
    joined = tuple(source for source in sources if _CELLS.search(source))
    cells = [cell.strip() for source in joined for cell in _CELLS.split(source)]
    units = dict.fromkeys(match[1] for source in joined for match in _HEAD_UNIT.finditer(source))
    return tuple(f"{cell}{unit}" for cell in cells if _DIGITS.match(cell) for unit in (*units, *_units_alone(cells)))


def _units_alone(cells: Iterable[str]) -> Iterator[str]:
    """Cells of a column of units: 亿元, 万吨."""
    return (cell for cell in cells if 0 < len(cell) <= 6 and not _DIGITS.search(cell))


@lru_cache(maxsize=512)
def _known(source: str) -> frozenset[str]:
    return frozenset(_figures(source))


def _figures(text: str) -> Iterator[str]:
    return (match.group() for match in _FIGURE.finditer(half_width(text)))


def _stands(raw: str, source: str) -> bool:
    """Whether a quantity stands in a source by itself and not as the end of a longer numeral."""
    at = source.find(raw)
    while at >= 0:
        before = source[at - 1] if at else ""
        longer = before and (before in _NUMERALS if raw[0] in _NUMERALS else _DIGITS.match(before))
        if not longer:
            return True
        at = source.find(raw, at + 1)
    return False


def _span_problems(evidence: Evidence) -> Iterator[str]:
    """A span inside the text that cuts no figure, below sections that are there."""
    text, start, end = evidence.report.text, evidence.start, evidence.end
    if not 0 <= start < end <= len(text):
        yield f"span {start}..{end} of {len(text)}"
        return
    for edge in (start, end):
        if 0 < edge < len(text) and _is_inside_figure(text, edge):
            yield f"the span cuts a figure at {edge}"
    around = [section.title for section in evidence.report.sections if section.start <= start < section.end]
    if not _is_subsequence(evidence.path, [evidence.report.title, *around]):
        yield f"path {evidence.path!r}"


def _quiz_problems(quiz: Poll, said: str) -> Iterator[str]:
    """A quiz asks what the reply says, explains it word for word, and has one choice that the explanation bears out."""
    if not isinstance(quiz, Quiz):
        yield "a poll without evidence"
        return
    yield from _span_problems(quiz.evidence)
    quote = quiz.evidence.quote
    if quiz.question != said:
        yield f"the poll asks {quiz.question!r}"
    if not quiz.explanation.startswith(quote):
        yield f"not verbatim: {quiz.explanation[:40]!r}"
    borne_out = [at for at, option in enumerate(quiz.options) if _stands(half_width(option), half_width(quote))]
    if borne_out != [quiz.correct] or len(set(quiz.options)) != len(quiz.options):
        yield f"choices {quiz.options!r}, of which {borne_out} stand in the quote"


def _is_inside_figure(text: str, edge: int) -> bool:
    near = half_width(text[max(0, edge - 24) : edge + 24])
    at = edge - max(0, edge - 24)
    return any(match.start() < at < match.end() for match in _FIGURE.finditer(near))


def _is_subsequence(path: Iterable[str], titles: Iterable[str]) -> bool:
    left = iter(titles)
    return all(title in left for title in path)


def _names(evidence: Evidence) -> tuple[str, ...]:
    report = evidence.report
    return report.title, f"{report.year}年", f"{report.id}", *evidence.path


def _value_problems(answer: Answer) -> Iterator[str]:
    """The value must be that of the metric in the report, or be read from the quote anew."""
    said = (answer.value, answer.value_max, answer.unit)
    if answer.metric is not None:
        metrics = answer.evidence.report.metrics
        metric = metrics[answer.metric] if 0 <= answer.metric < len(metrics) else None
        if metric is None or not answer.evidence.start <= metric.start < metric.end <= answer.evidence.end:
            yield f"metric {answer.metric} is not in the quote"
        elif said != (metric.value, metric.value_max, metric.unit) or metric.raw not in answer.text:
            yield f"{said} is not metric {answer.metric}"
    elif answer.value is not None:
        quote = answer.evidence.quote
        found = find_quantities(quote) + (list(numbered(quote, answer.unit, 0, len(quote))) if answer.unit else [])
        read = [(q.value, q.value_max, q.unit) for q in found if q.raw in answer.text]
        if said not in read:
            yield f"{said} is not in the quote"
    elif answer.kind is Kind.NUMBER or answer.value_max is not None or answer.unit:
        yield f"{said} is no value"
