from pathlib import Path
from xml.etree import ElementTree

from bench.corpus import MEASURES, read, totals, worst
from bench.growth import HEIGHT, WIDTH, draw
from bench.measures import percentile
from bench.scale import asked, made_up_files, table
from bot.reports.reader import read_report


def test_made_up_reports_are_read_with_place_year_and_figures(tmp_path: Path) -> None:
    files = made_up_files(tmp_path, 3)
    reports = [read_report(path) for path in files]
    assert len({report.place for report in reports}) == 3
    assert all(report.year == 2024 and report.metrics and report.place in report.id for report in reports)


def test_questions_name_place_and_year_and_know_their_figure(tmp_path: Path) -> None:
    reports = [read_report(path) for path in made_up_files(tmp_path, 4)]
    for question, metric in asked(reports, 4):
        assert metric.label in question
        assert metric.period in question


def test_percentiles_are_values_that_were_seen() -> None:
    assert percentile([], 50) == 0
    assert percentile([3, 1, 2], 50) == 2
    assert percentile(range(1, 101), 95) == 95


def test_a_table_has_a_line_for_each_size() -> None:
    row = dict.fromkeys("build cpu start held resident p50 p95 cpu50 cpu95 right wrong".split(), 1.0)  # noqa: SIM905
    assert len(list(table([row | {"reports": 100, "mb": 5.0}, row | {"reports": 300, "mb": 15.0}]))) == 3


def test_the_picture_of_growth_has_every_line_and_stays_inside(tmp_path: Path) -> None:
    rows = [
        dict.fromkeys(("resident", "held", "start", "cpu95", "cpu50"), float(n)) | {"reports": n} for n in (40, 120)
    ]
    draw(rows, "云泽 <2>", tmp_path / "growth.svg")
    picture = ElementTree.parse(tmp_path / "growth.svg").getroot()  # noqa: S314 - our own
    lines = [one.attrib["points"] for one in picture.iter() if one.tag.endswith("polyline")]
    assert len(lines) == 5
    points = [tuple(map(float, point.split(","))) for line in lines for point in line.split()]
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)


def test_a_file_that_makes_no_report_is_a_failure_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text("", encoding="utf-8")
    good, bad = read(made_up_files(tmp_path, 1)[0]), read(tmp_path / "空.txt")
    assert good.metrics > 0
    assert not good.failure
    assert bad.failure
    told = "\n".join([*worst([good], 1), *totals([good, bad])])
    assert all(name in told for name in MEASURES)
    assert "failed: 1" in told
