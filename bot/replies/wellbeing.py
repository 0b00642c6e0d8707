"""/status: how the bot is doing, said to its operators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.replies import texts
from bot.replies import texts_operating as words


@dataclass(frozen=True, slots=True)
class Wellbeing:
    """What was read off at one moment. None is what could not be read; durations are seconds, memory is bytes."""

    version: str
    edition: int
    reports: int
    metrics: int | None  # not counted in a library of many reports, which would all have to be opened
    uptime: float
    memory: int | None
    per_minute: int
    since_update: float | None
    queue: int
    outbox: int | None
    log_waiting: int | None
    answers: tuple[float | None, float | None, int]  # p50, p99, of how many
    replies: tuple[float | None, float | None]
    errors_today: int
    runs: Sequence[tuple[str, datetime]]  # what is sent by itself, and when next
    platform: Sequence[str] = ()

    def lines(self) -> list[str]:
        """One line for each concern, and what the platform lets the bot do."""
        p50, p99, count = self.answers
        said = words.STATUS_LINES
        runs = "；".join(
            words.RUN.format(name=texts.SCHEDULED[name], when=f"{when:%m-%d %H:%M}") for name, when in self.runs
        )
        return [
            said["version"].format(version=self.version),
            said["edition"].format(
                edition=words.EDITION.format(number=self.edition) if self.edition else words.NO_EDITION,
                reports=self.reports,
                metrics=_known(self.metrics),
            ),
            said["uptime"].format(uptime=span(self.uptime), memory=_megabytes(self.memory)),
            said["updates"].format(rate=self.per_minute, last=_ago(self.since_update)),
            said["queues"].format(queue=self.queue, outbox=_known(self.outbox), log=_known(self.log_waiting)),
            said["answers"].format(p50=_milliseconds(p50), p99=_milliseconds(p99), count=count),
            said["replies"].format(p50=_milliseconds(self.replies[0]), p99=_milliseconds(self.replies[1])),
            said["errors"].format(errors=self.errors_today),
            said["runs"].format(runs=runs or words.NO_RUNS),
            *self.platform,
        ]


def span(seconds: float) -> str:
    """3天4小时: the two largest units of a length of time."""
    parts: list[str] = []
    rest = int(seconds)
    for name, length in words.SPANS:
        if rest >= length or (name == words.SPANS[-1][0] and not parts):
            parts.append(f"{rest // length}{name}")
            rest %= length
    return "".join(parts[:2])


def _ago(seconds: float | None) -> str:
    return words.NEVER if seconds is None else words.AGO.format(ago=span(max(0.0, seconds)))


def _milliseconds(seconds: float | None) -> str:
    return words.UNKNOWN_FIGURE if seconds is None else f"{seconds * 1000:.1f} ms"


def _megabytes(size: int | None) -> str:
    return words.UNKNOWN_FIGURE if size is None else f"{size / 2**20:.0f} MB"


def _known(number: int | None) -> str:
    return words.UNKNOWN_FIGURE if number is None else str(number)
