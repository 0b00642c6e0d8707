"""Of what kind a measure is: 常住人口 is asked for, and 农业转移人口 is of another kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from bot.answers.matching import SINGLE, Needle
from bot.answers.thesaurus import WEAK
from bot.answers.words import table

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
