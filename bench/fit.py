"""Fit the weights of the one confidence to question sets, and show how well its figure can be believed.

    python -m bench.fit [--set seed|yunze|PATH]... [--reports FOLDER]...

Every candidate that the engine weighs for a question is an example: its signals, and whether it would have been right.
Metrics and passages have weights of their own; none is negative, so that more of a signal never speaks against an
answer. The bias is lifted afterwards (`--lift`), because the surest of several candidates is right more often than one
taken alone. What a lead over the next candidate is worth is searched for by itself: the weights with which most answers
are right, where a wrong one takes back two. What comes out belongs into bot/answers/confidence.py.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.cases import REPORTS, Case, find_report, load_cases, named_set
from bench.judging import Verdict, judge
from bench.systems import said_by
from bot.answers.composing import compose
from bot.answers.confidence import Signals, confidence, log_odds
from bot.answers.engine import candidates, ranked, read, rival_of
from bot.answers.reading import Reading
from bot.library import Library

RIDGE = 0.3  # pulls the weights towards 0, as a few hundred examples are not many
STEPS = 60
LONGEST_STEP = 3.0
LIFT = 1.5
WRONG = 2  # right answers that one wrong answer costs
NO_RIVAL = 12.0  # log-odds
ABREAST, GAIN, FAR = (0.75, 1.0, 1.25, 1.5, 1.75), (0.3, 0.4, 0.6, 0.8, 1.0, 1.3), (1.0, 1.5, 2.0, 3.0, 4.0)

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate. `right` says whether answering with it would have been right."""

    signals: Signals
    metric: bool
    right: bool


@dataclass(frozen=True, slots=True)
class Best:
    """The best candidate of a question: its log-odds, by how many it leads the next, and whether it is right."""

    own: float
    lead: float
    metric: bool
    right: bool


def bests(cases: Sequence[Case], folders: Sequence[Path]) -> Iterator[Best]:
    for case, reading in _readings(cases, folders):
        answers = ranked(reading)
        if answers:
            own, rival = log_odds(answers[0].score), rival_of(answers)
            lead = NO_RIVAL if rival is None else own - log_odds(rival)
            right = judge(case, said_by(answers[0])) is Verdict.RIGHT
            yield Best(own, lead, answers[0].metric is not None, right)


def lead_weights(found: Sequence[Best]) -> tuple[int, float, float, float]:
    """What it is worth, and the doubt that a rival abreast casts, the gain of each log-odds of lead, and its bound."""

    def worth(abreast: float, gain: float, far: float) -> int:
        said = [one for one in found if one.own + gain * min(one.lead, far) > abreast]
        return sum(1 if one.right else -WRONG for one in said)

    return max((worth(*weights), *weights) for weights in product(ABREAST, GAIN, FAR))


def _readings(cases: Sequence[Case], folders: Sequence[Path]) -> Iterator[tuple[Case, Reading]]:
    libraries: dict[str, Library] = {}
    for case in cases:
        library = libraries.setdefault(case.report, Library.load([find_report(case.report, folders)]))
        reading = read(case.question, next(iter(library.indexes.values())), library.book)
        if reading is not None and not reading.scope.foreign:
            yield case, reading


def examples(cases: Sequence[Case], folders: Sequence[Path]) -> Iterator[Example]:
    for case, reading in _readings(cases, folders):
        for kind, candidate in candidates(reading):
            answer = compose(reading, kind, candidate)
            if answer:
                right = judge(case, said_by(answer)) is Verdict.RIGHT
                yield Example(candidate.signals, candidate.metric is not None, right)


def fit(inputs: Matrix, right: Matrix) -> Matrix:
    """Logistic regression by Newton's method without negative weights; the first weight is the bias."""
    rows = np.hstack([np.ones((len(inputs), 1)), inputs])
    used = np.ones(rows.shape[1], dtype=bool)
    while True:
        weights = np.zeros(rows.shape[1])
        for _ in range(STEPS):
            weights[used] += _step(rows[:, used], right, weights[used])
        worst = 1 + int(np.argmin(weights[1:]))
        if weights[worst] >= 0:
            return weights
        used[worst] = False


def _step(rows: Matrix, right: Matrix, weights: Matrix) -> Matrix:
    ridge = np.array([0.0, *[RIDGE] * (len(weights) - 1)])
    believed = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
    slope = rows.T @ (right - believed) - ridge * weights
    bend = (rows * (believed * (1 - believed))[:, None]).T @ rows + np.diag(ridge + 1e-3)
    step = np.linalg.solve(bend, slope)
    return np.asarray(step * min(1.0, LONGEST_STEP / float(np.abs(step).max())), dtype=np.float64)


def reliability(believed: Matrix, right: Matrix) -> str:
    """For every tenth of belief: how many examples, what was believed on average, and what share was right."""
    lines = ["believed      n   mean  right"]
    for low in np.arange(0, 1, 0.1):
        inside = (believed >= low) & (believed < low + 0.1 + (low > 0.85))
        if inside.any():
            mean, share = believed[inside].mean(), right[inside].mean()
            lines.append(f"{low:.1f}–{low + 0.1:.1f} {inside.sum():8} {mean:6.2f} {share:6.2f}")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.fit", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--set", action="append", dest="sets", metavar="NAME")
    parser.add_argument("--reports", action="append", default=[], type=Path, metavar="FOLDER")
    parser.add_argument("--lift", type=float, default=LIFT)
    options = parser.parse_args()
    found: list[Example] = []
    best: list[Best] = []
    for name in options.sets or ["seed", "yunze"]:
        path = named_set(name)
        folders = [path.parent, *options.reports, *REPORTS]
        found += examples(load_cases(path), folders)
        best += bests(load_cases(path), folders)
    for metric in (True, False):
        chosen = [example for example in found if example.metric is metric]
        inputs = np.array([astuple(example.signals) for example in chosen], dtype=float)
        right = np.array([example.right for example in chosen], dtype=float)
        weights = fit(inputs, right)
        signals = ", ".join(f"{f.name}={w:.1f}" for f, w in zip(fields(Signals), weights[1:], strict=True))
        now = np.array([confidence(example.signals, metric=metric) for example in chosen])
        print(f"{len(chosen)} {'metrics' if metric else 'passages'}, {right.mean():.1%} right")
        print(f"({weights[0] + options.lift:.1f}, Signals({signals}))")
        print(reliability(now, right))
        _, abreast, gain, far = lead_weights([one for one in best if one.metric is metric])
        print(f"lead: {abreast} abreast, {gain} for each log-odds up to {far}\n")


if __name__ == "__main__":
    main()
