"""What only looks like a quantity: dates, ordinals, names, set phrases. Every rule asks one of the tables."""

from __future__ import annotations

import re

from bot.reports.metrics.bounds import bound_before
from bot.reports.metrics.patterns import SPACES, any_of
from bot.reports.metrics.tables import (
    FRAMES_AFTER,
    FRAMES_BEFORE,
    GRADES,
    SMALL_ABSTRACT_UNITS,
    SPELLED_PHRASES,
    SPELLED_THINGS,
    SPELLED_TWO,
    SPELLED_UNITS,
)
from bot.reports.metrics.words import HEADS, PEOPLE

#: What ends a phrase.
STOP = frozenset("，。；、,;：:！？!?）)”\n\r\t|和及与" + SPACES)

_LATIN = frozenset(
    chr(code) for first, last in ("AZ", "az", "ＡＺ", "ａｚ", "αω", "ⅠⅫ") for code in range(ord(first), ord(last) + 1)
)
_FRAMES = _LATIN | {*FRAMES_BEFORE, ".", "．"}
_FRAME_AFTER = re.compile(rf"[{SPACES}]?(?:{any_of(FRAMES_AFTER)})")
_NAME_AFTER = re.compile(any_of(word for word in FRAMES_AFTER if len(word) > 1))
_PHRASE = re.compile(any_of(SPELLED_PHRASES))
_THING = re.compile(any_of(SPELLED_THINGS))
_PEOPLE = re.compile(rf"(?:以上)?[一-龥]{{0,6}}?(?:{any_of(PEOPLE)})")
_HOUSEHOLDS = re.compile(r"(?:以上)?[一-龥]{0,6}?(?:户|家庭|企业)")
_CLASSED = re.compile(r"(?:^|[^超迈跨越])过$")  # 过亿元项目
_SESSION = re.compile("常委会|常务会|常务委员会|全会|全体会议|主席会议|主任会议|会议")
_ORGAN_MEETS = re.compile("届(?:人大|政协|人民代表大会|政府|省委|市委|县委|区委|中央|党委)?(?:常委会)?$")
_LONGEST_LOOK_BACK = 60  # characters before a figure in which the people it counts may be named
_HEADS = re.compile(rf"(?:{any_of(HEADS)})(?:(?!值|额|[收投]入|资|量|贷)[^。；\n])*$")
_PHRASE_ENDS = re.compile(
    r"(?:以上|以下|以内|左右|上下)?(?:[，。；、,;）)\n]|$|(?:增加|增长|减少|下降|发展|扩大|增|降|减)(?:到|至))"
)
_DIGITS = frozenset("一二两三四五六七八九")
_LARGE = re.compile(
    "[一二两三四五六七八九][十百千]?[余多几]?[万亿]|点"
)  # no phrase has a size like it: any unit may follow
_REACHED = re.compile("(?:达到|达|过|超过|突破)了?$")
_ENDED = re.compile("以上(?=[，。；、])|(?=[，。；、])")
_TIME = frozenset("年月日号时届")
_PAIRS = (("《", "》"), ("“", "”"), ("「", "」"), ("〔", "〕"))
_OPENS = re.compile("[《“「〔]")
_LONGEST_NAME = 40


def is_latin(text: str, at: int) -> bool:
    return at < len(text) and text[at] in _LATIN


def in_a_name(text: str, start: int, end: int) -> bool:
    """《…20条意见》, “四个一”."""
    near = max(0, start - _LONGEST_NAME)
    if not _OPENS.search(text, near, start):  # mostly
        return False
    for left, right in _PAIRS:
        opened = text.rfind(left, near, start)
        if opened >= 0 and text.find(right, opened, start) < 0 and text.find(right, end, end + _LONGEST_NAME) >= 0:
            return True
    return False


def framed(text: str, start: int) -> bool:
    """第16, G45, “1+4”, 每10万人: what stands before a numeral makes it a name or a base."""
    return start > 0 and (text[start - 1] in _FRAMES or text.endswith("每隔", 0, start))


def dated(text: str, at: int) -> bool:
    """2024年, 1—11月, 第三届."""
    return text[at : at + 1] in _TIME


def names_something(text: str, at: int, *, unit: str) -> bool:
    """240国道, 12345热线, 5G without a unit; with one, 15分钟生活圈 and 24小时不打烊."""
    return bool((_NAME_AFTER if unit else _FRAME_AFTER).match(text, at))


def meets(text: str, start: int, end: int) -> bool:
    """市九届人大39次常委会: a session counted on without 第."""
    return bool(_SESSION.match(text, end) and _ORGAN_MEETS.search(text[max(0, start - 8) : start]))


def counts_spelled(text: str, numeral: str, unit: str, start: int, end: int, *, more: bool) -> bool:
    """Whether a spelled numeral counts (十二项, 三千多名, 上百条) or is part of a phrase (三项制度, 千家万户).

    `start`..`end` hold numeral and unit; `more` says that 余 or 多 stands with it.
    """
    large = numeral[0] in _DIGITS and bool(_LARGE.search(numeral))
    if (unit not in SPELLED_UNITS and unit != "个" and not large) or _PHRASE.match(text, start + len(numeral)):
        return False
    if numeral[0] in "百千万亿" and not more:  # 百家, 万人: only 上百家, 突破千亿元, 达到万元以上
        if _REACHED.search(text, max(0, start - 3), start) and _ENDED.match(text, end):
            return True
        classed = text.startswith(GRADES, end) or _CLASSED.search(text, max(0, start - 2), start)
        return bound_before(text, start) is not None and not classed
    if numeral[0] in "零〇○二" and len(numeral) == 1:  # counting says 两, but 增长二倍
        return unit in SPELLED_TWO and numeral == "二"
    if numeral == "一":
        return unit == "倍"
    small = len(numeral) == 1 and not more
    if unit == "个":
        closed = (end >= len(text) or text[end] in STOP) and start > 0 and text[start - 1] not in STOP
        return not small or closed or bool(_THING.match(text, end))
    if unit == "元" and text.startswith(GRADES, end):  # 过二十亿元项目
        return False
    return not (small and unit in SMALL_ABSTRACT_UNITS)


def counts_people(text: str, numeral: str, end: int) -> str | None:
    """68.7万农村贫困人口 has no measure word: its unit is 人 ("" for households); None where no people are counted."""
    if numeral[-1] not in "万亿" or not _PEOPLE.match(text, end):
        return None
    return "" if _HOUSEHOLDS.match(text, end) else "人"


def counts_heads(text: str, numeral: str, start: int, end: int) -> str:
    """人口增加了一千五百三十八万: 人 where people are spoken of and the figure ends its phrase, "" elsewhere."""
    if numeral[-1] not in "万亿" or numeral[0] in "百千万亿" or not _PHRASE_ENDS.match(text, end):
        return ""
    before = text[max(0, start - _LONGEST_LOOK_BACK) : start]
    return "人" if (numeral[0].isdigit() or _LARGE.search(numeral)) and _HEADS.search(before) else ""


def stands_alone(text: str, numeral: str, start: int, end: int) -> bool:
    """Whether a numeral without unit is a figure: 羊出栏16.4; -- only where nothing else can be meant."""
    before = text[start - 1 : start]
    if not (before and ("一" <= before <= "龥" or before in "）)")):
        return False
    return (end >= len(text) or text[end] in STOP) and any(mark in numeral for mark in ".．万亿,")
