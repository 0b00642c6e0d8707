from __future__ import annotations

from datetime import date

from bot.meters import HELD, Durations, Meters


def test_quantiles_are_of_the_last_durations_by_nearest_rank() -> None:
    durations = Durations()
    assert durations.quantile(0.5) is None
    for number in range(1, 101):
        durations.add(number / 1000)
    assert durations.quantile(0.5) == 0.05
    assert durations.quantile(0.99) == 0.099
    assert durations.quantile(1.0) == 0.1
    assert durations.quantile(0.0) == 0.001


def test_however_many_there_are_little_is_held_and_all_are_counted() -> None:
    durations = Durations()
    for _ in range(3 * HELD):
        durations.add(0.003)
    durations.add(99.0)
    assert len(durations.last) == HELD
    counts = dict(durations.cumulative())
    assert (counts["0.0025"], counts["0.005"], counts["10.0"], counts["+Inf"]) == (0, 3 * HELD, 3 * HELD, 3 * HELD + 1)


def test_updates_of_the_last_minute_are_counted() -> None:
    now = [1000.0]
    meters = Meters(clock=lambda: now[0], wall=lambda: 5.0)
    for second in range(0, 120):
        now[0] = 1000.0 + second
        meters.update()
        meters.update()
    assert meters.per_minute() == 120
    now[0] += 59
    assert meters.per_minute() == 2
    now[0] += 2
    assert meters.per_minute() == 0
    assert (meters.updates, meters.last_update, meters.uptime) == (240, 5.0, 180.0)


def test_errors_are_counted_by_the_day() -> None:
    today = [date(2024, 3, 1)]
    meters = Meters(today=lambda: today[0])
    assert meters.errors_today() == 0
    meters.error()
    meters.error()
    assert meters.errors_today() == 2
    today[0] = date(2024, 3, 2)
    assert meters.errors_today() == 0
    meters.error()
    assert (meters.errors_today(), meters.errors) == (1, 3)
