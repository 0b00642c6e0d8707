"""How often the right sentence is found first: the project's ranking beside well-kept peers, in one run.

    python -m bench.retrieval [FOLDER] [--scales 1 10 100] [--reports 10] [--questions 300] [--only NAME]

Each engine runs in a process of its own on the same sentences and questions: `--reports` reports at 1×, ten times as
many at 10×. Without a folder the sentences are made up. Clean questions are sentences with words dropped and an
interrogative added; noisy ones have two homophone typos; written ones come from bench/questions, each for one report,
and what is found in other reports of these sets does not count. Times are of one question after another, of three
rounds the least; memory is what an engine needs beside the sentences themselves.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.measures import forget_peak, highest_mb, percentile, resident_mb
from bench.searchers import BEST, SEARCHERS, Search
from bench.sentences import Sentence, Wanted, asked, made_up, report_files, sentences_of, written

A_REPORT = 400  # made-up sentences that stand for one report
ROUNDS = 3
PATIENCE = 40.0  # seconds for one kind of question; then the rest of these is left


@dataclass(frozen=True, slots=True)
class Score:
    """Of one engine on one kind of question. Shares are 0..1, times milliseconds a question; `asked` is how many."""

    asked: int
    first: float
    five: float
    reciprocal: float
    p50: float
    p95: float


def measure(search: Search, sentences: Sequence[Sentence], questions: Sequence[tuple[str, Wanted]]) -> Score:
    """Ask all, `ROUNDS` times over; a question's time is its least, so that other programs' turns do not count."""
    asked_of = {wanted.report for _, wanted in questions}
    ranks: list[int] = []
    times: list[float] = []
    end = time.perf_counter() + PATIENCE
    for question, wanted in questions:
        found, took = _timed(search, question)
        times.append(took)
        ranks.append(_rank([sentences[place] for place in found[:BEST]], wanted, asked_of - {wanted.report}))
        if time.perf_counter() > end:
            break
    for _ in range(1, ROUNDS):
        for number, (question, _) in enumerate(questions[: len(times)]):
            if time.perf_counter() < end:
                times[number] = min(times[number], _timed(search, question)[1])
    count = max(1, len(ranks))
    return Score(
        asked=len(ranks),
        first=sum(rank == 1 for rank in ranks) / count,
        five=sum(0 < rank <= 5 for rank in ranks) / count,
        reciprocal=sum(1 / rank for rank in ranks if rank) / count,
        p50=1000 * percentile(times, 50),
        p95=1000 * percentile(times, 95),
    )


def _rank(found: Sequence[Sentence], wanted: Wanted, others: Collection[str]) -> int:
    """Which of the sentences is the right one, counted from 1; 0 where none is.

    Those of `others` are passed over: reports of the same city, for which the same questions were written.
    """
    counted = (sentence for sentence in found if sentence.report not in others)
    return next((rank for rank, one in enumerate(counted, start=1) if wanted.found_in(one.text)), 0)


def _timed(search: Search, question: str) -> tuple[Sequence[int], float]:
    began = time.perf_counter()
    found = search(question)
    return found, time.perf_counter() - began


def run_one(name: str, data: Path) -> dict[str, Any]:
    """In a process of its own: build one engine, ask everything."""
    given = json.loads(data.read_text(encoding="utf-8"))
    sentences = [Sentence(**one) for one in given["sentences"]]
    kinds = {kind: [(row[0], Wanted(*row[1])) for row in rows] for kind, rows in given["questions"].items()}
    del given
    gc.collect()
    mb = sum(len(one.text.encode()) for one in sentences) / 1e6
    forget_peak()
    before = resident_mb(os.getpid())
    with tempfile.TemporaryDirectory(prefix="youju-bench-") as folder:
        began = time.perf_counter()
        search = SEARCHERS[name](sentences, Path(folder))
        build = time.perf_counter() - began
        search("有多少")  # what loads at the first question is not the question's time
        scores = {kind: asdict(measure(search, sentences, rows)) for kind, rows in kinds.items() if rows}
    return {"name": name, "build": build / mb, "peak": highest_mb(os.getpid()) - before, "scores": scores}


def alone(name: str, data: Path) -> dict[str, Any]:
    """`run_one` in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.retrieval", "--engine", name, "--data", str(data)],
        stdout=subprocess.PIPE,
        check=True,
        env={**os.environ, "JIEBA_LOG": "ERROR"},
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def compare(
    sentences: Sequence[Sentence], wanted: Sequence[Wanted], by_hand: Sequence[Wanted], names: Sequence[str]
) -> list[dict[str, Any]]:
    """Every engine on the same sentences and questions, one after the other."""
    questions = {
        "clean": [(one.question, _row(one)) for one in wanted],
        "noisy": [(one.noisy, _row(one)) for one in wanted],
        "written": [(one.question, _row(one)) for one in by_hand],
    }
    with tempfile.TemporaryDirectory(prefix="youju-bench-") as folder:
        data = Path(folder) / "data.json"
        given = {"sentences": [asdict(one) for one in sentences], "questions": questions}
        data.write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
        return [alone(name, data) for name in names]


def _row(wanted: Wanted) -> tuple[str, ...]:
    return wanted.question, wanted.noisy, wanted.answer, wanted.report


def table(results: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    kinds = list(results[0]["scores"])
    head = f"{'':30}" + "".join(f"{kind + ' @1':>12}{'@5':>7}{'MRR':>7}" for kind in kinds)
    yield head + f"{'p50 ms':>9}{'p95 ms':>9}{'s/MB':>7}{'MB':>7}"
    for one in results:
        scores = one["scores"]
        shares = "".join(f"{s['first']:12.3f}{s['five']:7.3f}{s['reciprocal']:7.3f}" for s in scores.values())
        p50, p95 = (max(scores[kind][key] for kind in ("clean", "noisy")) for key in ("p50", "p95"))
        line = f"{one['name']:30}{shares}{p50:9.2f}{p95:9.2f}{one['build']:7.2f}{one['peak']:7.0f}"
        few = min(s["asked"] for s in scores.values())
        yield line + (f"  ({few} questions)" if few < scores["clean"]["asked"] or few < 50 else "")


def installed(name: str) -> bool:
    """Whether what a peer needs is there; the peers come with the extra `bench`."""
    return not name.startswith("bm25s") or find_spec("bm25s") is not None


def corpus(folder: Path | None, reports: int) -> list[Sentence]:
    if folder is None:
        return made_up(reports * A_REPORT)
    return [one for one in sentences_of(report_files(folder, reports)) if one.text.strip()]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.retrieval", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--scales", type=int, nargs="+", default=[1, 10])
    parser.add_argument("--reports", type=int, default=10, help="reports at 1×")
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--only", action="append", choices=SEARCHERS, metavar="NAME")
    parser.add_argument("--json", type=Path, help="also write what was measured")
    parser.add_argument("--engine", help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.engine:
        print(json.dumps(run_one(options.engine, options.data)))
        return 0
    names = options.only or [name for name in SEARCHERS if installed(name)]
    if left_out := [name for name in SEARCHERS if not installed(name)]:
        print(f"left out, as not installed (extra bench): {', '.join(left_out)}", file=sys.stderr)
    own, by_hand = written()
    measured = {}
    for scale in options.scales:
        sentences = corpus(options.folder, options.reports * scale)
        wanted = asked(sentences, options.questions)
        results = compare([*own, *sentences], wanted, by_hand, names)
        measured[scale] = results
        print(f"\n{scale}×: {len(sentences) + len(own):,} sentences, {len(wanted)} questions")
        for line in table(results):
            print(line, flush=True)
    if options.json:
        options.json.write_text(json.dumps(measured, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
