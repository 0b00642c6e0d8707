"""Where the body of a report begins and ends: front before it, appendix and page furniture behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from bot.reports.frontpage import Front, read_front, squeeze
from bot.reports.furniture import facts_of, is_furniture, is_markup
from bot.reports.headings import trim
from bot.reports.marks import CHAPTER, read_mark
from bot.reports.model import Fact, Part, Source
from bot.reports.outline import Block
from bot.reports.paragraphs import Paragraph, lines_of

# Headings of what is appended to a report: glossaries, notes, lists.
APPENDIX = re.compile(
    r"(?:附件|附录|附表|附注|附\d?[:：]|注释|备注[:：]?$|注[:：]|名词(?:解释|注释|注解|说明)|(?:部分|有关|相关|主要)?(?:名词|词语|术语|用语|用词|指标)(?:解释|注释|注解|说明)"
    r"|《?政府工作报告》?(?:中)?(?:有关|相关|部分|名词|注释|附件)|资料来源[:：]?$|数据来源[:：]?$)"
)
APPENDIX_LIMIT = 40  # characters of such a heading
TAIL_LINES = 40  # furniture is looked for in so many last lines
TAIL_LIMIT = 30  # characters of a line between furniture that is furniture too


@dataclass(slots=True)
class Edges:
    """The lines of the body and of all the rest, the rest as blocks of the tree, and the facts found there."""

    body: list[Paragraph]
    other: list[Paragraph]
    blocks: list[Block]
    facts: list[Fact] = field(default_factory=list)
    title: tuple[int, int] = (0, 0)
    author: str = ""
    front: str = ""  # the words of the title block, one line each


def find_edges(source: Source) -> Edges:
    """Divide a source's lines into body and edges; nothing of the text is left out or moved."""
    text, lines = source.text, lines_of(source.text)
    marked = _outside(lines, source.furniture)
    outside = [out or is_markup(text[line.start : line.end]) for line, out in zip(lines, marked, strict=True)]
    front = read_front(text, lines, outside)
    parts = front.parts + [Part.FURNITURE if out else Part.BODY for out in outside[front.end :]]
    _mark_tail(text, lines, parts, front.end)
    _mark_appendix(text, lines, parts, front.end)
    furniture = [line for line, part in zip(lines, parts, strict=True) if part is Part.FURNITURE]
    title_lines = [text[line.start : line.end] for line, part in zip(lines, parts, strict=True) if part is Part.TITLE]
    return Edges(
        body=[line for line, part in zip(lines, parts, strict=True) if part is Part.BODY],
        other=[line for line, part in zip(lines, parts, strict=True) if part is not Part.BODY],
        blocks=_blocks(text, lines, parts, front),
        facts=_once(sorted(front.facts + facts_of(text, furniture), key=lambda fact: fact.start)),
        title=front.title,
        author=front.author,
        front="\n".join(title_lines),
    )


def _once(facts: Sequence[Fact]) -> list[Fact]:
    """Without what is said again, such as the source above and below the report."""
    return list({(fact.name, fact.value): fact for fact in reversed(facts)}.values())[::-1]


def _outside(lines: Sequence[Paragraph], spans: Sequence[tuple[int, int]]) -> list[bool]:
    """For each line, whether the container marks it as furniture."""
    waiting = sorted(spans)
    outside, i = [], 0
    for line in lines:
        while i < len(waiting) and waiting[i][1] <= line.start:
            i += 1
        outside.append(i < len(waiting) and waiting[i][0] <= line.start and line.end <= waiting[i][1])
    return outside


def _mark_tail(text: str, lines: Sequence[Paragraph], parts: list[Part], first: int) -> None:
    """Furniture behind the body, with the short lines between."""
    begin = len(lines)
    for i in range(len(lines) - 1, max(first, len(lines) - TAIL_LINES) - 1, -1):
        if parts[i] is Part.FURNITURE or is_furniture(text, lines[i]):
            begin = i
        elif lines[i].length > TAIL_LIMIT or text[lines[i].end - 1] in "。；！":
            break
    parts[begin:] = [Part.FURNITURE] * (len(lines) - begin)


def _mark_appendix(text: str, lines: Sequence[Paragraph], parts: list[Part], first: int) -> None:
    """All of the body from the first heading of an appendix on, if prose stands before it."""
    prose, chapter = False, 0
    for i in range(first, len(lines)):
        line = lines[i]
        words = squeeze(text[line.start : line.end]).strip("#*（(【") if line.length <= APPENDIX_LIMIT else ""
        named = words and "。" not in words and APPENDIX.match(words)
        if parts[i] is Part.BODY and prose and named and not _goes_on(text, lines[i:], chapter):
            parts[i:] = [Part.APPENDIX if part is Part.BODY else part for part in parts[i:]]
            return
        prose = prose or line.length > APPENDIX_LIMIT
        mark = read_mark(text, line.start, line.end)
        chapter = mark.value if mark and mark.style == CHAPTER else chapter


def _goes_on(text: str, lines: Sequence[Paragraph], chapter: int) -> bool:
    """Whether the chapter after `chapter` still comes: then a note stands inside the body, as below a table."""
    marks = (read_mark(text, line.start, line.end) for line in lines)
    return any(mark and mark.style == CHAPTER and mark.value == chapter + 1 > 1 for mark in marks)


def _blocks(text: str, lines: Sequence[Paragraph], parts: Sequence[Part], front: Front) -> list[Block]:
    blocks = []
    for part, group in groupby(range(len(lines)), key=parts.__getitem__):
        members = list(group)
        if part is Part.BODY:
            continue
        start = lines[members[0]].line_start if members[0] else 0
        end = lines[members[-1] + 1].line_start if members[-1] + 1 < len(lines) else len(text)
        title = (0, 0)
        if part is Part.TITLE and start <= front.title[0] < end:
            title = front.title
        elif part is Part.APPENDIX:
            title = trim(text, lines[members[0]].start, lines[members[0]].end, "#* ", "#* ：:")
        blocks.append(Block(start, end, part, title))
    return blocks
