"""What the commands print: JSON objects with fixed keys, and plain text for people."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from bot.answers.model import Answer, NotFound
from bot.replies.answers import answer_draft, not_found_draft
from bot.replies.guard import vouched
from bot.reports.model import Metric, Part, Report, Section

JOIN = " / "  # between the titles of a section path
PARTS = {Part.TITLE: "〔题头〕", Part.FURNITURE: "〔页面文字〕", Part.APPENDIX: "〔附录〕"}


def answer_json(found: Answer | NotFound, *, why: bool = False) -> dict[str, Any]:
    """One object, the same keys whether answered or not; `value` in base units, offsets into the text."""
    found = vouched(found)
    answer = found if isinstance(found, Answer) else None
    near = found.alternatives if isinstance(found, Answer) else found.near
    shown = _alternative(answer) if answer else dict.fromkeys(_KEYS)
    line = {
        "question": found.question,
        "status": "answered" if answer else "not_found",
        **{key: shown[key] for key in ("answer", "value", "unit")},
        "items": list(answer.items) if answer else [],
        **{key: shown[key] for key in ("quote", "start", "end", "section", "report")},
        "score": round(found.score, 4),
        "alternatives": [_alternative(other) for other in near],
    }
    return {**line, "why": list(found.why)} if why else line


_KEYS = ("answer", "value", "unit", "quote", "start", "end", "section", "report", "score")


def _alternative(answer: Answer) -> dict[str, Any]:
    evidence = answer.evidence
    values = (
        answer.text,
        plain(answer.value),
        answer.unit or None,
        evidence.quote,
        evidence.start,
        evidence.end,
        JOIN.join(filter(None, evidence.path)),
        evidence.report.id,
        round(answer.score, 4),
    )
    return dict(zip(_KEYS, values, strict=True))


def plain(value: float | None) -> float | None:
    """37000, not 37000.0."""
    return int(value) if value is not None and float(value).is_integer() else value


def answer_text(found: Answer | NotFound, *, why: bool = False) -> str:
    """What the chat would say, without buttons."""
    found = vouched(found)
    draft = answer_draft(found) if isinstance(found, Answer) else not_found_draft(found, found.reason)
    lines = ["".join(run.text for run in draft.runs).strip()]
    return "\n".join([*lines, *(f"  · {line}" for line in found.why)] if why else lines)


def metrics_json(report: Report) -> Iterator[dict[str, Any]]:
    """One object a quantity, in reading order; ranks are facts, not quantities, and are left out."""
    for metric in report.metrics:
        if metric.rank:
            continue
        clause = report.clauses[metric.clause]
        yield {
            "raw": metric.raw,
            "value": plain(metric.value),
            "value_max": plain(metric.value_max),
            "unit": metric.unit,
            "approx": metric.bound.value if metric.bound else None,
            "start": metric.start,
            "label": metric.label,
            "subject": metric.subject,
            "predicate": metric.predicate,
            "place": metric.place,
            "actor": metric.actor,
            "period": metric.period,
            "section": JOIN.join(filter(None, clause.path)),
            "clause": report.text[clause.start : clause.end],
        }


def metric_table(report: Report) -> str:
    """A table, as wide as the terminal, or as wide as it needs to be where there is none."""
    import io
    import shutil
    import sys

    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{report.title or report.id}", title_justify="left", box=box.SIMPLE_HEAD)
    for heading in ("指标", "数值", "地方", "时期", "章节"):
        table.add_column(heading, overflow="fold")
    for metric in report.metrics:
        if not metric.rank:
            table.add_row(*_cells(report, metric))
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 1000
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(table, markup=False, highlight=False)
    return "\n".join(line.rstrip() for line in console.file.getvalue().splitlines())  # type: ignore[attr-defined]


def _cells(report: Report, metric: Metric) -> tuple[str, ...]:
    from rich.markup import escape

    path = report.clauses[metric.clause].path
    cells = (metric.label, metric.raw, metric.place, metric.period, path[-1] if path else "")
    return tuple(escape(cell) for cell in cells)


def outline_text(report: Report) -> str:
    """The tree, two spaces a level, each section with the number of metrics in it and below it."""
    starts = [metric.start for metric in report.metrics if not metric.rank]
    return "\n".join(_outline_line(report, section, starts) for section in report.sections)


def _outline_line(report: Report, section: Section, starts: list[int]) -> str:
    count = bisect_left(starts, section.end) - bisect_left(starts, section.start)
    title = section.title or ("" if section.level else report.title or report.id)
    number = f"{section.number} " if section.number and not title.startswith(section.number) else ""
    metrics = f"  {count} 项指标" if count else ""
    return f"{'  ' * section.level}{number}{title}{PARTS.get(section.part, '')}{metrics}"
