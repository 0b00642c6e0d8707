"""Headings of a report's body: marked lines, run-in titles, bare and bold lines, and lead sentences of paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.reports.marks import CHAPTER, DASH, GROUP, LISTED, ORDINAL, Mark, count, read_mark
from bot.reports.paragraphs import BLANK, Paragraph

LINE, LEAD = "line", "lead"  # styles of headings without a mark

TITLE_LIMIT = 60  # characters; a longer first sentence is prose, of which the words before the first comma are a title
LEAD_LIMITS = (4, 32)
BARE_LIMITS = (4, 40)
INTRODUCTION = 0.4  # of the shortest other: a first paragraph shorter than this introduces them
LEAD_SHARE = 0.5  # of the paragraphs between the first and the last lead of a section

# How paragraphs begin that speak to the house or sum up: they end the section before them and are never titles.
CLOSING = re.compile(
    r"(?:[!！]|各位代表|各位委员|各位同志|同志们|女士们|朋友们)"
    r"|(?:在(?:肯定|总结|看到|充分肯定)[^。，]{0,12}(?:成绩|成就)[^。，]{0,6}同时|与此同时，|同时，)[^。]{0,60}(?:困难|问题|不足|挑战)"
    r"|[^。]{0,24}清醒地?(?:看到|认识到)"
)
_SENTENCE = re.compile(r"[^。！？；：\n]*[。！？；：]")
_LEAD = re.compile(r"[^。！？；：:;\n]{4,32}。")
_QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|《[^》]*》")
_FIGURE = re.compile(r"\d|百分之")
_PROSE = re.compile(r"[。！？；：，,]")
_YEAR = re.compile(r"(?:19|20|２０|１９)[\d]{2}年?")
_CN = "[一二三四五六七八九十]"
_INLINE = re.compile(rf"[。！？”][ \u3000]*(?:({_CN}{{1,3}})、(?!{_CN})|[（(]({_CN}{{1,3}})[）)])")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading found: `start` is where its section begins, `run_in` that prose follows in the same paragraph."""

    start: int
    title_start: int
    title_end: int
    style: str
    number: str = ""
    value: int = 0
    run_in: bool = False
    depth: int = 0  # of a Markdown heading, else 0


def headings_of(text: str, paragraphs: Sequence[Paragraph]) -> list[list[Heading]]:
    """For each paragraph the headings that begin in it, in order: none for plain prose, several if it holds several."""
    found = [_marked(text, paragraphs, i) for i in range(len(paragraphs))]
    _add_bare_lines(text, paragraphs, found)
    _add_leads(text, paragraphs, found)
    return found


def _marked(text: str, paragraphs: Sequence[Paragraph], i: int) -> list[Heading]:
    paragraph = paragraphs[i]
    start, end = paragraph.start, paragraph.end
    heading = None
    if text[start] == "#":
        heading = _markdown(text, paragraph)
    elif mark := read_mark(text, start, end):
        below = paragraphs[i + 1] if i + 1 < len(paragraphs) else None
        heading = _with_mark(text, paragraph, below, mark)
    elif text.startswith("**", start):
        heading = _bold(text, paragraph)
    inline = _inline(text, paragraph, heading)
    return [heading, *inline] if heading else inline


def _markdown(text: str, paragraph: Paragraph) -> Heading | None:
    depth = 0
    while text.startswith("#", paragraph.start + depth):
        depth += 1
    if depth > 6 or paragraph.length > TITLE_LIMIT + depth:
        return None
    mark = read_mark(text, paragraph.start, paragraph.end)
    start = mark.end if mark else paragraph.start + depth
    start, end = trim(text, start, paragraph.end, "# *" + BLANK, "#*。：:" + BLANK)
    number, value = (mark.number, mark.value) if mark else ("", 0)
    return Heading(paragraph.line_start, start, end, f"#{depth}", number, value, False, depth) if end > start else None


def _with_mark(text: str, paragraph: Paragraph, below: Paragraph | None, mark: Mark) -> Heading | None:
    """The heading behind a mark, or None where the mark only numbers an item that is one sentence long."""
    title_end, prose = title_span(text, mark.end, paragraph.end)
    if title_end <= mark.end:
        return None
    run_in = prose < paragraph.end
    if mark.style in (DASH, ORDINAL, LISTED) and not (run_in and text[title_end] in "。*！"):
        lone_line = not run_in and not _PROSE.search(text, paragraph.end - 1, paragraph.end)
        if not lone_line or below is None or _same_mark(text, below, mark.style):
            return None
    return Heading(paragraph.line_start, mark.end, title_end, mark.style, mark.number, mark.value, run_in)


def _same_mark(text: str, paragraph: Paragraph, style: str) -> bool:
    mark = read_mark(text, paragraph.start, paragraph.end)
    return mark is not None and mark.style == style


def title_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a title that begins at `start` ends, and where the prose behind it begins (`end` if there is none)."""
    bold = text.find("**", start, end)
    if 0 < bold - start <= TITLE_LIMIT and text[bold - 1] not in "，、":
        _, title_end = trim(text, start, bold, BLANK, "。：:" + BLANK)
        prose, _ = trim(text, bold, end, "*。：:" + BLANK, "")
        return title_end, prose
    sentence = _SENTENCE.match(text, start, end)
    stop = sentence.end() - 1 if sentence else end
    if stop - start <= TITLE_LIMIT:
        prose, _ = trim(text, stop, end, "。！？；：*" + BLANK, "")
        return trim(text, start, stop, "", BLANK)[1], prose
    comma = text.find("，", start, start + TITLE_LIMIT)
    if comma - start >= LEAD_LIMITS[0]:
        return comma, comma + 1
    return start, start


def _bold(text: str, paragraph: Paragraph) -> Heading | None:
    start = paragraph.start + 2
    close = text.find("**", start, paragraph.end)
    if not 2 < close - start <= TITLE_LIMIT or CLOSING.match(text, start):
        return None
    rest, _ = trim(text, close + 2, paragraph.end, BLANK, "")
    if rest >= paragraph.end:
        if text[close - 1] in "：:，；":
            return None
        title_start, title_end = trim(text, start, close, BLANK, "。" + BLANK)
        return Heading(paragraph.line_start, title_start, title_end, LINE)
    if text[close - 1] != "。" and text[rest] != "。":
        return None  # an emphasized beginning, no title
    return Heading(paragraph.line_start, start, close - (text[close - 1] == "。"), LEAD, run_in=True)


def _inline(text: str, paragraph: Paragraph, heading: Heading | None) -> list[Heading]:
    """Further sections inside one paragraph: 一、…。正文。二、…。正文。 Their numbers must follow one another."""
    due = {CHAPTER: 1, GROUP: 1}
    if heading and heading.style in due:
        due[heading.style] = heading.value + 1
        if heading.style == CHAPTER:
            due[GROUP] = 1
    headings = []
    for found in _INLINE.finditer(text, paragraph.start, paragraph.end):
        style, numeral = (CHAPTER, found[1]) if found[1] else (GROUP, found[2])
        if count(numeral) != due[style]:
            continue
        title_end, prose = title_span(text, found.end(), paragraph.end)
        if title_end <= found.end():
            continue
        due[style] += 1
        if style == CHAPTER:
            due[GROUP] = 1
        run_in = prose < paragraph.end
        start = found.start() + 1  # behind the full stop
        headings.append(Heading(start, found.end(), title_end, style, numeral, count(numeral), run_in))
    alone = len(headings) == 1 and not (heading and heading.style == headings[0].style)
    return [] if alone else headings


def _add_bare_lines(text: str, paragraphs: Sequence[Paragraph], found: list[list[Heading]]) -> None:
    """Short lines without a full stop above prose are headings; three and more in a row are a table or a list."""
    bare = [not found[i] and _is_bare(text, paragraph) for i, paragraph in enumerate(paragraphs)]
    for i, paragraph in enumerate(paragraphs[:-1]):
        if (
            not bare[i]
            or (bare[i + 1] and (i + 2 >= len(bare) or bare[i + 2]))
            or (i >= 2 and bare[i - 1] and bare[i - 2])
        ):
            continue
        if i and bare[i - 1] and bare[i + 1]:
            continue
        found[i].append(Heading(paragraph.line_start, paragraph.start, paragraph.end, LINE))


def _is_bare(text: str, paragraph: Paragraph) -> bool:
    if not BARE_LIMITS[0] <= paragraph.length <= BARE_LIMITS[1]:
        return False
    line = text[paragraph.start : paragraph.end]
    figures = len(re.findall(r"\d+(?:\.\d+)?", _YEAR.sub("", line)))
    return (
        line[-1] not in "。！？；：，、,;:!?.…）)”"
        and not re.search(r"[。！？；：\t|]", line)
        and figures <= 1
        and not CLOSING.match(line)
        and sum("一" <= c <= "鿿" for c in line) * 2 > len(line)
    )


def _add_leads(text: str, paragraphs: Sequence[Paragraph], found: list[list[Heading]]) -> None:
    """Name paragraphs by their first sentence, where most paragraphs of a section begin with a short one."""
    group: list[int] = []
    for i, paragraph in enumerate(paragraphs):
        if (found[i] and found[i][0].style != LEAD) or CLOSING.match(text, paragraph.start):
            _name_group(text, paragraphs, found, group)
            group = []
        else:
            group.append(i)
    _name_group(text, paragraphs, found, group)


def _name_group(text: str, paragraphs: Sequence[Paragraph], found: list[list[Heading]], group: list[int]) -> None:
    leads: dict[int, Heading] = {}
    units: list[int] = []  # paragraphs, a lead that stands alone counted with the one below it
    below_lone = False
    for i in group:
        if below_lone and not found[i]:
            below_lone = False
            continue
        lead = found[i][0] if found[i] else _lead(text, paragraphs, i)
        below_lone = lead is not None and not lead.run_in
        units.append(i)
        if lead:
            leads[i] = lead
    bold = {i for i in group if found[i]}
    _drop_odd(paragraphs, leads, bold)
    named = [k for k, i in enumerate(units) if i in leads]
    if len(named) > 1 and len(named) / (named[-1] - named[0] + 1) >= LEAD_SHARE:
        for i, lead in leads.items():
            found[i] = [lead]


def _drop_odd(paragraphs: Sequence[Paragraph], leads: dict[int, Heading], bold: set[int]) -> None:
    """Drop leads of the kind (run in or alone) that is rarer here, and a first one that only leads in to the others."""
    run_in = sum(lead.run_in for lead in leads.values())
    keep = run_in * 2 >= len(leads)
    for i in [i for i, lead in leads.items() if lead.run_in != keep and i not in bold]:
        del leads[i]
    if keep and len(leads) > 2:
        first, *others = leads
        shortest = min(paragraphs[i].length for i in others)
        if paragraphs[first].length < INTRODUCTION * shortest and first not in bold:
            del leads[first]


def _lead(text: str, paragraphs: Sequence[Paragraph], i: int) -> Heading | None:
    paragraph = paragraphs[i]
    start = paragraph.start + (2 if text.startswith("**", paragraph.start) else 0)
    sentence = _LEAD.match(text, start, paragraph.end)
    if sentence is None or CLOSING.match(text, start):
        return None
    words = _QUOTED.sub("“”", sentence.group())
    if _FIGURE.search(words) or words.count("，") > 2:
        return None
    run_in = sentence.end() + 8 <= paragraph.end
    if not run_in:
        if sentence.end() != paragraph.end or i + 1 == len(paragraphs):
            return None
        below = paragraphs[i + 1]
        if below.length < 2 * paragraph.length or read_mark(text, below.start, below.end):
            return None
    return Heading(paragraph.line_start, start, sentence.end() - 1, LEAD, run_in=run_in)


def trim(text: str, start: int, end: int, left: str, right: str) -> tuple[int, int]:
    """`start`..`end` without the characters of `left` at its beginning and those of `right` at its end."""
    while start < end and text[start] in left:
        start += 1
    while end > start and text[end - 1] in right:
        end -= 1
    return start, end
