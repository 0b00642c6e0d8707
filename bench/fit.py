"""Fit the weights of the one confidence to question sets, and show how well its figure can be believed.

    python -m bench.fit [--set seed|yunze|PATH]... [--reports FOLDER]...

For every question, the surest candidate of the engine is an example: its signals, and whether it would have been
right. The weights that come out belong into bot/answers/confidence.py; which candidate is the surest depends on
them, so fit again until nothing moves. Two tables follow: believed against true shares, and what each threshold does.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from bench.cases import REPORTS, Case, find_report, load_cases, named_set
from bench.judging import Said, Verdict, judge
from bench.systems import Engine
from bot.answers import confidence as house
from bot.answers.confidence import THRESHOLD, Signals, confidence

RIDGE = 0.5  # pulls the weights towards 0, as a few hundred examples are not many
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Example:
    """The surest candidate of one question. `right` says whether saying it would have been right."""

    signals: Signals
    right: bool
    case: Case


@contextmanager
def recorded() -> Iterator[dict[float, Signals]]:
    """While open, every confidence that the engine computes is remembered with its signals."""
    seen: dict[float, Signals] = {}

    def remember(signals: Signals) -> float:
        score = confidence(signals)
        seen[score] = signals
        return score

    users = [
        module for name, module in sys.modules.items() if name.startswith("bot.") and hasattr(module, "confidence")
    ]
    callers = [module for module in users if module is not house and module.confidence is confidence]
    patches = [mock.patch.object(module, "confidence", remember) for module in callers]
    for patch in patches:
        patch.start()
    try:
        yield seen
    finally:
        for patch in patches:
            patch.stop()


def examples(cases: Sequence[Case], folders: Sequence[Path]) -> list[Example]:
    """One example for every question to which the engine has any candidate."""
    engines: dict[str, Engine] = {}
    found = []
    with recorded() as seen:
        for case in cases:
            if case.report not in engines:
                engines[case.report] = Engine(find_report(case.report, folders))
            seen.clear()
            said: Said | None = engines[case.report].ask(case.question)
            if said is None:
                said = engines[case.report].declined(case.question)
                if said and said.score >= THRESHOLD:
                    continue  # declined for another reason, such as a place that the report does not know
            if said and said.score in seen:
                found.append(Example(seen[said.score], judge(case, said) is Verdict.RIGHT, case))
    return found


def fit(inputs: NDArray[np.float64], right: NDArray[np.float64], steps: int = 50) -> NDArray[np.float64]:
    """Logistic regression by Newton's method; the first of the weights is the bias, which alone is not pulled to 0."""
    rows = np.hstack([np.ones((len(inputs), 1)), inputs])
    ridge = RIDGE * np.diag([0.0, *[1.0] * inputs.shape[1]])
    weights = np.zeros(rows.shape[1])
    for _ in range(steps):
        believed = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (right - believed) - ridge @ weights
        bend = (rows * (believed * (1 - believed))[:, None]).T @ rows + ridge
        weights = weights + np.linalg.solve(bend, slope)
    return weights


def reliability(believed: NDArray[np.float64], right: NDArray[np.float64]) -> str:
    """For every tenth of belief: how many examples, what was believed on average, and what share was right."""
    lines = ["believed      n   mean  right"]
    for low in np.arange(0, 1, 0.1):
        inside = (believed >= low) & (believed < low + 0.1 + (low > 0.85))
        if inside.any():
            mean, share = believed[inside].mean(), right[inside].mean()
            lines.append(f"{low:.1f}–{low + 0.1:.1f} {inside.sum():8} {mean:6.2f} {share:6.2f}")
    return "\n".join(lines)


def thresholds(believed: NDArray[np.float64], right: NDArray[np.float64], silent_right: NDArray[np.bool_]) -> str:
    """What each threshold would say: shares of all examples."""
    lines = ["threshold  right  false  silent"]
    for threshold in THRESHOLDS:
        told = believed >= threshold
        good = (told & (right > 0)) | (~told & silent_right)
        silent = ~told & ~silent_right
        lines.append(f"{threshold:9.1f} {good.mean():6.1%} {(told & (right == 0)).mean():6.1%} {silent.mean():7.1%}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.fit", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--set", action="append", dest="sets", metavar="NAME")
    parser.add_argument("--reports", action="append", default=[], type=Path, metavar="FOLDER")
    options = parser.parse_args()
    found: list[Example] = []
    for name in options.sets or ["seed", "yunze"]:
        path = named_set(name)
        found += examples(load_cases(path), [path.parent, *options.reports, *REPORTS])
    inputs = np.array([astuple(example.signals) for example in found], dtype=float)
    right = np.array([example.right for example in found], dtype=float)
    none = np.array([example.case.kind == "none" for example in found])
    weights = fit(inputs, right)
    believed = 1 / (1 + np.exp(-(weights[0] + inputs @ weights[1:])))
    names = [one.name for one in fields(Signals)]
    print(f"{len(found)} examples, {right.mean():.1%} right")
    print(f"_BIAS = {weights[0]:.1f}")
    print(f"_WEIGHTS = Signals({', '.join(f'{n}={w:.1f}' for n, w in zip(names, weights[1:], strict=True))})\n")
    now = np.array([confidence(example.signals) for example in found])
    for title, scores in (("as it is", now), ("as fitted", believed)):
        print(f"{title}\n{reliability(scores, right)}\n{thresholds(scores, right, none)}\n")


if __name__ == "__main__":
    main()
