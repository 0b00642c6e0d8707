"""What is asked for: a free text becomes a Question. The report's own words come in later, in matching."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.answers.model import Kind
from bot.answers.passages import side_of
from bot.answers.phrases import Phrases, phrases_of
from bot.answers.stocks import asks_for_all, tells_of_added
from bot.answers.units import count_asked
from bot.answers.words import table


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


def understand(said: str) -> Question:
    """Free text becomes a Question; never fails, whatever was typed."""
    reading = phrases_of(said)
    text = reading.text
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


def _stretch_after(text: str, start: int, reading: Phrases) -> tuple[int, int] | None:
    stop = start
    while stop < len(text) and stop not in reading.breaks:
        stop += 1
    return (start, stop) if any(i not in reading.weightless for i in range(start, stop)) else None


def _focus(text: str, reading: Phrases, asks: str) -> tuple[int, int] | None:
    """The stretch whose figure is wanted: right behind the interrogative (多少次【协商】), or before it."""
    if not asks:
        return None
    start, end = reading.asks[asks]
    return _stretch_after(text, end, reading) or _stretch_before(start, reading)


def _category(text: str, reading: Phrases, asks: str) -> tuple[int, int] | None:
    """The noun behind 哪些 or 什么, as far as it can be told: a short stretch, or two characters of a longer one."""
    if asks not in ("list", "name", "place", "person"):
        return None
    behind = _stretch_after(text, reading.asks[asks][1], reading)
    if not behind:
        return None
    start, end = behind
    return (start, end if end - start <= _CATEGORY else start + 2)


def _stretch_before(end: int, reading: Phrases) -> tuple[int, int] | None:
    """The last stretch of content before `end`: 户籍人口里面【城镇人口】是多少."""
    last = end
    while last > 0 and last - 1 in reading.weightless:
        last -= 1
    first = last
    while first > 0 and first - 1 not in reading.breaks and not {first - 1, first - 2} <= reading.weightless:
        first -= 1
    return (first, last) if last > first else None


def _names_a_measure(text: str, reading: Phrases) -> bool:
    """Whether the last stretch of a question of keywords names a measure: 人口自然增长率 1999."""
    last = _stretch_before(max((i + 1 for i in range(len(text)) if i not in reading.weightless), default=0), reading)
    data = table("questions")
    return last is not None and text[slice(*last)].endswith(
        (*data["measures"]["words"], *data["change"]["up"], *data["change"]["down"])
    )
