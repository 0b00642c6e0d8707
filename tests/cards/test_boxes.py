"""What cards look like, measured: nothing overlaps, nothing is wider than its room, nothing leaves the page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.cards.draw import comparison_content, grid_content, single_content
from bot.cards.overview import glance_content
from tests.cards.boxes import boxes, faults
from tests.cards.sample import BEDS, BEDS_BEFORE, LONG, NEW, OLD, SHORT, TITLES, VALUES, named, twelve


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("label", [SHORT, "养老床位", LONG, TITLES[0] * 2, "W" * 40])
def test_a_figure_stands_alone_without_overlap(label: str, theme: str) -> None:
    placed = boxes("single", single_content(NEW, named(label)), theme)
    assert faults(placed) == []
    assert {"kicker", "label", "value", "quote", "section", "seal", "footer 0"} <= {box.name for box in placed}


@pytest.mark.parametrize("value", [*VALUES, "７" * 40, "亿" * 40])
def test_a_value_of_any_length_keeps_to_the_card(value: str) -> None:
    for template, content in (
        ("single", single_content(NEW, named("养老床位", value))),
        ("grid", grid_content(NEW, [named("养老床位", value)] * 5, "数字")),
    ):
        assert faults(boxes(template, content)) == []


@pytest.mark.parametrize("count", range(1, 13))
def test_a_grid_of_any_size_keeps_its_cells_apart(count: int) -> None:
    placed = boxes("grid", grid_content(NEW, twelve()[:count], LONG * (1 + count % 2)))
    assert faults(placed) == []
    assert len([box for box in placed if box.name.endswith(" value")]) == count


def test_a_grid_holds_no_more_than_twelve() -> None:
    placed = boxes("grid", grid_content(NEW, twelve() * 2, "数字"), "dark")
    assert len([box for box in placed if box.name.endswith(" value")]) == 12


def test_figures_of_a_row_stand_on_one_line() -> None:
    placed = {box.name: box for box in boxes("grid", grid_content(NEW, twelve()[:4], "数字"))}
    assert placed["cell 0 value"].y + placed["cell 0 value"].height == pytest.approx(
        placed["cell 1 value"].y + placed["cell 1 value"].height, abs=1
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_report_at_a_glance(theme: str) -> None:
    report = replace(NEW, title=NEW.title * 3, metrics=(*NEW.metrics, named(LONG), named(TITLES[0], VALUES[1])))
    assert faults(boxes("glance", glance_content(report), theme)) == []


@pytest.mark.parametrize("label", [SHORT, LONG, TITLES[0]])
def test_a_comparison_of_years(label: str) -> None:
    old = replace(BEDS_BEFORE, raw=VALUES[2], period="2011-2015", target=True)
    pairs = [(OLD, old), (NEW, BEDS), (NEW, replace(BEDS, period="2025", value=-3.0))]
    for some in (pairs[:2], pairs, [(OLD, replace(old, unit="户")), pairs[1]]):
        assert faults(boxes("comparison", comparison_content(label, some))) == []


def test_bars_are_as_long_as_their_figures() -> None:
    rows = comparison_content("养老床位", [(NEW, BEDS), (OLD, BEDS_BEFORE)])["rows"]
    assert [(row["year"], row["share"]) for row in rows] == [("2023年", 0.8), ("2024年", 1.0)]
