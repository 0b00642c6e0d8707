"""Finding quantities in a text: numeral, unit and bound with their spans, and none of the look-alikes.

The way of a numeral: one regular expression finds candidates (a numeral with what may scale, bound and count it); tables
of frames then turn away dates, sessions, names, ordinals; what is left is a Quantity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot.reports.metrics.numerals import ARABIC, FRACTION, SPELLED, half_width, read
from bot.reports.metrics.patterns import SPACES, any_of
from bot.reports.metrics.tables import (
    BOUNDS_AFTER,
    BOUNDS_BEFORE,
    BOUNDS_INSIDE,
    COUNTERS,
    EVENTS,
    FRAMES_AFTER,
    FRAMES_BEFORE,
    MEASURES,
    SPELLED_PHRASES,
    SPELLED_THINGS,
    SPELLED_UNITS,
    UNIT_NAMES,
    UNIT_NOT_BEFORE,
)
from bot.reports.model import Bound


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as written and as a number: 3.7万张 is 37000.0 of 张. `start`..`end` are the span of `raw`.

    `value_max` closes a range (20—30万元). `rank` marks places in an order (第42位) and anniversaries: facts, no amounts.
    """

    raw: str
    start: int
    end: int
    value: float
    unit: str
    value_max: float | None = None
    bound: Bound | None = None
    rank: bool = False


_ALL_UNITS = COUNTERS | EVENTS | MEASURES
_SPACE = f"[{SPACES}]"
_UNIT = rf"(?:{any_of(frozenset(_ALL_UNITS))})"
_PER = r"(?:[/／](?:平方米|平方公里|立方米|人|年|亩|公斤|斤|吨|天|日|月|人次|小时|秒|户|万元|元|度|公里|千瓦时|升|人·月|公顷|床|天次|辆|件|次)){0,2}"
_POWERED = rf"(?:{ARABIC}|{SPELLED})"
_CANDIDATE = re.compile(
    rf"""
      (?P<double>翻了?(?P<times>[一两二三四]|[0-9](?:\.[0-9]+)?)番|翻番)
    | (?P<parts>百分之|千分之|万分之)(?P<share>{_POWERED})
    | (?P<fraction>{FRACTION})
    | (?P<ordinal>第(?P<place>[0-9０-９]+|[一二三四五六七八九十百]+)(?P<order>位|名)?)
    | (?P<first>(?:{_POWERED}))(?P<first_unit>个百分点|[%％]|‰|{_UNIT})?{_SPACE}?(?:[—－–\-~～至到]|——){{1,2}}{_SPACE}?(?P<last>{_POWERED})
        (?P<range_more>[余多])?{_SPACE}?(?P<range_unit>{_UNIT}{_PER})?
    | (?P<number>{_POWERED})(?P<more>[余多几来])?(?P<unit>{_SPACE}?{_UNIT}{_PER})?
    """,
    re.VERBOSE,
)
_AFTER = re.compile(any_of(BOUNDS_AFTER))
_BEFORE = re.compile(rf"(?:{any_of(BOUNDS_BEFORE)})(?:了|到|达)?{_SPACE}?$")
_FRAME_AFTER = re.compile(rf"{_SPACE}?(?:{any_of(FRAMES_AFTER)})")
_LATIN = re.compile(r"[A-Za-zＡ-Ｚａ-ｚα-ωⅠ-Ⅻ]")
_RANKED_BY = re.compile(
    r"(?:居|列|排名?|位次|保持|跃升|跃至|升至|名次|蝉联|夺得|获得?|荣获|评比|考核|位|总分|全省|全国|全市|世界|全球|名列)[^，。；、,;]{0,8}$"
)
_TOP = re.compile(
    r"前(?P<place>[0-9]+|[三五十]|二十|[一二三四五六七八九]?十)(?P<order>位|名)?(?=[，。；、,;！\s之行]|$)"
)
_YEARS_OLD = re.compile(r"周年")
_SPELLED_PHRASE = re.compile(any_of(tuple(SPELLED_PHRASES)))
_SPELLED_THING = re.compile(any_of(tuple(SPELLED_THINGS)))
_TENTHS = re.compile(r"(?P<tenths>[一二三四五六七八九][余多]?|[0-9](?:\.[0-9])?)$")
_GRADES = (
    "级",
    "以上",
    "项目",
    "企业",
    "产业",
    "园区",
    "工程",
    "规模",
    "集群",
    "元",
    "技改",
    "新能源",
    "县",
    "镇",
    "村",
    "强",
    "增加值",
    "工业",
)
_STOP = frozenset("，。；、,;：:！？!?）)” 　\n\r\t|和及与")
_LONGEST_QUOTE = 40


def _quoted(text: str, start: int, end: int) -> bool:
    """Whether a figure stands in a name: 《…20条意见》, “四个一”."""
    for left, right in ("《》", "“”", "「」", "〔〕"):
        opened = text.rfind(left, max(0, start - _LONGEST_QUOTE), start)
        if opened >= 0 and text.find(right, opened, start) < 0 and text.find(right, end, end + _LONGEST_QUOTE) >= 0:
            return True
    return False


def bound_before(text: str, start: int) -> Bound | None:
    """The bound said before a figure: 突破|5亿元 is more."""
    match = _BEFORE.search(text[max(0, start - 6) : start])
    if match is None:
        return None
    word = re.sub(r"[了到达 　]+$", "", match.group())
    return BOUNDS_BEFORE.get(word) or BOUNDS_BEFORE.get(match.group().strip())


def _bound(text: str, start: int, more: str | None, after: str) -> Bound | None:
    if after:
        return BOUNDS_AFTER[after]
    if more:
        return BOUNDS_INSIDE[more]
    return bound_before(text, start)


@lru_cache(maxsize=8192)
def _inside(numeral: str) -> str:
    """余 or 多 inside a numeral: 120余万."""
    return next((each for each in numeral if each in "余多几来"), "")


def _blocked(unit: str, follower: str) -> bool:
    return bool(follower) and follower in UNIT_NOT_BEFORE.get(unit, "")


def _trim_unit(text: str, unit: str, at: int, end: int) -> str:
    """The unit unless it begins another word (3家庭); a shorter unit may be left (5部门 is 5 of 部门)."""
    while unit:
        if unit in _ALL_UNITS or "/" in unit or "／" in unit:
            follower = text[at + len(unit) : at + len(unit) + 1] if at + len(unit) < end else ""
            if not _blocked(unit, follower):
                return unit
        unit = unit[:-1]
        while unit and unit not in _ALL_UNITS:
            unit = unit[:-1]
    return ""


def _framed(text: str, start: int, end: int) -> bool:
    """Whether what surrounds a numeral (with its unit) makes it a name, a date or an ordinal."""
    before = text[start - 1] if start else ""
    if before and (_LATIN.match(before) or before in ".．" or before in FRAMES_BEFORE):
        return True
    return text[max(0, start - 2) : start] == "每隔"


def _spelled_figure(text: str, numeral: str, unit: str, start: int, end: int, more: str) -> bool:
    """Whether a spelled numeral counts (十二项, 三千多名, 上百条) or is part of a phrase (三项制度, 千家万户)."""
    if unit not in SPELLED_UNITS and unit not in ("个", "种", "类", "期"):
        return False
    if _SPELLED_PHRASE.match(text, start + len(numeral)):
        return False
    if numeral[0] in "百千万亿" and not more:  # 百家, 万人: only 上百家, 突破千亿元
        return bound_before(text, start) is not None and not text.startswith(_GRADES, end) and text[start - 1] != "过"
    if unit == "元" and text.startswith(_GRADES, end):  # 过二十亿元项目
        return False
    if numeral[0] in "零〇○" or numeral.startswith("一") and len(numeral) == 1:
        follower = text[end : end + 1]
        before = text[start - 1 : start]
        return numeral == "一" and unit in ("倍",) and before not in "第" and follower not in "体"
    if unit in ("种", "类", "期"):
        return False
    if numeral == "二":  # counting says 两
        return False
    small = len(numeral) == 1 and not more
    if unit == "个":
        ends = end >= len(text) or text[end] in _STOP
        return (
            not small or bool(_SPELLED_THING.match(text, end)) or (ends and start > 0 and text[start - 1] not in _STOP)
        )
    return not (small and unit in ("元", "米", "里", "岁"))


_PEOPLE = re.compile(
    r"(?:以上)?[一-龥]{0,6}?(?:人口|群众|劳动力|居民|农民工?|学生|职工|老人|老年人|党员|干部|儿童|市民|大学生|毕业生|农牧民|贫困户|农户|家庭|户|用户|移民|志愿者|人员|人才|商户|企业)"
)


def _bare_people(text: str, numeral: str, end: int) -> bool:
    """68.7万农村贫困人口: people counted without a measure word."""
    return numeral[-1] in "万亿" and bool(_PEOPLE.match(text, end))


def _bare_figure(text: str, numeral: str, start: int, end: int) -> bool:
    """Whether a numeral without unit is a figure: 羊出栏16.4; -- only where nothing else can be meant."""
    if not ("一" <= text[start - 1 : start] <= "龥" or text[start - 1 : start] in "）)"):
        return False
    if end < len(text) and text[end] not in _STOP:
        return False
    return "." in numeral or "万" in numeral or "亿" in numeral or "," in numeral


def _quantity(
    text: str,
    start: int,
    end: int,
    low: Decimal,
    unit: str,
    *,
    high: Decimal | None = None,
    bound: Bound | None = None,
    rank: bool = False,
) -> Quantity:
    return Quantity(
        text[start:end],
        start,
        end,
        float(low),
        UNIT_NAMES.get(unit, unit),
        None if high is None else float(high),
        bound,
        rank,
    )


def _with_after(text: str, at: int, end: int) -> tuple[str, int]:
    """The bound word behind a quantity and where it ends: 5%左右, 300户以上."""
    match = _AFTER.match(text, at, end)
    if match is None:
        return "", at
    word = match.group()
    if word in ("多", "余", "内") and match.end() < end and text[match.end()] not in "，。；、,;的":
        return "", at
    return word, match.end()


def _plain(text: str, match: re.Match[str], end: int) -> Quantity | None:
    numeral, more = match["number"], match["more"] or ""
    start, at = match.start(), match.end("more") if more else match.end("number")
    written = match["unit"] or ""
    gap = len(written) - len(written.lstrip(SPACES))
    spelled = not (numeral[0].isdigit())
    unit = _trim_unit(text, written.strip(SPACES), at + gap, end)
    if unit == "成" or (spelled and not unit):
        return _tenths(text, match, end)
    if _framed(text, start, at) or (not unit and _FRAME_AFTER.match(text, at)):
        return None
    if (
        unit
        and _FRAME_AFTER.match(text, at)
        and unit not in MEASURES
        and unit not in ("点", "线", "次")
        and text[at : at + 1] in "年月日号时届"
    ):
        return None
    stop = at + gap + len(unit) if unit else at
    if unit and _FRAME_AFTER.match(text, at) and _named_by(text, at):
        return None
    more = more or _inside(numeral)
    if spelled and not _spelled_figure(text, numeral, unit, start, stop, more):
        return None
    if unit in ("年", "点") or (unit == "分" and text[start - 1 : start] in "时点"):
        return None
    if not unit:
        if not spelled and _bare_people(text, numeral, at):
            unit = "人" if not re.match(r"(?:以上)?[一-龥]{0,6}?(?:户|家庭|企业)", text[at : at + 9]) else ""
        elif spelled or not _bare_figure(text, numeral, start, at):
            return None
        stop = at
    if unit == "位" and _moved(text, start):
        low = read(numeral)
        return None if low is None else _quantity(text, start, stop, low, unit, rank=True)
    if stop < end and _LATIN.match(text[stop]) and unit and _LATIN.match(unit[-1]):
        return None
    low = read(numeral)
    if low is None:
        return None
    after, stop = _with_after(text, stop, end)
    if spelled and numeral[0] in "百千万亿" and text[start - 1 : start] == "上":
        start -= 1  # 上百条 is said as one word
        return _quantity(text, start, stop, low, unit, bound=Bound.ABOUT)
    return _quantity(text, start, stop, low, unit, bound=_bound(text, start, more, after))


_MOVED = re.compile(r"(?:前移|后移|上升|下降|提升|跃升|前进|晋升|退后)了?$")
_NAMED = re.compile(any_of(tuple(word for word in FRAMES_AFTER if len(word) > 1)))


def _moved(text: str, start: int) -> bool:
    return bool(_MOVED.search(text[max(0, start - 4) : start]))


def _named_by(text: str, at: int) -> bool:
    """15分钟生活圈, 24小时不打烊: names, whatever their unit."""
    return bool(_NAMED.match(text, at))


_TENTHS_NOT_BEFORE = UNIT_NOT_BEFORE["成"]


def _tenths(text: str, match: re.Match[str], end: int) -> Quantity | None:
    """九成以上 is 90 % and more; 一成不变 is no figure."""
    numeral = match["number"]
    at = match.end("number")
    if match["more"] in ("余", "多"):
        return None
    if text[at : at + 1] != "成" or text[at + 1 : at + 2] in _TENTHS_NOT_BEFORE and at + 1 < end:
        return None
    low = read(numeral)
    if low is None or not 0 < low < 10 or text[match.start() - 1 : match.start()] in ("第", "“"):
        return None
    if numeral == "一":
        return None
    after, stop = _with_after(text, at + 1, end)
    return _quantity(text, match.start(), stop, low * 10, "%", bound=_bound(text, match.start(), None, after))


def _range(text: str, match: re.Match[str], end: int) -> Iterator[Quantity]:
    """3至5名, 20—30万元 (the 万 belongs to both), 10%-15%; from 由…到 they are two figures."""
    start = match.start()
    first, last = match["first"], match["last"]
    at = match.end("range_more") if match["range_more"] else match.end("last")
    written = match["range_unit"] or ""
    gap = len(text[at : match.end()]) - len(text[at : match.end()].lstrip(SPACES)) if written else 0
    unit = _trim_unit(text, written, at + gap, end)
    if not unit or _framed(text, start, at) or _named_by(text, at) or text[at : at + 1] in "年月日号时届":
        return
    if not first[0].isdigit() and not _spelled_figure(text, last, unit, match.start("last"), match.end(), ""):
        return
    low, high = read(first), read(last)
    if (
        low is None
        or high is None
        or _LATIN.match(text[match.end() : match.end() + 1] or "。")
        and _LATIN.match(unit[-1])
    ):
        return
    power = re.search(r"[百千万亿]+$", last)
    if power and first[-1].isdigit() and not match["first_unit"] and low <= (read(last[: power.start()]) or Decimal(0)):
        low *= high / (read(last[: power.start()]) or Decimal(1))
    first_unit = match["first_unit"] or unit
    stop = at + gap + len(unit)
    after, stop = _with_after(text, stop, end)
    bound = _bound(text, start, match["range_more"], after)
    if text[start - 1 : start] in ("由", "从") and text[start - 1 : start]:
        first_end = match.end("first_unit") if match["first_unit"] else match.end("first")
        yield _quantity(text, start, first_end, low, first_unit)
        yield _quantity(text, match.start("last"), stop, high, unit, bound=bound)
    elif UNIT_NAMES.get(first_unit, first_unit) == UNIT_NAMES.get(unit, unit):
        yield _quantity(text, start, stop, low, unit, high=high, bound=bound)


def _share(text: str, match: re.Match[str], end: int) -> Quantity | None:
    low = read(match["share"])
    if low is None:
        return None
    unit = {"百分之": "%", "千分之": "‰", "万分之": "‱"}[match["parts"]]
    after, stop = _with_after(text, match.end(), end)
    return _quantity(text, match.start(), stop, low, unit, bound=_bound(text, match.start(), None, after))


def _ordinal(text: str, match: re.Match[str]) -> Quantity | None:
    """第42位 and 位居第一 are ranks; 第十六届, 第一产业 are not."""
    ranked = bool(match["order"]) or bool(_RANKED_BY.search(text[max(0, match.start() - 12) : match.start()]))
    follower = text[match.end() : match.end() + 1]
    if not ranked or (not match["order"] and follower not in _STOP and follower not in ("", "。")):
        return None
    place = read(match["place"])
    return (
        None if place is None else _quantity(text, match.start(), match.end(), place, match["order"] or "位", rank=True)
    )


def _double(text: str, match: re.Match[str]) -> Quantity | None:
    if match["times"] is None:
        return (
            _quantity(text, match.start(), match.end(), Decimal(2), "倍")
            if text[match.end() : match.end() + 1] in _STOP
            else None
        )
    times = read(match["times"])
    return None if times is None else _quantity(text, match.start(), match.end(), Decimal(2) ** times, "倍")


def _read_candidate(text: str, match: re.Match[str], end: int) -> Iterator[Quantity]:
    found: Quantity | None = None
    if match["double"]:
        found = _double(text, match)
    elif match["parts"]:
        found = _share(text, match, end)
    elif match["fraction"]:
        low = read(match["fraction"])
        after, stop = _with_after(text, match.end(), end)
        found = (
            low
            and _quantity(text, match.start(), stop, low, "", bound=_bound(text, match.start(), None, after))
            or None
        )
    elif match["ordinal"]:
        found = _ordinal(text, match)
    elif match["first"]:
        yield from _range(text, match, end)
        return
    elif _YEARS_OLD.match(text, match.end("number")):
        age = read(match["number"])
        if age is not None:
            stop = match.end("number") + 2
            found = _quantity(text, match.start(), stop, age, "周年", rank=True)
    else:
        found = _plain(text, match, end)
    if found is not None:
        yield found


def find_quantities(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """The quantities and ranks of `text[start:end]` in order, offsets into `text`; look-alikes are left out.

    A figure inside “…” or 《…》 belongs to a name and is left out as well.
    """
    end = len(text) if end is None else end
    found: list[Quantity] = []
    at = start
    while (match := _CANDIDATE.search(text, at, end)) is not None:
        at = match.end()
        if _quoted(text, match.start(), match.end()):
            continue
        new = list(_read_candidate(text, match, end))
        if not new and match["first"]:
            at = match.end("first")  # no range after all: its numerals are read one by one
            single = _CANDIDATE.match(text, match.start(), at + len(match["first_unit"] or ""))
            if single is not None and not single["first"] and text[at : at + 1] not in "—－–-~～":
                new = list(_read_candidate(text, single, end))
        found += new
        if new:
            at = max(at, new[-1].end)
    found += (
        [_top(text, match) for match in _TOP.finditer(text, start, end)] if text.find("前", start, end) >= 0 else []
    )
    return sorted(found, key=lambda each: each.start)


def _top(text: str, match: re.Match[str]) -> Quantity:
    """全省前五 is a rank: among the first five."""
    return _quantity(
        text,
        match.start(),
        match.end(),
        read(match["place"]) or Decimal(0),
        match["order"] or "位",
        bound=Bound.LESS,
        rank=True,
    )
