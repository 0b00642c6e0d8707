"""`python -m bench`: every bench at a small size, and one table of what came out beside the peers.

    python -m bench [--reports FOLDER] [--json FILE]

Without a folder of reports the sentences and reports are made up. Each bench has a command of its own for more.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bench import echo, retrieval, scale, start
from bench.answers import run
from bench.cases import QUESTIONS, REPORTS, load_cases
from bench.judging import Verdict
from bench.measures import machine
from bench.sentences import asked, report_files, written
from bench.systems import SYSTEMS

QUESTIONS_ASKED = 150
SIZES = (40, 120)  # reports; up to 30 a library is not kept on disk


class Row(NamedTuple):
    """One measure: ours, and the best of the peers on the same work, where there is one."""

    what: str
    ours: float
    unit: str = ""
    peer: float | None = None
    whose: str = ""


def answers() -> Iterator[Row]:
    """Our question sets: right answers, and inventions where the report is silent."""
    shares: dict[str, list[Verdict]] = {}
    for path in sorted(QUESTIONS.glob("*.jsonl")):
        cases = load_cases(path)
        for make in SYSTEMS:
            name, trials = run(make, cases, REPORTS)
            shares.setdefault(name, []).extend(trial.verdict for trial in trials)
    for verdict, best in ((Verdict.RIGHT, max), (Verdict.WRONG, min), (Verdict.INVENTED, min)):
        share = {name: seen.count(verdict) / len(seen) for name, seen in shares.items()}
        ours = share.pop("youju")
        whose = best(share, key=share.__getitem__)
        yield Row(f"answers {verdict}", 100 * ours, "%", 100 * share[whose], whose)


def finding(folder: Path | None) -> Iterator[Row]:
    """The right sentence first, at 1×."""
    own, by_hand = written()
    sentences = retrieval.corpus(folder, 10)
    names = [name for name in retrieval.SEARCHERS if retrieval.installed(name)]
    ours, *peers = retrieval.compare([*own, *sentences], asked(sentences, QUESTIONS_ASKED), by_hand, names)
    for kind in ("clean", "noisy", "written"):
        for key, name in (("first", "hit@1"), ("reciprocal", "MRR@10")):
            best = max(peers, key=lambda one: one["scores"][kind][key])
            yield Row(f"{name}, {kind}", ours["scores"][kind][key], "", best["scores"][kind][key], best["name"])
    quick = min(peers, key=lambda one: one["scores"]["clean"]["p95"])
    yield Row("search p95", ours["scores"]["clean"]["p95"], "ms", quick["scores"]["clean"]["p95"], quick["name"])


def growing(folder: Path | None) -> Iterator[Row]:
    """Libraries that are kept on disk."""
    with tempfile.TemporaryDirectory(prefix="youju-bench-") as made:
        for size in SIZES:
            files = report_files(folder, size) if folder else scale.made_up_files(Path(made), size)
            found = scale.measured(files, 60)
            yield Row(f"{size} reports: build", found["cpu"] / found["mb"], "s/MB")
            yield Row(f"{size} reports: start", found["start"], "s")
            yield Row(f"{size} reports: resident", found["resident"], "MB")
            yield Row(f"{size} reports: question p95", found["p95"], "ms")


def starting(_: Path | None) -> Iterator[Row]:
    for row in start.measured(times=2):
        yield Row(f"{row['name']}: first answer", row["seconds"], "s")
        yield Row(f"{row['name']}: peak memory", row["mb"], "MB")


def chatting(_: Path | None) -> Iterator[Row]:
    """Replies a second beside the better of the two echo bots."""
    options = argparse.Namespace(users=50, rounds=2, queued=100)
    for latency in (0.0, 50.0):
        ours, *others = [asyncio.run(echo.measured(name, latency, options)) for name in echo.BOTS]
        for key in ("queued", "waiting"):
            best = max(others, key=lambda one: float(one[key]))
            yield Row(f"replies a second, {key}, {latency:.0f} ms away", ours[key], "", best[key], best["name"])


BENCHES: tuple[Callable[[Path | None], Iterator[Row]], ...] = (
    lambda _: answers(),
    finding,
    growing,
    starting,
    chatting,
)


def table(rows: list[Row]) -> Iterator[str]:
    yield f"{'':40}{'ours':>10} {'':5}{'best peer':>10}{'ratio':>8}"
    for row in rows:
        line = f"{row.what:40}{row.ours:10.3g} {row.unit:5}"
        if row.peer is not None:
            ratio = f"{row.ours / row.peer:8.2f}" if row.peer else f"{'':8}"
            line += f"{row.peer:10.3g}{ratio}  {row.whose}"
        yield line.rstrip()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--reports", type=Path, metavar="FOLDER")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write what was measured")
    options = parser.parse_args()
    rows: list[Row] = []
    for bench in BENCHES:
        for row in bench(options.reports):
            rows.append(row)
            if sys.stderr.isatty():
                print(f"\r{row.what:60}", end="", file=sys.stderr, flush=True)
    print(f"\r{machine()}")
    for line in table(rows):
        print(line)
    if options.json:
        told: list[dict[str, Any]] = [row._asdict() for row in rows]
        options.json.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
