"""When a schedule is due: its written form becomes a rule, and a rule tells its times.

Three forms: "09:00" (every day), "mon 09:00" or "周一 09:00" (those days of the week), five fields of cron.
The times are computed by APScheduler's CronTrigger; nothing else of it is used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from apscheduler.triggers.cron import CronTrigger

FIRES_WITHIN = timedelta(days=366 * 9)  # 29 February comes at least once in eight years, also around 2100
LOOKED_BACK = 400  # runs missed that are looked at; only the latest counts

DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
# How days of the week are written: crontab(5) has 0 and 7 for Sunday, people write 周一, 星期一, 礼拜一.
DAY_NUMBERS = {
    **{name: number for number, name in enumerate(DAYS)},
    **{str(number): number % 7 for number in range(8)},
    **{f"{week}{day}": n for week in ("周", "星期", "礼拜") for n, day in enumerate("日一二三四五六")},
    **{f"{week}天": 0 for week in ("周", "星期", "礼拜")},
}
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])")
_EXAMPLES = '"09:00"、"mon 09:00" 或 "0 9 * * 1-5"'


class TimingError(ValueError):
    """What is wrong with a schedule as written, and what to write instead, in Chinese."""


@dataclass(frozen=True)
class Rule:
    """`written` as in the settings; five fields of cron, days of the week by their names."""

    written: str
    fields: tuple[str, str, str, str, str]
    zone: tzinfo

    @property
    def days(self) -> str:
        """Days of the week, "*" for every day."""
        return self.fields[4]

    @property
    def clock(self) -> str:
        """The time of day as HH:MM, "" where it is not one."""
        minute, hour = self.fields[:2]
        return f"{int(hour):02}:{int(minute):02}" if minute.isdecimal() and hour.isdecimal() else ""

    def next_after(self, moment: datetime) -> datetime | None:
        """The first time after `moment`; None where there is none in nine years.

        The hour that comes twice when summer time ends counts once.
        """
        trigger, at = self._trigger(moment), moment.astimezone(UTC)
        while True:
            at += timedelta(microseconds=1)
            fires: datetime | None = trigger.get_next_fire_time(None, at.astimezone(self.zone))
            if fires is None or not fires.fold:
                return fires
            at = fires.astimezone(UTC)

    def latest(self, since: datetime, until: datetime) -> datetime | None:
        """The last time after `since` and not after `until`; what lies far back is passed over."""
        at, end = since.astimezone(UTC), until.astimezone(UTC)  # times of one zone are compared by the wall clock
        found = None
        for _ in range(LOOKED_BACK):
            due = self.next_after(at)
            if due is None or due.astimezone(UTC) > end:
                return found
            found, at = due, due.astimezone(UTC)
        return self.latest(max(at, end - (end - at) / 2), end) or found

    def _trigger(self, moment: datetime) -> CronTrigger:
        minute, hour, day, month, week = self.fields
        return CronTrigger(
            minute=minute,
            hour=hour,
            day=day,
            month=month,
            day_of_week=week,
            timezone=self.zone,
            end_date=moment + FIRES_WITHIN,
        )


@dataclass(frozen=True)
class Quiet:
    """Hours in which nothing is sent by itself: minutes of the day, the end exclusive; it may pass midnight."""

    start: int
    end: int

    @cached_property
    def _length(self) -> int:
        return (self.end - self.start) % (24 * 60)

    def ends_after(self, moment: datetime) -> datetime:
        """The moment itself outside quiet hours, else their end."""
        minute = moment.hour * 60 + moment.minute
        into = (minute - self.start) % (24 * 60)
        if into >= self._length:
            return moment
        return moment.replace(second=0, microsecond=0) + timedelta(minutes=self._length - into)


NEVER_QUIET = Quiet(0, 0)


def rule(written: str, zone: tzinfo) -> Rule:
    """Raises TimingError for what is no schedule, and for one that never fires."""
    text = written.strip().lower()
    parts = text.split()
    if (time := _CLOCK.fullmatch(parts[-1] if parts else "")) and len(parts) <= 2:
        week = _week(parts[0]) if len(parts) == 2 else "*"
        fields = (str(int(time[2])), str(int(time[1])), "*", "*", week)
    elif len(parts) == 5:
        fields = (parts[0], parts[1], parts[2], parts[3], _week(parts[4]))
    else:
        raise TimingError(f"看不懂这个时间，应写作 {_EXAMPLES}")
    made = Rule(text, fields, zone)
    try:
        fires = made.next_after(datetime.now(zone))
    except (ValueError, TypeError):
        raise TimingError(f"不是有效的 cron 写法（分 时 日 月 星期），应写作 {_EXAMPLES}") from None
    if fires is None:
        raise TimingError("这个时间永远不会到（如 2 月 30 日），请核对日和月")
    return made


def quiet_hours(written: str) -> Quiet:
    """ "22:00-07:00", or "" for none. Raises TimingError."""
    if not written.strip():
        return NEVER_QUIET
    ends = [_CLOCK.fullmatch(part.strip()) for part in re.split(r"[-–—~至]", written)]
    if len(ends) != 2 or not all(ends):
        raise TimingError('应写作 "22:00-07:00"；不设就写 ""')
    start, end = (int(time[1]) * 60 + int(time[2]) for time in ends if time)
    return Quiet(start, end)


def zone(name: str) -> ZoneInfo:
    """Raises TimingError for a time zone that is not known."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise TimingError('没有这个时区，应写作 "Asia/Shanghai" 这样的名字') from None


def _week(written: str) -> str:
    """Days of the week by name, each by itself, since APScheduler counts 0 as Monday and crontab as Sunday."""
    if written in ("*", "?"):
        return "*"
    days: list[int] = []
    for part in re.split(r"[,，、]", written):
        span, _, step = part.partition("/")
        first, _, last = ("0", "-", "6") if span == "*" else span.partition("-")
        if first not in DAY_NUMBERS or (last and last not in DAY_NUMBERS) or (step and not re.fullmatch("[1-7]", step)):
            raise TimingError("星期应写作 mon、tue、wed、thu、fri、sat、sun（或 周一 … 周日）")
        start = DAY_NUMBERS[first]
        length = (DAY_NUMBERS[last] - start) % 7 if last else 0
        days += [(start + n) % 7 for n in range(0, length + 1, int(step or 1))]
    return ",".join(name for number, name in enumerate(DAYS) if number in days)
