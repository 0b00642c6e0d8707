"""When a schedule is due, as it is written in the settings."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.announcements.timing import TimingError, quiet_hours, rule, zone

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2024, 6, 3, 8, 0, tzinfo=SHANGHAI)

FIRES = [
    ("09:00", "06-03 09:00"),
    ("8:00", "06-04 08:00"),
    ("9：30", "06-03 09:30"),
    ("mon 07:00", "06-10 07:00"),
    ("周二 09:00", "06-04 09:00"),
    ("sat,sun 10:00", "06-08 10:00"),
    ("星期天 10:00", "06-09 10:00"),
    ("0 9 * * 1-5", "06-03 09:00"),
    ("0 9 * * 0", "06-09 09:00"),
    ("0 9 * * 7", "06-09 09:00"),
    ("0 9 * * fri-mon", "06-03 09:00"),
    ("*/30 * * * *", "06-03 08:30"),
    ("0 9 1 * *", "07-01 09:00"),
]


@pytest.mark.parametrize(("written", "expected"), FIRES)
def test_it_fires_when_its_words_say(written: str, expected: str) -> None:
    due = rule(written, SHANGHAI).next_after(MONDAY)
    assert due is not None
    assert due.strftime("%m-%d %H:%M") == expected


REFUSED = [
    "",
    "明天",
    "25:00",
    "9",
    "mon",
    "0 0 30 2 *",
    "61 * * * *",
    "0 9 * * 8",
    "foo 09:00",
    "0 9 * *",
    "* * * * * *",
]


@pytest.mark.parametrize("written", REFUSED)
def test_what_never_fires_or_is_no_time_is_refused(written: str) -> None:
    with pytest.raises(TimingError):
        rule(written, SHANGHAI)


def test_the_last_time_before_now_is_found_however_long_ago_it_began() -> None:
    every_minute = rule("* * * * *", SHANGHAI)
    assert every_minute.latest(MONDAY - timedelta(days=400), MONDAY) == MONDAY
    daily = rule("09:00", SHANGHAI)
    assert daily.latest(MONDAY - timedelta(days=3), MONDAY) == MONDAY - timedelta(hours=23)
    assert daily.latest(MONDAY, MONDAY + timedelta(minutes=59)) is None


def test_summer_time_neither_skips_nor_doubles_a_day() -> None:
    berlin = zone("Europe/Berlin")
    nightly, at, days = rule("02:30", berlin), datetime(2024, 3, 30, tzinfo=berlin), []
    for _ in range(4):
        due = nightly.next_after(at)
        assert due is not None
        days.append(due.day)
        at = due
    assert len(set(days)) == 4


QUIET = [
    ("22:00-07:00", "23:30", "07:00"),
    ("22:00-07:00", "06:59", "07:00"),
    ("22:00-07:00", "07:00", "07:00"),
    ("22:00-07:00", "21:59", "21:59"),
    ("12:00-14:00", "13:00", "14:00"),
    ("", "03:00", "03:00"),
]


@pytest.mark.parametrize(("written", "now", "then"), QUIET)
def test_quiet_hours_end_when_they_say(written: str, now: str, then: str) -> None:
    hour, minute = map(int, now.split(":"))
    moment = MONDAY.replace(hour=hour, minute=minute)
    assert quiet_hours(written).ends_after(moment).strftime("%H:%M") == then


@pytest.mark.parametrize("written", ["22:00", "abends", "22:00-24:00"])
def test_quiet_hours_that_are_none_are_refused(written: str) -> None:
    with pytest.raises(TimingError):
        quiet_hours(written)


def test_a_time_zone_that_is_none_is_refused() -> None:
    with pytest.raises(TimingError):
        zone("Asia/Heze")
