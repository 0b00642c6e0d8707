"""Paragraphs of a text by offsets: lines, joined again where a sentence was broken over several of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from bot.reports.marks import read_mark

BLANK = " \t\r\n\f\v\u3000\xa0\u2002\u2003\u2009\u200b\ufeff"

# What may stand at the end of a whole line of prose. A line without one of these is a heading or goes on below.
FULL_STOPS = frozenset("。！？；：!?;:…”’）)》】」』*|")

# What cannot begin a paragraph: the line before it goes on here.
CARRIED_OVER = frozenset("，。、；：！？”’）》%％")

# A text whose lines are mostly cut at one width (PDF pages, old mail) has at least this share of unfinished lines.
WRAPPED_SHARE = 0.5
WRAPPED_MIN_LINES = 12
WRAPPED_MAX_WIDTH = 60

# An unfinished line this long is a broken sentence and no heading.
TOO_LONG_FOR_HEADING = 45

_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`start`..`end` is the visible text without the blanks around it; `line_start` is where its first line begins."""

    line_start: int
    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start


def lines_of(text: str) -> list[Paragraph]:
    """Every line that shows something, in order."""
    lines = []
    for found in _LINE.finditer(text):
        line = found.group()
        body = line.strip(BLANK)
        if body:
            start = found.start() + line.index(body[0])
            lines.append(Paragraph(found.start(), start, start + len(body)))
    return lines


def join_broken(text: str, lines: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs of `lines`: a sentence broken over several lines is one paragraph again."""
    width = _wrap_width(text, lines)
    paragraphs: list[Paragraph] = []
    last = lines[0] if lines else None
    for line in lines:
        if paragraphs and last is not None and _goes_on(text, last, line, width):
            first = paragraphs[-1]
            paragraphs[-1] = Paragraph(first.line_start, first.start, line.end)
        else:
            paragraphs.append(line)
        last = line
    return paragraphs


def _wrap_width(text: str, lines: list[Paragraph]) -> int:
    """The width at which the text was cut into lines, in characters; 0 if its lines are paragraphs."""
    if len(lines) < WRAPPED_MIN_LINES:
        return 0
    unfinished = [line.length for line in lines if text[line.end - 1] not in FULL_STOPS]
    if len(unfinished) < WRAPPED_SHARE * len(lines):
        return 0
    width, _ = Counter(unfinished).most_common(1)[0]
    near = sum(1 for length in unfinished if abs(length - width) <= 3)
    return width if 15 <= width <= WRAPPED_MAX_WIDTH and near >= WRAPPED_SHARE * len(unfinished) else 0


def _goes_on(text: str, line: Paragraph, below: Paragraph, width: int) -> bool:
    if text[below.start] in CARRIED_OVER:
        return True
    last = text[line.end - 1]
    if last in "，、,（(《“":
        return read_mark(text, below.start, below.end) is None
    if width and line.length >= width - 4:
        indented = below.start - below.line_start >= 2
        return not indented and read_mark(text, below.start, below.end) is None
    if last in FULL_STOPS or line.length < TOO_LONG_FOR_HEADING:
        return False
    if text.find("。", line.start, line.end) < 0 and read_mark(text, line.start, line.end) is not None:
        return False  # a long heading
    return read_mark(text, below.start, below.end) is None
