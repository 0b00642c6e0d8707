"""Metrics: which quantities a sentence says, what they count, and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.reports.metrics import extract_metrics, find_quantities, parse_numeral
from bot.reports.metrics.scene import Scene
from bot.reports.model import Clause, Metric, Part
from tests.reports import metric_sentences as sentences
from tests.reports import numeral_sentences as numerals

PLACES = ("白鹭县", "柳河县", "松岭县", "青石区")
SEED = Path(__file__).parents[2] / "seeds" / "heze-cppcc-2024.txt"
ROWS = [
    row
    for table in (
        sentences.POWERS,
        sentences.BOUNDS,
        sentences.SHARES,
        sentences.SHARED,
        sentences.RANGES,
        sentences.FROM_TO,
        sentences.ENUMERATIONS,
        sentences.NESTED,
        sentences.FIGURE_FIRST,
        sentences.SIZES,
        sentences.SPELLED,
        sentences.MIXED,
        numerals.NOT_BOUNDS,
        numerals.DENIED,
        numerals.OLD_STYLE,
        numerals.SHARED_UNITS,
        numerals.SIDE_BY_SIDE,
        numerals.COMPARED,
    )
    for row in table
]


def clauses(text: str, path: Sequence[str] = (), part: Part = Part.BODY) -> list[Clause]:
    return [
        Clause(m.start(), m.end(), tuple(path), 0, part) for m in re.finditer(r"[^。！？；;\n]+[。！？；;\n]?", text)
    ]


def metrics(
    text: str, path: Sequence[str] = (), *, body: str = "市政协", year: int | None = 2024, part: Part = Part.BODY
) -> list[Metric]:
    found = extract_metrics(text, clauses(text, path, part), places=PLACES, place="云泽市", body=body, year=year)
    return list(found)


def amounts(text: str, path: Sequence[str] = (), *, body: str = "市政协", year: int | None = 2024) -> list[Metric]:
    return [metric for metric in metrics(text, path, body=body, year=year) if not metric.rank]


@pytest.mark.parametrize(("text", "gold"), ROWS, ids=[text for text, _ in ROWS])
def test_a_sentence_says_these_quantities_of_these_things(text: str, gold: list[sentences.Gold]) -> None:
    found = amounts(text)
    wanted = [
        (raw, value if isinstance(value, tuple) else (value, None), unit, bound) for raw, value, unit, bound, _ in gold
    ]
    assert [(each.raw, (each.value, each.value_max), each.unit, each.bound or "") for each in found] == wanted
    for metric, (_, _, _, _, words) in zip(found, gold, strict=True):
        assert all(word in metric.label for word in words.split()), (metric.label, words)


@pytest.mark.parametrize("text", [text for text, _ in ROWS])
def test_a_metric_stands_where_it_says_and_its_quote_holds_it(text: str) -> None:
    for metric in metrics(text):
        assert text[metric.start : metric.end] == metric.raw
        assert metric.quote_start <= metric.start < metric.end <= metric.quote_end
        assert metric.label
        assert len(metric.label) <= 30
        assert not re.search(r"[,，。;；！？\n]", metric.label)


@pytest.mark.parametrize("text", sentences.NOTHING)
def test_what_only_looks_like_a_quantity_is_none(text: str) -> None:
    assert [metric.raw for metric in amounts(text)] == []


@pytest.mark.parametrize(("text", "gold"), sentences.RANKS)
def test_ranks_and_anniversaries_are_facts_and_no_amounts(text: str, gold: list[tuple[str, float, str]]) -> None:
    assert [(each.raw, each.value, each.unit) for each in metrics(text) if each.rank] == gold
    assert amounts(text) == []


@pytest.mark.parametrize(("text", "gold"), sentences.PLACES)
def test_a_figure_is_of_the_place_named_last_in_its_sentence(text: str, gold: list[tuple[str, str]]) -> None:
    assert [(each.raw, each.place) for each in amounts(text)] == gold


def test_the_object_is_inherited_and_the_actor_changes() -> None:
    text = "收集社情民意信息300篇,全国政协采用5篇;省委采用2篇;省政协采用31篇;编发专报7期。"
    found = amounts(text)
    assert [each.actor for each in found] == ["市政协", "全国政协", "省委", "省政协", "市政协"]
    assert [each.subject for each in found] == ["", *["社情民意信息"] * 3, ""]


def test_the_actor_is_the_organ_named_in_the_sentence() -> None:
    assert amounts("全市各级政协开展协商活动60余次,提出建议40条。")[1].actor == "全市各级政协"
    assert amounts("白鹭县政协“议事亭”惠及群众3万人。")[0].actor == "白鹭县政协"


def test_a_quote_reaches_back_to_the_words_that_name_the_figure() -> None:
    text = "全年粮食总产实现新突破,达到18万吨,增长3%。"
    found = amounts(text)
    assert text[found[1].quote_start : found[1].quote_end] == "全年粮食总产实现新突破,达到18万吨,增长3%"
    assert {each.label for each in found} == {"粮食总产"}


def test_a_quote_is_the_part_of_the_figure_where_that_names_it() -> None:
    text = "在康养方面,提出了建议,全市养老床位达到3.7万张。"
    found = amounts(text)[0]
    assert text[found.quote_start : found.quote_end] == "全市养老床位达到3.7万张"


@pytest.mark.parametrize(
    ("path", "body", "year", "period", "target"),
    [
        (("2023年工作回顾",), "市政府", 2024, "2023", False),
        (("2024年工作安排",), "市政府", 2024, "2024", True),
        (("政府工作报告", "过去一年工作回顾"), "市政府", 2024, "2023", False),
        (("今年的主要任务",), "市政府", 2024, "2024", True),
        (("２０１０年主要任务",), "国务院", 2010, "2010", True),
        (("“十二五”时期工作回顾",), "区政府", 2016, "2011-2015", False),
        (("“十二五”时期和2015年工作回顾",), "区政府", 2016, "2015", False),
        (("2024年主要工作",), "市政协", 2024, "2024", False),
        (("2024年的主要工作",), "市政府", 2024, "2024", True),
        (("2023年主要工作",), "市政府", 2024, "2023", False),
        (("2025年主要任务",), "市政协", 2024, "2025", True),
        (("“十二五”经济社会发展目标全面实现",), "市政府", 2016, "2015", False),
        (("“十二五”计划的顺利完成为今后发展奠定了基础",), "市政府", 2016, "2015", False),
        (("向园林城市目标大步前进的五年",), "市政府", 2024, "2019-2023", False),
        (("今后的五年",), "市政府", 2024, "2024-2028", True),
        (("乘势而上，以优异成绩迎接新世纪",), "市政府", 2000, "1999", False),
        (("奋力开启“十三五”新征程",), "市政府", 2016, "2016-2020", True),
        (("聚焦“十四五”开局建言",), "市政协", 2021, "2021", False),
        (("在扩大内需上取得新突破",), "市政府", 2024, "2023", False),
        (("今年的主要工作任务",), "市政府", 2024, "2024", True),
        (("“十二五”时期的规划构想",), "市政府", 2011, "2011-2015", True),
        (("去年和今年前四个月的工作",), "市政府", 2024, "2024", False),
        (("2023年的工作和2024年的目标",), "市政府", 2024, "2023", False),
        (("一、综合",), "县统计局", 2022, "2022", False),
        ((), "市政府", 2024, "2023", False),
        ((), "市政府", None, "", False),
    ],
)
def test_the_section_gives_the_period_and_says_whether_it_is_planned(
    path: Sequence[str], body: str, year: int | None, period: str, target: bool
) -> None:
    metric = metrics("新增停车泊位300个。", path, body=body, year=year)[0]
    assert (metric.period, metric.target) == (period, target)


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("2021年新增学位300个。", ["2021"]),
        ("绿化覆盖率由2018年的38%提高到41%。", ["2018", "2023"]),
        ("税收由2018年的5亿元增加到2023年的9亿元，年均增长12%。", ["2018", "2023", "2019-2023"]),
        ("空气优良率比2019年提高3个百分点。", ["2023"]),
        ("五年来，累计新建学校60所。", ["2019-2023"]),
        ("“十三五”期间，建成水库4座。", ["2016-2020"]),
        ("去年新建学校6所。今年将新建学校8所。", ["2023", "2024"]),
        ("2011-2015年，累计投资60亿元。", ["2011-2015"]),
    ],
)
def test_a_year_in_the_sentence_is_the_period_unless_compared_with(text: str, periods: list[str]) -> None:
    assert [each.period for each in amounts(text, ("工作回顾",), body="市政府")] == periods


def test_a_goal_in_the_sentence_is_a_target_and_an_estimate_is_none() -> None:
    assert metrics("力争新增学位300个。")[0].target
    assert metrics("主要预期目标是：地区生产总值增长5.5%左右。")[0].target
    assert not metrics("预计实现地区生产总值300亿元。")[0].target


def test_the_predicate_is_the_change_or_the_doing() -> None:
    found = amounts("开展协商2项、月度协商6项。进出口总额增长6%。13条建议被采纳。")
    assert [each.predicate for each in found] == ["开展", "", "增长", "被采纳"]


def test_titles_and_page_furniture_yield_nothing() -> None:
    text = "共收录报告300篇。"
    assert metrics(text, part=Part.FURNITURE) == metrics(text, part=Part.TITLE) == []
    assert len(metrics(text, part=Part.APPENDIX)) == 1


def test_the_seed_report_says_these_quantities_and_no_more() -> None:
    raws = """
        2项 6项 2项 4项 10项 13条 23个 8条 2个 2个 2个 20余次 60余条 15条 3.7万张 13个 14个 7万人 2.2万名 1.1万个 2887篇
        11篇 2篇 174篇 7期 295篇 1500多对 6000余个 1.5万人 60余次 400余条 500余次 18名 1个 4项 9次 1500余人次 50余人次
        150余篇 16次 34次 10万次 18家 30余篇 4名 20余次 2000余人次 31项 6个 6人 150项 2篇
    """
    assert [metric.raw for metric in amounts(SEED.read_text(encoding="utf-8"))] == raws.split()


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("3.7万", 37000),
        ("36,518", 36518),
        ("３３．５万亿", 33.5e12),
        ("1亿2千万", 1.2e8),
        ("四亿零七百多万", 4.07e8),
        ("十二", 12),
        ("两", 2),
        ("一百零五", 105),
        ("120余万", 1.2e6),
        ("三点五", 3.5),
        ("百分之五", 0.05),
        ("1/4", 0.25),
        ("1.1", 1.1),
    ],
)
def test_a_numeral_is_read_exactly(numeral: str, value: float) -> None:
    assert parse_numeral(numeral) == value


@pytest.mark.parametrize("word", ["", "养老床位", "abc", "万张", "-"])
def test_what_is_no_numeral_has_no_value(word: str) -> None:
    assert parse_numeral(word) is None


def test_quantities_are_found_within_a_span_of_a_text() -> None:
    text = "新增床位300张、学位20个。"
    assert [each.raw for each in find_quantities(text, 8)] == ["20个"]
    assert [each.raw for each in find_quantities(text, 0, 8)] == ["300张"]


def test_a_long_run_of_figures_is_read_in_linear_time() -> None:
    assert len(find_quantities("一" * 20000 + "百分之" * 5000 + "1,111," * 5000)) <= 5000
    assert extract_metrics("", (), places=(), place="", body="", year=None) == ()


@pytest.mark.parametrize("places", [("白鹭县", "东白鹭县"), ("东白鹭县", "白鹭县")])
def test_a_label_that_two_places_fit_is_of_the_longer_name(places: tuple[str, ...]) -> None:
    assert Scene(places, "云泽市").place_of_label("东白鹭县工笔画") == "东白鹭县"
