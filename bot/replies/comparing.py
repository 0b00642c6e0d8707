"""/compare: the same figure of two years side by side, with both quotes, and the change where both units agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from rapidfuzz import fuzz

from bot.answers.words import normalise
from bot.replies import texts
from bot.replies.actions import Say
from bot.replies.figures import metric_evidence, metric_name
from bot.replies.model import Run, Style
from bot.replies.pages import Draft
from bot.replies.quotes import quote_runs
from bot.replies.smalltalk import echo
from bot.reports.model import Metric, Report

NEAR = 70  # of 100, how near the words must come to a figure's name
ALIKE = 75  # of 100, how near two names must be to mean the same figure
SAME = 95  # from here on the names are the same
_YEAR = re.compile(r"((?:19|20)[0-9]{2})年?")

# How people ask for last year beside this one; what is left of the sentence is what they ask about.
LAST_YEAR = re.compile(
    r"(?:和|跟|与|同|较|比)(?:去年|上一?年|前一年)(?:的|同期)?(?:相比|比较|对比|比起来|比)"
    r"|(?:比|较)(?:去年|上一?年)(?=有?(?:什么|啥|哪些)?(?:变化|不同|区别))"
)
_ASKING = re.compile(
    r"怎么样|如何|怎样|有?(?:什么|啥|哪些|多大)?(?:变化|不同|区别)(?:大吗)?|是?[多高]了?还是[少低]了?|[?？吗呢了]+$"
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


def years_of(reports: Sequence[Report]) -> list[int]:
    """The years that reports are called by, the latest first."""
    return sorted({report.year for report in reports if report.year}, reverse=True)


def compare_draft(reports: Sequence[Report], words: str) -> Draft:
    """For 养老床位 2023 2024; without years, the two latest."""
    known = years_of(reports)
    asked = sorted({int(year) for year in _YEAR.findall(normalise(words))})
    what = " ".join(_YEAR.sub(" ", normalise(words)).split())
    missing = [year for year in asked if year not in known]
    if missing:
        return _sorry(texts.COMPARE_NO_REPORT.format(years=_listed(missing)) + _have(known))
    if len(asked) < 2:
        asked = sorted({*asked, *[year for year in known if year not in asked][: 2 - len(asked)]})
    if len(asked) < 2:
        return _sorry(texts.COMPARE_ONE.format(years=_listed(known)))
    candidates = {year: _candidates(reports, year, what) for year in asked}
    if not any(candidates.values()):
        return _sorry(texts.COMPARE_NONE.format(words=echo(what)) + texts.COMPARE_HINT)
    return _drawn(what, asked, aligned(candidates), Say(0, f"/compare {echo(words)}"))


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
    if old.metric.unit != new.metric.unit or old.metric.value_max is not None or new.metric.value_max is not None:
        return None
    difference = Decimal(repr(new.metric.value)) - Decimal(repr(old.metric.value))
    if not difference:
        return texts.COMPARE_SAME
    word = texts.COMPARE_UP if difference > 0 else texts.COMPARE_DOWN
    about = texts.COMPARE_ABOUT if old.metric.bound or new.metric.bound else ""
    unit = texts.POINTS if new.metric.unit == "%" else new.metric.unit
    return f"{about}{word}{_spoken(abs(difference))}{unit}"


def _candidates(reports: Sequence[Report], year: int, what: str) -> list[Found]:
    """Figures of the reports of a year whose name is near the words, results before targets."""
    wanted = "".join(what.split())
    found = []
    for report in reports:
        if report.year != year:
            continue
        for metric in report.metrics:
            if metric.rank or (metric.period and str(year) not in metric.period):
                continue
            name = normalise(metric_name(report, metric)).replace(" · ", "")
            nearness = fuzz.partial_ratio(wanted, name) * 0.6 + fuzz.ratio(wanted, name) * 0.4
            if wanted in name or fuzz.partial_ratio(wanted, name) >= NEAR:
                found.append(Found(year, report, metric, nearness - 10 * metric.target))
    return sorted(found, key=lambda one: -one.nearness)[:20]


def _agreement(one: Found, other: Found) -> float:
    """How surely two figures are the same one of two years, 0 to 100."""
    names = fuzz.ratio(one.metric.label + one.metric.predicate, other.metric.label + other.metric.predicate)
    elsewhere = one.metric.place != other.metric.place and {one.metric.place, other.metric.place} - {
        "",
        one.report.place,
        other.report.place,
    }
    if elsewhere or one.metric.actor != other.metric.actor:
        return 0.0
    return names if one.metric.unit == other.metric.unit else names - 15


def _drawn(what: str, years: Sequence[int], chosen: dict[int, Found], again: Say) -> Draft:
    runs = [Run(f"{echo(what)}\n\n", own=True)]
    for year in years:
        runs.append(Run(f"{year}年", own=True))
        if year not in chosen:
            runs.append(Run(f"：{texts.COMPARE_MISSING}\n\n"))
            continue
        found = chosen[year]
        runs += [Run(f" {found.name}："), Run(found.metric.raw, Style.BOLD), Run("\n")]
        runs += quote_runs(metric_evidence(found.report, found.metric))
    both = [chosen[year] for year in years if year in chosen]
    runs += [run for old, new in pairwise(both) for run in _verdict(old, new)]
    evidence = tuple(metric_evidence(found.report, found.metric) for found in both)
    return Draft(tuple(runs), (), evidence, again)


def _verdict(old: Found, new: Found) -> list[Run]:
    """The change with both operands. The difference is computed by us; the operands are checked by the guard."""
    said = change(old, new)
    if said is None:
        return [Run(texts.COMPARE_UNITS.format(units=f"{old.metric.unit}、{new.metric.unit}"))]
    runs = [
        Run(f"{texts.COMPARE_CHANGE}{said}", own=True),
        Run(f"（{old.metric.raw} → {new.metric.raw}）\n"),
    ]
    if fuzz.ratio(old.name, new.name) < SAME:
        runs.append(Run(texts.COMPARE_LABELS))
    return runs


def _spoken(number: Decimal) -> str:
    """A difference as a report would write it: 5000 is 5000, 37000 is 3.7万, 445000000000 is 4450亿."""
    for size, name in ((Decimal(10**8), "亿"), (Decimal(10**4), "万")):
        if number >= size:
            return f"{(number / size).normalize():f}{name}"
    return f"{number.normalize():f}"


def _sorry(text: str) -> Draft:
    return Draft((Run(text, own=True),))


def _listed(years: Sequence[int]) -> str:
    return "、".join(str(year) for year in years)


def _have(years: Sequence[int]) -> str:
    return texts.COMPARE_HAVE.format(years=_listed(years)) if years else ""
