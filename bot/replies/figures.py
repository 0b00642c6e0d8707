"""Key figures: how a metric is named, and lists of them by section."""

from __future__ import annotations

from bot.answers.model import Evidence
from bot.reports.model import Metric, Report

# Verbs that only say how much there is; others (增长, 下降, 采用 ...) change what the figure means and stay in its
# name. From the verbs that stand before quantities in reports.
PLAIN_PREDICATES = frozenset(
    (
        "",
        "达",
        "达到",
        "为",
        "是",
        "有",
        "共",
        "共有",
        "达成",
        "完成",
        "实现",
        "超过",
        "突破",
        "累计",
        "总量达",
        "总数达",
        "超",
    )
)


def metric_name(report: Report, metric: Metric) -> str:
    """What is counted, and whose it is where that is not the report's own place: 曹县 · 城区新增学位."""
    what = metric.label
    if metric.predicate not in PLAIN_PREDICATES and metric.predicate not in what:
        what = f"{what}{metric.predicate}" if what else metric.predicate
    owners = [owner for owner in (metric.place, metric.actor) if owner and owner != report.place and owner not in what]
    if len(owners) == 2 and owners[0] in owners[1]:
        owners.pop(0)
    return " · ".join([*owners, what or metric.unit])


def metric_evidence(report: Report, metric: Metric) -> Evidence:
    """The shortest span of the text that can stand by itself for a metric."""
    return Evidence(report, metric.quote_start, metric.quote_end, report.clauses[metric.clause].path)
