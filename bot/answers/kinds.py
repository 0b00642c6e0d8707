"""Of what kind a measure is: 常住人口 is asked for, and 农业转移人口 is of another kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from bot.answers.matching import SINGLE, Needle, Zone
from bot.answers.thesaurus import WEAK
from bot.answers.verbs import is_verb
from bot.answers.words import fold, table
from bot.reports.model import Metric

_NAMED = 0.34  # share of what stands before a label's head that the question names
_KIND = 2  # characters before the measure


def another_kind(needle: Needle, label: str, around: str) -> bool:
    """Whether a label (folded) has the measure that a question names, and nothing `around` it the kind asked for.

    Only where the kind stands right before the measure: 煤炭【产量】, 进口【总额】.
    """
    span = _measure(needle.text)
    if span is None or needle.text[slice(*span)] not in label:
        return False
    kind = range(span[0] - _KIND, span[0])
    if kind.start < 0 or any(not needle.weights[at] for at in kind):
        return False
    hits = needle.hits(around)
    return all(hits[at] <= SINGLE for at in kind)


def is_part(needle: Needle, told: Sequence[str]) -> bool:
    """Whether the question names a part (民营, 农村) of which nothing that is `told` (folded) of a figure speaks."""
    for part in _parts().finditer(needle.text):
        hits = [needle.hits(text)[part.start() : part.end()] for text in told]
        if any(needle.weights[slice(*part.span())]) and max(map(max, hits)) <= WEAK:
            return True
    return False


def is_another(needle: Needle, metric: Metric, quote: str, rest: str, around: Sequence[Zone]) -> bool:
    """Whether the question has a noun right before what a label says of which nothing that is told of a figure speaks.

    【工业】投资 is asked for, and 固定资产投资 is told. Of a label that has a noun of its own (规上【制造业】增加值)
    only the metric itself tells; of others also what stands before the figure. The names of its neighbours, left out of
    `quote` and `rest`, tell where the label says no more than the question: 集装箱航线147条、吞吐量2329万标准箱.
    Some words go without saying (全市, 各类), and verbs people say in their own way.
    """
    label, clause, whose = fold(metric.label), needle.index.clause(metric.clause), fold(metric.label[:-_KIND])
    told = [needle.index.metric_words(metric), quote]
    if not _is_noun(whose) or needle.fits(whose, tail=0) >= _NAMED:
        behind = needle.index.report.clauses[metric.clause].end - metric.start
        told += [rest[:-behind], *(zone.text for zone in around if zone.text not in (clause, rest))]
        if label in needle.text:
            told.append(clause[:-behind])
    own = needle.hits(label)
    hits = [max(place) for place in zip(*(needle.hits(text) for text in told), strict=True)]
    unmet = "".join(char if needle.weights[at] and hits[at] <= WEAK else " " for at, char in enumerate(needle.text))
    return any(
        match.end() < len(own) and own[match.end()] > WEAK and needle.joined(match.end()) and _is_noun(match.group())
        for match in re.finditer(r"\S+", unmet)
    )


def is_other_part(needle: Needle, label: str) -> bool:
    """Whether a label (folded) has only the end of a word that is asked for, and something else before it.

    建成区绿化覆盖率 may be told as 绿化覆盖率, and is not 村庄绿化覆盖率.
    """
    for synonym in needle.variants:
        word = needle.text[synonym.start : synonym.end]
        for name in synonym.variants:
            if not (label.endswith(name) and word.endswith(name) and _is_noun(word.removesuffix(name))):
                continue
            other = label.removesuffix(name)
            if _is_noun(other) and needle.fits(other, tail=0) < _NAMED:
                return True
    return False


def _is_noun(word: str) -> bool:
    return len(word) >= _KIND and word not in _unsaid() and not is_verb(word)


@cache
def _unsaid() -> frozenset[str]:
    data = table("questions")
    return frozenset([*data["unsaid"]["words"], *(word for row in data["levels"].values() for word in row)])


@cache
def _parts() -> re.Pattern[str]:
    return re.compile("|".join(table("questions")["parts"]["words"]))


@lru_cache(maxsize=64)  # asked for each figure that a question is held against
def _measure(text: str) -> tuple[int, int] | None:
    """Where the last measure that a question names stands, the longest where several end together."""
    found = [(text.rfind(word), word) for word in table("questions")["measures"]["words"] if len(word) > 1]
    spans = [(at + len(word), -at) for at, word in found if at >= 0]
    end, start = max(spans, default=(0, 0))
    return (-start, end) if end else None
