"""Facts of the title block and the page furniture: who reported, when and where it was published, which licence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.answers.confidence import Signals, confidence
from bot.answers.matching import Needle, Zone
from bot.answers.model import Answer, Evidence, Kind
from bot.answers.reading import Reading
from bot.answers.words import fold, table
from bot.reports.model import Fact

_FIGURE = re.compile(r"\d|第[一二三四五六七八九十]")
_PEOPLE = ("报告人", "作者", "责任编辑", "编辑")


def facts(reading: Reading) -> Iterator[Answer]:
    """Answers from the facts of a report that a question names; of several those that it names most fully."""
    needle, report = reading.needle, reading.report
    found = []
    for fact in report.facts:
        named = _named(needle, fact)
        signals = _signals(needle, fact, named)
        if _may_answer(reading, fact) and signals.fit > 0.5 and signals.cover > 0.5:
            answer = Answer(
                question=reading.question.said,
                kind=Kind.TEXT,
                text=fact.value,
                evidence=Evidence(report, fact.quote_start, fact.quote_end, ()),
                score=confidence(signals),
            )
            found.append((named, answer))
    longest = max((named for named, _ in found), default=0)
    yield from (answer for named, answer in found if named == longest)


def _may_answer(reading: Reading, fact: Fact) -> bool:
    """Whether a fact is of the kind that is asked for: a person, a date, or a number."""
    asks = reading.question.asks
    if reading.question.ordinal:  # the number of its name is a figure of the title
        return False
    if not asks and not _named(reading.needle, fact):  # 报告全文 does not ask for the 报告人
        return False
    if asks in ("person", "time") and (asks == "person") != (fact.name in _PEOPLE):
        return False
    return asks not in ("time", "number") or bool(_FIGURE.search(fact.value))


def _names(fact: Fact) -> list[str]:
    return [fold(fact.name), *table("questions")["facts"].get(fact.name, ())]


def _named(needle: Needle, fact: Fact) -> int:
    """Characters of the longest of a fact's names that the question has; 市长 is not in 副市长."""
    names = _names(fact)
    if fact.name == "报告人":
        names += [fold(other.value)[-2:] for other in needle.index.report.facts if other.name == "职务"]
    return max((len(name) for name in names if re.search(f"(?<!副){re.escape(name)}", needle.text)), default=0)


def _signals(needle: Needle, fact: Fact, named: int) -> Signals:
    index = needle.index
    quote = index.text[fact.quote_start : fact.quote_end]
    words = " ".join([*_names(fact), *table("questions")["facts"][""], quote, index.title])
    cover = needle.cover([Zone(words, 1.0)])
    fit = 1.0 if named else needle.fits(fold(fact.name))
    return Signals(cover=cover, focus=fit, fit=fit, scope=1.0, told=fit)
