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
_PASSAGE = (-9.6, Signals(cover=6.4, focus=1.0, fit=2.9, scope=5.1, told=0.3))
# What the best of several candidates loses where the next, which says something else, is as good, and what it regains
# with every log-odds that it leads by, up to so many.
_ABREAST = 1.25
_METRIC_LEAD, _PASSAGE_LEAD = (0.6, 4.0), (1.3, 1.5)
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


def best_of(score: float, rival: float | None, *, metric: bool = False, hardly: bool = False) -> float:
    """The chance that the best of several candidates is the answer; a close rival (None: there is none) is a doubt.

    What fits the question `hardly` is often left because all else was shut out, and gains nothing by its lead.
    """
    gain, far = _METRIC_LEAD if metric else _PASSAGE_LEAD
    far = min(far, _ABREAST / gain) if hardly else far
    lead = far if rival is None else min(far, log_odds(score) - log_odds(rival))
    return 1 / (1 + math.exp(_ABREAST - gain * lead - log_odds(score)))


def log_odds(score: float) -> float:
    """The log-odds of a confidence, in which small differences near certainty stay visible."""
    return math.log(max(score, 1e-9) / max(1 - score, 1e-9))
