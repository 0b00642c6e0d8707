"""Key figures: their lines, and /metrics, which lists them by section."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.answers.model import Evidence
from bot.answers.naming import as_written, metric_name
from bot.answers.words import normalise
from bot.replies import texts
from bot.replies.actions import ListMetrics, Paged, Say, report_key
from bot.replies.guard import unsupported
from bot.replies.model import Run, Style
from bot.replies.pages import Draft
from bot.replies.quotes import path_line, report_line
from bot.replies.smalltalk import echo
from bot.reports.model import Metric, Report

ALIKE = 80  # of 100, how near a typed word must come to a metric's name
REPORTS = 5  # reports that one list covers


def key_figures(report: Report) -> list[Metric]:
    """The report's figures in reading order, without ranks and anniversaries."""
    return sorted((metric for metric in report.metrics if not metric.rank), key=lambda metric: metric.start)


def metric_evidence(report: Report, metric: Metric) -> Evidence:
    """The shortest span of the text that can stand by itself for a metric."""
    return Evidence(report, metric.quote_start, metric.quote_end, report.clauses[metric.clause].path)


def figure_line(report: Report, metric: Metric, place: str = "") -> Run:
    """A figure as it is written, after its name; a plan is marked as one.

    Where the name has figures that the quote has not, the bare quote stands for both.
    """
    quote = metric_evidence(report, metric).quote
    target = texts.TARGET if metric.target else ""
    line = f"{metric_name(report, metric, place)}{target}：{as_written(report.text, metric)}"
    return Run(f"· {quote if unsupported(line, (quote,)) else line}\n")


def metrics_draft(reports: Sequence[Report], words: str) -> Draft:
    """The figures of the newest report by section; with words, the figures of each report that are about them."""
    if not words:
        newest = reports[0]
        listed = _listed([(newest, key_figures(newest))], texts.METRICS_TOP, ListMetrics(0, report_key(newest)))
        return listed or Draft((Run(texts.NO_METRICS_AT_ALL),))
    wanted = "".join(normalise(words).split())
    found = [
        (report, [metric for metric in key_figures(report) if about(report, metric, wanted)]) for report in reports
    ]
    kept = [(report, metrics) for report, metrics in found if metrics][:REPORTS]
    said = echo(words)
    listed = _listed(kept, texts.METRICS_OF.format(words=said), Say(0, f"/metrics {said}"))
    return listed or Draft((Run(texts.NO_METRICS.format(words=said) + texts.SEARCH_INSTEAD, own=True),))


def _listed(found: Sequence[tuple[Report, Sequence[Metric]]], top: str, again: Paged) -> Draft | None:
    """Figures below the path of their section, below their report."""
    runs = [Run(f"{top}\n", own=True)]
    evidence: list[Evidence] = []
    for report, metrics in found:
        runs += [Run(report_line(report), Style.FAINT), Run("\n")]
        path: str | None = None
        for metric in metrics:
            evidence.append(metric_evidence(report, metric))
            line = path_line(evidence[-1])
            if line != path:
                runs += [Run("\n"), Run(line, Style.FAINT), Run("\n")]
                path = line
            runs.append(figure_line(report, metric))
        runs.append(Run("\n"))
    return Draft(tuple(runs), evidence=tuple(evidence), again=again) if evidence else None


def about(report: Report, metric: Metric, wanted: str) -> bool:
    """Whether a figure's name holds the words, written without blanks, or comes near them."""
    name = normalise(metric_name(report, metric))
    return wanted in name.replace(" · ", "") or (len(wanted) > 2 and fuzz.partial_ratio(wanted, name) >= ALIKE)
