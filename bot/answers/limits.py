"""What a question limits: unit, year, place, plan or result, level or change. Candidates pass, in part, or not."""

from __future__ import annotations

import re

from bot.answers.additions import asks_for_added, is_added, is_no_addition
from bot.answers.kinds import another_kind
from bot.answers.matching import Needle, Zone
from bot.answers.measures import RATES, goes_the_other_way, implied_fit, is_change, measure_fit
from bot.answers.model import Kind
from bot.answers.naming import PLAIN_PREDICATES
from bot.answers.passages import about_fit, asks_meaning
from bot.answers.questions import Question
from bot.answers.reading import Reading
from bot.answers.scope import period_fit, short, side_fit, wanted_years
from bot.answers.words import fold, table
from bot.reports.frontpage import OFFICES
from bot.reports.metrics.words import CHANGES, DOINGS, OBJECTLESS
from bot.reports.model import Bound, Metric, Part

# A value before a change and the value after it: 由21.3%提高到23.8%.
_FROM = re.compile(r"[由从][^，。；、]*$")
_TO = re.compile(r"[^，。；]{0,8}?[到至为]")
_ONCE = ("提高前", "之前", "以前", "原来", "原先", "从前", "起初")
# 清除, 拆除, 消除 … take away what they name and leave nothing out of the figure.
_WITHOUT = re.compile(
    r"(?:不含|不包括|不包含|未含|未包括|(?<![清拆消解免废根铲删剪切扫拔撤排破革扣去开])除)([^，。；）)]{1,20})"
)
_SIZE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?:[万亿]+元?|元|岁|米|亩|吨|公里)")  # in a question: 20亿元, 60岁
_BARE = 0.7  # share of a question that a label covers which asks for nothing else
_ORDER = ("位", "名")
_NAMED_BY = ("周年", "届", "中全会", "季度")  # units that number even where 几 stands without 第
_BARE_LABEL = 0.5  # share of a label that a bare question names: 委员 of 联系党外委员
_SAID = 2  # characters of a word that narrows
PART = 0.3  # the whole's figure where a part's is asked for

# How much speaks for a candidate that a limit does not fit in full.
_ELSEWHERE = 0.6  # a county's figure where the question names the city
_UNNAMED = 0.95  # a county's figure where the question names no place
_DIRECTION = 0.6  # a change where a level is asked for, or a level where a change is
_ADDED = 0.85  # what was added, where nothing says that it is meant
_OLD = 0.4  # the value before a change
_FELLOW = 0.8  # another unit than the one asked for, which may answer
_KIND = 0.3  # the same measure of another kind: 转移人口 for 常住人口
_SUBSET = 0.3  # some of what is asked for: 履职较差的4名委员 for all members
_ANOTHER = 0.5  # of several deeds done to one thing, one that the question does not say
_DEEDS = frozenset((*DOINGS, *OBJECTLESS)) - set(CHANGES)
_SUMMED = 0.95  # 累计达61个, where nothing says that the sum over the years is meant
_BOUNDED = 0.95  # 突破4000亿元 where the exact figure may stand elsewhere
_APPENDED = 0.6  # a note behind the report where a passage is asked for
_OTHER_SIDE = 0.5  # a passage that tells of what was done where a plan is asked for, or the reverse
_OTHER_YEAR = 0.5  # a passage that names another year than the one asked for
_LOOSE = 0.5  # a year or a place that is not the one asked for, for near misses


def metric_limits(reading: Reading, metric: Metric) -> float:
    """How far a metric may answer, 0 (not at all) to 1."""
    needle, question = reading.needle, reading.question
    quote = needle.index.text[metric.quote_start : metric.quote_end]
    index_words = needle.index.metric_words(metric)
    if contradicts(needle, index_words) or left_out(needle, quote):
        return 0.0
    unasked = is_added(needle, metric) and not asks_for_added(needle, metric)
    other = is_no_addition(needle, metric) or (question.stock and (unasked or is_meant_to_be(question, metric)))
    measured = 0.0 if other else measure_fit(needle, metric, quote)
    fit = unit_fit(reading, metric) * _when_and_where(reading, metric)
    fit *= measured if reading.strict else max(measured, _LOOSE)
    fit *= direction_fit(reading, metric)
    if unasked:
        fit *= _ADDED
    if is_old(needle, metric):
        fit *= _OLD
    if is_subset(needle, metric):
        fit *= _SUBSET
    if is_anothers(needle, metric) or is_of_another_size(needle, metric, quote):
        fit *= _ANOTHER
    if another_kind(needle, index_words, f"{index_words} {needle.index.clause(metric.clause)}"):
        fit *= _KIND
    if metric.predicate.startswith("累计") and "累计" not in question.text and not question.stock:
        fit *= _SUMMED
    if metric.bound in (Bound.MORE, Bound.AT_LEAST):
        fit *= _BOUNDED
    return fit


def _when_and_where(reading: Reading, metric: Metric) -> float:
    question, scope, report = reading.question, reading.scope, reading.report
    fit = period_fit(question, report, metric) * side_fit(question, metric)
    if scope.place and scope.place not in metric.place and short(scope.place) not in metric.label:
        fit = 0.0
    elif not scope.place and metric.place and metric.place != report.place:
        fit *= _ELSEWHERE if scope.own or question.level else _UNNAMED
    if not _is_of_zone(reading, metric.clause, metric):
        fit = 0.0
    return fit if reading.strict else max(fit, _LOOSE)


def _is_of_zone(reading: Reading, number: int, metric: Metric | None = None) -> bool:
    """Whether a clause, a title above it or a figure's own words name the zone that the question names, if any."""
    zone, index = reading.scope.zone, reading.index
    if not zone:
        return True
    own = index.metric_words(metric) if metric else ""
    return any(zone in words for words in (own, index.clause(number), index.path(index.report.clauses[number])))


def direction_fit(reading: Reading, metric: Metric) -> float:
    """Whether a level answers for a level and a change for a change; a level (22944元) never for 涨了多少."""
    question = reading.question
    if question.change and goes_the_other_way(reading.needle, metric):
        return 0.0 if reading.strict else _DIRECTION
    if question.change == is_change(metric):
        return 1.0
    if question.units and metric.unit in RATES and (not question.change or not metric.predicate):
        return 1.0
    level = metric.predicate in PLAIN_PREDICATES and metric.unit not in RATES
    return 0.0 if question.change and level and reading.strict else _DIRECTION


def unit_fit(reading: Reading, metric: Metric) -> float:
    question = reading.question
    if question.ordinal or (metric.rank and metric.unit not in _ORDER):
        named = question.ordinal or metric.unit in _NAMED_BY  # 第三次 is not asked for by 几次
        return float(metric.rank and named and metric.unit in question.units[:1])
    if metric.rank or question.rank:
        return float(metric.rank and (question.rank or "排" in question.text))
    if metric.raw in question.text:
        return 0.0  # the figure that the question itself gives
    if not question.units:
        return implied_fit(question, metric) if not question.amount or question.amount in metric.raw else 0.0
    unit = metric.unit.partition("/")[0]  # 635元/月
    if unit == question.units[0]:
        return 1.0
    return _FELLOW if unit in question.units else 0.0


def is_meant_to_be(question: Question, metric: Metric) -> bool:
    """Whether a figure is a goal and the question asks for what there is."""
    return metric.target and question.plan is None and not question.years


def is_subset(needle: Needle, metric: Metric) -> bool:
    """Whether the sentence narrows what a bare question asks for: 对履职情况较差的4名委员进行函询.

    By words before the figure, or, where all that there are are asked for, by a deed that the question does not say.
    """
    if needle.question.stock:
        added = is_added(needle, metric) and asks_for_added(needle, metric)
        if metric.predicate not in PLAIN_PREDICATES and not added and not needle.fits(metric.predicate):
            return True
    if needle.cover([Zone(needle.index.metric_words(metric), 1.0)]) <= _BARE:
        return False
    narrowing = needle.index.text[metric.quote_start : metric.start]
    if narrowing.endswith("的") and needle.fits(narrowing, tail=0) < 1 - _BARE:
        return True
    return needle.question.stock and needle.fits(metric.label) < _BARE_LABEL


def is_anothers(needle: Needle, metric: Metric) -> bool:
    """Whether a figure is of a later deed, unsaid in the question, to what is named once: 取消审批102项、转移47项."""
    if metric.predicate not in _DEEDS or needle.fits(metric.predicate):
        return False
    index = needle.index
    named = index.text.rfind(fold(metric.label), 0, metric.start)
    beside = (index.report.metrics[which] for which in index.metrics_of[metric.clause])
    return any(one.label == metric.label and named < one.start < metric.start for one in beside)


def is_of_another_size(needle: Needle, metric: Metric, quote: str) -> bool:
    """Whether the clause has the size that the question names (超过20亿元的企业), and the figure's own words do not."""
    clause = needle.index.clause(metric.clause)
    return any(size in clause and size not in quote for size in _SIZE.findall(needle.text))


def is_old(needle: Needle, metric: Metric) -> bool:
    """Whether a metric is the value before a change (由21.3%提高到…) and the question does not ask for that."""
    question, text = needle.question, needle.index.text
    before = text[max(metric.quote_start, metric.start - 12) : metric.start]
    old = bool(_FROM.search(before)) and bool(_TO.match(text, metric.end))
    if any(str(year) in before for year in question.years):
        return False
    return old != any(word in needle.text for word in _ONCE)


def contradicts(needle: Needle, words: str) -> bool:
    """Whether `words` name the other one of a pair that never stand for one another (户籍人口, 常住人口)."""
    named = ((set(pattern.findall(words)), wanted) for pattern, wanted in needle.rivals)
    return any(found and not found & wanted for found, wanted in named)


def left_out(needle: Needle, quote: str) -> bool:
    """Whether the quote says that it leaves out what is asked for: 学校228所（不含幼儿园）."""
    focus = needle.text[slice(*needle.question.focus)] if needle.question.focus else needle.text
    without = (match[1] for match in _WITHOUT.finditer(quote))
    return any(focus[at : at + 2] in words for words in without for at in range(len(focus) - 1))


# What an answer must hold for some ways of asking: a date for 哪年, a title for 什么题目, a place for 哪里.
_DATE = re.compile(r"\d{1,4}\s*[年月日:]|\d{1,2}·\d{1,2}|\d{4}-\d|十[一二三四五]五|去年|今年|明年")
_TITLE = re.compile(r"[《“]")
_WHERE = re.compile(r"[省市县区镇乡村旗州盟街路号地国]|位于|坐落")
_ADDRESSED = ("地址", "位于", "坐落", "在什么位置")
# 省委书记 is not 市委书记, and 副市长 is not 市长.
_OFFICE = re.compile(rf"(?:副|[省市县区州旗镇乡]委?|秘书|总)?(?:{'|'.join((*OFFICES, '秘书长'))})")
_TITLED_WORDS = ("标题", "题目", "书名")


def holds_what_is_asked(needle: Needle, start: int, end: int) -> bool:
    """Whether a span can answer a question for a date, a title or a place at all."""
    question, text = needle.question, needle.index.text
    if question.asks == "time":
        return bool(_DATE.search(text, start, end))
    titled = any(word in question.text for word in _TITLED_WORDS)
    offices = _OFFICE.findall(question.text) if question.asks == "person" or (question.naming and not titled) else []
    if offices and not any(_is_held(text[start:end], office) for office in offices):
        return False
    if any(word in question.text for word in _ADDRESSED):
        return bool(_WHERE.search(text, start, end))
    return not titled or bool(_TITLE.search(text, start, end))


def _is_held(words: str, office: str) -> bool:
    """Whether a span names someone who holds an office: 市委书记张伦, 市长：李春英."""
    surnames = table("questions")["surnames"]
    name = rf"(?:{'|'.join(surnames['double'])}|[{surnames['single']}])\s*[一-鿿]{{1,2}}"
    appointed = rf"{name}(?:同志)?(?:任|担任|当选为?|出任|为)\S{{0,12}}?{office}"
    return bool(re.search(rf"(?<![副总]){office}[\s:：*]*{name}|{appointed}", words))


def passage_limits(reading: Reading, number: int) -> float:
    """How far a clause may answer, 0 (not at all) to 1: by its place, its side, and the years that it stands under."""
    index, report = reading.index, reading.report
    clause = report.clauses[number]
    text = index.text[clause.start : clause.end]
    fit = 1.0
    away = reading.scope.place and short(reading.scope.place) not in text + index.path(clause)
    if away or not _is_of_zone(reading, number):
        fit = 0.0
    elif clause.part is Part.FURNITURE:
        fit = 0.7
    elif (
        clause.part is Part.APPENDIX
        and reading.question.kind is Kind.PASSAGE
        and not asks_meaning(reading.question.text)
    ):
        fit = _APPENDED
    else:
        coming = reading.question.kind is Kind.PASSAGE and (reading.question.relative or 0) > 0
        years = () if coming else wanted_years(reading.question, report)  # 明年怎么干 asks for the plans that there are
        if years and not any(str(year) in report.text or year in report.years for year in years):
            return 0.0 if reading.strict else _LOOSE  # a year of which the report says nothing at all
        said = {int(year) for year in re.findall(r"(?:19|20)\d\d", text + index.path(clause))}
        fit = _OTHER_YEAR if years and said and not said & set(years) else 1.0
    if index.plans and reading.question.plan is not None and reading.question.plan != (number in index.plans):
        fit *= _OTHER_SIDE
    if reading.question.kind is Kind.PASSAGE:
        fit *= about_fit(reading.question.text, text)
    return fit if reading.strict else max(fit, _LOOSE)
