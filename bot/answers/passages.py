"""What a question for a passage is after: what was done or is to be done, what is wanting, what a term means."""

from __future__ import annotations

import re
from functools import cache

from bot.answers.words import table

NUMERALS = re.compile(r"[\d一二三四五六七八九十百]")
_BESIDE = 0.4  # what is left of a passage that tells something else
# A clause that says what a term means: “三慢”是…, DIP：全称为…, 统计范围为….
_DEFINES = re.compile(r"[^\w“]*(?:\d+[.、])?[^，,。；]{2,30}?(?:是|指|:|：|即|为|全称|简称)")
# 有什么新打算 asks as 有什么打算 does.
_QUALIFIED = re.compile(
    r"(什么|啥|哪些|何)(?:新|好|大|具体|支持|优惠|扶持|帮扶|惠民|惠企|主要|重点|重大)的?"
    r"(?=打算|举措|措施|安排|进展|成效|变化|做法|动作|思路|办法|政策|突破|计划|工作)"
)


def unqualified(text: str) -> str:
    """A question (in normal form) without words that only say what kind of plans or measures it asks for."""
    return _QUALIFIED.sub(r"\1", text)


def side_of(text: str, relative: int | None) -> bool | None:
    """True where plans are asked for (明年怎么干), False for results (怎么样了), None where nothing tells.

    `relative` is the year that is named, by its distance from the report's.
    """
    data = table("questions")["sides_of_passages"]
    if (relative or 0) > 0 or any(word in text for word in data["plan"]):
        return True
    return False if any(word in text for word in data["result"]) else None


def asks_meaning(text: str) -> bool:
    return any(word in text for word in table("questions")["meaning"]["words"])


def about_fit(question: str, passage: str) -> float:
    """How far a passage (folded) tells what a question is after, 0..1: what a term means, what is wanting."""
    if asks_meaning(question):
        if not all(numeral in passage for numeral in NUMERALS.findall(question)):
            return 0.0  # 六湖一岸 is not 三湖一岸
        return 1.0 if _DEFINES.match(passage) else _BESIDE
    lacking = any(word in passage for word in table("questions")["lacks"]["told"])
    if _lacks_asked().search(question):
        return 1.0 if lacking else _BESIDE
    return _BESIDE if lacking and not _lacks_named().search(question) else 1.0


@cache
def _lacks_named() -> re.Pattern[str]:
    return re.compile("|".join(table("questions")["lacks"]["asked"]))


@cache
def _lacks_asked() -> re.Pattern[str]:
    return re.compile(rf"(?:哪些|什么|啥|何|还有)\w{{0,3}}(?:{_lacks_named().pattern})")
