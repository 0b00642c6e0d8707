"""Which figures are told by themselves: of the newest reports, not told lately, spread over the sections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answers.naming import metric_name
from bot.answers.words import normalise
from bot.replies.actions import digest
from bot.replies.figures import key_figures, metric_evidence
from bot.replies.guard import unsupported
from bot.reports.model import Metric, Part, Report
from bot.state.runs import Figure

LONGEST_QUOTE = 160  # characters; a figure that needs more around it does not read well by itself
SHORTEST_LABEL = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure that can stand by itself. `figure` names it across restarts and editions."""

    report: Report
    index: int  # of the metric
    figure: Figure

    @property
    def metric(self) -> Metric:
        return self.report.metrics[self.index]


def candidates(reports: Sequence[Report]) -> list[Candidate]:
    """Figures of the reports of the newest year, in reading order: results, not plans, each quote once."""
    newest = max((report.year or 0 for report in reports), default=0)
    found: dict[str, Candidate] = {}
    for report in reports:
        if (report.year or 0) != newest:
            continue
        at = {id(metric): index for index, metric in enumerate(report.metrics)}
        for metric in key_figures(report):
            if _stands_alone(report, metric):
                candidate = _candidate(report, at[id(metric)])
                found.setdefault(candidate.figure.key, candidate)
    return list(found.values())


def choose(
    among: Sequence[Candidate], figures: Mapping[str, float], sections: Mapping[str, float], count: int
) -> list[Candidate]:
    """`count` of them: each from the section told of longest ago, there the figure told longest ago, in reading order.

    `figures` and `sections` say when each was last told, as bot.state.runs.told_at gives them.
    """
    left = dict(enumerate(among))
    used: Counter[str] = Counter()  # how many of each section are chosen already
    chosen: list[int] = []
    while left and len(chosen) < count:

        def turn(order: int) -> tuple[int, float, float, int]:
            one = left[order].figure
            return used[one.section], sections.get(one.section, 0.0), figures.get(one.key, 0.0), order

        best = min(left, key=turn)
        used[left.pop(best).figure.section] += 1
        chosen.append(best)
    return [among[order] for order in sorted(chosen)]


def about(report: Report, words: str) -> list[int]:
    """Indices of the figures whose name holds these words, in reading order."""
    wanted = "".join(normalise(words).split())
    at = {id(metric): index for index, metric in enumerate(report.metrics)}
    named = ((metric, normalise(metric_name(report, metric)).replace(" · ", "")) for metric in key_figures(report))
    return [at[id(metric)] for metric, name in named if wanted and wanted in name]


def _candidate(report: Report, index: int) -> Candidate:
    metric = report.metrics[index]
    chapter = "›".join(report.clauses[metric.clause].path[:2])
    quote = metric_evidence(report, metric).quote
    return Candidate(report, index, Figure(digest(f"{quote}|{metric.raw}", 16), digest(f"{report.id}|{chapter}", 16)))


def _stands_alone(report: Report, metric: Metric) -> bool:
    quote = metric_evidence(report, metric).quote
    return (
        report.clauses[metric.clause].part is Part.BODY
        and not metric.target
        and len(metric.label) >= SHORTEST_LABEL
        and metric.raw in quote
        and len(quote) <= LONGEST_QUOTE
        and not unsupported(metric.label, (quote,))
    )
