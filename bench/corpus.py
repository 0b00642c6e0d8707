"""Reads every report of a folder: what each gave, which were slow or poor, and how fast they all were.

    python -m bench.corpus FOLDER [--worst 20] [--each FILE.tsv]

The totals are of one core. The folder is the reader's own: no corpus comes with the project.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from bot.reports.files import SUFFIXES
from bot.reports.model import Part, Report, ReportError
from bot.reports.reader import read_report


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gave. Shares are 0..1; `failure` is what was raised, "" where the file was read."""

    name: str
    mb: float = 0.0
    seconds: float = 0.0
    characters: int = 0
    sections: int = 0
    metrics: int = 0
    unlabelled: float = 0.0  # share of the metrics that have no label
    leaf: float = 0.0  # the longest stretch without a heading, as a share of the text
    outside: float = 0.0  # share of the text that is taken for page furniture or front
    place: str = ""
    year: int = 0
    body: str = ""
    warnings: str = ""
    failure: str = ""

    @property
    def pace(self) -> float:
        """Seconds a megabyte."""
        return self.seconds / self.mb if self.mb else 0.0

    @property
    def density(self) -> float:
        """Metrics in a thousand characters."""
        return 1000 * self.metrics / max(1, self.characters)


def read(path: Path) -> Reading:
    """Read one file and measure it; never raises."""
    mb = path.stat().st_size / 1e6
    began = time.perf_counter()
    try:
        report = read_report(path)
    except ReportError as fault:
        return Reading(path.name, mb, time.perf_counter() - began, failure=str(fault))
    except Exception as error:  # a defect of the reader, which is what this looks for
        return Reading(path.name, mb, time.perf_counter() - began, failure=f"{type(error).__name__}: {error}")
    return measured(path.name, mb, time.perf_counter() - began, report)


def measured(name: str, mb: float, seconds: float, report: Report) -> Reading:
    size = max(1, len(report.text))
    inside = sum(one.end - one.start for one in report.clauses if one.part in (Part.BODY, Part.APPENDIX))
    return Reading(
        name=name,
        mb=mb,
        seconds=seconds,
        characters=size,
        sections=len(report.sections) - 1,
        metrics=len(report.metrics),
        unlabelled=sum(not metric.label for metric in report.metrics) / max(1, len(report.metrics)),
        leaf=max(end - start for start, end in report.tree.leaves()) / size,
        outside=1 - inside / size,
        place=report.place,
        year=report.year or 0,
        body=report.body,
        warnings="；".join(report.warnings),
    )


# What a report can be worst at; the largest value is the worst.
MEASURES: dict[str, Callable[[Reading], float]] = {
    "seconds a MB": lambda one: one.pace,
    "longest leaf, share of the text": lambda one: one.leaf,
    "fewest sections": lambda one: -one.sections,
    "fewest metrics in 1,000 characters": lambda one: -one.density,
    "metrics without label, share": lambda one: one.unlabelled,
    "taken for furniture or front, share of the text": lambda one: one.outside,
}


def worst(readings: Sequence[Reading], count: int) -> Iterator[str]:
    """The reports that are worst by each measure."""
    for name, measure in MEASURES.items():
        yield f"\nworst by {name}"
        for one in sorted(readings, key=measure, reverse=True)[:count]:
            yield f"  {measure(one):9.3f}  {line_of(one)}"


def line_of(one: Reading) -> str:
    whose = f"{one.place or '?'} {one.year or '?'} {one.body or '?'}"
    shape = f"{one.sections:4} sections {one.metrics:5} metrics {one.seconds:6.2f} s"
    return f"{one.name:34} {whose:20} {shape} {one.warnings}"


def totals(readings: Sequence[Reading]) -> Iterator[str]:
    seconds, mb = sum(one.seconds for one in readings), sum(one.mb for one in readings)
    paces = sorted(one.pace for one in readings if one.mb)
    good = [one for one in readings if not one.failure]
    yield f"\n{len(readings)} files, {mb:.1f} MB, {seconds:.1f} s: {seconds / max(mb, 1e-9):.2f} s a MB a core"
    if paces:
        yield f"s a MB: median {paces[len(paces) // 2]:.2f}, slowest {paces[-1]:.2f}"
    yield f"{sum(one.sections for one in good)} sections, {sum(one.metrics for one in good)} metrics"
    for name, missing in (
        ("without place", sum(not one.place for one in good)),
        ("without year", sum(not one.year for one in good)),
        ("without body", sum(not one.body for one in good)),
        ("without sections", sum(not one.sections for one in good)),
        ("without metrics", sum(not one.metrics for one in good)),
        ("failed", len(readings) - len(good)),
    ):
        yield f"{name}: {missing}"
    for warning, count in Counter(one.warnings for one in good if one.warnings).most_common(10):
        yield f"warning {count} times: {warning}"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)


def main() -> int:
    """Print the worst, the failures and the totals; 1 where a file fails by a defect, 2 where the folder is empty."""
    parser = argparse.ArgumentParser(prog="python -m bench.corpus", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--worst", type=int, default=20, metavar="N")
    parser.add_argument("--each", type=Path, metavar="FILE.tsv", help="a line for every report")
    options = parser.parse_args()
    files = _files(options.folder)
    if not files:
        print(f"bench: no reports in {options.folder}", file=sys.stderr)
        return 2
    readings = []
    for number, path in enumerate(files, start=1):
        readings.append(read(path))
        if sys.stderr.isatty() or number % 100 == 0:
            print(f"\r{number}/{len(files)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    if options.each:
        names = [field.name for field in fields(Reading)]
        rows = ["\t".join(names), *("\t".join(str(getattr(one, name)) for name in names) for one in readings)]
        options.each.write_text("\n".join(rows) + "\n", encoding="utf-8")
    for line in (*worst([one for one in readings if not one.failure], options.worst), *totals(readings)):
        print(line)
    failed = [one for one in readings if one.failure]
    for one in failed:
        print(f"failed: {one.name}: {one.failure}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
