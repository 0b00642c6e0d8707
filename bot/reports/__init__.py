"""Reports: a file becomes a Report. This room knows nothing of questions, chats or Telegram."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.reports.model import Bound, Clause, Fact, Metric, Part, Report, ReportError, Section, Source

if TYPE_CHECKING:
    from bot.reports.reader import read_report, report_of

__all__ = [
    "Bound",
    "Clause",
    "Fact",
    "Metric",
    "Part",
    "Report",
    "ReportError",
    "Section",
    "Source",
    "read_report",
    "report_of",
]


def __getattr__(name: str) -> Any:
    """Reading is brought in when it is asked for: much that speaks of reports reads none."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from bot.reports import reader

    return getattr(reader, name)
