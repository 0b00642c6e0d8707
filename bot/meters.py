"""What is counted while the bot runs: in memory, bounded, a few operations an update. For /status and /metrics."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

HELD = 2000  # durations from which quantiles are taken
MINUTE = 60  # seconds
# Upper bounds of the buckets of a histogram, in seconds: an answer takes milliseconds, its delivery tenths of a second.
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


@dataclass(slots=True)
class Durations:
    """Seconds that something took: the last ones for quantiles, all of them counted by buckets."""

    last: deque[float] = field(default_factory=lambda: deque(maxlen=HELD))
    buckets: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS) + 1))
    total: float = 0.0

    def add(self, seconds: float) -> None:
        self.last.append(seconds)
        self.buckets[bisect_left(BUCKETS, seconds)] += 1
        self.total += seconds

    def quantile(self, share: float) -> float | None:
        """Of the last ones, by nearest rank: 0.99 of 200 is the 198th; None where there are none."""
        ordered = sorted(self.last)
        if not ordered:
            return None
        return ordered[min(len(ordered) - 1, max(0, -int(-share * len(ordered) // 1) - 1))]

    def cumulative(self) -> list[tuple[str, int]]:
        """(upper bound, how many were not longer), the last bound being +Inf, as Prometheus has it."""
        counts, so_far = [], 0
        for bound, count in zip((*map(str, BUCKETS), "+Inf"), self.buckets, strict=True):
            so_far += count
            counts.append((bound, so_far))
        return counts


@dataclass(slots=True)
class Meters:
    """`clock` is monotonic, `wall` seconds since 1970; `today` gives the operator's date."""

    clock: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time
    today: Callable[[], date] = date.today
    answers: Durations = field(default_factory=Durations)  # from the question understood to the reply made
    replies: Durations = field(default_factory=Durations)  # from the update handled to the reply sent
    outcomes: Counter[str] = field(default_factory=Counter)  # answered, not_found, fixed
    updates: int = 0
    errors: int = 0
    last_update: float | None = None  # wall
    started: float = field(init=False)
    _seconds: deque[tuple[int, int]] = field(default_factory=lambda: deque(maxlen=MINUTE + 1))  # (second, updates)
    _errors_of: tuple[date | None, int] = (None, 0)

    def __post_init__(self) -> None:
        self.started = self.clock()

    @property
    def uptime(self) -> float:
        return self.clock() - self.started

    def update(self) -> None:
        """An update came to be handled."""
        self.updates += 1
        self.last_update = self.wall()
        second = int(self.clock())
        if self._seconds and self._seconds[-1][0] == second:
            self._seconds[-1] = (second, self._seconds[-1][1] + 1)
        else:
            self._seconds.append((second, 1))

    def per_minute(self) -> int:
        """Updates in the last sixty seconds."""
        since = int(self.clock()) - MINUTE
        return sum(count for second, count in self._seconds if second > since)

    def error(self) -> None:
        """Something went wrong unexpectedly."""
        self.errors += 1
        self._errors_of = (self.today(), self.errors_today() + 1)

    def errors_today(self) -> int:
        day, count = self._errors_of
        return count if day == self.today() else 0
