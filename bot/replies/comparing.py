"""/compare: the same figure of two years side by side, with both quotes, and the change where both units agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from bot.answers.differences import difference
from bot.answers.naming import as_written, metric_name
from bot.answers.words import normalise
from bot.replies import texts
from bot.replies.actions import Say
from bot.replies.figures import metric_evidence
from bot.replies.model import Run, Style
from bot.replies.pages import Draft
from bot.replies.quotes import quote_runs
from bot.replies.smalltalk import echo
from bot.reports.model import Metric, Report

NEAR = 70  # of 100, how near the words must come to a figure's name
WEIGHED = 20  # figures of a year that are weighed against those of the others
ALIKE = 75  # of 100, how near two names must be to mean the same figure
SAME = 95  # from here on the names are the same
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年?")

# How people ask for last year beside this one; what is left of the sentence is what they ask about.
LAST_YEAR = re.compile(
    r"(?:和|跟|与|同|较|比)(?:去年|上一?年|前一年)(?:的|同期)?(?:相比|比较|对比|比起来|比)"
    r"|(?:比|较)(?:去年|上一?年)(?=有?(?:什么|啥|哪些)?(?:变化|不同|区别))"
)
_ASKING = re.compile(
    r"怎么样|如何|怎样|有?(?:什么|啥|哪些|多大)?(?:变化|不同|区别)(?:大吗)?|(?:是?[多高]了?还是)?[多少高低]?了?[吗呢]?[?？]?$"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A figure of a year, and how near its name comes to the words (0 to 100)."""

    year: int
    report: Report
    metric: Metric
    nearness: float

    @property
    def name(self) -> str:
        return metric_name(self.report, self.metric)


def compares(said: str) -> str | None:
    """The words of a question that sets this year beside the last one (养老床位和去年比怎么样); None for others."""
    if not LAST_YEAR.search(said):
        return None
    rest = _ASKING.sub("", LAST_YEAR.sub("", said)).strip(" ，,。？?的")
    return rest or None


def compare_draft(reports: Sequence[Report], words: str) -> Draft:
    """For 养老床位 2023 2024; without years, the two latest that have the figure."""
    said = normalise(words)
    asked = sorted({int(year) for year in _YEAR.findall(said)})
    reports, what = _of_place(reports, " ".join(_YEAR.sub(" ", said).split()))
    if not what:
        return _sorry(texts.COMPARE_WHAT)
    candidates = _candidates(reports, what)
    if not candidates:
        return _sorry(texts.COMPARE_NONE.format(words=echo(what)) + texts.COMPARE_HINT)
    alike = aligned(candidates)
    years = _years(asked, alike if len(alike) > 1 else candidates)
    if len(years) < 2:
        return _sorry(texts.COMPARE_ONE.format(words=echo(what), years=_listed(sorted(candidates))))
    return _drawn(what, years, {year: candidates[year] for year in years if year in candidates})


def same_figure(reports: Sequence[Report], words: str) -> tuple[str, list[Found]]:
    """What the words name, and its figure of each year that has one alike, the earliest first; for a picture."""
    said = normalise(words)
    asked = {int(year) for year in _YEAR.findall(said)}
    reports, what = _of_place(reports, " ".join(_YEAR.sub(" ", said).split()))
    alike = aligned(_candidates(reports, what)) if what else {}
    return what, [alike[year] for year in _years(sorted(asked), alike) if year in alike]


def aligned(candidates: dict[int, list[Found]]) -> dict[int, Found]:
    """One figure a year: those that come nearest to the words and agree in unit, place and name.

    A year without a figure that agrees is left out, save that two figures which differ only in unit are both kept.
    """
    years = [year for year, found in candidates.items() if found]
    best: tuple[float, dict[int, Found]] = (-1.0, {})
    for anchor in [found for year in years for found in candidates[year]]:
        chosen = {anchor.year: anchor}
        score = anchor.nearness
        for year in years:
            if year == anchor.year:
                continue
            fellow = max(candidates[year], key=lambda other: _agreement(anchor, other))
            if _agreement(anchor, fellow) >= ALIKE:
                chosen[year] = fellow
                score += fellow.nearness + _agreement(anchor, fellow)
        if score > best[0]:
            best = (score, chosen)
    return best[1]


def change(old: Found, new: Found) -> str | None:
    """The difference in words, with both operands beside it; None where the units do not agree."""
    return difference(old.metric, new.metric)


def _of_place(reports: Sequence[Report], what: str) -> tuple[Sequence[Report], str]:
    """Reports of the place that is named, which is then taken out of the words; else of the newest report's place."""
    for place in {report.place for report in reports if report.place}:
        for name in (place, place.rstrip("省市县区")):
            if len(name) > 1 and what.startswith(name) and what != name:
                return [report for report in reports if report.place == place], what[len(name) :].lstrip("的 ")
    newest = next((report.place for report in reports), "")
    return [report for report in reports if report.place == newest], what


def _years(asked: Sequence[int], found: Iterable[int]) -> list[int]:
    """The years asked for, made up to two by the latest that have the figure."""
    others = [year for year in sorted(found, reverse=True) if year not in asked]
    return sorted({*asked, *others[: max(0, 2 - len(asked))]})


def _candidates(reports: Sequence[Report], what: str) -> dict[int, list[Found]]:
    """For each year the figures whose name is near the words, the nearest first."""
    wanted = "".join(what.split())
    found: dict[int, list[Found]] = {}
    for report in reports:
        for metric in report.metrics:
            year = int(metric.period) if metric.period.isdecimal() else 0 if metric.period else report.year
            name = normalise(metric_name(report, metric)).replace(" · ", "")
            part = fuzz.partial_ratio(wanted, name)
            if year and not metric.rank and (wanted in name or (len(wanted) > 2 and part >= NEAR)):
                nearness = 0.6 * part + 0.4 * fuzz.ratio(wanted, name)
                found.setdefault(year, []).append(Found(year, report, metric, nearness))
    return {year: sorted(figures, key=lambda one: -one.nearness)[:WEIGHED] for year, figures in found.items()}


def _agreement(one: Found, other: Found) -> float:
    """How surely two figures are the same one of two years, 0 to 100; a plan is never set beside a result."""
    here, there = one.metric, other.metric
    places = {metric.place or found.report.place for metric, found in ((here, one), (there, other))}
    if len(places) > 1 or here.target != there.target:
        return 0.0
    likeness = fuzz.ratio(one.name, other.name)
    likeness -= 15 * (here.unit != there.unit) + 3 * (one.report.body != other.report.body)
    return max(likeness, 0.0)


def _drawn(what: str, years: Sequence[int], candidates: dict[int, list[Found]]) -> Draft:
    """Year by year the figure and its quote, then the change from each to the next."""
    alike = aligned(candidates)
    shown = {year: alike.get(year, found[0]) for year, found in candidates.items()}
    runs = [Run(f"{echo(what)}\n\n", own=True)]
    for year in years:
        runs.append(Run(f"{year}年", own=True))
        if year not in shown:
            runs.append(Run(f"：{texts.COMPARE_MISSING}\n\n"))
            continue
        found = shown[year]
        target = texts.TARGET if found.metric.target else ""
        runs += [
            Run(f" {found.name}{target}："),
            Run(as_written(found.report.text, found.metric), Style.BOLD),
            Run("\n"),
        ]
        runs += quote_runs(metric_evidence(found.report, found.metric))
    for old, new in pairwise(year for year in years if year in shown):
        both = old in alike and new in alike
        runs += _verdict(alike[old], alike[new]) if both else [Run(f"{texts.COMPARE_APART}\n")]
    evidence = tuple(metric_evidence(found.report, found.metric) for found in shown.values())
    return Draft(tuple(runs), (), evidence, Say(0, f"/compare {echo(what)} {' '.join(map(str, years))}"))


def _verdict(old: Found, new: Found) -> list[Run]:
    """The change with both operands. The difference is computed by us; the operands are checked by the guard."""
    said = change(old, new)
    if said is None:
        return [Run(texts.COMPARE_UNITS.format(old=old.metric.unit, new=new.metric.unit) + "\n")]
    runs = [Run(f"{texts.COMPARE_CHANGE}{said}", own=True), Run(f"（{old.metric.raw} → {new.metric.raw}）\n")]
    if fuzz.ratio(old.name, new.name) < SAME:
        runs.append(Run(f"{texts.COMPARE_LABELS}\n"))
    return runs


def _sorry(text: str) -> Draft:
    return Draft((Run(text, own=True),))


def _listed(years: Sequence[int]) -> str:
    return "、".join(str(year) for year in years)
