"""What must hold of a report, and of a library, before people are answered from it."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from bot.answers.model import Answer
from bot.answers.words import normalise
from bot.library import Library
from bot.reports.model import Part, Report

BREATH = 0.002  # seconds left to the answers after each question
LONGEST_HEADING = 30  # characters
MOST_SHOWN = 3

# How headings of reports begin: 一、 （一） 1. 第一， and a mark that Markdown would take for one.
_LIKE_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]{1,3}[章节、，])"
)
_DIGIT = re.compile(r"[0-9０-９]")


def remarks_of(report: Report) -> Iterator[str]:
    """What the operator should look at before publishing, one line each with its place in the file."""
    yield from report.warnings
    if not report.metrics:
        yield "没有找到数字" + ("，原文里却有数字，请看看格式" if _DIGIT.search(report.text) else "")
    yield from _listed("像标题、却没有当成标题", list(_like_headings(report)))
    unnamed = [metric for metric in report.metrics if not metric.label and not metric.rank]
    yield from _listed("没认出是什么的数字", [f"{place(report, m.start)}“{m.raw}”" for m in unnamed])


def identity_remarks(report: Report) -> Iterator[str]:
    missing = [
        name for name, value in (("地方", report.place), ("年份", report.year), ("单位", report.body)) if not value
    ]
    if missing:
        yield f"没有认出{'、'.join(missing)}；可在文件名或标题里写明，如“某某市政府工作报告2024.txt”"


def of_library(library: Library, synonyms: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """Remarks on a whole library: the operator's synonyms that hit nothing."""
    for term in synonyms:
        if library.reports and not library.holds(term):
            yield f"别名“{term}”：收录的报告里没有这个词，左边要写报告里的说法"


def failed_questions(
    library: Library, checks: Mapping[str, str], breathe: Callable[[float], object] = time.sleep
) -> Iterator[str]:
    """The operator's own questions that are no longer answered with the text they expect."""
    for question, expected in checks.items():
        found = library.ask(question)
        said = found.text if isinstance(found, Answer) else "（没有答案）"
        quoted = found.evidence.quote if isinstance(found, Answer) else ""
        if squeezed(expected) not in squeezed(said) and squeezed(expected) not in squeezed(quoted):
            yield f"核对问题“{question}”：应答“{expected}”，现在答“{said}”"
        breathe(BREATH)


def squeezed(text: str) -> str:
    return "".join(normalise(text).split())


def same_names(names: Iterable[str]) -> Iterator[str]:
    """Files that differ only in their suffix would be one report under one id."""
    stems = Counter(name.rpartition(".")[0] for name in names)
    for stem, times in stems.items():
        if times > 1:
            yield stem


def place(report: Report, at: int) -> str:
    """第 12 行, counted in the text as it was read."""
    return f"第 {report.text.count(chr(10), 0, at) + 1} 行"


def _like_headings(report: Report) -> Iterator[str]:
    """Short lines that begin as headings do and stand alone, which the tree does not know."""
    titles = {section.title_start for section in report.sections}
    at = 0
    for number, line in enumerate(report.text.split("\n"), 1):
        start = at + len(line) - len(line.lstrip())
        words = line.strip()
        at += len(line) + 1
        known = any(start <= title < start + len(words) for title in titles)
        short = 0 < len(words) <= LONGEST_HEADING and not words.endswith(("。", "；", "，"))
        if short and not known and _LIKE_HEADING.match(words) and _in_body(report, start):
            yield f"第 {number} 行“{words}”"


def _in_body(report: Report, at: int) -> bool:
    inside = [section for section in report.sections if section.start <= at < section.end]
    return bool(inside) and inside[-1].part is Part.BODY


def _listed(what: str, found: list[str]) -> Iterator[str]:
    if found:
        more = f" 等 {len(found)} 处" if len(found) > MOST_SHOWN else ""
        yield f"{what}：{'、'.join(found[:MOST_SHOWN])}{more}"
