"""The sections that people speak of: the chapters they count, what was done, and what is to be done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.reports.model import Part, Report, Section

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
    for section in outermost(report):
        inner = [child for child in section.children if child.part is Part.BODY]
        found += [at[id(child)] for child in inner] if is_group(section) else [at[id(section)]]
    return found


def is_group(section: Section) -> bool:
    """Whether a section is only a heading over others, such as 2024年主要工作 over 一 to 五."""
    return not section.number and len(section.children) > 1 and any(child.number for child in section.children)


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


def reviewed(report: Report) -> int | None:
    """The section that tells what was done: its heading says so, or names a year, and is not the one that plans."""
    ahead = planned(report)
    heads = [
        (any(word in s.title for word in REVIEW_WORDS), -s.level, -i)
        for i, s in enumerate(report.sections)
        if 0 < s.level <= 2 and s.part is Part.BODY and i != ahead
        if any(word in s.title for word in REVIEW_WORDS) or (_YEAR.search(s.title) and "工作" in s.title)
    ]
    return -max(heads)[2] if heads else None


def heads_below(section: Section) -> list[Section]:
    """The headings right below a section; where some are numbered those, since the others only lead up to them."""
    heads = [child for child in section.children if child.title]
    numbered = [child for child in heads if child.number]
    return numbered if len(numbered) > 1 else heads


def outermost(report: Report) -> Sequence[Section]:
    """The body's outermost headings; a single one around all others is passed through."""
    tops = [section for section in report.tree.children if section.part is Part.BODY and section.title]
    while len(tops) == 1 and len([child for child in tops[0].children if child.title]) > 1 and not is_group(tops[0]):
        tops = [child for child in tops[0].children if child.title]
    return tops
