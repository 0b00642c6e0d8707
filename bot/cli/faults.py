"""How faults are said: what is foreseen says itself; the rest is named, in one line, without tokens."""

from __future__ import annotations

import traceback

from bot import logs


def said_of(error: Exception, *, debug: bool) -> str:
    """One line a fault; the whole traceback for those who ask for it."""
    from bot.faults import ConfigError
    from bot.reports.model import ReportError

    if debug:
        return logs.mask("".join(traceback.format_exception(error)).rstrip())
    if isinstance(error, ConfigError | ReportError):
        return logs.mask("\n".join(logs.escape(line) for line in str(error).split("\n")))
    return unforeseen(error)


def unforeseen(error: Exception) -> str:
    return logs.mask(logs.escape(f"出了意外：{type(error).__name__}: {error}（加 --debug 可看详情）"))
