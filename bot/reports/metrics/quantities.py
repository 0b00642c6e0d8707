"""Finding quantities in a text: numeral, unit and bound with their spans, and none of the look-alikes.

The way of a numeral: one regular expression finds candidates (a numeral with what may scale, bound and count it); the
tables of look-alikes turn away dates, sessions, names and phrases; what is left is a Quantity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.reports.metrics.bounds import bound_behind, bound_of
from bot.reports.metrics.lookalikes import (
    STOP,
    counts_heads,
    counts_people,
    counts_spelled,
    dated,
    framed,
    in_a_name,
    is_latin,
    meets,
    names_something,
    stands_alone,
)
from bot.reports.metrics.numerals import ARABIC, FRACTION, NEIGHBOURS, SPELLED, read
from bot.reports.metrics.patterns import SPACES, any_of
from bot.reports.metrics.quantity import Quantity, quantity
from bot.reports.metrics.ranks import ORDINAL, moves, read_anniversary, read_ordinal, read_tops
from bot.reports.metrics.tables import (
    COUNTERS,
    EVENTS,
    MEASURES,
    PER,
    SPELLED_TWO,
    SPELLED_UNITS,
    UNIT_NAMES,
    UNIT_NOT_BEFORE,
)
from bot.reports.model import Bound

_UNITS = COUNTERS | EVENTS | MEASURES
_UNIT = rf"(?:{any_of(_UNITS)})"
_RATE = rf"(?:[/／](?:{any_of(PER)})){{0,2}}"
_NUMERAL = rf"(?:{ARABIC}|{SPELLED})"
_SPACE = f"[{SPACES}]?"
_CANDIDATE = re.compile(
    rf"""
      (?P<double>翻了?(?P<times>[一两二三四]|[0-9](?:\.[0-9]+)?)番|翻番)
    | (?P<parts>百分之|千分之|万分之)(?P<share>{_NUMERAL})
    | (?P<fraction>{FRACTION})
    | (?P<ordinal>{ORDINAL})
    | (?P<tens>[一二三四五六七八九]?十)?(?P<near>{NEIGHBOURS})(?P<near_power>[十百千万亿]*){_SPACE}
      (?P<near_unit>{_UNIT})
    | (?>(?P<first>{_NUMERAL})(?P<first_unit>{_UNIT})?){_SPACE}(?:[—－–\-~～至到]|——){{1,2}}{_SPACE}
      (?P<last>{_NUMERAL}[余多]?){_SPACE}(?P<last_unit>{_UNIT}{_RATE})?
    | (?P<number>{_NUMERAL}[余多几来]?){_SPACE}(?P<unit>{_UNIT}{_RATE})?
    """,
    re.VERBOSE,
)
# What a candidate begins with: found much faster than tried everywhere.
_FIRST = re.compile("[0-9０-９零〇○一二两三四五六七八九十百千万亿第翻]")
# What must follow a small spelled numeral: another numeral, a range, a bound, or the unit that it may count. Most 一 of
# a report, and half of the others, are parts of words.
_GOES_ON = frozenset("零〇○一二两三四五六七八九十百千万亿点分、余多几来周成至到—－–-~～" + SPACES)
_FOLLOWS = {
    "一": _GOES_ON | {"倍"},
    "二": _GOES_ON | {unit[0] for unit in SPELLED_TWO},
    **dict.fromkeys("零〇○", _GOES_ON),
    **dict.fromkeys("两三四五六七八九十", _GOES_ON | {"个"} | {unit[0] for unit in SPELLED_UNITS}),
}
_PARTS = {"百分之": "%", "千分之": "‰", "万分之": "‱"}
_DASHES = "—－–-~～"
_LONGEST_SHARING = 60  # characters before a figure in which 分别 may stand
_PLAIN = r"[0-9０-９]+(?:[.．][0-9０-９]+)?"  # without a power: whose 万 would be a guess
_UNIT_FOLLOWS = re.compile(rf"(?:(?:[、和与]|以及){_PLAIN}个?)*(?:[、和与]|以及){_PLAIN}(?P<unit>{_UNIT})")
_POWERS = re.compile(r"(?<![百千万亿])[百千万亿]+$")


def _unit(text: str, match: re.Match[str], group: str, end: int) -> str:
    """The unit unless it begins another word (3家庭); a shorter one may be left: 5部门 is 5 of 部门, 5人民 of none."""
    unit = match[group] or ""
    while unit:
        at = match.start(group) + len(unit)
        known = unit in _UNITS or "/" in unit or "／" in unit
        if known and not (at < end and text[at] in UNIT_NOT_BEFORE.get(unit, "")):
            return unit
        unit = unit[:-1]
    return ""


def _plain(text: str, match: re.Match[str], end: int) -> Quantity | None:
    """One numeral with its unit: 3.7万张, 十二项, 上百条."""
    numeral, start, at = match["number"], match.start(), match.end("number")
    written = _unit(text, match, "unit", end)
    if text.startswith("成", at) and written in ("成", ""):
        return _tenths(text, match, end)
    if framed(text, start) or (dated(text, at) and len(written) < 2) or names_something(text, at, unit=written):
        return None
    stop = match.start("unit") + len(written) if written else at
    heads = "" if written else counts_heads(text, numeral, start, at)
    if not heads and numeral[0].isdigit() and (shared := _shared_unit(text, written, start, stop)):
        return quantity(text, start, stop, read(numeral) or Decimal(0), shared)
    unit = heads or _counted_in(text, numeral, written, start, stop)
    low = read(numeral)
    if unit is None or low is None:
        return None
    if unit == "位" and moves(text, start):
        return quantity(text, start, stop, low, unit, rank=True)
    behind, stop = bound_behind(text, stop, end)
    if numeral[0] in "百千万亿" and text.endswith("上", 0, start):  # 上百条 is said as one word
        return quantity(text, start - 1, stop, low, unit, bound=Bound.ABOUT)
    return quantity(text, start, stop, low, unit, bound=bound_of(text, start, numeral, behind))


def _counted_in(text: str, numeral: str, unit: str, start: int, stop: int) -> str | None:
    """What a numeral counts in, "" where that is left unsaid; None where it is no figure."""
    if unit == "次" and meets(text, start, stop):
        return None
    if not numeral[0].isdigit():
        digits = numeral.rstrip("余多几来")
        counts = unit and counts_spelled(text, digits, unit, start, stop, more=_has_more(numeral))
        return unit if counts else None
    if not unit:
        people = counts_people(text, numeral, stop)
        return people or "" if people is not None or stands_alone(text, numeral, start, stop) else None
    on_the_clock = unit == "分" and text[max(0, start - 1) : start] in ("时", "点")
    return None if on_the_clock or _runs_on(text, unit, stop) else unit


def _shared_unit(text: str, unit: str, start: int, at: int) -> str:
    """The unit that the last of several figures says for all: 分别提高4个和13.3个百分点, 分别增长5.1、6.2和7.3%."""
    if unit not in ("", "个") or not (match := _UNIT_FOLLOWS.match(text, at)):
        return ""
    before = text[max(0, start - _LONGEST_SHARING) : start]
    if "分别" not in before or (unit and not match["unit"].startswith(unit)):
        return ""
    return str(match["unit"]) if unit != match["unit"] else ""


def _has_more(numeral: str) -> bool:
    return any(mark in numeral for mark in "余多几来")


def _runs_on(text: str, unit: str, at: int) -> bool:
    """Whether a Latin unit is the head of a longer word: 5PM."""
    return is_latin(unit, len(unit) - 1) and is_latin(text, at)


def _tenths(text: str, match: re.Match[str], end: int) -> Quantity | None:
    """九成以上 is 90 % and more; 一成不变 is no figure."""
    start, at = match.start(), match.end("number")
    low = read(match["number"])
    if low is None or not 0 < low < 10 or match["number"] == "一" or framed(text, start):
        return None
    if at + 1 < end and text[at + 1] in UNIT_NOT_BEFORE["成"]:
        return None
    behind, stop = bound_behind(text, at + 1, end)
    return quantity(text, start, stop, low * 10, "%", bound=bound_of(text, start, "", behind))


def _range(text: str, match: re.Match[str], end: int) -> Iterator[Quantity]:
    """3至5名, 20—30万元 (the 万 belongs to both), 10%-15%; behind 由 or 从 they are two figures."""
    start, at = match.start(), match.end("last")
    first, last, unit = match["first"], match["last"], _unit(text, match, "last_unit", end)
    low, high = read(first), read(last)
    if not unit or low is None or high is None:
        return
    stop = match.start("last_unit") + len(unit)
    if framed(text, start) or dated(text, at) or names_something(text, at, unit=unit) or _runs_on(text, unit, stop):
        return
    if not first[0].isdigit() and not counts_spelled(text, last, unit, match.start("last"), stop, more=False):
        return
    first_unit = match["first_unit"] or unit
    if not match["first_unit"]:
        low = _shared_power(first, last, low, high)
    behind, stop = bound_behind(text, stop, end)
    bound = bound_of(text, start, last, behind)
    if text.endswith(("由", "从"), 0, start):
        yield quantity(text, start, match.end("first_unit" if match["first_unit"] else "first"), low, first_unit)
        yield quantity(text, match.start("last"), stop, high, unit, bound=bound)
    elif UNIT_NAMES.get(first_unit, first_unit) == UNIT_NAMES.get(unit, unit):
        yield quantity(text, start, stop, low, unit, high=high, bound=bound)


def _between(text: str, match: re.Match[str], end: int) -> Quantity | None:
    """七、八元 and 二、三百亿度: a figure between two digits, whose power is said once."""
    unit, power, tens = _unit(text, match, "near_unit", end), match["near_power"], match["tens"] or ""
    (low, high), start = match["near"].split("、"), match.start()
    stop = match.start("near_unit") + len(unit)
    if framed(text, start) or (unit not in SPELLED_UNITS | {"个"} and not power):
        return None
    first, last = read(tens + low + power), read(tens + high + power)
    if first is None:
        return None
    behind, stop = bound_behind(text, stop, end)
    return quantity(text, start, stop, first, unit, high=last, bound=bound_of(text, start, "", behind))


def _shared_power(first: str, last: str, low: Decimal, high: Decimal) -> Decimal:
    """The lower end of a range with the power that only the upper one says: 20—30万."""
    power = _POWERS.search(last)
    scaled = read(last[: power.start()]) if power and first[-1].isdigit() else None
    return low * high / scaled if scaled and low <= scaled else low


def _double(text: str, match: re.Match[str]) -> Quantity | None:
    """翻一番 is 2 times, 翻两番 4 times; 翻番 alone only where it ends the phrase (not 翻番计划)."""
    times = read(match["times"]) if match["times"] else Decimal(1)
    alone = match.end() >= len(text) or text[match.end()] in STOP
    if times is None or not (match["times"] or alone):
        return None
    return quantity(text, match.start(), match.end(), Decimal(2) ** times, "倍")


def _part(text: str, match: re.Match[str], end: int) -> Quantity | None:
    """百分之九十五以上 is 95 %; 三分之二 and 1/3 are numbers without unit."""
    low = read(match["share"] or match["fraction"])
    if low is None:
        return None
    behind, stop = bound_behind(text, match.end(), end)
    unit = _PARTS[match["parts"]] if match["parts"] else ""
    return quantity(text, match.start(), stop, low, unit, bound=bound_of(text, match.start(), "", behind))


def _read(text: str, match: re.Match[str], end: int) -> list[Quantity]:
    """What a candidate says: mostly one quantity, two for 由10%到15%, none for a look-alike."""
    if match["first"]:
        return list(_range(text, match, end))
    if match["near"]:
        found = _between(text, match, end)
    elif match["double"]:
        found = _double(text, match)
    elif match["parts"] or match["fraction"]:
        found = _part(text, match, end)
    elif match["ordinal"]:
        found = read_ordinal(text, match)
    else:
        found = read_anniversary(text, match.start(), match["number"]) or _plain(text, match, end)
    return [found] if found else []


def _candidate(text: str, at: int, end: int) -> re.Match[str] | None:
    """The first of `_CANDIDATE` in `text[at:end]`."""
    while (first := _FIRST.search(text, at, end)) is not None:
        at = first.end()
        follows = _FOLLOWS.get(first.group())
        if (follows is None or text[at : at + 1] in follows) and (match := _CANDIDATE.match(text, at - 1, end)):
            return match
    return None


def find_quantities(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """The quantities and ranks of `text[start:end]` in order, offsets into `text`; look-alikes are left out.

    A figure inside “…” or 《…》 belongs to a name and is left out as well.
    """
    end = len(text) if end is None else end
    found = list(read_tops(text, start, end))
    at = start
    while (match := _candidate(text, at, end)) is not None:
        at = match.end()
        if in_a_name(text, match.start(), match.end()):
            continue
        new = _read(text, match, end)
        if not new and match["first"]:  # no range after all: its numerals are read one by one
            at = match.end("first")
            alone = _CANDIDATE.match(text, match.start(), at + len(match["first_unit"] or ""))
            if alone and not alone["first"] and text[at : at + 1] not in _DASHES:
                new = _read(text, alone, end)
        found += new
        at = max(at, new[-1].end if new else at)
    return sorted(found, key=lambda each: each.start)
