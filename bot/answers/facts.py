"""Facts of the title block and the page furniture: who reported, when and where it was published, which licence."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answers.confidence import Signals, confidence
from bot.answers.matching import Needle, Zone
from bot.answers.model import Answer, Evidence, Kind
from bot.answers.reading import Reading
from bot.answers.words import fold, table
from bot.reports.model import Fact

_PEOPLE = ("报告人", "作者", "责任编辑", "编辑")


def facts(reading: Reading) -> Iterator[Answer]:
    """Answers from the facts of a report that a question names."""
    needle, asks = reading.needle, reading.question.asks
    for fact in needle.index.report.facts:
        if (asks == "person") != (fact.name in _PEOPLE) and asks in ("person", "time"):
            continue
        if asks == "time" and not any(char.isdecimal() for char in fact.value):
            continue
        signals = _signals(needle, fact)
        if signals.fit > 0.5 and signals.cover > 0.5:
            report = needle.index.report
            yield Answer(
                question=reading.question.said,
                kind=Kind.TEXT,
                text=fact.value,
                evidence=Evidence(report, fact.quote_start, fact.quote_end, ()),
                score=confidence(signals),
            )


def _signals(needle: Needle, fact: Fact) -> Signals:
    index = needle.index
    known = table("questions")["facts"]
    names = [fold(fact.name), *known.get(fact.name, ())]
    if fact.name == "报告人":
        names += [fold(other.value)[-2:] for other in index.report.facts if other.name == "职务"]
    named = max((len(name) for name in names if name in needle.text), default=0)
    quote = index.text[fact.quote_start : fact.quote_end]
    words = " ".join([*names, *known[""], quote, index.title])
    cover = needle.cover([Zone(words, 1.0)])
    fit = 1.0 if named else needle.fits(fold(fact.name))
    return Signals(cover=cover, focus=fit, fit=fit, scope=1.0, told=fit)
