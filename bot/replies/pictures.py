"""/card and the button under figures: which picture, and its caption; drawing it, wherever it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot import __version__, cards
from bot.answers.model import Answer, Evidence
from bot.answers.naming import as_written
from bot.answers.scope import short
from bot.answers.words import normalise
from bot.cards.choose import key_metrics, of_place, of_section
from bot.cards.overview import glance_figures
from bot.replies import texts
from bot.replies.actions import (
    ListMetrics,
    ListSections,
    ShowCard,
    ShowCounty,
    ShowSection,
    digest,
    edition_key,
    encode,
    report_key,
)
from bot.replies.chapters import find_section, section_number
from bot.replies.comparing import Found, change, same_figure
from bot.replies.counties import place_names
from bot.replies.desk import Desk
from bot.replies.figures import about, metric_evidence
from bot.replies.model import Button, Card, Picture, Run, Style
from bot.replies.pages import Draft, utf16
from bot.replies.quotes import quote_runs, report_line, section_above
from bot.replies.smalltalk import clean, echo
from bot.reports.model import Metric, Report

CAPTION_UNITS = 1000  # UTF-16 code units; Telegram takes 1,024 (https://core.telegram.org/bots/api#sendphoto)
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
VERDICT_UNITS = 60  # kept free for the change of a comparison

Figure = tuple[Report, Metric]


def card_draft(desk: Desk, reports: Sequence[Report], words: str) -> Draft:
    """For a place, a section by number or name, a figure by its name or a question, or of two years that are named;
    without words, the whole report."""
    said = "".join(normalise(clean(words)).split())
    if not said:
        return glance_card(reports[0])
    return (
        (comparison_card(reports, words) if len(YEAR.findall(said)) > 1 else None)
        or place_card(reports, said)
        or (section_card(reports[0], said) if section_number(said) else None)
        or word_card(reports, said)
        or section_card(reports[0], said)
        or _asked(desk, reports, words)
    )


def metric_card(report: Report, index: int) -> Draft:
    """One figure, its caption as an answer has it."""
    metric = report.metrics[index]
    evidence = metric_evidence(report, metric)
    runs = (Run(as_written(report.text, metric), Style.BOLD), Run("\n"), *quote_runs(evidence))
    row = (_section_button(evidence),)
    return Draft(_fitting(runs), (row,), (evidence,), picture=picture_of([(report, metric)]))


def glance_card(report: Report) -> Draft:
    """The report at a glance."""
    figures = [(report, metric) for metric in glance_figures(report)]
    if not figures:
        return Draft((Run(texts.NO_METRICS_AT_ALL),))
    key = report_key(report)
    sections = Button(texts.SECTIONS_BUTTON, encode(ListSections(0, key)))
    row = (sections, Button(texts.METRICS_BUTTON, encode(ListMetrics(0, key))))
    runs, evidence = caption("", figures)
    return Draft(runs, (row,), evidence, picture=Picture(Card.GLANCE, ((edition_key(report), 0),)))


def figures_card(title: str, figures: Sequence[Figure], *row: Button) -> Draft | None:
    """Up to twelve figures below a title; one by itself; None without any."""
    if not figures:
        return None
    if len(figures) == 1:
        return metric_card(figures[0][0], figures[0][0].metrics.index(figures[0][1]))
    runs, evidence = caption(title, figures)
    return Draft(runs, (row,) if row else (), evidence, picture=picture_of(figures, title))


def comparison_card(reports: Sequence[Report], words: str) -> Draft | None:
    """The same figure of two years or more; None where there are not two."""
    what, found = same_figure(reports, words)
    if len(found) < 2:
        return None
    figures = [(one.report, one.metric) for one in found]
    picture = Picture(Card.COMPARISON, tuple(_key(*figure) for figure in figures), what)
    runs, evidence = caption(what, figures)
    return Draft((*runs, *_verdict(found[0], found[-1])), (), evidence, picture=picture)


def place_card(reports: Sequence[Report], words: str) -> Draft | None:
    """The figures of a place (白鹭县, 白鹭), of the newest report that has some."""
    places = [name for name in place_names(reports) if words in (name, short(name))]
    for place, report in ((place, report) for place in places for report in reports):
        if chosen := key_metrics(report, among=of_place(report, place)):
            more = Button(texts.COUNTY_BUTTON.format(place=place), encode(ShowCounty(0, digest(place))))
            return figures_card(place, [(report, metric) for metric in chosen], more)
    return None


def section_card(report: Report, words: str) -> Draft | None:
    """The figures of the section of a number or a name."""
    index = find_section(report, words)
    if index is None:
        return None
    chosen = key_metrics(report, among=of_section(report, index))
    whole = Button(texts.SECTION_BUTTON, encode(ShowSection(0, edition_key(report), index)))
    return figures_card(report.sections[index].title, [(report, metric) for metric in chosen], whole)


def word_card(reports: Sequence[Report], words: str) -> Draft | None:
    """The figures whose name holds the words, of the newest report that has some."""
    wanted = "".join(normalise(words).split())
    for report in reports:
        named = [metric for metric in report.metrics if about(report, metric, wanted)]
        if chosen := key_metrics(report, among=named):
            return figures_card(echo(words), [(report, metric) for metric in chosen])
    return None


class Outdated(cards.CardError):
    """The edition that the picture shows is no longer in force."""


def picture_of(figures: Sequence[Figure], title: str = "") -> Picture:
    """The card of one figure, or of up to twelve of one report below a title."""
    keys = tuple(_key(*figure) for figure in figures)
    return Picture(Card.GRID, keys, title) if len(keys) > 1 else Picture(Card.SINGLE, keys)


def caption(title: str, figures: Sequence[Figure]) -> tuple[tuple[Run, ...], tuple[Evidence, ...]]:
    """The title, the quotes word for word as far as they fit, and the reports; with the evidence of all figures."""
    quoted = {(report.id, metric.quote_start, metric.quote_end): (report, metric) for report, metric in figures}
    evidence = tuple(metric_evidence(*figure) for figure in quoted.values())
    last = "\n".join(dict.fromkeys(report_line(report) for report, _ in figures))
    runs = [Run(f"{title}\n", own=True)] if title else []
    free = CAPTION_UNITS - VERDICT_UNITS - utf16(title) - utf16(last) - 1
    for one in evidence:
        if (free := free - utf16(one.quote) - 1) < 0:
            break
        runs += [Run(one.quote, Style.QUOTE), Run("\n")]
    return _fitting([*runs, Run(last, Style.FAINT)]), evidence


def draw(picture: Picture, reports: Iterable[Report]) -> bytes:
    """The picture as PNG. Raises CardError; Outdated where its edition is no longer among the reports."""
    held = {edition_key(report): report for report in reports}
    if any(key not in held or index >= len(held[key].metrics) for key, index in picture.figures):
        raise Outdated("报告已经更新，图要重画")
    figures = [(held[key], held[key].metrics[index]) for key, index in picture.figures]
    match picture.card:
        case Card.SINGLE:
            return cards.single(*figures[0], theme=picture.theme)
        case Card.GLANCE:
            return cards.glance(figures[0][0], picture.theme)
        case Card.COMPARISON:
            return cards.comparison(picture.title, figures, picture.theme)
        case _:
            return cards.grid(figures[0][0], [metric for _, metric in figures], picture.title, picture.theme)


def save(picture: Picture, reports: Iterable[Report], folder: Path) -> Path:
    """Draw into a folder, under a name that is the same for the same picture. Raises CardError and OSError."""
    edition, card = picture_key(picture)
    file = folder / f"{card}-{edition[:8]}.png"
    drawn = draw(picture, reports)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.write_bytes(drawn)
    return file


def picture_key(picture: Picture) -> tuple[str, str]:
    """(edition, card): what a picture that was sent before is remembered by; another version draws it anew."""
    editions = "".join(dict.fromkeys(key for key, _ in picture.figures))
    shown = "|".join((picture.card, picture.title, picture.theme, *(f"{key}.{at}" for key, at in picture.figures)))
    return digest(editions, 32), f"{picture.card}-{digest(f'{__version__}|{shown}', 16)}"


def card_button(report: Report, index: int) -> Button:
    return Button(texts.CARD_BUTTON, encode(ShowCard(edition_key(report), index)))


def _asked(desk: Desk, reports: Sequence[Report], words: str) -> Draft:
    """The figure that answers a question; where none does, what to do instead."""
    found = desk.get_library().ask(words, reports=reports)
    if isinstance(found, Answer) and found.metric is not None:
        return metric_card(found.evidence.report, found.metric)
    return Draft((Run(texts.CARD_NONE.format(words=echo(words)), own=True),))


def _fitting(runs: Iterable[Run]) -> tuple[Run, ...]:
    """As many runs from the first as a caption holds."""
    kept: list[Run] = []
    free = CAPTION_UNITS
    for run in runs:
        if (free := free - utf16(run.text)) < 0:
            break
        kept.append(run)
    return tuple(kept)


def _verdict(old: Found, new: Found) -> Iterable[Run]:
    said = change(old, new)
    return (Run(f"\n{texts.COMPARE_CHANGE}{said}", own=True),) if said else ()


def _section_button(evidence: Evidence) -> Button:
    index = section_above(evidence.report, evidence.start)
    return Button(texts.SECTION_BUTTON, encode(ShowSection(0, edition_key(evidence.report), index)))


def _key(report: Report, metric: Metric) -> tuple[str, int]:
    return edition_key(report), report.metrics.index(metric)
