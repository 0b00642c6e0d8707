"""Typos: stretches of a question that a report lacks, read or drawn like one that it has, a character in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.answers.index import ReportIndex
from bot.answers.shapes import lookalikes
from bot.answers.sounds import sound
from bot.answers.thesaurus import Synonym
from bot.answers.verbs import verb_spans
from bot.answers.words import HAN

REPAIRED = 0.85  # how much a mended typo counts
_LONGEST = 4
_MOST_TRIES = 200  # stretches held against the report: some 60 unknown characters


class Typed(NamedTuple):
    """A question's text, where it breaks off, and its characters that are not looked for."""

    text: str
    breaks: frozenset[int]
    silent: frozenset[int]


def repairs(
    typed: Typed, unknown: Iterable[tuple[int, int]], explained: Sequence[Synonym], index: ReportIndex
) -> list[Synonym]:
    """What the report has in place of unknown stretches, save of those that `explained` is over."""
    tries = iter(range(_MOST_TRIES))
    mended: list[Synonym] = []
    for start, end in unknown:
        if any(one.start <= start and end <= one.end for one in (*explained, *mended)):
            continue
        for first, last in _windows(typed, start, end):
            if next(tries, None) is None:
                return mended
            if verb_spans(typed.text, first, last) == [(first, last)]:
                continue  # a verb as it stands (挤进) is people's own word and no typo
            found = _heard(typed, first, last, index) or _seen(typed.text[first:last], index)
            if found:
                mended.append(Synonym(first, last, (found,), REPAIRED))
                break
    return mended


def _windows(typed: Typed, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of four to two characters that hold the unknown ones or, of more than two, some of them."""
    for inner in (False, True):
        for length in range(_LONGEST, 1, -1):
            firsts = range(start - 1, end - length + 2) if inner else range(end - length, start + 1)
            for first in firsts:
                inside = first >= 0 and first + length <= len(typed.text)
                if inside and not typed.breaks.intersection(range(first, first + length)):
                    yield first, first + length
        if end - start <= 2:
            return


def _heard(typed: Typed, first: int, last: int, index: ReportIndex) -> str | None:
    words = typed.text[first:last]
    if not all(map(HAN.match, words)):
        return None
    codes, text = sound(words), index.text
    at = index.sound.find(codes)
    while at >= 0:
        found = text[at : at + len(words)]
        same = sum(a == b for a, b in zip(found, words, strict=True))
        if found != words and same and (same >= 3 or not typed.silent.intersection(range(first, last))):
            return found
        at = index.sound.find(codes, at + 1)
    return None


def _seen(words: str, index: ReportIndex) -> str | None:
    for at, char in enumerate(words):
        for other in lookalikes().get(char, ""):
            drawn = words[:at] + other + words[at + 1 :]
            if drawn in index.text:
                return drawn
    return None
