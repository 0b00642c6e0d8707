"""Marks that number a heading or an item: 一、 （一） 1. （1） ① 第一， 一是 —— and what they count."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CN = "[一二三四五六七八九十]{1,3}"
_DIGITS = {numeral: value for value, numeral in enumerate("一二三四五六七八九", 1)}

# Styles of marks with their patterns and customary ranks. The first four ranks are those of GB/T 9704-2012
# (党政机关公文格式, 7.3.3: “一、” “（一）” “1.” “（1）”); the others are customary in reports to congresses. The
# ranks only decide where a report itself does not show which mark stands inside which.
PART, CHAPTER, GROUP, POINT, ITEM, CIRCLED, DASH, ORDINAL, LISTED = (
    "第一部分",
    "一、",
    "（一）",
    "1.",
    "（1）",
    "①",
    "——",
    "第一",
    "一是",
)
_MARKS: tuple[tuple[str, str], ...] = (
    (PART, rf"第{_CN}(?:部分|章|节|篇)"),
    (CHAPTER, rf"{_CN}(?:、|[.．](?!\d))(?!{_CN}(?:[、次]|产业))"),  # not 一、二、三产业
    (GROUP, rf"[（(]{_CN}[）)][、.．]?"),
    (POINT, r"\d{1,2}[.．、](?!\d)"),  # not 1.5亿元
    (ITEM, r"[（(]\d{1,2}[）)][、.．]?"),
    (CIRCLED, r"[①-⑳]"),
    (ORDINAL, rf"第{_CN}[，,、：:]"),
    (LISTED, rf"{_CN}(?:是|要)(?!否)"),
    (DASH, r"(?:—{1,2}|―{1,2}|─{1,2}|－{2}|-{2})"),
)
RANKS = {PART: 0, CHAPTER: 1, GROUP: 2, POINT: 3, ITEM: 4, CIRCLED: 5, DASH: 6, ORDINAL: 7, LISTED: 7}

_MARK = re.compile("|".join(f"(?P<m{i}>{pattern})" for i, (_, pattern) in enumerate(_MARKS)))
_BLANKS = re.compile(r"[ \t\u3000\xa0\u2002]*")
_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}|\d{1,2}|[①-⑳]")


@dataclass(frozen=True, slots=True)
class Mark:
    """`style` is one of the names above, `value` what it counts (0 for a dash), `end` where the words begin."""

    style: str
    number: str
    value: int
    end: int


def read_mark(text: str, start: int, end: int) -> Mark | None:
    """The mark at `start`, or None. Bold signs around it (`**一、…**`, `——**…`) are stepped over."""
    at = start
    while text.startswith(("**", "#"), at):
        at = _skip(text, at + (2 if text[at] == "*" else 1))
    found = _MARK.match(text, at, end)
    if found is None:
        return None
    style = _MARKS[int((found.lastgroup or "m0")[1:])][0]
    words = _skip(text, found.end())
    if text.startswith("**", words):
        words = _skip(text, words + 2)
    if style == DASH:
        return Mark(style, "", 0, words)
    number = found.group().strip("（）()、.．，,：: ")
    counted = _NUMBER.search(number)
    return Mark(style, number, count(counted.group()) if counted else 0, words)


def count(numeral: str) -> int:
    """A heading's number as an int: 十二 is 12, ３ is 3, ④ is 4; 0 for what is no number."""
    if numeral.isdecimal():
        return int(numeral)
    if len(numeral) == 1 and "①" <= numeral <= "⑳":
        return ord(numeral) - ord("①") + 1
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _DIGITS.get(numeral, 0)
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)


def _skip(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at
