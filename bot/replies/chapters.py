"""/sections, /section and /tasks: a report's outline, one section with its text, the tasks ahead."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.answers.words import normalise
from bot.replies import texts
from bot.replies.actions import ListMetrics, ListSections, ShowSection, ShowTasks, edition_key, encode, report_key
from bot.replies.figures import figure_line, key_figures, metric_evidence
from bot.replies.model import Button, Run, Style
from bot.replies.pages import Draft
from bot.replies.quotes import path_line, report_line, section_evidence, shortened
from bot.replies.smalltalk import echo
from bot.reports.chapters import chapters, heads_below, is_group, outermost, planned
from bot.reports.marks import count
from bot.reports.model import Report

BUTTONS = 10  # sections that get a button; more are opened by their number
FIGURES = 6  # key figures shown above a section's text
ALIKE = 60  # of 100, how near a typed name must come to a title


def sections_draft(report: Report) -> Draft:
    """The outline, numbered as /section takes it."""
    indices = chapters(report)
    if not indices:
        return Draft((Run(texts.NO_SECTIONS),))
    number_of = {index: number for number, index in enumerate(indices, 1)}
    runs = [Run(report_line(report), Style.FAINT, own=True), Run("\n\n")]
    for index, section in enumerate(report.sections):
        if index in number_of:
            runs += [Run(f"{number_of[index]}. ", own=True), Run(f"{section.title}\n")]
        elif is_group(section) and section in outermost(report):
            runs += [Run(section.title, Style.BOLD), Run("\n")]
    runs.append(Run(f"\n{texts.SECTIONS_HINT}"))
    evidence = (section_evidence(report, report.tree),)
    return Draft(tuple(runs), _buttons(report, indices), evidence, ListSections(0, report_key(report)))


def section_draft(report: Report, index: int) -> Draft:
    """A section: its title, its key figures, its text word for word, and what stands beside and below it."""
    section = report.sections[index]
    whole = section_evidence(report, section)
    runs = [Run(section.title, Style.BOLD), Run("\n")] if section.title else []
    above = path_line(type(whole)(report, whole.start, whole.end, whole.path[:-1]))
    runs += [Run("\n".join(filter(None, (above, report_line(report)))), Style.FAINT), Run("\n\n")]
    figures = [metric for metric in key_figures(report) if section.start <= metric.start < section.end]
    if figures and section.level > 0:
        runs.append(Run(f"{texts.SECTION_FIGURES}\n"))
        runs += [figure_line(report, metric) for metric in figures[:FIGURES]]
        runs.append(Run("\n"))
    runs.append(Run(whole.quote, Style.QUOTE))
    evidence = (whole, *(metric_evidence(report, metric) for metric in figures[:FIGURES]))
    return Draft(tuple(runs), _around(report, index), evidence, ShowSection(0, edition_key(report), index))


def named_section_draft(report: Report, words: str) -> Draft:
    """The section of a number (3, 三, 第三) or a name."""
    indices = chapters(report)
    found = find_section(report, words)
    if found is not None:
        return section_draft(report, found)
    number = section_number(words)
    text = (
        texts.SECTION_UNKNOWN.format(words=echo(words), count=len(indices))
        if number
        else texts.SECTION_UNNAMED.format(words=echo(words))
    )
    return Draft((Run(f"{text}{texts.SECTIONS_SEE}", own=True),), _buttons(report, indices))


def find_section(report: Report, words: str) -> int | None:
    """The index of the section of a number (3, 三, 第三) or a name; None where there is none."""
    indices = chapters(report)
    number = section_number(words)
    if number:
        return indices[number - 1] if number <= len(indices) else None
    said = _bare(words)
    titles = {i: normalise(section.title) for i, section in enumerate(report.sections) if section.level > 0}
    likeness = {i: (said in title, fuzz.partial_ratio(said, title)) for i, title in titles.items() if title}
    best = max(likeness, key=lambda i: likeness[i], default=None)
    return best if best is not None and (likeness[best][0] or likeness[best][1] >= ALIKE) else None


def section_number(words: str) -> int:
    """3 of 3, 三, 第三节; 0 where the words are no number."""
    said = _bare(words)
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 5 else count(said)


def _bare(words: str) -> str:
    return normalise(words).strip().removeprefix("第").removesuffix("节").removesuffix("部分").strip("、.。 ")


def tasks_draft(report: Report) -> Draft:
    """The tasks of the planned year: the titles below its heading, each with a button."""
    index = planned(report)
    if index is None:
        row = (Button(texts.SECTIONS_BUTTON, encode(ListSections(0, report_key(report)))),)
        return Draft((Run(texts.NO_TASKS),), (row,))
    section = report.sections[index]
    heads = heads_below(section)
    tasks = [i for i, task in enumerate(report.sections) if any(task is head for head in heads)]
    if len(tasks) < 2:
        return section_draft(report, index)
    runs = [Run(section.title, Style.BOLD), Run("\n")]
    runs += [Run(report_line(report), Style.FAINT), Run("\n\n")]
    for number, i in enumerate(tasks, 1):
        runs += [Run(f"{number}. ", own=True), Run(f"{report.sections[i].title}\n")]
    evidence = (section_evidence(report, section),)
    return Draft(tuple(runs), _buttons(report, tasks), evidence, ShowTasks(0, report_key(report)))


def _around(report: Report, index: int) -> tuple[tuple[Button, ...], ...]:
    """Buttons to the sections below, then to the outline and the figures."""
    section = report.sections[index]
    below = [i for i, other in enumerate(report.sections) if any(other is child for child in section.children)]
    key = report_key(report)
    last = (
        Button(texts.SECTIONS_BUTTON, encode(ListSections(0, key))),
        Button(texts.METRICS_BUTTON, encode(ListMetrics(0, key))),
    )
    return (*_buttons(report, [i for i in below if report.sections[i].title]), last)


def _buttons(report: Report, indices: Sequence[int]) -> tuple[tuple[Button, ...], ...]:
    """One row for each section, if they are not too many."""
    if len(indices) > BUTTONS:
        return ()
    edition = edition_key(report)
    return tuple((Button(shortened(report.sections[i].title), encode(ShowSection(0, edition, i))),) for i in indices)
