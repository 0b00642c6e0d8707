"""How often the answers are right, per kind and per noise, beside two plain searches.

    python -m bench.answers [--set seed|yunze|PATH]... [--reports FOLDER]... [--misses] [--curve [FILE.svg]]

Without --set: our own sets, seed and yunze. Reports are looked for beside the question set, in the --reports
folders, in seeds/ and in tests/data/. Every question is asked of its own report alone.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import jieba

from bench.cases import REPORTS, ROOT, Case, find_report, load_cases, named_set
from bench.curve import Line, draw
from bench.judging import Said, Verdict, judge, quoted
from bench.systems import SYSTEMS, System
from bot.answers.confidence import THRESHOLD

KINDS = ("number", "list", "text", "passage", "none")
COLOURS = ("#c0392b", "#2c6fbb", "#7f8c8d")


@dataclass(frozen=True, slots=True)
class Trial:
    """One question put to one system. `held_back` is what it had and did not say."""

    case: Case
    said: Said | None
    verdict: Verdict
    seconds: float
    held_back: Said | None = None


def run(make: Callable[[Path], System], cases: Iterable[Case], folders: Sequence[Path]) -> tuple[str, list[Trial]]:
    """Ask every case of its own report; the name of the system and its trials."""
    systems: dict[str, System] = {}
    trials = []
    for case in cases:
        if case.report not in systems:
            systems[case.report] = make(find_report(case.report, folders))
            systems[case.report].ask("有多少")  # what loads at the first question is not the question's time
        system = systems[case.report]
        began = time.perf_counter()
        said = system.ask(case.question)
        spent = time.perf_counter() - began
        held_back = None if said else system.declined(case.question)
        trials.append(Trial(case, said, judge(case, said), spent, held_back))
    return next(iter(systems.values())).name, trials


def table(named: Sequence[tuple[str, list[Trial]]]) -> str:
    """Rows of kinds and noises; right, wrong, silent and invented of each system, in per cent of its questions."""
    cases = [trial.case for trial in named[0][1]]
    noises = sorted({case.noise for case in cases} - {"none"})
    rows = {"all": set(cases)}
    rows |= {kind: {case for case in cases if case.kind == kind} for kind in KINDS}
    rows |= {f"~{noise}": {case for case in cases if case.noise == noise} for noise in ("none", *noises)}
    lines = [
        f"{'':12}{'':>5}" + "".join(f"  {name:^28}" for name, _ in named),
        f"{'':12}{'n':>5}" + f"  {'right':>6}{'wrong':>6}{'silent':>7}{'invented':>9}" * len(named),
    ]
    for name, row in rows.items():
        if row:
            lines.append(f"{name:12}{len(row):5}" + "".join(_shares(trials, row) for _, trials in named))
    lines.append(f"{'quote right':17}" + "".join(f"  {_quoted(trials):>6.1%}{'':22}" for _, trials in named))
    lines.append(f"{'median':17}" + "".join(f"  {_median(trials):>6.1f} ms{'':19}" for _, trials in named))
    return "\n".join(lines)


def _shares(trials: Sequence[Trial], row: set[Case]) -> str:
    seen = [trial.verdict for trial in trials if trial.case in row]
    counts = Counter(seen)
    share = {verdict: f"{100 * counts[verdict] / len(seen):.1f}" for verdict in Verdict}
    right, wrong, silent, invented = (share[verdict] for verdict in Verdict)
    return f"  {right:>6}{wrong:>6}{silent:>7}{invented:>9}"


def _quoted(trials: Sequence[Trial]) -> float:
    """Of the right answers, the share whose quote is the right one."""
    right = [trial for trial in trials if trial.said and trial.verdict is Verdict.RIGHT]
    return sum(quoted(trial.case, trial.said) for trial in right) / max(1, len(right))


def _median(trials: Sequence[Trial]) -> float:
    return 1000 * statistics.median(trial.seconds for trial in trials)


def misses(trials: Iterable[Trial]) -> str:
    """Every question of which the answer is not right: what was wanted, what was said, and how sure it was."""
    lines = []
    for trial in trials:
        if trial.verdict is Verdict.RIGHT:
            continue
        case, said = trial.case, trial.said or trial.held_back
        lines.append(f"{trial.verdict:8} {case.id} [{case.kind} {case.noise}] {case.question}")
        lines.append(f"         wanted {dict(case.gold)} {case.quote}")
        if said:
            verb = "said" if trial.said else "held back"
            lines.append(f"         {verb} {said.text[:80]} ({said.unit or '-'}, {said.score:.2f}) {said.quote[:80]}")
    return "\n".join(lines)


def curve_of(name: str, colour: str, trials: Sequence[Trial]) -> Line:
    """A system's line: all that it says, and what it held back only for want of confidence."""
    told = []
    for trial in trials:
        said = trial.said
        if said is None and trial.held_back and trial.held_back.score < THRESHOLD:
            said = trial.held_back
        if said:
            told.append((said.score, judge(trial.case, said) is Verdict.RIGHT))
    return Line(name, colour, told, len(trials), sum(trial.said is not None for trial in trials))


def main() -> int:
    """Run the sets and print their tables; 2 where a question set or a report is missing."""
    parser = argparse.ArgumentParser(prog="python -m bench.answers", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--set", action="append", dest="sets", metavar="NAME", help="seed, yunze or a .jsonl file")
    parser.add_argument("--reports", action="append", default=[], type=Path, metavar="FOLDER")
    parser.add_argument("--misses", action="store_true", help="list what our engine did not get right")
    parser.add_argument("--curve", nargs="?", const=str(ROOT / "bench" / "risk-coverage.svg"), metavar="FILE.svg")
    parser.add_argument("--only", action="store_true", help="our engine only, without the baselines")
    options = parser.parse_args()
    jieba.setLogLevel("ERROR")
    together: dict[str, list[Trial]] = {}
    for name in options.sets or ["seed", "yunze"]:
        path = named_set(name)
        try:
            cases = load_cases(path)
            folders = [path.parent, *options.reports, *REPORTS]
            named = [run(make, cases, folders) for make in (SYSTEMS[:1] if options.only else SYSTEMS)]
        except FileNotFoundError as missing:
            print(f"bench: {missing}", file=sys.stderr)
            return 2
        print(f"{path.stem}: {len(cases)} questions\n{table(named)}\n")
        if options.misses:
            print(misses(named[0][1]), "\n")
        for system, trials in named:
            together.setdefault(system, []).extend(trials)
    if options.curve:
        asked = len(next(iter(together.values())))
        lines = [curve_of(name, COLOURS[at], trials) for at, (name, trials) in enumerate(together.items())]
        draw(lines, f"Risk and coverage over {asked} questions", Path(options.curve))
        print(f"curve: {options.curve}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
