"""Choosing: the figures of a report that deserve to be seen first. For cards and for lists of key figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.naming import metric_name
from bot.reports.model import Metric, Part, Report

COUNT = 12  # what a grid holds

EASY_LABEL = range(3, 15)  # characters of a label that is read at a glance
LONGEST_LABEL = 26  # from here on a label is a sentence
CROWDING = 0.55  # what each figure already taken from a section costs the next one from there
ALIKE_HEAD = 4  # labels that begin with as many characters in the same section are one matter

# Words that begin or end a label which was cut out of a sentence and does not stand by itself; from reading labels.
CUT_OFF = re.compile(
    r"^(?:暨|向|将|把|被|让|对|和|与|及|以及|等|其中|的|在|由|为|从|至|到)|(?:的|和|与|及|等|在|由|为|从|迈上|至|到)$"
)
UNFINISHED = re.compile(r"[，。；：？！,;:?!\n]|[a-z]{3}")
PAIRS = (("《", "》"), ("“", "”"), ("（", "）"), ("(", ")"), ("‘", "’"))

# Units of what people care about, above those of meetings and papers; from what front pages of reports headline.
WEIGHTY_UNITS = ("元", "人", "户", "亩", "张", "套", "吨", "斤", "公里", "平方米", "千瓦", "%", "名", "对", "立方米")

# The indicators that front pages lead with: the headline items of statistical communiqués, under their common names.
HEADLINES = re.compile(
    r"生产总值|GDP$|一般公共预算收入|财政收入|可支配收入|粮食总?产量?|新增就业|城镇就业|固定资产投资"
    r"|社会消费品零售总额|进出口总[额值]|失业率"
)
_MAGNITUDE = re.compile(r"[万亿万億]")
_DIGITS = re.compile(r"[0-9０-９]")


@dataclass(frozen=True, slots=True)
class _Scored:
    metric: Metric
    worth: float
    section: tuple[str, ...]
    label: str


def key_metrics(report: Report, count: int = COUNT, among: Iterable[Metric] | None = None) -> list[Metric]:
    """At most `count` figures of a report in reading order, spread over its sections, none twice.

    `among` narrows the choice to a section's or a county's figures. Results go before plans, complete and short
    labels before long ones, large figures before small counts, the reviewed year before years of comparison.
    """
    candidates = [_scored(report, metric) for metric in (report.metrics if among is None else among)]
    left = [one for one in candidates if one is not None]
    taken: list[_Scored] = []
    crowd: Counter[tuple[str, ...]] = Counter()
    while left and len(taken) < count:
        best = max(left, key=lambda one: (one.worth - CROWDING * crowd[one.section], -one.metric.start))
        taken.append(best)
        crowd[best.section] += 1
        left = [one for one in left if one is not best and not _same_matter(one, best)]
    return sorted((one.metric for one in taken), key=lambda metric: metric.start)


def group_of(report: Report, metric: Metric, depth: int = 2) -> tuple[str, ...]:
    """The titles above a figure, outermost first, at most `depth` of them, without the report's own."""
    path = report.clauses[metric.clause].path
    return tuple(title for title in path if title and title != report.title)[:depth]


def of_section(report: Report, index: int) -> list[Metric]:
    """The figures of a section and all below it."""
    section = report.sections[index]
    return [metric for metric in report.metrics if section.start <= metric.start < section.end]


def of_place(report: Report, place: str) -> list[Metric]:
    return [metric for metric in report.metrics if metric.place == place]


def usual_period(metrics: Sequence[Metric]) -> str:
    """The period that most of the figures are of; "" without any."""
    periods = Counter(metric.period for metric in metrics if metric.period)
    return periods.most_common(1)[0][0] if periods else ""


def _scored(report: Report, metric: Metric) -> _Scored | None:
    """None for what is no figure to show: ranks, anniversaries, page furniture, and what has no name."""
    if metric.rank or not metric.label or report.clauses[metric.clause].part is not Part.BODY:
        return None
    name = metric_name(report, metric)
    what = name.rpartition(" · ")[2]
    worth = _clarity(metric.label, what) + _weight(metric) + _place_in_time(report, metric)
    worth -= 0.8 * metric.target + 0.2 * (what != name)
    worth += 0.5 * bool(HEADLINES.search(metric.label))
    worth -= 0.4 * metric.start / max(len(report.text), 1)  # what matters most is told first
    return _Scored(metric, worth, group_of(report, metric), what)


def _clarity(label: str, what: str) -> float:
    """How well a name is read without its sentence."""
    clarity = 1.0 if len(what) in EASY_LABEL else 0.4 if len(what) <= LONGEST_LABEL else -1.0
    if len(label) < 2 or CUT_OFF.search(label) or CUT_OFF.search(what) or UNFINISHED.search(what):
        clarity -= 1.5
    if any(what.count(opening) != what.count(closing) for opening, closing in PAIRS):
        clarity -= 1.5
    return clarity - 0.4 * bool(_DIGITS.search(what))


def _weight(metric: Metric) -> float:
    """How much there is to a figure: magnitude, precision, a unit that people feel; a handful of things is little."""
    digits = len(_DIGITS.findall(metric.raw))
    weight = 0.4 * bool(_MAGNITUDE.search(metric.raw)) + 0.15 * min(digits, 4)
    weight += 0.35 * metric.unit.endswith(WEIGHTY_UNITS)
    return weight - 0.4 * (abs(metric.value) < 10 and not metric.unit.endswith("%")) - 0.5 * (not metric.unit)


def _place_in_time(report: Report, metric: Metric) -> float:
    """The year reviewed or planned above earlier ones that are only compared with, and above spans of years."""
    if not metric.period or not report.years:
        return 0.0
    if not metric.period.isdecimal():
        return -0.3
    return 0.0 if int(metric.period) in report.years else -0.6


def _same_matter(one: _Scored, other: _Scored) -> bool:
    """The same thing counted again, or grown by so much: 地区生产总值 and 地区生产总值增长 are one matter."""
    if one.metric.place != other.metric.place:
        return False
    if one.metric.label == other.metric.label or one.label == other.label:
        return True
    shorter, longer = sorted((one.metric.label, other.metric.label), key=len)
    return len(shorter) >= ALIKE_HEAD and longer.startswith(shorter)
