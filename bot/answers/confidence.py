"""One calibrated confidence: the chance that an answer is right, from what speaks for and against it."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signals:
    """What was seen of one candidate, each 0..1."""

    cover: float  # share of the question that the candidate and its surroundings cover
    focus: float  # share of the asked-for stretch that the candidate itself covers
    fit: float  # share of the candidate's label that the question names
    scope: float  # unit, period, plan or result, change or level
    told: float  # share of the quote that the question names


# Fitted by logistic regression over the question sets (python -m bench.fit); the first number is the bias.
_METRIC = (-7.0, Signals(cover=3.6, focus=0.4, fit=1.1, scope=3.1, told=2.8))
_PASSAGE = (-9.6, Signals(cover=7.4, focus=0.0, fit=2.9, scope=5.1, told=0.3))
THRESHOLD = 0.5


def confidence(signals: Signals, *, metric: bool = False) -> float:
    """The chance, 0..1, that a metric (or a passage) with these signals is the answer."""
    bias, weights = _METRIC if metric else _PASSAGE
    total = (
        bias
        + weights.cover * signals.cover
        + weights.focus * signals.focus
        + weights.fit * signals.fit
        + weights.scope * signals.scope
        + weights.told * signals.told
    )
    return 1 / (1 + math.exp(-total))


def log_odds(score: float) -> float:
    """The log-odds of a confidence, in which small differences near certainty stay visible."""
    return math.log(max(score, 1e-9) / max(1 - score, 1e-9))
