"""Reports: a file becomes a Report. This room knows nothing of questions, chats or Telegram."""

from bot.reports.model import Bound, Clause, Fact, Metric, Part, Report, ReportError, Section, Source
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
