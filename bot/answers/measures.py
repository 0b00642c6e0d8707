"""What is measured: an amount, a rate, a share, an amount per head. The one is never answered with the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answers.matching import Needle
from bot.answers.questions import Question
from bot.answers.stocks import said_to_grow
from bot.answers.units import fellow_units
from bot.answers.words import table
from bot.reports.model import Metric

RATES = ("%", "‰", "个百分点", "倍")
_BARE_RATES = (*RATES, "成", "")  # 三分之一 has no unit
_REACHED = ("到", "至", "达", "为", "占")
_SHARE_OF = re.compile("占[^，,。；;、]*$")
_PER_HEAD = "人均"
_IMPLIED = 0.3  # another unit than the measure asked for has: a number of projects for their 总额
_OTHER = 0.5  # another measure of the same thing


def measure_fit(needle: Needle, metric: Metric, quote: str) -> float:
    """How far a metric, whose `quote` is folded, measures what a question asks for, 0 (not at all) to 1."""
    question, words = needle.question, f"{needle.index.metric_words(metric)} {quote}"
    rate, measures = metric.unit in _BARE_RATES, table("questions")["measures"]
    if _has(question.text, measures["per_head"]) and not _has(words, measures["per_head"]):
        return 0.0
    shared = not is_change(metric) or _has(words, [*measures["shares"], "占"])
    if not question.units and _has(question.text, measures["shares"]) and not (rate and shared):
        return 0.0
    if question.change and rate and _is_level(metric, quote):
        return 0.0
    counted = not question.change and (question.stock or said_to_grow(question.text))
    if counted and metric.unit in RATES and not set(RATES) & set(question.units):
        return 0.0
    return _OTHER if _is_another(needle, metric) or _is_counted_otherwise(needle, metric) else 1.0


def _has(text: str, words: Sequence[str]) -> bool:
    return any(word in text for word in words)


def _is_level(metric: Metric, quote: str) -> bool:
    """Whether a rate says how high something is, and not by how much it rose: 覆盖率达到41%, 占税收的65%."""
    if _tells_change(metric.label):  # 增速达到7%
        return False
    return metric.predicate.endswith(_REACHED) or bool(_SHARE_OF.search(quote.partition(metric.raw)[0]))


def _is_another(needle: Needle, metric: Metric) -> bool:
    """Whether a metric measures something else about what is asked for: 常住人口城镇化率 is no 常住人口.

    人均地区生产总值 is no 地区生产总值 in a report that has both; of 居民收入 there is none but a head's.
    """
    if metric.label.startswith(_PER_HEAD) and _PER_HEAD not in needle.text:
        return metric.label.removeprefix(_PER_HEAD) in needle.index.labels
    measures, units = table("questions")["measures"], needle.question.units
    tail = next((tail for tail in measures["tails"] if metric.label.endswith(tail)), "")
    told_by_unit = bool(units) and units[0] in RATES and tail.endswith((*measures["shares"], "率"))
    return bool(tail) and tail not in needle.meant and not told_by_unit


def _is_counted_otherwise(needle: Needle, metric: Metric) -> bool:
    """Whether the figure right beside it counts what is asked for, by its unit: 户 of 32376户82823名 for 多少贫困户."""
    question = needle.question
    if question.units or not question.focus:
        return False
    focus, metrics = question.text[slice(*question.focus)], needle.index.report.metrics
    beside = (metrics[which] for which in needle.index.metrics_of.get(metric.clause, ()))
    beside = (other for other in beside if other.end == metric.start or metric.end == other.start)

    def named(unit: str) -> bool:
        return any(one in focus for one in fellow_units(unit) if one)

    return not named(metric.unit) and any(named(other.unit) for other in beside)


def implied_fit(question: Question, metric: Metric) -> float:
    """Whether the unit is that of the measure that the question's focus ends with: 总额 is in 元, and never in %."""
    focus = question.text[slice(*question.focus)] if question.focus else question.text
    for measure, units in table("questions")["implied"].items():
        if focus.rstrip("是有为达到了的").endswith(measure) and not question.change:
            apart = (metric.unit in _BARE_RATES) != bool(set(units) & set(RATES))
            return 1.0 if metric.unit in units else 0.0 if apart else _IMPLIED
    return 1.0


def is_change(metric: Metric) -> bool:
    """Whether a figure says by how much something changed."""
    said = metric.predicate
    if said.startswith("新") or said.endswith(("到", "至", "达")):
        return False
    told = (metric.unit in RATES or metric.rank) and _tells_change(f"{said} {metric.label}")
    return told or said.startswith(tuple(_words_of_change()))


def _tells_change(words: str) -> bool:
    return _has(words.replace("增加值", ""), _words_of_change())


def _words_of_change() -> list[str]:
    return [word for row in table("questions")["change"].values() for word in row]


def goes_the_other_way(needle: Needle, metric: Metric) -> bool:
    """Whether a figure says that something rose where the question asks by how much it fell, or the reverse."""
    asked, told = _ways(needle.text), _ways(f"{metric.label} {metric.predicate}")
    return len(asked) == len(told) == 1 and asked != told


def _ways(words: str) -> set[str]:
    change, said = table("questions")["change"], words.replace("增加值", "")
    return {way for way in ("up", "down") if any(len(word) > 1 and word in said for word in change[way])}
