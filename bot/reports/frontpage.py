"""The front of a report: title, occasion, speaker, salutation, and the page furniture between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.reports.furniture import is_furniture
from bot.reports.headings import trim
from bot.reports.marks import read_mark
from bot.reports.model import Fact, Part
from bot.reports.paragraphs import Paragraph

# What the title of an official report ends with.
TITLE = re.compile(r"(?:报告|公报|要点|说明|讲话|意见|公告|通报|综述)(?:[（(][^（()）]*[）)])?$")
SALUTATION = re.compile(r"(?:尊敬的)?(?:各位|主席|主任|同志们|女士们)[^。；]{0,24}[：:！!]?$")
_YEAR = r"(?:(?:19|20)\d\d|[１２]\d{3}|[一二][〇○零Ｏ一二三四五六七八九]{3})年"
_DAY = _YEAR + r"\s?[\d一二三四五六七八九十]{1,3}月(?:\s?[\d一二三四五六七八九十]{1,3}日)?"
_MEETING = r"[^。）)]{4,60}(?:会议|大会|全会)"
OCCASION = re.compile(rf"[—―─－-]{{0,4}}\s*[（(]?({_DAY})[^。]{{0,4}}?在?({_MEETING})?上?[^。]{{0,8}}[）)]?$")
DATE_ALONE = re.compile(r"[（(]?(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日)?[）)]?$")

# Offices of those who give reports.
OFFICES = (
    *(level + "长" for level in "省市县区旗州盟镇乡院局"),
    "检察长",
    "总理",
    "主席",
    "主任",
    "书记",
    "专员",
    "行政长官",
)
_OFFICE = "|".join(r"\s*".join(office) for office in OFFICES)
_PERSON = r"[\u4e00-\u9fff·](?:[ \u3000]{0,2}[\u4e00-\u9fff·]){1,11}"
SPEAKER = re.compile(rf"[（(]?([\u4e00-\u9fff、\s]{{0,40}}?(?:{_OFFICE}))[：:\s*]*({_PERSON})[）)]?$")
# ——2024年1月4日在某市第十四届人民代表大会第四次会议上某市人民政府市长某某, also in brackets behind a title.
DAY_MEETING_SPEAKER = re.compile(
    rf"(?:[—―─－-]{{1,4}}|[^（(]{{0,60}}[（(])\s*({_DAY})[^。]{{0,4}}?在?({_MEETING})上[，,\s]*"
    rf"([\u4e00-\u9fff、\s]{{0,40}}?(?:{_OFFICE}))[：:\s*]*({_PERSON})[）)]?$"
)
OFFICE_ALONE = re.compile(rf"[\u4e00-\u9fff]{{0,20}}(?:{_OFFICE})$")
# （2024年1月11日 李春英), as collections write it behind a title.
DAY_AND_NAME = re.compile(
    r"[（(][ \u3000]?((?:19|20)\d\d年\d{1,2}月\d{1,2}日)[ \u3000]*([\u4e00-\u9fff·]{2,12})[ \u3000]?[）)]$"
)
_SESSION = r"第[一二三四五六七八九十]+届"
SESSION = re.compile(
    rf"[—―─－-]{{1,4}}[^。]{{0,20}}{_SESSION}[^。]{{0,40}}$|在[^。]{{2,20}}{_SESSION}[^。]{{4,40}}会议上$"
)
TITLE_BEFORE = re.compile(r"([^。，—―─－-]{4,50}(?:报告|公报))[\s*]*(?=[—―─－-]{2})")  # title and occasion in one line
NAME_ALONE = re.compile(
    r"[\u4e00-\u9fff](?:[ \u3000]{0,2}[\u4e00-\u9fff]){1,3}$|[\u4e00-\u9fff]{2,6}·[\u4e00-\u9fff]{2,6}$"
)
ISSUER = re.compile(r"[\u4e00-\u9fff\s]{2,40}(?:局|委员会|调查队|人民政府|办公室|统计局)$")

PROSE = 50  # a line longer than this with a full stop inside belongs to the body
_BLANKS = re.compile(r"[\s\u3000\xa0\u2002\u2003]+")


@dataclass(slots=True)
class Front:
    """What stands before the body. `lines` and their parts go together; `end` is the number of lines in front."""

    parts: list[Part] = field(default_factory=list)
    title: tuple[int, int] = (0, 0)
    facts: list[Fact] = field(default_factory=list)
    author: str = ""

    @property
    def end(self) -> int:
        return len(self.parts)


def read_front(text: str, lines: Sequence[Paragraph], outside: Sequence[bool]) -> Front:
    """The front of `lines`; `outside` says which of them the container marks as furniture."""
    front = Front()
    last = _title_line(text, lines, outside)
    for i in range(len(lines)):
        part = _part_of(text, lines, i, front, last, outside[i])
        if part is None:
            break
        front.parts.append(part)
        if part is Part.TITLE and SALUTATION.match(text[lines[i].start : lines[i].end]):
            break
    return front


def _title_line(text: str, lines: Sequence[Paragraph], outside: Sequence[bool]) -> int:
    """The index of the title's line, or -1: the first line above all prose that ends like a title."""
    for i in range(len(lines)):
        words = squeeze(text[lines[i].start : lines[i].end].strip("#* "))
        if not outside[i] and len(words) > PROSE and "。" in words:
            return -1
        if not outside[i] and 4 <= len(words) <= 60 and TITLE.search(words) and not is_furniture(text, lines[i]):
            return i
    return -1


def _part_of(
    text: str, lines: Sequence[Paragraph], i: int, front: Front, title_line: int, outside: bool
) -> Part | None:
    line = _bare(text, lines[i])
    words = text[line.start : line.end]
    if outside:
        return Part.FURNITURE
    if line.length > PROSE and "。" in words and not OCCASION.match(words):
        return None
    whole = read_day_meeting_speaker(text, line, front)
    if i == title_line:
        front.title = (line.start, line.end)
    if whole or i == title_line:
        return Part.TITLE
    if front.title == (0, 0) and (found := TITLE_BEFORE.match(words)):
        occasion = Paragraph(line.line_start, line.start + found.end(), line.end)
        if read_occasion(text, occasion, front):
            front.title = (line.start, line.start + found.end(1))
            return Part.TITLE
    if read_occasion(text, line, front) or read_speaker(text, line, front, i > title_line):
        return Part.TITLE
    if any(form.match(words) for form in (SALUTATION, SESSION, DATE_ALONE, OFFICE_ALONE)):
        return Part.TITLE
    if is_furniture(text, line) or i < title_line:
        return Part.FURNITURE
    if title_line < 0 or read_mark(text, line.start, line.end):
        return None
    if ISSUER.match(words) and not front.author:
        front.author = words
        return Part.TITLE
    labelled = i > 0 and text[lines[i - 1].end - 1] in "：:" and front.parts and front.parts[-1] is Part.FURNITURE
    return Part.FURNITURE if labelled else None


def _bare(text: str, line: Paragraph) -> Paragraph:
    """The line without the signs of Markdown around it and without 原标题：."""
    start, end = trim(text, line.start, line.end, "#* ", "#* ")
    for before in ("原标题：", "原标题:"):
        if text.startswith(before, start):
            start += len(before)
    return Paragraph(line.line_start, start, max(start, end))


def read_occasion(text: str, line: Paragraph, front: Front) -> bool:
    """——2024年1月11日在某市第二十届人民代表大会第三次会议上: the day and the meeting."""
    found = OCCASION.match(text[line.start : line.end])
    if found is None or not (found[2] or text[line.start] in "—―─－-"):
        return False
    front.facts += _facts(text, line, ("作报告日期", found.span(1)), ("会议", found.span(2)))
    return True


def read_day_meeting_speaker(text: str, line: Paragraph, front: Front) -> bool:
    """The day, the meeting, the office and the name, all in one line."""
    found = DAY_MEETING_SPEAKER.match(text[line.start : line.end])
    if found is None:
        return False
    names = ("作报告日期", "会议", "职务", "报告人")
    front.facts += _facts(text, line, *((name, found.span(at)) for at, name in enumerate(names, start=1)))
    front.author = front.author or squeeze(found[4])
    return True


def read_speaker(text: str, line: Paragraph, front: Front, below_title: bool) -> bool:
    """菏泽市市长 李春英: the office and the name; （2006年2月16日 季允石）; under a title a name alone."""
    words = text[line.start : line.end]
    if found := SPEAKER.match(words):
        facts = _facts(text, line, ("报告人", found.span(2)), ("职务", found.span(1)))
    elif found := DAY_AND_NAME.match(words):
        facts = _facts(text, line, ("报告人", found.span(2)), ("作报告日期", found.span(1)))
    elif below_title and not front.author and NAME_ALONE.match(words):
        facts = _facts(text, line, ("报告人", (0, len(words))))
    else:
        return False
    front.facts += facts
    front.author = front.author or squeeze(facts[0].value)
    return True


def _facts(text: str, line: Paragraph, *spans: tuple[str, tuple[int, int]]) -> list[Fact]:
    """Facts of one line, whose spans count from its start; (-1, -1) is a fact that it does not have."""
    return [
        Fact(name, text[line.start + a : line.start + b], line.start + a, line.start + b, line.start, line.end)
        for name, (a, b) in spans
        if a >= 0
    ]


def squeeze(words: str) -> str:
    """Without blanks: 政 府 工 作 报 告 is 政府工作报告."""
    return _BLANKS.sub("", words)
