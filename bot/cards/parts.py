"""The parts that several kinds of card say alike: a figure with its name, the report and its day."""

from __future__ import annotations

from typing import Any

from bot.answers.naming import as_written, metric_name
from bot.answers.scope import short
from bot.cards.phrases import clean, figure, phrase
from bot.reports.model import Metric, Report

Content = dict[str, Any]  # what a template reads, as JSON

KICKER = "数读"
TARGET = "目标"


def cell(report: Report, metric: Metric, usual: str, place: str = "") -> Content:
    """A figure and its name; its period where that is not the `usual` one of the whole card."""
    when = period(metric.period) if metric.period != usual else []
    return {
        "value": figure(as_written(report.text, metric)),
        "label": phrase(metric_name(report, metric, place)),
        "note": [*when, *([TARGET] if metric.target else [])],
    }


def footer(*reports: Report) -> list[Content]:
    """Title, source and day of each report, each once."""
    lines: list[Content] = [{"title": phrase(title_of(report)), "source": source_of(report)} for report in reports]
    return [line for at, line in enumerate(lines) if line not in lines[:at]]


def title_of(report: Report) -> str:
    return clean(report.title) or clean(report.id)


def source_of(report: Report) -> str:
    """The report's source and day: 云泽日报 · 2025-01-09; for what is not known, place and year where its title is
    silent about them: 云泽市 · 2024年."""
    day = report.published.strip().split(" ")[0].split("T")[0]
    source = " ".join(report.source.split()[:1])
    title = title_of(report)
    place = report.place if short(report.place) not in title else ""
    when = year(report) if year(report) not in title else ""
    return clean(" · ".join(filter(None, (source or place, day or "".join(period(when))))))


def byline(report: Report) -> str:
    """Whose report it is, each name once, also where one holds another: 云泽市 · 市统计局 · 李岚."""
    names = dict.fromkeys(filter(None, (report.place, report.body, report.author)))
    return clean(" · ".join(name for name in names if not any(name in other for other in names if other != name)))


def period(years: str) -> list[str]:
    """2024年; 2011—2015年; nothing for "" ."""
    return [f"{years.replace('-', '—')}年"] if years else []


def year(report: Report) -> str:
    return str(report.year) if report.year else ""
