"""All that goes by a name in the reports in force: places, sections, figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.answers.naming import metric_name
from bot.answers.sounds import sound, spell
from bot.answers.words import normalise
from bot.replies.actions import Action, ShowCounty, ShowMetric, ShowSection, digest, edition_key
from bot.reports.model import Part, Report, newest_first

REPORTS = 20  # the newest, whose figures and sections are listed

EXACT = 100.0  # the words stand in the name, or the name in the words
ALIKE = 80.0  # of 100, how near the words must come to a name
SOUNDS = 90.0  # of 100, how near they must come to it by sound
TELLING = 3  # characters of a name that is looked for in longer words


@dataclass(frozen=True, slots=True)
class Entry:
    """`plain` is the name in normal form, `heard` how it sounds; `action` opens it."""

    name: str
    plain: str
    heard: str
    report: Report
    action: Action


def directory_of(library: Iterable[Report]) -> tuple[Entry, ...]:
    """Places first, then report by report, the newest first, its sections and its figures."""
    reports = newest_first(library)[:REPORTS]
    places = {place: report for report in reversed(reports) for place in reversed(report.places)}
    first = [_entry(place, places[place], ShowCounty(0, digest(place))) for place in reversed(places)]
    return (*first, *(entry for report in reports for entry in _entries(report)))


def matching(entries: Sequence[Entry], said: str, most: int) -> list[Entry]:
    """At most `most` entries whose name holds the words, comes near them or sounds like them; the nearest first."""
    wanted = "".join(char for char in normalise(said) if char.isalnum())
    spelled = spell(wanted)
    heard = spelled or (sound(wanted) if len(wanted) >= TELLING else "")  # 侨联 is not 桥梁
    likeness = {at: EXACT for at, entry in enumerate(entries) if wanted and _holds(entry.plain, wanted)}
    names = ((wanted, [entry.plain for entry in entries], ALIKE), (heard, [entry.heard for entry in entries], SOUNDS))
    for words, choices, least in names:
        if len(words) < 2:  # nothing is like a single character
            continue
        near = process.extract(words, choices, scorer=fuzz.partial_ratio, score_cutoff=least, limit=4 * most)
        for name, score, at in near:
            if len(name) >= min(TELLING, len(words)):
                likeness[at] = max(likeness.get(at, 0.0), min(score, EXACT - 1))
    return [entries[at] for at in sorted(likeness, key=lambda at: (-likeness[at], at))[:most]]


def _holds(name: str, wanted: str) -> bool:
    return wanted in name or (len(name) >= TELLING and name in wanted)


def _entries(report: Report) -> Iterator[Entry]:
    for index, section in enumerate(report.sections):
        if section.level > 0 and section.part is Part.BODY and section.title.strip():
            yield _entry(section.title, report, ShowSection(0, edition_key(report), index))
    for index, metric in enumerate(report.metrics):
        if not metric.rank:
            yield _entry(metric_name(report, metric), report, ShowMetric(edition_key(report), index))


def _entry(name: str, report: Report, action: Action) -> Entry:
    plain = "".join(char for char in normalise(name) if char.isalnum())
    return Entry(name, plain, sound(plain), report, action)
