"""Lists of names: A、“B和C”和D; 第一、第二、第三产业增加值, whose last noun belongs to all."""

from __future__ import annotations

import re

from bot.reports.metrics.patterns import TRIM, any_of
from bot.reports.metrics.words import SHARED_HEADS, SHARED_TAILS, TWO_IN_ONE

_PIECES = re.compile(
    r"(?P<opens>[“《（(])|(?P<closes>[”》）)])|(?P<joins>、|以及|和(?![谐平睦美田政县顺静布])|与(?!会)|(?<![普涉惠波])及(?![时其]))"
)
_SHARED = re.compile(rf"(?:{any_of(SHARED_HEADS)})*(?:{any_of(SHARED_TAILS)})$")
_TWO_IN_ONE = re.compile(any_of(TWO_IN_ONE))
_LEVEL = re.compile("(?:全国|国家|全省|省|市|区|县|自治区)级?")
_TAIL = re.compile(rf"(?:{any_of(SHARED_TAILS)})$")
_LONGEST_PREFIX = 2  # 城镇、农村, 第一、第二: what the names of a list differ in, where they share a noun


def split_names(names: str) -> list[str]:
    """The names of a list; quotes and brackets are kept whole."""
    found, depth, at = [], 0, 0
    for match in _PIECES.finditer(names):
        if match["opens"]:
            depth += 1
        elif match["closes"]:
            depth = max(0, depth - 1)
        elif depth == 0 and match.start() > at:
            found.append(names[at : match.start()])
            at = match.end()
    found.append(names[at:])
    return [name for name in (each.strip(TRIM.strip("（）()")) for each in found) if name]


def is_two_in_one(words: str) -> bool:
    return bool(_TWO_IN_ONE.search(words))


def two_in_one(name: str, count: int) -> list[str]:
    """The two names that a word like 城乡 stands for, if two figures follow: 城镇居民收入 and 农村居民收入."""
    for word, (first, second) in TWO_IN_ONE.items():
        if count == 2 and word in name:
            return [name.replace(word, first, 1), name.replace(word, second, 1)]
    return [name]


def share_level(names: list[str]) -> list[str]:
    """全国和省级森林公园 -> 全国森林公园, 省级森林公园: levels in a list share the noun of the last."""
    level = _LEVEL.match(names[-1]) if len(names) > 1 else None
    if level is None or not names[-1][level.end() :] or not all(_LEVEL.fullmatch(name) for name in names[:-1]):
        return names
    return [name + names[-1][level.end() :] for name in names[:-1]] + names[-1:]


def share_tail(names: list[str]) -> list[str]:
    """Names with the noun that only the last one says: 第一, 第二, 第三产业增加值 -> 第一产业增加值 …"""
    if len(names) < 2 or all(_TAIL.search(name) for name in names[:-1]):
        return names
    last, others = names[-1], names[:-1]
    lengths = {len(name) for name in others}
    prefix = min(lengths)
    match = _SHARED.search(last)
    if len(lengths) == 1 and prefix <= _LONGEST_PREFIX and len(last) > prefix + 1:
        tail = last[prefix:]
    elif match and match.start() > 0:
        tail = match.group()
    else:
        return names
    return [name if _TAIL.search(name) else name + tail for name in others] + [last]
