"""A Source becomes a Report: the front, the tree, the clauses, the facts, the places, the metrics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from bot.reports.clauses import clauses_of
from bot.reports.edges import Edges, find_edges
from bot.reports.files import read_source
from bot.reports.frontpage import DATE_ALONE, DAY_AND_NAME, squeeze
from bot.reports.identity import body_of, meta_of, place_of, place_of_file, place_spoken_of, year_of, years_of
from bot.reports.metrics import extract_metrics
from bot.reports.model import Fact, Part, Report, ReportError, Section, Source
from bot.reports.outline import outline
from bot.reports.paragraphs import join_broken
from bot.reports.places import places_of

# A title this long says whose report it is; 政府工作报告 alone does not.
WHOLE_TITLE = 9


_SHORTEST_TITLE = 4
_TWICE = re.compile(r"(.{4,60})[\s_|—-]{0,3}\1")  # as pages have it whose heading is also their name
_RESOLUTION = re.compile(r"关于(.{4,40}报告)的决议$")  # gazettes print it above the report that it passes
_FRAGMENT = 600  # characters: a shorter text is a piece of a report, whose first words are not its title


def read_report(path: Path) -> Report:
    """The report in a file. Raises ReportError for a file that makes no report."""
    return report_of(read_source(path))


def report_of(source: Source) -> Report:
    """The report that a source's text makes. Raises ReportError where no text is left besides page furniture."""
    text = source.text
    edges = find_edges(source)
    paragraphs = join_broken(text, edges.body)
    if not paragraphs:
        raise ReportError(
            f"{source.name}：没有正文，只有{'页面边角' if text.strip() else '空白'}；请换一个有正文的文件"
        )
    tree = outline(text, paragraphs, edges.blocks, edges.title)
    sections = tuple(tree.walk())
    clauses = clauses_of(text, sections, sorted([*paragraphs, *edges.other], key=lambda line: line.start))
    title = _title(source, edges)
    place, body, year = _identity(source, edges, title, sections)
    places = places_of(text, place)
    return Report(
        id=source.name,
        text=text,
        title=title,
        body=body,
        place=place,
        year=year,
        author=_author(source, edges),
        source=_fact(edges.facts, "来源") or _not_url(meta_of(source.meta, "source")),
        published=_published(source, edges),
        tree=tree,
        sections=sections,
        clauses=clauses,
        metrics=extract_metrics(text, clauses, places=places, place=place, body=body, year=year),
        facts=tuple(edges.facts),
        places=places,
        years=years_of(sections, year),
        url=meta_of(source.meta, "url") or _url(meta_of(source.meta, "source")),
        warnings=(*source.warnings, *_warnings(sections)),
    )


def _title(source: Source, edges: Edges) -> str:
    """The title in the text if it says whose report it is, else the longer one of text and container."""
    start, end = edges.title
    written = source.text[start:end]
    if re.search(r"\S\s\S\s\S\s", written):  # letter-spaced
        written = squeeze(written)
    given = _given_title(source)
    if written and (len(written) >= WHOLE_TITLE or not given):
        return written
    return given or written or source.name


def _given_title(source: Source) -> str:
    """The container's title: once where it is there twice; of a resolution its report's, where that stands below it."""
    given = meta_of(source.meta, "title")
    if twice := _TWICE.fullmatch(given):
        given = twice[1]
    if passed := _RESOLUTION.search(given):
        lines = (line.strip("*# \u3000") for line in source.text.split("\n"))
        if any(len(line) >= _SHORTEST_TITLE and passed[1].endswith(line) for line in lines):
            return passed[1]
    return given


def _identity(source: Source, edges: Edges, title: str, sections: Sequence[Section]) -> tuple[str, str, int | None]:
    """Place, body and year, the front's own words before the container's and the file's name."""
    given = meta_of(source.meta, "title")
    meetings = [fact.value for fact in edges.facts if fact.name in ("会议", "职务")]
    fronts = [squeeze(title), squeeze(given), *map(squeeze, meetings), *map(squeeze, edges.front.split("\n"))]
    head = squeeze(source.text[:300]) if len(source.text) > _FRAGMENT else ""  # a sentence is not a report's head
    place = place_of(fronts) or meta_of(source.meta, "province", "city", "place", "地区", "省份") or place_of([head])
    place = place or place_of_file(source.name) or place_spoken_of(source.text)
    body = body_of(fronts, place) or body_of([head], place)
    days = [fact.value for fact in edges.facts if fact.name == "作报告日期"]
    lines = (squeeze(line).strip("*") for line in edges.front.split("\n"))
    days += filter(DATE_ALONE.match, lines)
    headings = [section.title for section in sections if section.part is Part.BODY]
    published = [meta_of(source.meta, "date"), _fact(edges.facts, "发表时间")]
    named = meta_of(source.meta, "year", "年份")
    titles = [DAY_AND_NAME.sub("", words) for words in (title, given)]
    year = year_of([*titles, named, source.name, *days, title, given, *headings, *published])
    return place, body, year


def _author(source: Source, edges: Edges) -> str:
    named = DAY_AND_NAME.search(meta_of(source.meta, "title"))
    written = edges.author or _fact(edges.facts, "作者") or meta_of(source.meta, "author")
    return written or (named[2] if named else "")


def _published(source: Source, edges: Edges) -> str:
    """When it was published: as labelled, else as the container says, more precisely where a line of the page is."""
    dates = [fact for fact in edges.facts if fact.name == "发表时间"]
    labelled = next((fact.value for fact in dates if fact.quote_start < fact.start), "")
    given = meta_of(source.meta, "date")
    alone = next((fact.value for fact in dates if fact.value.startswith(given)), "")
    return labelled or alone or given or _fact(edges.facts, "生成日期")


def _fact(facts: Sequence[Fact], name: str) -> str:
    return next((fact.value for fact in facts if fact.name == name), "")


def _url(words: str) -> str:
    return words if words.startswith(("http://", "https://")) else ""


def _not_url(words: str) -> str:
    return "" if _url(words) else words


def _warnings(sections: Sequence[Section]) -> list[str]:
    if any(section.level and section.part is Part.BODY for section in sections):
        return []
    return ["没有找到标题，整篇作为一节"]
