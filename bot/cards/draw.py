"""The four kinds of card. What each says is gathered here as plain data; how it looks is in templates/."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.differences import difference
from bot.answers.naming import as_written, metric_name
from bot.cards.choose import COUNT, group_of, usual_period
from bot.cards.overview import glance_content
from bot.cards.parts import KICKER, TARGET, Content, cell, footer, period, title_of, year
from bot.cards.phrases import clean, figure, phrase
from bot.cards.press import png
from bot.reports.model import Metric, Report

LONGEST_QUOTE = 140  # characters; a longer quote stands in the caption only
MOST_BARS = 6
COMPARED = "对照"
DERIVED = "两数见于报告，差由有据算出"
APART = "单位不同，不作相减"


def single(report: Report, metric: Metric, theme: str = "light") -> bytes:
    """One figure, large, with its name, its verbatim sentence and its section. PNG; raises CardError."""
    return png("single", single_content(report, metric), theme)


def grid(report: Report, metrics: Sequence[Metric], title: str, theme: str = "light") -> bytes:
    """Up to twelve figures below a title, in the order given. PNG; raises CardError, ValueError without figures."""
    return png("grid", grid_content(report, metrics, title), theme)


def glance(report: Report, theme: str = "light") -> bytes:
    """The report at a glance: its key figures section by section, a long picture. PNG; raises as `grid`."""
    return png("glance", glance_content(report), theme)


def comparison(label: str, pairs: Sequence[tuple[Report, Metric]], theme: str = "light") -> bytes:
    """One figure of two or more years, the earliest first, with the change where units agree. PNG; raises as `grid`."""
    return png("comparison", comparison_content(label, pairs), theme)


def single_content(report: Report, metric: Metric) -> Content:
    quote = clean(report.quote(metric.quote_start, metric.quote_end))
    group = group_of(report, metric, depth=9)
    return {
        "kicker": [KICKER, *period(metric.period or year(report)), *([TARGET] if metric.target else [])],
        "section": phrase(group[-1]) if group else [],
        "label": phrase(metric_name(report, metric)),
        "value": figure(as_written(report.text, metric)),
        "quote": phrase(quote) if len(quote) <= LONGEST_QUOTE else [],
        "footer": footer(report),
    }


def grid_content(report: Report, metrics: Sequence[Metric], title: str) -> Content:
    shown = list(metrics)[:COUNT]
    if not shown:
        raise ValueError("a grid without figures")
    usual = usual_period(shown)
    return {
        "kicker": [KICKER, *period(usual or year(report))],
        "title": phrase(title),
        "cells": [cell(report, metric, usual, title) for metric in shown],
        "footer": footer(report),
    }


def comparison_content(label: str, pairs: Sequence[tuple[Report, Metric]]) -> Content:
    if not pairs:
        raise ValueError("a comparison without figures")
    ordered = sorted(pairs[:MOST_BARS], key=lambda pair: pair[1].period or year(pair[0]))
    (_, first), (_, last) = ordered[0], ordered[-1]
    change = difference(first, last) if len(ordered) > 1 else None
    values = [metric.value for _, metric in ordered]
    alike = len({metric.unit for _, metric in ordered}) == 1 and min(values) >= 0 < max(values)
    return {
        "kicker": [KICKER, COMPARED],
        "title": phrase(label),
        "rows": [
            {
                "year": " ".join(period(metric.period or year(report))) or title_of(report)[:6],
                "value": figure(as_written(report.text, metric)),
                "label": _told_apart(report, metric, label),
                "share": metric.value / max(values) if alike else 0,
            }
            for report, metric in ordered
        ],
        "change": phrase(change) if change else [],
        "note": DERIVED if change else APART if first.unit != last.unit else "",
        "footer": footer(*(report for report, _ in ordered)),
    }


def _told_apart(report: Report, metric: Metric, label: str) -> list[str]:
    """The name below a bar where it says more than the title does."""
    name = metric_name(report, metric)
    said = [*([] if name == label else [name]), *([TARGET] if metric.target else [])]
    return phrase(" · ".join(said))
