"""Clauses: the stretches of text that end at 。！？； or the ASCII ; or with their paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from bot.reports.model import Clause, Part, Section
from bot.reports.paragraphs import BLANK, Paragraph

# A clause's end takes the closing quotes and brackets behind it along.
_PIECE = re.compile(r"[^。！？；;!?]*(?:[。！？；;!?]+[”’」』）)》】*]*|$)")
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"), ("‘", "’"))
_OPENING = re.compile("[“《（(‘]")

# Characters; an open quote or bracket that is not closed within this many is taken for a slip of the pen.
QUOTE_LIMIT = 200


def clauses_of(text: str, sections: Sequence[Section], paragraphs: Sequence[Paragraph]) -> tuple[Clause, ...]:
    """The clauses of `text` in order. `sections` are those of the tree in reading order, the root first.

    A title is a clause of its own, its mark with it. No clause spans two paragraphs; blanks between are in none.
    """
    starts, owners, cuts = _territory(sections)
    found = []
    for paragraph in paragraphs:
        for start, end in _cut_at_titles(paragraph, cuts):
            found += [(a, b, owners[bisect_right(starts, a) - 1]) for a, b in _pieces(text, start, end)]
    return placed(found, sections)


def placed(found: Iterable[Sequence[int]], sections: Sequence[Section]) -> tuple[Clause, ...]:
    """Clauses by their start, end and the number of their section, which says what stands above them."""
    paths = _paths(sections)
    return tuple(Clause(start, end, paths[owner], owner, sections[owner].part) for start, end, owner in found)


def _territory(sections: Sequence[Section]) -> tuple[list[int], list[int], list[int]]:
    """Where each section's own text begins, whose it is, and the offsets at which titles begin and end."""
    numbers = {id(section): i for i, section in enumerate(sections)}
    starts: list[int] = []
    owners: list[int] = []
    cuts: set[int] = set()

    def visit(section: Section) -> None:
        number = numbers[id(section)]
        starts.append(section.start)
        owners.append(number)
        if section.level and section.part is Part.BODY:
            cuts.update((section.start, section.title_end))
        for child in section.children:
            visit(child)
            starts.append(child.end)
            owners.append(number)

    visit(sections[0])
    return starts, owners, sorted(cuts)


def _paths(sections: Sequence[Section]) -> list[tuple[str, ...]]:
    """For each section the titles above its text, its own last; the report's own title is left out."""
    paths: list[tuple[str, ...]] = []
    open_titles: list[str] = []
    for section in sections:
        if section.level == 0:
            paths.append(())
            continue
        del open_titles[section.level - 1 :]
        open_titles.append(section.title)
        paths.append(tuple(title for title in open_titles if title))
    return paths


def _cut_at_titles(paragraph: Paragraph, cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    at = paragraph.start
    i = bisect_right(cuts, at)
    while i < len(cuts) and cuts[i] < paragraph.end:
        yield at, cuts[i]
        at = cuts[i]
        i += 1
    yield at, paragraph.end


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses between `start` and `end`, without the blanks around them."""
    begin = start
    for found in _PIECE.finditer(text, start, end):
        stop = found.end()
        if stop == begin:
            continue
        if (
            stop < end
            and stop - begin <= QUOTE_LIMIT
            and _is_open(text, begin, stop)
            and not _is_open(text, begin, end)
        ):
            continue  # inside “…” or （…）: the clause goes on
        a, b = _strip(text, begin, stop)
        if a < b:
            yield a, b
        begin = stop


def _is_open(text: str, start: int, end: int) -> bool:
    if not _OPENING.search(text, start, end):  # mostly
        return False
    return any(text.count(left, start, end) > text.count(right, start, end) for left, right in _PAIRS)


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start] in BLANK or text[start] in "。*"):
        start += 1
    while end > start and text[end - 1] in BLANK:
        end -= 1
    return start, end
