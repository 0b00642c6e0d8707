"""What there is in all, or what was added to it: the one is never answered by the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from bot.answers.words import table
from bot.reports.metrics.tables import EVENTS

# 养老床位有多少张; of 有多少下岗的人找着活了 something is told that happened.
_AT_THE_END = re.compile(r"有(?:多少|几)[^\W_]{0,5}\W*$")


def asks_for_all(text: str, units: Sequence[str]) -> bool:
    """Whether a question asks for what there is in all (一共有多少家). Visits and the like (人次) only ever add up."""
    if set(units[:1]) & EVENTS or said_to_grow(text):
        return False
    return any(word in text for word in table("questions")["stock"]["words"]) or bool(_AT_THE_END.search(text))


def tells_of_added(text: str) -> bool:
    """Whether a word tells of what was added; 高新 and 增加值 only hold a character of one."""
    return _says(text, "words")


def said_to_grow(text: str) -> bool:
    """Whether a word says outright that something grew by a figure (新增, 多了), as 建 and 培育 do not."""
    return _says(text, "growing")


def _says(text: str, row: str) -> bool:
    data = table("questions")["adding"]
    return any(word in data[row] for word in _pattern(row).findall(text))


@cache
def _pattern(row: str) -> re.Pattern[str]:
    data = table("questions")["adding"]
    return re.compile("|".join((*data["within"], *data[row])))


def is_new(label: str) -> bool:
    """Whether a figure's label says that it was added: 新增贷款余额, and not 新能源汽车."""
    within = tuple(table("questions")["adding"]["within"])
    return "新增" in label or (label[:1] == "新" and not label.startswith(within))
