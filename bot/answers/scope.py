"""Whose figure, and of which year: what a question limits is a hard filter, not a word to be weighed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.answers.index import ReportIndex
from bot.answers.measures import RATES
from bot.answers.questions import Question
from bot.answers.shapes import lookalikes
from bot.answers.sounds import sound
from bot.reports.gazetteer import PREFECTURES, PROVINCES, short_name
from bot.reports.model import Metric, Report
from bot.reports.places import places_of

# Names of places by their form, also inside one another: 年海淀区 and 海淀区.
_NAMED = re.compile(r"(?=([㐀-鿿]{1,3}?(?:省|市|县|区|旗|镇|乡)(?![域级城乡场民值容]|政(?![府协]))))")
_NOT_THIS = 0.4  # of another year, where 今年 is asked for
_OF_ALL_YEARS = ("累计", "年均", "年来共")  # of a span's years together: no figure of its last one
_PLANNED = 0.5  # a plan, where people speak as if it were done already; a goal of growth (涨幅3%左右) tells no growth
_TOWARDS = frozenset("向对给跟与和到从往赴去飞同由把被帮")
_LISTED = re.compile(r"(?:[\u4e00-\u9fff]{2,4}、)+$")
# How a place's name goes on as another's: parts, works and institutions.
_GOES_ON = (
    *("长", "新区", "新城", "高新区", "经开区", "开发区", "保税区", "自贸区", "机场", "港", "海关", "大桥"),
    *("东站", "西站", "南站", "北站", "站", "火车站", "高铁站", "大学", "学院", "医院", "日报", "银行", "农商行"),
)
_ORGANS = ("委", "政协", "政府", "人大", "厅")  # 山东省委 took up what the city sent: its figure, not the province's
_ZONE = re.compile(r"([㐀-鿿]{2,4}?)(?:开发区|高新区|经开区|新区|园区|新城|试验区|保税区|自贸区|工业园)")
# What kind of zone, and no name: 国家级高新区, 全市开发区, 旅游度假区.
_KINDS_OF_ZONES = re.compile(
    r"[级类个型化的家座各本我全两三四五六七八九十新]|经济|技术|高新|产业|工业|综合|特色|科技|农业|物流|现代|重点|旅游|城市|建设|发展|保税|出口|文化|生态"
)
_COMMON = ("城镇", "乡镇", "村镇", "集镇")  # ends of words for towns in general


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question limits. `place` is a name as the report has it; `foreign` one that the report does not have."""

    place: str = ""
    own: bool = False  # the report's own place is named
    foreign: str = ""
    zone: str = ""  # 葛店开发区: a part that is no division, named in full
    mended: str = ""  # as typed, where `place` was found by its sound or shape
    spans: tuple[tuple[int, int], ...] = ()


@cache
def short(place: str) -> str:
    """定陶区 -> 定陶; 曹县 stays, since nobody says 曹."""
    return short_name(place)


def scope_of(question: Question, index: ReportIndex) -> Scope:
    """The places that a question names, held against those of a report.

    A short form that the report continues in the same way is another name: 牡丹机场 is not 牡丹区.
    """
    text, report = question.text, index.report
    if zone := _zone(question, index):
        return zone
    for name in sorted({report.place, short(report.place)}, key=len, reverse=True):
        if (
            name
            and (at := text.find(name)) >= 0
            and name not in report.places
            and not _names_more(text, at + len(name))
        ):
            inner = _below(text, report)
            if inner:
                return Scope(inner[0], spans=((at, at + len(name)), inner[1]))
            return Scope(own=True, spans=((at, at + len(name)),))
    if inner := _below(text, report):
        return Scope(inner[0], spans=(inner[1],))
    for start, end, typed in _named(question):
        if typed in PROVINCES:
            continue
        if found := nearest_place(typed, report.places):
            return Scope(found, mended=typed, spans=((start, end),))
        if not _absent(typed, report):
            return Scope(typed, spans=((start, end),))
        if sound(typed) not in index.sound:  # 棚护区 is no place but a typo
            return Scope(foreign=typed, spans=((start, end),))
    known = [(at, name) for name in _known_places() if (at := text.find(name)) >= 0 and _opens(question, at)]
    for at, name in sorted(known, key=lambda found: (not _absent(found[1], report), found[0])):
        if name != short(report.place):
            span = (at, at + len(name) + text.startswith(("省", "市", "州"), at + len(name)))
            if _absent(name, report):
                return Scope(foreign=name, spans=(span,))
            acting = text.startswith(_ORGANS, span[1]) and name in _provinces()
            return Scope("" if acting else text[slice(*span)], spans=(span,))
    return Scope()


def _zone(question: Question, index: ReportIndex) -> Scope | None:
    """A development zone that the question names in full and the report knows."""
    for found in _ZONE.finditer(question.text):
        name = found[0]
        if not _KINDS_OF_ZONES.search(found[1]) and _begins(question, found.start()) and name in index.text:
            return Scope(zone=name) if name not in index.report.places else None
    return None


def _names_more(text: str, at: int) -> bool:
    """Whether a place's name goes on as another's: 市长, 兰州【新区】, 扬州【大学】."""
    return text.startswith(_GOES_ON, at)


@cache
def _provinces() -> frozenset[str]:
    return frozenset(map(short_name, PROVINCES))


@cache
def _known_places() -> tuple[str, ...]:
    names = {short_name(name) for name in (*PROVINCES, *PREFECTURES)}
    return tuple(sorted(names, key=len, reverse=True))


def _absent(name: str, report: Report) -> bool:
    return short(name) not in report.text and short(name) not in report.title


def _opens(question: Question, at: int) -> bool:
    """Whether a stretch begins at `at` that is no object: 向【四川】捐赠 says nothing of whose figure it is."""
    listed = _LISTED.search(question.text, 0, at)  # 去吉林、【四川】支援
    before = question.text[max(0, at - 1) : at] + (listed[0][0] if listed else "")
    return _begins(question, at) and not _TOWARDS & set(before)


def _begins(question: Question, at: int) -> bool:
    """Whether a stretch of the question begins at `at`."""
    return at == 0 or at - 1 in question.breaks or at - 1 in question.weightless


def _below(text: str, report: Report) -> tuple[str, tuple[int, int]] | None:
    for name in sorted(report.places, key=len, reverse=True):
        for form in (name, short(name)):
            at = text.find(form)
            if form == short(report.place):  # 吉林 is the province in its report, 吉林市 the city
                continue
            if at >= 0 and (form == name or text[at : at + len(form) + 2] not in report.text):
                return name, (at, at + len(form))
    return None


def _named(question: Question) -> Iterator[tuple[int, int, str]]:
    """Names of places, by their form, where a stretch of the question begins."""
    for match in _NAMED.finditer(question.text):
        start, end = match.span(1)
        inside = set(range(start, end)) & (question.weightless | question.breaks)
        if (
            not inside
            and not match[1].endswith(_COMMON)
            and _begins(question, start)
            and places_of(f"{match[1]}。", own="")
        ):
            yield start, end, match[1]


def nearest_place(typed: str, places: tuple[str, ...]) -> str:
    """The one place that sounds like `typed` or differs from it by a lookalike character, "" if none or several."""
    forms = {form: name for name in places for form in (short(name), name)}
    heard = {name for form, name in forms.items() if len(form) == len(typed) and sound(form) == sound(typed)}
    if len(heard) == 1:
        return heard.pop()
    seen = {
        name
        for form, name in forms.items()
        if len(form) == len(typed)
        and sum(a != b for a, b in zip(form, typed, strict=True)) == 1
        and all(a == b or b in lookalikes().get(a, "") for a, b in zip(form, typed, strict=True))
    }
    return seen.pop() if len(seen) == 1 else ""


def wanted_years(question: Question, report: Report) -> tuple[int, ...]:
    """The years that a question limits itself to; () means any. 今年 limits nothing: reports use it both ways."""
    if question.years:
        return question.years
    if question.relative and report.year:
        published = int(report.published[:4]) if report.published[:4].isdecimal() else report.year
        return (max(published, report.year) + question.relative,)
    return ()


def period_fit(question: Question, report: Report, metric: Metric) -> float:
    """How well a metric's period answers the question, 0 (another year) to 1."""
    first, last = _bounds(metric.period)
    if question.span or question.five_years:
        if question.span and last and not (question.span[0] <= first and last <= question.span[1]):
            return 0.0
        return 1.0 if last > first else 0.85
    years = wanted_years(question, report)
    if not years:
        this = question.relative is None or last == report.year  # 今年 is most likely the year people call it by
        return (0.9 if last > first else 1.0) * (1.0 if this else _NOT_THIS)
    if not last:
        return 0.8
    if last > first:
        quote = report.text[metric.quote_start : metric.quote_end]
        added_up = any(word in quote and word not in question.text for word in _OF_ALL_YEARS)
        return 0.7 if last in years and not added_up else 0.0  # 五年来达到: told at the end of the span
    return 1.0 if first in years else 0.0


def side_fit(question: Question, metric: Metric) -> float:
    """Plans answer questions about plans, results those about results."""
    if question.plan is None:
        return 0.6 if metric.target and not question.years and question.relative != 0 else 1.0
    if question.plan:
        return 1.0 if metric.target else 0.6
    if metric.target:
        return _PLANNED if question.lightly and metric.unit not in RATES else 0.0
    return 1.0


def _bounds(period: str) -> tuple[int, int]:
    years = [int(year) for year in re.findall(r"\d{4}", period)]
    return (years[0], years[-1]) if years else (0, 0)
