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


# What a look every ten minutes finds due: each day once, in an hour that is left out and in one that comes twice.
SUMMER = [
    ("Europe/Berlin", "02:30", (2024, 3, 31), ["03-31 03:30", "04-01 02:30"]),
    ("Europe/Berlin", "02:30", (2024, 10, 27), ["10-27 02:30", "10-28 02:30"]),
    ("America/New_York", "01:30", (2024, 11, 3), ["11-03 01:30", "11-04 01:30"]),
    ("Europe/Berlin", "0 3 * * *", (2024, 3, 31), ["03-31 03:00", "04-01 03:00"]),
    ("Asia/Shanghai", "02:30", (2024, 3, 31), ["03-31 02:30", "04-01 02:30"]),
]


@pytest.mark.parametrize(("place", "written", "day", "expected"), SUMMER)
def test_summer_time_neither_skips_nor_doubles_a_day(
    place: str, written: str, day: tuple[int, int, int], expected: list[str]
) -> None:
    where = zone(place)
    due, last = rule(written, where), datetime(*day, tzinfo=where)
    began, seen = last.timestamp(), []
    for minute in range(0, 46 * 60, 10):
        now = datetime.fromtimestamp(began + 60 * minute, where)
        if (found := due.latest(last, now)) is not None:
            seen.append(now.strftime("%m-%d %H:%M"))
            last = found
        following = due.next_after(now)
        assert following is not None
        assert following.timestamp() > now.timestamp()
    assert seen == expected


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
