"""The picture of risk against coverage."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench.curve import Line, draw


def test_risk_is_the_share_of_false_answers_among_the_surest() -> None:
    line = Line("ours", "#000", [(0.9, True), (0.2, False), (0.8, True), (0.5, False)], asked=5)
    assert line.points() == [(0.2, 0.0), (0.4, 0.0), (0.6, pytest.approx(1 / 3)), (0.8, 0.5)]


def test_answers_of_the_same_score_are_taken_together() -> None:
    line = Line("ours", "#000", [(0.9, True), (0.9, False)], asked=2)
    assert line.points() == [(1.0, 0.5)]


def test_the_picture_is_well_formed_and_marks_what_is_answered(tmp_path: Path) -> None:
    path = tmp_path / "curve.svg"
    draw([Line("a < b", "#c00", [(0.9, True), (0.4, False)], asked=2, answered=1)], "Risk & coverage", path)
    tree = ElementTree.parse(path)  # noqa: S314 (our own file)
    tags = [element.tag.rpartition("}")[2] for element in tree.iter()]
    assert tags.count("polyline") == 1
    assert tags.count("circle") == 1
