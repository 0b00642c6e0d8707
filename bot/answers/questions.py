"""What is asked for: a free text becomes a Question. The report's own words come in later, in matching."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from bot.answers.model import Kind
from bot.answers.passages import side_of, unqualified
from bot.answers.stocks import asks_for_all, tells_of_added
from bot.answers.units import count_asked, fellow_units, ordinal_after, unit_after
from bot.answers.words import HAN, PUNCTUATION, normalise, table
from bot.answers.years import ahead, done, with_whole_years

LONGEST = 500  # characters; what is longer is cut


@dataclass(frozen=True, slots=True)
class Question:
    """A question, taken apart.

    `text` is the normal form; `weightless` marks its characters that say how it is asked and not what about;
    `breaks` those that separate (interrogatives, punctuation). `focus` is the span whose figure or name is wanted.
    """

    said: str
    text: str
    kind: Kind
    asks: str  # the row of [asks] that decided: number, list, person, place, time, name, passage; "" for keywords only
    weightless: frozenset[int]
    breaks: frozenset[int]
    joints: frozenset[int]  # where a phrase of several characters begins or ends: no pair crosses
    focus: tuple[int, int] | None = None
    category: tuple[int, int] | None = None  # what kind of thing is asked for: 哪本【书】, 哪些【重点工作】
    naming: bool = False  # 叫什么, 题目是什么
    wants_place: bool = False  # 哪里, 哪些县, 哪几个乡镇
    units: tuple[str, ...] = ()  # asked for: () means any
    amount: str = ""  # 万 or 亿 of 多少亿: the order that the figure must have
    rank: bool = False
    ordinal: bool = False  # 第几届: the number of a name, no amount
    count: int | None = None  # 哪三个 asks for three
    years: tuple[int, ...] = ()
    span: tuple[int, int] | None = None  # 十二五: (2011, 2015); five years back: see five_years
    five_years: bool = False
    relative: int | None = None  # 去年: -1
    plan: bool | None = None  # True: a plan is asked for; False: a result
    lightly: bool = False  # a result is asked for by a mere 了: 收购价提了多少
    change: bool = False
    level: str = ""
    stock: bool = False  # 一共有多少: what there is, not what was added
    adding: bool = False  # 新增, 新建: what was added


_CATEGORY = 4  # characters
_PLACES = re.compile(r"个?(?:县|区|市县|市|地方|地区|乡|镇|街道|旗|州|盟|城市|省)(?!场|民|长|级)")
_ASK_ORDER = ("number", "list", "person", "place", "time", "name", "passage")
_ROLLS = ("名单", "清单", "一览")  # ask for a list only where nothing else asks: 哪个镇入选名单
_KINDS = {"number": Kind.NUMBER, "list": Kind.LIST, "passage": Kind.PASSAGE}
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)\s*(?:年度|年底|年末|年|nian)?")
_BASE_YEAR = re.compile(r"[比较跟与和同]$")  # 比2013年下降: the year that is compared with, no limit
_FIVE = re.compile(r"(?:这|过去)?(?<![\d十])[五5]年(?:来|间|里头|里|内|中)?(?!级|计划|规划)")


@cache
def _phrases() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """One pattern for all phrases of questions.toml, longest first, and what each means: (table, row)."""
    data = table("questions")
    meaning: dict[str, tuple[str, str]] = {}
    for name in ("drop", "side", "change", "levels", "asks", "plain"):
        for row, phrases in data[name].items():
            meaning |= dict.fromkeys(phrases, (name, row))
    meaning |= {phrase: ("counted", unit) for phrase, unit in data["counted"].items()}
    meaning |= {phrase: ("units", unit) for phrase, unit in data["units"].items()}
    meaning |= {phrase: ("spans", phrase) for phrase in data["spans"]}
    meaning |= {phrase: ("years", phrase) for phrase in data["years"]["relative"]}
    by_first: dict[str, list[str]] = {}  # far fewer alternatives to try at each character
    for phrase in sorted(meaning, key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append(re.escape(phrase[1:]))
    pattern = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items())
    return re.compile(pattern), meaning


@dataclass(slots=True)
class _Reading:
    """What the phrases of one question add up to."""

    weightless: set[int]
    breaks: set[int]
    asks: dict[str, tuple[int, int]]
    joints: set[int] = field(default_factory=set)
    units: tuple[str, ...] = ()
    amount: str = ""
    rank: bool = False
    ordinal: bool = False
    years: tuple[int, ...] = ()
    span: tuple[int, int] | None = None
    five_years: bool = False
    relative: int | None = None
    plan: bool | None = None
    lightly: bool = False
    change: bool = False
    level: str = ""

    def silence(self, start: int, end: int, *, breaking: bool = False) -> None:
        self.weightless.update(range(start, end))
        if end - start > 1:
            self.joints |= {start, end}
        if breaking:
            self.breaks.update(range(start, end))


def understand(said: str) -> Question:
    """Free text becomes a Question; never fails, whatever was typed."""
    text = unqualified(with_whole_years(normalise(said[:LONGEST]).strip()))
    reading = _read(text)
    if reading.asks.keys() & {"place", "person"} and text[slice(*reading.asks.get("list", (0, 0)))] in _ROLLS:
        del reading.asks["list"]
    asks = next((name for name in _ASK_ORDER if name in reading.asks), "")
    if "passage" in reading.asks and asks in ("name", "time", "place"):
        asks = "passage"
    kind = _KINDS.get(asks, Kind.TEXT) if asks else Kind.PASSAGE
    if not asks and _names_a_measure(text, reading):
        kind = Kind.NUMBER
    return Question(
        said=said,
        text=text,
        kind=kind,
        asks=asks,
        weightless=frozenset(reading.weightless),
        breaks=frozenset(reading.breaks),
        joints=frozenset(reading.joints),
        focus=_focus(text, reading, asks) if kind is Kind.NUMBER else None,
        category=_category(text, reading, asks),
        naming=any(word in text for word in table("questions")["naming"]["words"]),
        wants_place=asks == "place" or (asks == "list" and bool(_PLACES.match(text, reading.asks["list"][1]))),
        units=reading.units,
        amount=reading.amount,
        rank=reading.rank,
        ordinal=reading.ordinal,
        count=count_asked(text),
        years=reading.years,
        span=reading.span,
        five_years=reading.five_years,
        relative=reading.relative,
        plan=side_of(text, reading.relative) if kind is Kind.PASSAGE and reading.plan is None else reading.plan,
        lightly=reading.lightly,
        change=reading.change,
        level=reading.level,
        stock=asks_for_all(text, reading.units),
        adding=tells_of_added(text),
    )


def _read(text: str) -> _Reading:
    pattern, meaning = _phrases()
    data = table("questions")
    reading = _Reading(set(), set(), {})
    for match in PUNCTUATION.finditer(text):
        reading.silence(*match.span(), breaking=True)
    years = list(_YEAR.finditer(text))
    for match in years:
        reading.silence(*match.span(), breaking=True)
    limiting = [match for match in years if not _BASE_YEAR.search(text, 0, match.start())]
    reading.years = tuple(dict.fromkeys(int(match[1]) for match in limiting))
    for match in _FIVE.finditer(text):
        reading.silence(*match.span(), breaking=True)
    reading.plan = ahead(text) or None
    at = 0
    while phrase := pattern.search(text, at):
        at = phrase.end()
        name, row = meaning[phrase.group()]
        edged = name in _EDGED or row == "report"
        if phrase.start() in reading.breaks or (edged and not _stands_alone(reading, text, phrase, name)):
            at = phrase.start() + 1
            continue
        at = max(at, _apply(reading, data, text, phrase, name, row))
    reading.five_years = reading.span is None and bool(_FIVE.search(text))
    if reading.plan is None and (done(text) or reading.five_years):
        reading.lightly = not (reading.five_years or reading.years or reading.relative)
        reading.plan = False  # 五年来 looks back; 今后五年 says that it does not
    return reading


# Phrases that mean what they say only at an edge: 全国 and 报告 open a stretch (全国重点文物, 调研报告), 项数 ends one.
_EDGED = ("levels", "counted")
_RANK = "位"  # asked for by no other phrase than 第几, 排几


def _stands_alone(reading: _Reading, text: str, match: re.Match[str], name: str) -> bool:
    start, end = match.span()
    if name in ("levels", "drop"):
        return start == 0 or start - 1 in (reading.breaks if name == "levels" else reading.weightless)
    return end == len(text) or not text[end].isalnum() or text[end] in "是有为多达"


def _apply(reading: _Reading, data: dict[str, Any], text: str, match: re.Match[str], name: str, row: str) -> int:
    """Note what one phrase means; returns where reading goes on."""
    start, end = match.span()
    if name == "asks":
        reading.asks.setdefault(row, (start, end))
        if row == "number":
            after = unit_after().match(text, end)
            if after:
                end = after.end()
                unit = after[1] or after[3]
                reading.amount = after[2] or ""
                reading.units = fellow_units(unit) if unit else reading.units
            elif match.group() == "几" and HAN.match(text, end):  # 几步法: what no table of units has
                reading.units = (text[end],)
            reading.asks["number"] = (start, end)
        elif row == "list" and (after := unit_after().match(text, end)):
            end = after.end()  # 哪几个县, 哪两支队伍
        reading.silence(start, end, breaking=True)
    elif name in ("units", "counted"):
        end = _apply_unit(reading, text, match, row)
    elif name == "side":
        reading.plan = row == "plan" if reading.plan is None else reading.plan
        reading.silence(start, end)
    elif name == "plain":
        pass
    elif name == "change":
        reading.change = reading.change or text[end : end + 1] not in ("到", "至")  # 提高到多少 asks for a level
    elif name == "levels":
        reading.level = reading.level or row
        reading.silence(start, end)
    elif name == "spans":
        reading.span = tuple(data["spans"][row])
        reading.silence(start, end)
    elif name == "years":
        reading.relative = data["years"]["relative"][row]
        reading.silence(start, end, breaking=True)
    else:
        reading.silence(start, end)
    return end


def _apply_unit(reading: _Reading, text: str, match: re.Match[str], unit: str) -> int:
    """Note a phrase that asks for a unit (百分之几), for a rank (第几) or for the number of a name (第几届)."""
    start, end = match.span()
    numbering = match.group().endswith("第几")
    if numbering and text.count("第几") > 1:  # 第几届第几次会议 asks for the name that has both
        reading.asks["name"] = (start, end)
        reading.silence(start, end, breaking=True)
        return end
    reading.asks["number"] = (start, end)
    reading.units = fellow_units(unit) if unit else reading.units
    reading.rank = reading.rank or unit == _RANK
    if numbering and (after := ordinal_after().match(text, end)):
        reading.rank, reading.ordinal = False, True
        reading.units, end = (after.group(),), after.end()
    reading.silence(start, end, breaking=True)
    return end


def _stretch_after(text: str, start: int, reading: _Reading) -> tuple[int, int] | None:
    stop = start
    while stop < len(text) and stop not in reading.breaks:
        stop += 1
    return (start, stop) if any(i not in reading.weightless for i in range(start, stop)) else None


def _focus(text: str, reading: _Reading, asks: str) -> tuple[int, int] | None:
    """The stretch whose figure is wanted: right behind the interrogative (多少次【协商】), or before it."""
    if not asks:
        return None
    start, end = reading.asks[asks]
    return _stretch_after(text, end, reading) or _stretch_before(start, reading)


def _category(text: str, reading: _Reading, asks: str) -> tuple[int, int] | None:
    """The noun behind 哪些 or 什么, as far as it can be told: a short stretch, or two characters of a longer one."""
    if asks not in ("list", "name", "place", "person"):
        return None
    behind = _stretch_after(text, reading.asks[asks][1], reading)
    if not behind:
        return None
    start, end = behind
    return (start, end if end - start <= _CATEGORY else start + 2)


def _stretch_before(end: int, reading: _Reading) -> tuple[int, int] | None:
    """The last stretch of content before `end`: 户籍人口里面【城镇人口】是多少."""
    last = end
    while last > 0 and last - 1 in reading.weightless:
        last -= 1
    first = last
    while first > 0 and first - 1 not in reading.breaks and not {first - 1, first - 2} <= reading.weightless:
        first -= 1
    return (first, last) if last > first else None


def _names_a_measure(text: str, reading: _Reading) -> bool:
    """Whether the last stretch of a question of keywords names a measure: 人口自然增长率 1999."""
    last = _stretch_before(max((i + 1 for i in range(len(text)) if i not in reading.weightless), default=0), reading)
    data = table("questions")
    return last is not None and text[slice(*last)].endswith(
        (*data["measures"]["words"], *data["change"]["up"], *data["change"]["down"])
    )
