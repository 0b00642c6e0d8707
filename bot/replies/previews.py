"""An uploaded report as it was read, before it is published."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from bot.answers.naming import as_written, metric_name
from bot.editions import Candidate
from bot.editions.checks import identity_remarks, remarks_of
from bot.replies import texts
from bot.replies.actions import ShowPreview
from bot.replies.differing import difference_lines
from bot.replies.model import Button, Run, Style
from bot.replies.pages import Draft
from bot.replies.quotes import report_line, shortened
from bot.replies.smalltalk import clean
from bot.reports.model import Metric, Part, Report, Section

TREE = 16  # sections shown
DEEPEST = 2  # levels shown
KEY = 10  # figures shown
LONGEST_TITLE = 30
INDENT = "　"


def uploaded(candidate: Candidate) -> Report:
    """The report that the file became."""
    name = candidate.put[0].name.rpartition(".")[0]
    return next(report for report in candidate.library.reports if report.id == name)


def preview_draft(candidate: Candidate, buttons: tuple[tuple[Button, ...], ...]) -> Draft:
    """Title, whose, which year, the tree, figures by section, the key figures, remarks, what it replaces."""
    report = uploaded(candidate)
    runs = [
        Run(f"{texts.UPLOAD_TOP}\n", Style.FAINT),
        _line(report_line(report)),
        *map(_line, _facts(candidate, report)),
    ]
    for top, lines in (
        (texts.UPLOAD_TREE, _tree(report)),
        (texts.UPLOAD_KEY, _key_lines(report)),
        (texts.REMARKS, [*identity_remarks(report), *remarks_of(report), *candidate.failed, *candidate.remarks]),
    ):
        if shown := list(lines):
            runs += [_line(f"\n{top}"), *map(_point, shown)]
    return Draft((*runs, Run("\n"), *map(_line, _replaced(candidate))), buttons, again=ShowPreview(0, candidate.token))


def key_figures(report: Report) -> list[Metric]:
    """Ten results that are named, from as many sections as there are, in reading order."""
    named = [one for one in report.metrics if one.label and not one.rank and not one.target]
    rounds: dict[int, list[Metric]] = {}
    for metric in named or [one for one in report.metrics if not one.rank]:
        rounds.setdefault(report.clauses[metric.clause].section, []).append(metric)
    chosen: list[Metric] = []
    while rounds and len(chosen) < KEY:
        for section in list(rounds):
            chosen.append(rounds[section].pop(0))
            if not rounds[section]:
                del rounds[section]
    return sorted(chosen[:KEY], key=lambda metric: metric.start)


def _facts(candidate: Candidate, report: Report) -> Iterator[str]:
    yield texts.UPLOAD_FACTS.format(file=candidate.put[0].name, chars=len(report.text))
    for field in ("place", "body", "year"):
        yield f"{texts.REPORT_FACTS[field]}：{getattr(report, field) or texts.UPLOAD_UNKNOWN}"
    yield texts.UPLOAD_METRICS.format(count=sum(not one.rank for one in report.metrics)).rstrip("：")


def _tree(report: Report) -> Iterator[str]:
    """The upper sections, each with the number of figures in it."""
    upper = (one for one in report.sections if 0 < one.level <= DEEPEST)
    shown = [one for one in upper if one.part not in (Part.FURNITURE, Part.TITLE)]
    starts = sorted(metric.start for metric in report.metrics if not metric.rank)
    for section in shown[:TREE]:
        count = bisect_right(starts, section.end - 1) - bisect_right(starts, section.start - 1)
        number = f"（{count} 个数字）" if count else ""
        yield f"{INDENT * (section.level - 1)}{_title(section)}{number}"
    if len(shown) > TREE:
        yield texts.MORE_LINES.format(count=len(shown))


def _title(section: Section) -> str:
    number = f"{section.number} " if section.number and not section.title.startswith(section.number) else ""
    return number + shortened(section.title, LONGEST_TITLE)


def _key_lines(report: Report) -> Iterator[str]:
    for metric in key_figures(report):
        yield f"{metric_name(report, metric)}：{as_written(report.text, metric)}"


def _replaced(candidate: Candidate) -> Iterator[str]:
    """What goes, and what of its figures becomes another one."""
    if not candidate.difference.changed and not candidate.remove:
        yield texts.UPLOAD_NEW
        return
    yield texts.UPLOAD_REPLACES + "、".join(candidate.remove or (candidate.put[0].name,))
    yield from difference_lines(candidate.difference)


def _point(text: str) -> Run:
    said = text.lstrip(INDENT)
    return Run(f"{INDENT * (len(text) - len(said))}· {clean(said)}\n", own=True)


def _line(text: str) -> Run:
    lead = "\n" if text.startswith("\n") else ""
    return Run(f"{lead}{clean(text)}\n", own=True)
