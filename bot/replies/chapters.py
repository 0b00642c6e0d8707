"""/sections, /section and /tasks: a report's outline, one section with its text, the tasks ahead."""

from __future__ import annotations

import re
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
from bot.reports.marks import count
from bot.reports.model import Part, Report, Section

BUTTONS = 10  # sections that get a button; more are opened by their number
FIGURES = 6  # key figures shown above a section's text
ALIKE = 60  # of 100, how near a typed name must come to a title

# How reports name what is planned, the surest first; from the headings of government and CPPCC reports.
TASK_WORDS = (
    *("主要任务", "重点任务", "目标任务", "工作任务", "工作安排", "工作打算", "工作部署", "工作建议", "重点工作"),
    *("主要工作", "任务", "安排", "打算", "部署", "建议", "工作"),
)
REVIEW_WORDS = ("回顾", "总结", "完成情况", "主要成绩", "取得", "成效")
AHEAD_WORDS = ("今年", "明年", "下一步", "今后", "下一年", "未来")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def chapters(report: Report) -> list[int]:
    """Indices of the sections that people count: 一、二、三、… below a heading without a number, else the top ones."""
    at = {id(section): index for index, section in enumerate(report.sections)}
    found: list[int] = []
    for section in _top(report):
        inner = [child for child in section.children if child.part is Part.BODY]
        found += [at[id(child)] for child in inner] if is_group(section) else [at[id(section)]]
    return found


def is_group(section: Section) -> bool:
    """Whether a section is only a heading over others, such as 2024年主要工作 over 一 to 五."""
    return not section.number and len(section.children) > 1 and any(child.number for child in section.children)


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
        elif is_group(section) and section in _top(report):
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
    tasks = [i for i, task in enumerate(report.sections) if any(task is child for child in section.children)]
    tasks = [i for i in tasks if report.sections[i].title]
    if len(tasks) < 2:
        return section_draft(report, index)
    runs = [Run(section.title, Style.BOLD), Run("\n")]
    runs += [Run(report_line(report), Style.FAINT), Run("\n\n")]
    for number, i in enumerate(tasks, 1):
        runs += [Run(f"{number}. ", own=True), Run(f"{report.sections[i].title}\n")]
    evidence = (section_evidence(report, section),)
    return Draft(tuple(runs), _buttons(report, tasks), evidence, ShowTasks(0, report_key(report)))


def planned(report: Report) -> int | None:
    """The section that plans: its heading names the later year, or what is ahead, and a word for tasks."""
    heads = [(i, s) for i, s in enumerate(report.sections) if 0 < s.level <= 2 and s.part is Part.BODY and s.title]
    years = {int(year) for _, section in heads for year in _YEAR.findall(section.title)}
    latest = max(years, default=0)

    def sureness(section: Section) -> tuple[int, int, int]:
        named = str(latest) in section.title and len(years) > 1
        ahead = named or any(word in section.title for word in AHEAD_WORDS)
        word = next((place for place, word in enumerate(TASK_WORDS) if word in section.title), len(TASK_WORDS))
        return (ahead, len(TASK_WORDS) - word, -section.level)

    asked = [(sureness(s), i) for i, s in heads if not any(word in s.title for word in REVIEW_WORDS)]
    best = max(asked, key=lambda scored: (scored[0], -scored[1]), default=None)
    if (
        best is None
        or not best[0][1]
        or (not best[0][0] and best[0][1] < len(TASK_WORDS) - TASK_WORDS.index("主要工作"))
    ):
        return None
    return best[1]


def _top(report: Report) -> Sequence[Section]:
    """The body's outermost headings; a single one around all others is passed through."""
    tops = [section for section in report.tree.children if section.part is Part.BODY and section.title]
    while len(tops) == 1 and len([child for child in tops[0].children if child.title]) > 1 and not is_group(tops[0]):
        tops = [child for child in tops[0].children if child.title]
    return tops


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
