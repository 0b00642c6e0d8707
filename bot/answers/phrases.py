"""The phrases with which people ask, found in a question's text and added up: what they say and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from bot.answers.passages import unqualified
from bot.answers.units import fellow_units, ordinal_after, unit_after
from bot.answers.words import HAN, PUNCTUATION, normalise, table
from bot.answers.years import ahead, done, with_whole_years

LONGEST = 500  # characters; what is longer is cut

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
class Phrases:
    """What the phrases of one question add up to; `text` is its normal form, see bot.answers.questions.Question."""

    text: str
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


def phrases_of(said: str) -> Phrases:
    """The phrases of what somebody typed, whatever it is."""
    text = unqualified(with_whole_years(normalise(said[:LONGEST]).strip()))
    pattern, meaning = _phrases()
    data = table("questions")
    reading = Phrases(text, set(), set(), {})
    for match in PUNCTUATION.finditer(text):
        reading.silence(*match.span(), breaking=True)
    years = list(_YEAR.finditer(text))
    for match in years:
        reading.silence(*match.span(), breaking=True)
    limiting = [match for match in years if not _BASE_YEAR.search(text, 0, match.start())]
    reading.years = tuple(dict.fromkeys(int(match[1]) for match in limiting))
    five = list(_FIVE.finditer(text))
    for match in five:
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
    reading.five_years = reading.span is None and bool(five)
    if reading.plan is None and (done(text) or reading.five_years):
        reading.lightly = not (reading.five_years or reading.years or reading.relative)
        reading.plan = False  # 五年来 looks back; 今后五年 says that it does not
    return reading


# Phrases that mean what they say only at an edge: 全国 and 报告 open a stretch (全国重点文物, 调研报告), 项数 ends one.
_EDGED = ("levels", "counted")
_RANK = "位"  # asked for by no other phrase than 第几, 排几


def _stands_alone(reading: Phrases, text: str, match: re.Match[str], name: str) -> bool:
    start, end = match.span()
    if name in ("levels", "drop"):
        return start == 0 or start - 1 in (reading.breaks if name == "levels" else reading.weightless)
    return end == len(text) or not text[end].isalnum() or text[end] in "是有为多达"


def _apply(reading: Phrases, data: dict[str, Any], text: str, match: re.Match[str], name: str, row: str) -> int:
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


def _apply_unit(reading: Phrases, text: str, match: re.Match[str], unit: str) -> int:
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
