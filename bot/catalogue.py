"""Which of many reports a question is about: by the place, the year and the body that it names; else ask back.

Sits between the library and the engine: the engine weighs a handful of reports, the catalogue picks that handful out of
a thousand without opening any.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.answers.questions import Question, understand
from bot.answers.sounds import latin_runs, sound
from bot.answers.words import normalise
from bot.reports.gazetteer import PREFECTURES, PROVINCES, short_name
from bot.reports.identity import NATION
from bot.reports.model import Report

MANY = 30  # reports; up to here all are asked
LOOKED_AT = 4  # reports that are opened for one question
CHOICES = 6
NEAREST = 48  # best clauses of all reports that are looked at where no place is named
CLEAR = 0.75  # of the best clause's score; where all above it are of one place, the question is about that place

# 2021年政府工作报告: the year is the report's own, and not the one that is asked about.
_OWN_YEAR = re.compile(r"((?:19|20)\d\d)年(?:[\u4e00-\u9fff]{0,10}?)(?:工作)?报告")
_TOGETHER = re.compile(r"[、和与跟及]")

# Words for the whole country, where a report of it is among the reports.
_NATIONAL = ("全国", "我国", "国务院", "中央政府", "国家")
_BEFORE_YEAR = re.compile(r"([\u4e00-\u9fff]{2,8})(?:19|20)\d\d")
_TOWNS = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:市|县|区|旗|州|盟|省)")

SAY_WHERE = "收录了 {count} 份报告，请说明是哪个地方、哪一年的。"
ONE_AT_A_TIME = "一次只答一个地方的，请选一个。"
SAY_WHICH = "{name}在几个地方的报告里都有，请说明是哪一个。"
NO_YEAR = "没有收录{place}{year}年的报告，只有{years}的。"
NO_PLACE = "没有收录{place}的报告，发 /reports 看收录了哪些。"

# A question -> ids of the reports of its best clauses with the clauses' scores, the best first.
Nearest = Callable[[str, int], Sequence[tuple[str, float]]]


@dataclass(frozen=True, slots=True)
class Picked:
    """The reports to be asked, the likeliest first."""

    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class AskBack:
    """Why no report could be picked, and whole questions that would pick one."""

    reason: str
    choices: tuple[str, ...] = ()


class Catalogue:
    """Reports by place, by the places below it, by year and by body. Only heads of reports are looked at."""

    def __init__(self, reports: Iterable[Report]) -> None:
        self.reports = tuple(reports)
        self._of: dict[str, list[Report]] = defaultdict(list)  # short name of a place -> its reports
        self._full: dict[str, set[str]] = defaultdict(set)  # short name -> full names
        self._by_id = {report.id: short_name(report.place) for report in self.reports}
        named: dict[str, Counter[str]] = defaultdict(Counter)  # a county -> in how many reports of which place
        for report in self.reports:
            name = short_name(report.place)
            self._of[name].append(report)
            self._full[name].add(report.place)
            for place in report.places:
                named[place][name] += 1
        self._below = {county: self._owners(counts) for county, counts in named.items()}
        self._names = sorted((name for name in self._of if len(name) > 1 and name != NATION), key=len, reverse=True)
        self._counties = sorted((name for name in self._below if len(name) > 1), key=len, reverse=True)

    def pick(self, said: str, nearest: Nearest | None = None) -> Picked | AskBack:
        """The reports that a question is about, or what to ask back."""
        question = understand(normalise(said))
        places = self._places(question.text) or self._heard(question.text)
        if len(places) > 1 and (choices := self._one_each(question.text, places)):
            return AskBack(ONE_AT_A_TIME, choices)
        if not places and (county := self._county(question.text)):
            places = self._below[county]
            if len(places) > 1:
                return AskBack(SAY_WHICH.format(name=county), self._told(said, places, question))
        if not places and (foreign := _known_place(question.text)):
            return AskBack(NO_PLACE.format(place=foreign))
        if not places and nearest is not None:
            found = [(self._place_of(number), score) for number, score in nearest(said, NEAREST)]
            clear = {place for place, score in found if score >= CLEAR * found[0][1]}
            if len(clear) != 1 or "" in clear:
                reason = SAY_WHERE.format(count=len(self.reports))
                return AskBack(reason, self._told(said, [*(one for one, _ in found if one), *self._newest()], question))
            places = list(clear)
        if not places:
            return AskBack(SAY_WHERE.format(count=len(self.reports)), self._told(said, self._newest(), question))
        return self._of_years(said, question, places)

    def _of_years(self, said: str, question: Question, places: Sequence[str]) -> Picked | AskBack:
        """Of the reports of these places, those about the years that are asked for; without a year the newest."""
        reports = [report for place in places for report in self._of[place]]
        full = [report for report in reports if report.place and report.place in question.text]
        reports = _of_body(question, full or reports)
        own = _OWN_YEAR.search(question.text)
        years = (int(own.group(1)),) if own else _years(question, reports)
        if not years:
            return Picked(tuple(sorted(reports, key=_newness, reverse=True)[:LOOKED_AT]))
        about = [one for one in reports if (one.year == years[0] if own else _nearness(one, years[0]) is not None)]
        if about:
            return Picked(tuple(sorted(about, key=lambda one: _nearness(one, years[0]) or 0)[:LOOKED_AT]))
        known = sorted({report.year for report in reports if report.year})
        reason = NO_YEAR.format(place=reports[0].place, year=years[0], years=_spans(known))
        near = sorted(known, key=lambda year: abs(year - years[0]))[:CHOICES]
        bare = re.sub(r"(?:19|20)\d\d年?", "", said, count=1)
        return AskBack(reason, tuple(_of_year(bare, reports[0].place, year) for year in sorted(near)))

    def _places(self, text: str) -> list[str]:
        """Short names of the places that a question names, the longest first; none of them inside another."""
        found: list[str] = []
        for name in self._names:
            if name in text:
                found.append(name)
                text = text.replace(name, " " * len(name))
        if not found and NATION in self._of and text.startswith(_NATIONAL):
            return [NATION]
        return found

    def _heard(self, text: str) -> list[str]:
        """A place at the beginning, misspelt or in pinyin: 太圆, taiyuan."""
        runs = [codes for start, _, codes in latin_runs(text) if start == 0]
        codes = runs[0] if runs else sound(text[:8])
        return next(([name] for name, heard in self._sounds if codes.startswith(heard)), [])

    @cached_property
    def _sounds(self) -> list[tuple[str, str]]:
        return [(name, sound(name)) for name in self._names]

    def _county(self, text: str) -> str:
        return next((name for name in self._counties if name in text), "")

    def _place_of(self, number: str) -> str:
        return self._by_id.get(number, "")

    def _newest(self) -> list[str]:
        newest = sorted(self.reports, key=_newness, reverse=True)
        return [short_name(report.place) for report in newest if report.place]

    def _told(self, said: str, places: Sequence[str], question: Question) -> tuple[str, ...]:
        """The question with one place each in front, of those with a report about its year, if there are any; without
        a year the newest report is asked first."""
        every = list(dict.fromkeys(places))
        about = [place for place in every if any(self._tells(place, year) for year in question.years)]
        names = (max(self._of[place], key=_newness).place for place in about or every)
        return tuple(f"{name}{said.lstrip()}" for name in names)[:CHOICES]

    def _tells(self, place: str, year: int) -> bool:
        return any(_nearness(report, year) is not None for report in self._of[place])

    def _one_each(self, text: str, places: Sequence[str]) -> tuple[str, ...]:
        """苏州和无锡2014年GDP: the question for one place each; none where one place stands inside another."""
        whole = {place: next((full for full in self._full[place] if full in text), place) for place in places}
        ordered = sorted(whole.values(), key=text.index)
        between = [text[text.index(a) + len(a) : text.index(b)] for a, b in pairwise(ordered)]
        if not between or not all(map(_TOGETHER.fullmatch, between)):
            return ()
        start, end = text.index(ordered[0]), text.index(ordered[-1]) + len(ordered[-1])
        return tuple(f"{text[:start]}{name}{text[end:]}" for name in ordered)[:CHOICES]

    def _owners(self, counts: Counter[str]) -> list[str]:
        """Whose a county is: of the places that name it often and in most of their reports; others name it as a partner
        or an example."""
        weights = {name: count * count / len(self._of[name]) for name, count in counts.most_common()}
        most = max(weights.values())
        return [name for name, weight in weights.items() if 2 * weight > most]


def _of_body(question: Question, reports: Sequence[Report]) -> list[Report]:
    """Those of the body that is named (政协, 统计局), where one is and there are any."""
    named = [report for report in reports if report.body and report.body.lstrip("省市县区州旗自治") in question.text]
    return named or list(reports)


def _years(question: Question, reports: Sequence[Report]) -> tuple[int, ...]:
    """The years that a question limits itself to; 去年 is the one before the newest report's."""
    if question.years or not question.relative:
        return question.years
    newest = max((report.year for report in reports if report.year), default=0)
    return (newest + question.relative,) if newest else ()


def _nearness(report: Report, year: int) -> int | None:
    """How soon a report is to be asked about a year, 0 first: the one that reviews it, then its own; None never."""
    if report.year == year + 1:
        return 0
    if report.year == year:
        return 1
    return 2 if year in report.years else None


def _newness(report: Report) -> tuple[int, str]:
    return (report.year or 0, report.published)


def _known_place(text: str) -> str:
    """A province or prefecture at the beginning of a question, before a year also misspelt (太圆2019年)."""
    before = _BEFORE_YEAR.match(text)
    heard = sound(before.group(1)) if before else ""
    for name in (*PREFECTURES, *PROVINCES):
        if text.startswith((name, short_name(name))):
            return name
    for name in (*PREFECTURES, *PROVINCES) if heard else ():
        if heard in (sound(name), sound(short_name(name))):
            return name
    found = _TOWNS.match(text)
    return found.group() if found and len(found.group()) > 2 and text[found.end() :][:1].isdigit() else ""


def _of_year(said: str, place: str, year: int) -> str:
    """A question with a year in front, and its place where it lacks that."""
    there = short_name(place) in said or (place == NATION and said.lstrip().startswith(_NATIONAL))
    return f"{'' if there else place}{year}年{said.lstrip()}"


def _spans(years: Sequence[int]) -> str:
    """2001 2002 2003 2005 is 2001—2003、2005年."""
    runs: list[list[int]] = []
    for year in years:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs) + "年"
