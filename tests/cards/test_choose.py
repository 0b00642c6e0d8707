from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bot.cards.choose import group_of, key_metrics, of_place, of_section, usual_period
from tests.cards.sample import LONG, NEW, named

BEDS, CLASSES = NEW.metrics[2], NEW.metrics[0]


def chosen(*metrics, count: int = 12):
    return key_metrics(replace(NEW, metrics=tuple(metrics)), count)


def test_key_figures_come_in_reading_order_and_none_twice() -> None:
    found = key_metrics(NEW)
    assert [metric.start for metric in found] == sorted(metric.start for metric in NEW.metrics)
    assert chosen(BEDS, replace(BEDS, raw="1.6万张"), BEDS) == [BEDS]


def test_at_most_as_many_as_asked_for() -> None:
    assert len(key_metrics(NEW, 3)) == 3
    assert key_metrics(NEW, 0) == []
    assert key_metrics(replace(NEW, metrics=())) == []


def test_ranks_and_nameless_figures_are_not_shown() -> None:
    assert chosen(replace(BEDS, rank=True), replace(BEDS, label="")) == []


def test_results_go_before_plans() -> None:
    plan = replace(BEDS, label="新建床位", target=True)
    assert chosen(plan, BEDS, count=1) == [BEDS]


def test_short_and_whole_names_go_before_sentences_and_scraps() -> None:
    for scrap in (LONG + LONG, "《云泽日报", "暨云泽市成立", "为群众"):
        assert chosen(replace(BEDS, label=scrap, predicate=""), BEDS, count=1) == [BEDS]


def test_much_goes_before_a_handful() -> None:
    assert chosen(CLASSES, BEDS, count=1) == [BEDS]


def test_a_growth_of_the_same_thing_is_not_told_again() -> None:
    rate = named("养老床位总数", "6.5%")
    assert len(chosen(BEDS, rate)) == 1


def test_figures_are_spread_over_sections() -> None:
    same = [replace(BEDS, label=label) for label in ("护理床位", "医院床位", "托育学位", "停车泊位", "公租房屋")]
    spread = Counter(group_of(NEW, metric) for metric in chosen(*same, *NEW.metrics, count=6))
    assert len(spread) == 3
    assert max(spread.values()) <= 3


def test_the_year_reviewed_goes_before_years_of_comparison() -> None:
    report = replace(NEW, years=(2024, 2025), metrics=(replace(BEDS, period="2010", label="老床位数"), BEDS))
    assert key_metrics(report, 1) == [BEDS]


def test_figures_of_a_section_and_of_a_place() -> None:
    index = next(at for at, section in enumerate(NEW.sections) if section.title.startswith("聚焦"))
    assert [metric.label for metric in of_section(NEW, index)] == ["养老床位", "群众", "学位"]
    assert [metric.label for metric in of_place(NEW, "松岭县")] == ["学位"]
    assert usual_period([BEDS, replace(BEDS, period="2023"), BEDS]) == BEDS.period
    assert usual_period([]) == ""
