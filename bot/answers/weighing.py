"""What a clause is worth to a question: the choice among candidates, by what suits the genre.

Long clauses count nearly as much as short ones, a word said twice no more than once, an interrogative nothing, words of
asking little. A pair that a clause lacks may be heard in it (a typo), be parted by words that the question leaves out,
stand above it (a heading) or be meant by it (a synonym). A figure of the unit that is asked for and a heading of the
year speak for a clause, another year speaks against it. bench/retrieval.py measures it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress
from operator import attrgetter, not_
from typing import NamedTuple

from bot.answers.thesaurus import Synonym

K1, B = 0.5, 0.3  # of BM25; the usual 1.5 and 0.75 punish long clauses, of which official prose is made
HEARD = 0.6  # what a pair counts that is only heard
PARTED = 0.4  # what one counts whose second character follows within REACH: 改造小区 of 改造老旧小区
REACH = 6
ABOVE = 0.2  # what one counts that stands in the headings
ALONE = 1.5  # what each character of the question counts that a clause has, in its pair or not
UNIT = 5.0  # for a figure of the unit that is asked for; a pair of one clause in a hundred counts as much
YEAR = 5.0  # for the year that is asked for, against a heading of another year
USUAL = 30  # characters of a clause, on average

_YEARS = re.compile(r"(?:19|20)\d\d")
_strength = attrgetter("strength")
_FIGURE_ENDS = "0123456789万亿千百余多"


class Term(NamedTuple):
    """A character pair of the question, what it sounds like, and how much it is about."""

    at: int
    pair: str
    ear: str
    weight: float
    worth: float  # weight and rarity


class Sought(NamedTuple):
    """What of a question is held against each clause; columns of the terms, so that no loop of ours runs over all."""

    terms: Sequence[Term]
    pairs: Sequence[str]
    worths: Sequence[float]
    chars: str  # those of the pairs, each once
    meant: Sequence[Synonym]  # the weakest first
    units: Sequence[str]  # that the question asks for
    year: str


def sought(terms: Sequence[Term], meant: Sequence[Synonym], units: Sequence[str], years: Sequence[int]) -> Sought:
    """The columns of a question's terms, with its synonyms, and the units and years that it asks for."""
    pairs, worths = [term.pair for term in terms], [term.worth for term in terms]
    chars = "".join(set("".join(pairs)))
    return Sought(terms, pairs, worths, chars, sorted(meant, key=_strength), units, str(years[0]) if years else "")


def weigh(sought: Sought, text: str, sound: str, path: str) -> float:
    """What a clause (folded), which sounds so and stands under such headings, is worth to a question."""
    has = text.__contains__
    norm = K1 * (1 - B + B * len(text) / USUAL)
    there = list(map(has, sought.pairs))
    total = sum(compress(sought.worths, there)) * (K1 + 1) / (1 + norm)
    total += ALONE * sum(map(has, sought.chars))
    meant = {
        at: one.strength for one in sought.meant if any(map(has, one.variants)) for at in range(one.start, one.end)
    }
    for at, pair, ear, _, worth in compress(sought.terms, map(not_, there)):
        if at in meant:
            total += worth * meant[at]
        elif ear in sound:
            total += worth * HEARD
        elif pair in path:
            total += worth * ABOVE
        elif pair[1] in text and _parted(pair, text):
            total += worth * PARTED
    if sought.units and any(_counts(text, unit) for unit in sought.units):
        total += UNIT
    return total + (_dated(sought.year, text, path) if sought.year else 0.0)


def _parted(pair: str, text: str) -> bool:
    """Whether the pair's characters follow on each other with a few between them."""
    at = text.find(pair[0])
    while at >= 0:
        if text.find(pair[1], at + 1, at + 1 + REACH) >= 0:
            return True
        at = text.find(pair[0], at + 1)
    return False


def _counts(text: str, unit: str) -> bool:
    """Whether a figure of the unit stands in a text: 1.5万【张】."""
    at = text.find(unit, 1)
    while at >= 0:
        if text[at - 1] in _FIGURE_ENDS:
            return True
        at = text.find(unit, at + 1)
    return False


def _dated(year: str, text: str, path: str) -> float:
    """What the year that is asked for says for a clause or against it."""
    if year in path or year in text:
        return YEAR
    return -YEAR if _YEARS.search(path) else 0.0
