"""How evidence is shown: the verbatim quote alone in its run, then where it stands."""

from __future__ import annotations

from bot.answers.model import Evidence
from bot.replies import texts
from bot.replies.model import Run, Style
from bot.replies.original import original
from bot.reports import gazetteer
from bot.reports.model import Clause, Report, Section

NAME_LIMIT = 24  # characters of a name on a button


def quote_runs(evidence: Evidence, *, with_report: bool = True) -> tuple[Run, ...]:
    """The quote, then where it stands."""
    where = where_runs(evidence, with_report=with_report)
    return Run(evidence.quote, Style.QUOTE), *([Run("\n"), *where] if where else []), Run("\n\n")


def where_runs(evidence: Evidence, *, with_report: bool = True) -> list[Run]:
    """The section path, which leads to the quote's place in the original page, and the report."""
    lines = [line for line in (path_line(evidence), report_line(evidence.report) if with_report else "") if line]
    url = original(evidence)
    split = 1 if url else len(lines)
    above = [Run("\n".join(lines[:split]), Style.FAINT, url)] if lines else []
    return [*above, *(Run(f"\n{line}", Style.FAINT) for line in lines[split:])]


def path_line(evidence: Evidence) -> str:
    """The titles of the sections above a quote, outermost first; the report's own title is not repeated."""
    return texts.PATH.join(title for title in evidence.path if title and title != evidence.report.title)


def report_line(report: Report) -> str:
    """Which report it is, as people call it: 《…》 with its place and its year where the title does not say them."""
    name = report.title.strip() or report.id
    place = "" if gazetteer.short_name(report.place) in name else report.place
    year = f"{report.year}年" if report.year and str(report.year) not in name else ""
    return f"《{name}》" + (f"，{place}{year}" if place or year else "")


def short_name(report: Report) -> str:
    """A name that fits a button: 2024年 市政协; the title's beginning where the report does not say whose it is."""
    year = f"{report.year}年 " if report.year else ""
    return shortened(year + (report.body or report.title or report.id))


def shortened(name: str, limit: int = NAME_LIMIT) -> str:
    return name if len(name) <= limit else name[: limit - 1] + "…"


def section_above(report: Report, at: int) -> int:
    """The index of the innermost section around an offset; 0 is the whole report."""
    found = 0
    for index, section in enumerate(report.sections):
        if section.start <= at < section.end and section.level >= report.sections[found].level:
            found = index
    return found


def path_to(report: Report, section: Section) -> tuple[str, ...]:
    """The titles above a section and its own, outermost first, without the report's."""
    return tuple(
        above.title
        for above in report.sections
        if above.level > 0
        and above.level <= section.level
        and above.start <= section.start
        and section.end <= above.end
    )


def section_evidence(report: Report, section: Section) -> Evidence:
    """A section's whole text as evidence, without the white space around it."""
    start, end = trimmed(report.text, section.start, section.end)
    return Evidence(report, start, end, path_to(report, section))


def clause_evidence(report: Report, clause: Clause) -> Evidence:
    start, end = trimmed(report.text, clause.start, clause.end)
    return Evidence(report, start, end, clause.path)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
