"""Which reports a question is about, told from heads of reports alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.catalogue import AskBack, Catalogue, Picked
from bot.reports.model import Report
from bot.reports.reader import read_report

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    one = read_report(DATA / "yunze-zhengfu-2024.md")

    def of(place: str, year: int, body: str = "市政府", places: tuple[str, ...] = ()) -> Report:
        return replace(one, id=f"{place}{body}{year}", place=place, year=year, body=body, places=places, years=(year,))

    return [
        *(of("云泽市", year, places=("青石区", "白鹭县")) for year in range(2015, 2025)),
        *(of("石岭市", year, places=("青石区", "南屏县")) for year in range(2015, 2025)),
        *(of("石岭市", year, "市政协") for year in range(2020, 2025)),
        *(of("全国", year, "国务院") for year in range(2015, 2025)),
    ]


@pytest.mark.parametrize(
    ("question", "picked"),
    [
        ("云泽2019年养老床位有多少张", ["云泽市市政府2020", "云泽市市政府2019"]),
        ("2019年云泽市养老床位有多少张", ["云泽市市政府2020", "云泽市市政府2019"]),
        ("石岭市政协2023年提案多少件", ["石岭市市政协2024", "石岭市市政协2023"]),
        ("白鹭县2019年修了多少公路", ["云泽市市政府2020", "云泽市市政府2019"]),
        ("yunze2019年养老床位有多少张", ["云泽市市政府2020", "云泽市市政府2019"]),
        ("云择2019年养老床位有多少张", ["云泽市市政府2020", "云泽市市政府2019"]),
        ("全国2019年城镇新增就业多少人", ["全国国务院2020", "全国国务院2019"]),
    ],
)
def test_place_year_and_body_pick_the_reports(reports: list[Report], question: str, picked: list[str]) -> None:
    found = Catalogue(reports).pick(question)
    assert isinstance(found, Picked)
    assert [report.id for report in found.reports] == picked


def test_a_place_without_a_year_means_its_newest_reports(reports: list[Report]) -> None:
    found = Catalogue(reports).pick("云泽市养老床位有多少张")
    assert isinstance(found, Picked)
    assert [report.year for report in found.reports] == [2024, 2023, 2022, 2021]


def test_a_county_of_two_cities_is_asked_back(reports: list[Report]) -> None:
    found = Catalogue(reports).pick("青石区2019年改造了多少小区")
    assert isinstance(found, AskBack)
    assert set(found.choices) == {"云泽市青石区2019年改造了多少小区", "石岭市青石区2019年改造了多少小区"}


def test_a_county_belongs_to_the_place_that_names_it_in_most_of_its_reports(reports: list[Report]) -> None:
    twins = [
        replace(reports[9], id=f"柳门{year}", place="柳门市", places=("松岭县",), year=year) for year in (2023, 2024)
    ]
    partner = [replace(one, places=(*one.places, "松岭县")) if one.year == 2020 else one for one in reports[:10]]
    found = Catalogue([*partner, *twins]).pick("松岭县2023年改造了多少小区")
    assert isinstance(found, Picked)
    assert {report.place for report in found.reports} == {"柳门市"}


@pytest.mark.parametrize("question", ["云泽和石岭2019年养老床位", "2019年云泽市、石岭市养老床位"])
def test_two_places_at_once_are_asked_one_by_one(reports: list[Report], question: str) -> None:
    catalogue = Catalogue(reports)
    found = catalogue.pick(question)
    assert isinstance(found, AskBack)
    assert len(found.choices) == 2
    for choice, place in zip(found.choices, ("云泽市", "石岭市"), strict=True):
        picked = catalogue.pick(choice)
        assert isinstance(picked, Picked)
        assert {report.place for report in picked.reports} == {place}


@pytest.mark.parametrize("question", ["云泽市2021年政府工作报告谁作的", "2021年云泽市政府工作报告是谁作的"])
def test_the_year_of_a_report_is_its_own(reports: list[Report], question: str) -> None:
    found = Catalogue(reports).pick(question)
    assert isinstance(found, Picked)
    assert [report.year for report in found.reports] == [2021]


def test_places_offered_have_a_report_about_the_year(reports: list[Report]) -> None:
    young = replace(reports[0], id="柳门2024", place="柳门市", year=2024, years=(2024,))
    found = Catalogue([*reports, young]).pick("2016年养老床位有多少张")
    assert isinstance(found, AskBack)
    assert not [choice for choice in found.choices if "柳门" in choice]


def test_a_misspelt_place_of_which_there_is_no_report_is_told(reports: list[Report]) -> None:
    found = Catalogue(reports).pick("太圆2019年财政收入增长多少")
    assert isinstance(found, AskBack)
    assert "太原市" in found.reason


def test_a_place_of_which_there_is_no_report_is_told(reports: list[Report]) -> None:
    found = Catalogue(reports).pick("太原2019年财政收入增长多少")
    assert isinstance(found, AskBack)
    assert "太原市" in found.reason


def test_clearly_best_clauses_of_one_place_pick_it_and_others_do_not(reports: list[Report]) -> None:
    catalogue = Catalogue(reports)
    one = catalogue.pick("板凳会", lambda said, count: [("云泽市市政府2020", 9.0), ("石岭市市政府2020", 4.0)])
    two = catalogue.pick("养老床位", lambda said, count: [("云泽市市政府2020", 9.0), ("石岭市市政府2020", 8.0)])
    assert isinstance(one, Picked)
    assert isinstance(two, AskBack)
    assert two.choices[:2] == ("云泽市养老床位", "石岭市养老床位")
