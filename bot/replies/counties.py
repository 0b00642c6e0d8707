"""/county: all that the reports say of one place, its figures first; without a place, a button for each."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from bot.answers.model import Evidence
from bot.answers.scope import short
from bot.answers.sounds import sound, spell
from bot.answers.words import normalise
from bot.replies import texts
from bot.replies.actions import ShowCounty, digest, encode
from bot.replies.figures import figure_line, key_figures, metric_evidence
from bot.replies.model import Button, Run, Style
from bot.replies.original import original
from bot.replies.pages import Draft
from bot.replies.quotes import clause_evidence, path_line, report_line
from bot.replies.smalltalk import clean, echo
from bot.reports.model import Part, Report

BUTTONS = 12
PER_ROW = 3
REPORTS = 3  # reports quoted for one place, the newest first
NEAREST = 3
ALIKE = 55  # of 100, how near a name must come, by characters or by sound
ENDINGS = ("县", "区", "市", "镇", "乡", "旗", "州", "盟")

Rows = tuple[tuple[Button, ...], ...]


def county_draft(reports: Sequence[Report], words: str) -> Draft:
    """For a place by name (曹县, or 曹 where only one fits); the nearest names where it is unknown."""
    names = place_names(reports)
    if not names:
        return Draft((Run(texts.COUNTY_NONE),))
    if not words:
        return Draft((Run(texts.COUNTY_ASK),), place_buttons(names))
    wanted = "".join(normalise(clean(words)).split())
    if wanted not in names:
        meant = [name for name in names if wanted in (short(name), name[:-1])]
        if len(meant) != 1:
            return _unknown(names, wanted)
        wanted = meant[0]
    return place_draft(reports, wanted)


def place_draft(reports: Sequence[Report], place: str) -> Draft:
    """A place's figures, then the clauses that name it, section by section."""
    runs = [Run(place, Style.BOLD), Run("\n")]
    evidence: list[Evidence] = []
    for report in [report for report in reports if place in report.places][:REPORTS]:
        metrics, quotes = [metric for metric in key_figures(report) if metric.place == place], _quotes(report, place)
        if not quotes:
            continue
        runs += [Run(report_line(report), Style.FAINT), Run("\n\n")]
        if metrics:
            runs.append(Run(f"{texts.COUNTY_FIGURES}\n"))
            runs += [figure_line(report, metric, place) for metric in metrics]
            runs.append(Run("\n"))
            evidence += [metric_evidence(report, metric) for metric in metrics]
        runs.append(Run(f"{texts.COUNTY_QUOTES}\n"))
        for at, quote in enumerate(quotes):
            runs.append(Run(quote.quote, Style.QUOTE))
            last = at + 1 == len(quotes) or quotes[at + 1].path != quote.path
            runs += (
                [Run("\n"), Run(path_line(quote), Style.FAINT, url=original(quote)), Run("\n\n")]
                if last
                else [Run("\n")]
            )
        evidence += quotes
    others = [name for name in place_names(reports) if name != place]
    return Draft(tuple(runs), place_buttons(others), tuple(evidence), ShowCounty(0, digest(place)))


def place_names(reports: Sequence[Report]) -> list[str]:
    """Places below the reports' own, in the order of the text, each once."""
    return list(dict.fromkeys(place for report in reports for place in report.places))


def place_buttons(names: Sequence[str]) -> Rows:
    """Buttons for places, three in a row."""
    buttons = [Button(name, encode(ShowCounty(0, digest(name)))) for name in names[:BUTTONS]]
    return tuple(tuple(buttons[at : at + PER_ROW]) for at in range(0, len(buttons), PER_ROW))


def nearest_names(wanted: str, names: Sequence[str]) -> list[str]:
    """Names that look or sound like what was typed, the nearest first: 甄城县 is 鄄城县, caoxian is 曹县."""
    heard = spell(wanted) or sound(wanted)
    likeness = {name: max(_likeness(wanted, name), _likeness(heard, sound(name)) - 1) for name in names}
    return sorted((name for name in names if likeness[name] >= ALIKE), key=lambda name: -likeness[name])[:NEAREST]


def _likeness(one: str, other: str) -> float:
    """Of 100: characters shared in order, and of these especially those at the same place."""
    same = sum(a == b for a, b in zip(one, other, strict=False))
    return (fuzz.ratio(one, other) + 100 * same / max(len(one), len(other), 1)) / 2


def _unknown(names: Sequence[str], wanted: str) -> Draft:
    near = nearest_names(wanted, names)
    text = texts.COUNTY_UNKNOWN.format(words=echo(wanted)) + (texts.COUNTY_NEAREST if near else texts.COUNTY_OTHERS)
    return Draft((Run(text, own=True),), place_buttons(near or names))


def _quotes(report: Report, place: str) -> list[Evidence]:
    """The clauses that name a place, and those whose figures are its own though they do not."""
    own = {metric.clause for metric in report.metrics if metric.place == place}
    name = short(place)  # whoever says 白鹭县 says 白鹭 as well, and the longer one holds the shorter
    return [
        clause_evidence(report, clause)
        for index, clause in enumerate(report.clauses)
        if clause.part is not Part.FURNITURE and (index in own or name in report.text[clause.start : clause.end])
    ]
