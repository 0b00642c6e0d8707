"""The report at a glance: which sections and how many figures one picture holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.cards.choose import group_of, key_metrics, usual_period
from bot.cards.parts import Content, byline, cell, footer, period, title_of, year
from bot.cards.phrases import phrase
from bot.reports.model import Metric, Report

GLANCE = "一图读懂"
WEIGHED = 30  # figures among which sections are compared
SPREADS = ((6, 4), (5, 4), (4, 4), (6, 2), (3, 4), (5, 2), (4, 2), (3, 2), (2, 2))  # sections, figures of each

# The weight of a picture grows with the outlines of its letters: about 68 bytes for each point of size of each
# character, measured over sixty reports (51 to 70). This keeps it below 300 KiB.
MOST_INK = 4800
SIZES = {"title": 30, "part": 16, "section": 17, "large": 29, "small": 13, "label": 13, "note": 9}  # as in glance.typ

Chapter = tuple[tuple[str, ...], list[Metric]]  # the titles above, the figures below


def glance_content(report: Report) -> Content:
    """What the template says. ValueError where the report has no figure to show."""
    chapters = _spread(report)
    if not chapters:
        raise ValueError("a report without figures")
    return _content(report, chapters)


def glance_figures(report: Report) -> list[Metric]:
    """The figures that the picture shows, in reading order."""
    return [metric for _, metrics in _spread(report) for metric in metrics]


def _spread(report: Report) -> list[Chapter]:
    """As many sections and figures as the weight of the picture allows."""
    best = key_metrics(report, WEIGHED)
    chapters: list[Chapter] = []
    for sections, figures in SPREADS if best else ():
        chapters = _chapters(report, best, sections, figures)
        if _ink(_content(report, chapters)) <= MOST_INK:
            break
    return chapters


def _chapters(report: Report, best: Sequence[Metric], most: int, figures: int) -> list[Chapter]:
    """The sections with the most figures worth showing, the best of each, in reading order."""
    depth = 1 if len({group_of(report, metric, 1) for metric in best}) > 3 else 2
    found = [
        (path, list(metrics)) for path, metrics in groupby(best, key=lambda metric: group_of(report, metric, depth))
    ]
    kept = sorted(range(len(found)), key=lambda at: (-min(len(found[at][1]), figures), at))[:most]
    return [
        (path, key_metrics(report, _paired(len(held), figures), held))
        for path, held in map(found.__getitem__, sorted(kept))
    ]


def _paired(held: int, most: int) -> int:
    """How many of a section's figures are shown: an even number, so that no row stays half empty, save one alone."""
    return min(held - held % 2 or held, most)


def _content(report: Report, chapters: Sequence[Chapter]) -> Content:
    usual = usual_period([metric for _, metrics in chapters for metric in metrics])
    return {
        "kicker": [GLANCE, *period(year(report))],
        "title": phrase(title_of(report)),
        "by": byline(report),
        "sections": list(_headed(report, chapters, usual)),
        "footer": footer(report),
    }


def _headed(report: Report, chapters: Sequence[Chapter], usual: str) -> Iterator[Content]:
    """Each section with its own title, and above it the title that several have in common, where that changes."""
    above: tuple[str, ...] = ()
    for path, metrics in chapters:
        part = phrase(path[0]) if len(path) > 1 and path[:1] != above else []
        above = path[:1]
        cells = [cell(report, metric, usual) for metric in metrics]
        yield {"part": part, "title": phrase(path[-1]) if path else [], "cells": cells}


def _ink(content: Content) -> int:
    ink = SIZES["title"] * _letters(content["title"])
    for section in content["sections"]:
        ink += SIZES["part"] * _letters(section["part"]) + SIZES["section"] * _letters(section["title"])
        for one in section["cells"]:
            ink += SIZES["label"] * _letters(one["label"]) + SIZES["note"] * _letters(one["note"])
            ink += sum(SIZES["large" if part["large"] else "small"] * len(part["text"]) for part in one["value"])
    return ink


def _letters(pieces: Sequence[str]) -> int:
    return sum(map(len, pieces))
