"""What a report explains of its own words: the entries of its glossary and its footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.reports.model import Part, Report

# A number before an entry: 1. 1、 (1) 〔1〕 ① and Markdown's [^1]:
_NUMBER = r"(?:[\[（(〔【]\^?\d{1,3}[\])）〕】]:?|\d{1,3}[.．、]|[①-⑳㉑-㉟])"
_WORDS = r"(?P<words>[^，,。；;:：\n]{2,40}?)"
_SAYS = r"(?:是|指|即|为|简称|全称)"
# 三品一标：无公害…; in the body, where a colon may stand for anything, only with a number before it and 指 behind it.
_IN_GLOSSARY = re.compile(
    rf"[\s*#\-]*+{_NUMBER}?[\s*]*+{_WORDS}[*\s]*+[:：][*\s]*(?P<meaning>\S[^\n]{{3,}})", re.MULTILINE
)
_IN_BODY = re.compile(
    rf"^[\s*\-]*+{_NUMBER}[\s*]*+{_WORDS}[*\s]*+[:：][*\s]*(?P<meaning>{_SAYS}[^\n]{{3,}})", re.MULTILINE
)
# “六稳”是指稳就业…: without a colon.
_SAID = re.compile(
    rf"[\s*#\-]*+{_NUMBER}?[\s*]*+(?P<words>“[^“”\n]{{2,30}}”[^，,。；;:：“”\n]{{0,10}}?)(?P<meaning>{_SAYS}[^\n]{{3,}})"
)


@dataclass(frozen=True, slots=True)
class Term:
    """An explained word. `start`..`end` is its entry, mostly without the number; what it means begins at `meaning`."""

    words: str
    start: int
    meaning: int
    end: int


def glossary(report: Report) -> Iterator[Term]:
    """The terms that a report explains, in its order."""
    text = report.text
    appendices = [(one.start, one.end) for one in report.sections if one.part is Part.APPENDIX]
    for start, end in appendices:
        while start < end:
            line = text.find("\n", start, end) + 1 or end
            if found := _IN_GLOSSARY.match(text, start, line) or _SAID.match(text, start, line):
                yield _term(found)
            start = line
    for found in _IN_BODY.finditer(text):
        if not any(start <= found.start() < end for start, end in appendices):
            yield _term(found)


def _term(found: re.Match[str]) -> Term:
    numbered = found["words"][0].isdigit()  # 16.7个城际轨道项目: cut behind its number it may be a cut figure
    start = found.start() + len(found[0]) - len(found[0].lstrip()) if numbered else found.start("words")
    end = found.start("meaning") + len(found["meaning"].rstrip(" \t\r　*"))
    return Term(found["words"], start, found.start("meaning"), end)
