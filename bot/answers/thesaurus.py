"""Other words for the same thing: the house's table of synonyms and the operator's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import add
from typing import NamedTuple

from bot.answers.words import fold, normalise, table

STRONG, EVERYDAY, WEAK = 0.95, 0.85, 0.35


class Synonym(NamedTuple):
    """A stretch of a question and what the report may call it; `strength` is 0..1."""

    start: int
    end: int
    variants: tuple[str, ...]
    strength: float

    @property
    def length(self) -> int:
        return self.end - self.start

    def holds(self, other: Synonym) -> bool:
        """Whether it is a longer word that the other is a part of."""
        return self.start <= other.start and other.end <= self.end and self.length > other.length


_Others = tuple[tuple[str, ...], float]  # other names for a word, and how strongly they mean it


@dataclass(slots=True)
class Thesaurus:
    """Words by their first two characters, so that a question is scanned once, and quickly."""

    # The first two characters of words -> their lengths, the longest first, and what is known of each word.
    _heads: dict[str, tuple[list[int], dict[str, list[_Others]]]] = field(default_factory=dict)
    _ones: str = ""  # words of one character
    _official: dict[str, str] = field(default_factory=dict)  # the operator's names -> his terms
    version: int = 0  # grows with every word that is added

    def add(self, words: Sequence[str]) -> None:
        """The operator's own: a term of the reports and its other names. They find one another; see `official`."""
        term, *names = _normal(words)
        self._join((term, *names), STRONG)
        self._official |= dict.fromkeys(names, term)
        self.version += 1

    def official(self, text: str, written: str) -> str:
        """A question in normal form with the operator's names put back into his terms, as if those had been typed.

        Where a report (`written`, folded) has the name itself, or lacks the term, the name stays.
        """
        names = [name for name in self._official if name in text]
        meant = [name for name in names if name not in written and self._official[name] in written]
        return _any_of(meant).sub(lambda name: self._official[name.group()], text) if meant else text

    def _join(self, group: tuple[str, ...], strength: float) -> None:
        for word in group:
            self.lead(word, group, strength)

    def lead(self, word: str, terms: Sequence[str], strength: float) -> None:
        """Make `word` find `terms`, and not the other way round."""
        others = tuple(term for term in terms if term != word)
        lengths, words = self._heads.setdefault(word[:2], ([], {}))
        words.setdefault(word, []).append((others, strength))
        lengths[:] = sorted({*lengths, len(word)}, reverse=True)
        self._ones += word if len(word) == 1 else ""

    def find(self, text: str) -> Iterator[Synonym]:
        """Every known word of `text`, longest first at each place, with its other names (its own name left out)."""
        pairs = map(add, text, text[1:] + "\n")  # the last character has a pair of its own, too
        for start, of_pair in enumerate(map(self._heads.get, pairs)):
            if of_pair:
                lengths, words = of_pair
                for length in lengths:
                    word = text[start : start + length]
                    for others, strength in words.get(word, ()) if len(word) == length else ():
                        yield Synonym(start, start + length, others, strength)
            if text[start] in self._ones:
                for others, strength in self._heads[text[start]][1][text[start]]:
                    yield Synonym(start, start + 1, others, strength)


def _normal(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normalise(word) for word in words))


def _rows(data: object) -> Iterator[list[str]]:
    if isinstance(data, Mapping):
        for value in data.values():
            yield from _rows(value)
    elif isinstance(data, list) and data and all(isinstance(word, str) for word in data):
        yield data
    elif isinstance(data, list):
        for value in data:
            yield from _rows(value)


@cache
def _house() -> tuple[tuple[tuple[str, ...], float], ...]:
    """Groups in their normal form, made once: every edition takes them over while people are answered.

    They are written in simplified script, so that folding is all it takes.
    """
    data = dict(table("synonyms"))
    weak = data.pop("related", {})
    for other in ("distinct", "units"):  # these are read by bot.answers.limits and bot.answers.questions
        data.pop(other, None)
    strong = [(tuple(map(fold, row)), STRONG) for row in _rows(data)]
    return (*strong, *((tuple(map(fold, row)), WEAK) for row in _rows(weak)))


def house_words() -> frozenset[str]:
    """Every word of the house's synonyms: words of this genre that a general dictionary may lack (新农合)."""
    return frozenset(word for group, _ in _house() for word in group)


@cache
def _everyday() -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = (row for domain in table("everyday").values() for row in domain.items())
    return tuple((fold(word), tuple(map(fold, terms))) for word, terms in rows)


@cache
def distinct_words() -> tuple[tuple[re.Pattern[str], tuple[tuple[str, ...], ...]], ...]:
    """Rows of things that are never the same, each by all its names (`[distinct]` of synonyms.toml).

    With each row a pattern of its names, the longest first: 进出口 is not 出口.
    """
    rows = [tuple(tuple(entry.lower().split("|")) for entry in row) for row in table("synonyms")["distinct"].values()]
    return tuple((_any_of(name for names in row for name in names), row) for row in rows)


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))


def thesaurus(extra: Mapping[str, Sequence[str]] | None = None) -> Thesaurus:
    """The house's synonyms and everyday words (`synonyms.toml`, `everyday.toml`) and the operator's: term -> names."""
    book = Thesaurus()
    for group, strength in _house():
        book._join(group, strength)
    for word, meant in _everyday():
        book.lead(word, meant, EVERYDAY)
    for term, names in (extra or {}).items():
        book.add([term, *names])
    return book
