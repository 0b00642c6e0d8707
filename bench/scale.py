"""How a library grows: building it, starting from its snapshot, and questions that name a place and a year.

    python -m bench.scale [FOLDER] [--sizes 100 300 1199] [--questions 200] [--picture FILE.svg]

Every size is built in a process of its own and opened in another. Questions are made from figures of reports
(太原2019年一般公共预算收入增长多少); most of them open a report that was not open. Without a folder they are made up.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.growth import draw
from bench.measures import highest_mb, machine, percentile, resident_mb
from bench.sentences import made_up, report_files
from bot.reports.gazetteer import short_name
from bot.reports.model import Metric, Report

A_REPORT = 120  # sentences of a made-up report
LABEL = range(3, 11)  # characters of a label that makes a natural question


def build(files: Sequence[Path], snapshot: Path) -> dict[str, float]:
    """Read everything and write the snapshot. Seconds are of the clock and of all processors together."""
    from bot.library import Library

    began = time.perf_counter()
    Library.load(files, snapshot=snapshot)
    spent = time.perf_counter() - began
    own, children = os.times()[:2], os.times()[2:4]
    return {"build": spent, "cpu": sum(own) + sum(children), "build_mb": highest_mb(os.getpid())}


def start(files: Sequence[Path], snapshot: Path, count: int) -> dict[str, float]:
    """Open the snapshot in a fresh process and ask."""
    began = time.perf_counter()
    from bot.answers.model import Answer
    from bot.library import Library

    library = Library.load(files, snapshot=snapshot)
    opened = time.perf_counter() - began
    held = resident_mb(os.getpid())
    questions = list(asked(library.reports, count))
    library.ask("哪一年")  # what loads at the first question is not the question's time
    times, busy, right, wrong = [], [], 0, 0
    for question, metric in questions:
        began, worked = time.perf_counter(), time.process_time()
        found = library.ask(question)
        times.append(time.perf_counter() - began)
        busy.append(time.process_time() - worked)
        if isinstance(found, Answer):
            same = found.value == metric.value and found.unit == metric.unit
            right, wrong = right + same, wrong + (not same)
    return {
        "start": opened,
        "held": held,
        "resident": resident_mb(os.getpid()),
        "p50": 1000 * percentile(times, 50),
        "p95": 1000 * percentile(times, 95),
        "cpu50": 1000 * percentile(busy, 50),
        "cpu95": 1000 * percentile(busy, 95),
        "right": right / max(1, len(times)),
        "wrong": wrong / max(1, len(times)),
    }


def asked(reports: Sequence[Report], count: int, seed: int = 7) -> Iterator[tuple[str, Metric]]:
    """Questions with place and year, each made from a figure of another report that has it once."""
    dice = random.Random(seed)
    for report in dice.sample(list(reports), min(count, len(reports))):
        labels = [(metric.label, metric.unit, metric.period) for metric in report.metrics]
        plain = [
            metric
            for metric in report.metrics
            if len(metric.label) in LABEL
            and metric.place in ("", report.place)
            and metric.period.isdecimal()
            and not (metric.target or metric.rank or metric.subject)
            and labels.count((metric.label, metric.unit, metric.period)) == 1
        ]
        if plain and report.place:
            metric = dice.choice(plain)
            changes = metric.unit == "%" and "增长" in metric.predicate
            how = "增长多少" if changes else f"是多少{metric.unit if metric.unit != '%' else ''}"
            yield f"{short_name(report.place)}{metric.period}年{metric.label}{how}", metric


def made_up_files(folder: Path, count: int) -> list[Path]:
    """Reports of made-up cities over twenty years, as files."""
    sentences = [one.text for one in made_up(count * A_REPORT)]
    names = [f"{first}{second}市" for first in "云青白柳松石红长南东" for second in "泽山鹭河岭门枫桥屏湖"]
    paths = []
    for number in range(count):
        city, year = names[number % len(names)], 2024 - number // len(names)
        lines = sentences[number * A_REPORT : (number + 1) * A_REPORT]
        body = "\n".join(
            f"一、{year - 1}年工作回顾\n{''.join(lines[:60])}\n二、{year}年工作安排\n{''.join(lines[60:])}".split()
        )
        path = folder / f"{city}-{year}.txt"
        path.write_text(
            f"{city}政府工作报告\n——{year}年1月8日在{city}第九届人民代表大会第二次会议上\n{body}\n", encoding="utf-8"
        )
        paths.append(path)
    return paths


def measured(files: Sequence[Path], questions: int) -> dict[str, float]:
    """One size, each half in a process of its own."""
    folder = Path(tempfile.mkdtemp(prefix="youju-bench-"))
    try:
        job = folder / "job.json"
        given = {"files": [str(path) for path in files], "snapshot": str(folder / "snapshot"), "questions": questions}
        job.write_text(json.dumps(given), encoding="utf-8")
        found: dict[str, float] = {"mb": sum(path.stat().st_size for path in files) / 1e6, "reports": len(files)}
        for half in ("build", "start"):
            command = [sys.executable, "-m", "bench.scale", "--half", half, "--job", str(job)]
            done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
            found |= json.loads(done.stdout.splitlines()[-1])
        return found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def table(rows: Sequence[Mapping[str, float]]) -> Iterator[str]:
    yield (
        f"{'reports':>8}{'MB':>7}{'build s':>9}{'cpu s/MB':>9}{'start s':>9}{'held MB':>9}{'then MB':>9}"
        f"{'p50 ms':>8}{'p95 ms':>8}{'cpu 50':>8}{'cpu 95':>8}{'right':>7}{'wrong':>7}"
    )
    for row in rows:
        yield (
            f"{row['reports']:8}{row['mb']:7.1f}{row['build']:9.1f}{row['cpu'] / row['mb']:9.2f}{row['start']:9.2f}"
            f"{row['held']:9.0f}{row['resident']:9.0f}{row['p50']:8.1f}{row['p95']:8.1f}"
            f"{row['cpu50']:8.1f}{row['cpu95']:8.1f}{row['right']:7.2f}{row['wrong']:7.2f}"
        )


def _half(name: str, job: Path) -> dict[str, float]:
    given: dict[str, Any] = json.loads(job.read_text(encoding="utf-8"))
    files, snapshot = [Path(name) for name in given["files"]], Path(given["snapshot"])
    return build(files, snapshot) if name == "build" else start(files, snapshot, given["questions"])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 300])
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--json", type=Path, help="also write what was measured")
    parser.add_argument("--picture", type=Path, metavar="FILE.svg", help="also draw how it grows")
    parser.add_argument("--half", choices=("build", "start"), help=argparse.SUPPRESS)
    parser.add_argument("--job", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.half:
        print(json.dumps(_half(options.half, options.job)))
        return 0
    rows = []
    with tempfile.TemporaryDirectory(prefix="youju-bench-") as made:
        for size in options.sizes:
            files = report_files(options.folder, size) if options.folder else made_up_files(Path(made), size)
            rows.append(measured(files, options.questions))
    print(machine())
    for line in table(rows):
        print(line)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    if options.picture:
        draw(rows, f"A library of reports, on disk ({machine()})", options.picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
