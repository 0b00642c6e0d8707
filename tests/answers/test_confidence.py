"""The best of several candidates: how sure it is depends on the next."""

from __future__ import annotations

import pytest

from bot.answers.confidence import THRESHOLD, best_of


@pytest.mark.parametrize("metric", [True, False])
def test_a_rival_abreast_makes_doubtful_and_the_farther_it_is_the_less(metric: bool) -> None:
    abreast, near, far, alone = (best_of(0.7, rival, metric=metric) for rival in (0.7, 0.5, 0.1, None))
    assert abreast < near < far <= alone
    assert abreast < THRESHOLD < alone


def test_the_chance_grows_with_the_candidate_s_own() -> None:
    scores = [best_of(own, 0.2, metric=True) for own in (0.3, 0.5, 0.8, 0.99)]
    assert scores == sorted(scores)
    assert all(0 <= score <= 1 for score in scores)


def test_what_hardly_fits_gains_nothing_by_being_the_only_one() -> None:
    assert best_of(0.45, None, hardly=True) < THRESHOLD < best_of(0.45, None)
    assert best_of(0.7, 0.7, hardly=True) == best_of(0.7, 0.7)
