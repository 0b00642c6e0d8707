"""One calibrated confidence: the chance that an answer is right, from what speaks for and against it."""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Signals:
    """What was seen of one candidate, each 0..1."""

    cover: float  # share of the question that the candidate and its surroundings cover
    focus: float  # share of the asked-for stretch that the candidate itself covers
    fit: float  # share of the candidate's label that the question names
    scope: float  # unit, period, plan or result, change or level
    known: float  # share of the question's weight that stands somewhere in the report
    told: float  # share of the quote that the question names


# Fitted by logistic regression over the question sets of bench/ (python -m bench.answers --fit).
_BIAS = -13.5
_WEIGHTS = Signals(cover=5.0, focus=3.0, fit=3.0, scope=6.0, known=2.0, told=0.0)
THRESHOLD = 0.5


def confidence(signals: Signals) -> float:
    total = _BIAS + sum(w * s for w, s in zip(astuple(_WEIGHTS), astuple(signals), strict=True))
    return 1 / (1 + math.exp(-total))
