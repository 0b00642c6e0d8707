"""The made-up city 云泽市 as a small library: reports built by hand, and an engine that knows labels only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.model import Answer, Evidence, Kind, NotFound
from bot.reports.metrics.numerals import parse_numeral
from bot.reports.model import Clause, Metric, Report, Section

PLACES = ("青石区", "白鹭县", "柳河县", "松岭县", "鄄溪县")
WORK, TASKS = "{year}年主要工作", "{next}年主要任务"
TEXT = """云泽市政协常务委员会工作报告

{year}年主要工作

一、突出政治引领

举办委员讲堂8期，培训委员560人次。

二、聚焦民生改善

在养老服务方面，全市养老床位达到{beds}。白鹭县政协推行“板凳会”，惠及群众{people}；松岭县新增学位2400个。

三、深耕协商品牌

推动青石区、松岭县、柳河县成立了侨联组织。鄄溪县政协创办“溪畔商量”，化解邻里纠纷120余起。泽松高速全长５６公里。

{next}年主要任务

一、加强学习。坚持不懈抓好理论学习。
二、服务发展。围绕中心建言资政。
三、凝聚共识。画好最大同心圆。
"""
# raw, value, unit, label, predicate, place, the quote it stands in
FIGURES = (
    ("8期", 8.0, "期", "委员讲堂", "举办", "", "举办委员讲堂8期"),
    ("560人次", 560.0, "人次", "委员", "培训", "", "培训委员560人次"),
    ("{beds}", 0.0, "张", "养老床位", "达到", "", "全市养老床位达到{beds}"),
    ("{people}", 0.0, "人", "群众", "惠及", "白鹭县", "惠及群众{people}"),
    ("2400个", 2400.0, "个", "学位", "新增", "松岭县", "松岭县新增学位2400个"),
    ("120余起", 120.0, "起", "邻里纠纷", "化解", "鄄溪县", "化解邻里纠纷120余起"),
    ("５６公里", 56.0, "公里", "泽松高速", "全长", "", "泽松高速全长５６公里"),
)


def report(year: int = 2024, beds: str = "1.5万张", people: str = "1.1万人", place: str = "云泽市") -> Report:
    """One report of the city; two years differ in beds and people."""
    given = {"year": year, "next": year + 1, "beds": beds, "people": people}
    text = TEXT.format(**given)
    tree = _tree(text, year)
    sections = tuple(tree.walk())
    clauses = tuple(_clauses(text, sections))
    metrics = tuple(_metric(text, clauses, year, [str(field).format(**given) for field in row]) for row in FIGURES)
    return Report(
        id=f"yunze-{year}",
        text=text,
        title="云泽市政协常务委员会工作报告",
        body="市政协",
        place=place,
        year=year,
        author="",
        source="云泽日报",
        published=f"{year + 1}-01-14",
        tree=tree,
        sections=sections,
        clauses=clauses,
        metrics=metrics,
        facts=(),
        places=PLACES,
    )


@dataclass(frozen=True)
class City:
    """A library whose engine answers where a question names a figure's label, and has one near miss otherwise."""

    reports: tuple[Report, ...]
    edition: int = 0

    def ask(self, question: str, *, reports: Sequence[Report] | None = None) -> Answer | NotFound:
        chosen = sorted(self.reports if reports is None else reports, key=lambda one: -(one.year or 0))
        years = [one for one in chosen if str(one.year) in question] or chosen
        for one in years:
            for index, metric in enumerate(one.metrics):
                if metric.label in question and (not metric.place or metric.place in question):
                    return answer(one, index, question)
        if "侨联" in question:
            return listing(chosen[0], question)
        near = (answer(chosen[0], 2, question),) if "床" in question else ()
        return NotFound(question, near=near, score=0.2, why=("认出的词：无",))

    def search(self, words: str, limit: int = 10) -> list[Evidence]:
        found = [(one, clause) for one in self.reports for clause in one.clauses]
        near = [Evidence(one, c.start, c.end, c.path) for one, c in found if words[0] in one.text[c.start : c.end]]
        return near[:limit]


def answer(one: Report, index: int, question: str = "") -> Answer:
    """The answer that a figure of a report gives."""
    metric = one.metrics[index]
    return Answer(
        question=question,
        kind=Kind.NUMBER,
        text=metric.raw,
        evidence=Evidence(one, metric.quote_start, metric.quote_end, one.clauses[metric.clause].path),
        score=0.9,
        value=metric.value,
        unit=metric.unit,
        metric=index,
        why=("认出的词：养老床位", "首选：把握 0.90"),
    )


def listing(one: Report, question: str = "") -> Answer:
    """The answer that is a list of places."""
    quote = "推动青石区、松岭县、柳河县成立了侨联组织"
    start = one.text.index(quote)
    clause = next(clause for clause in one.clauses if clause.start <= start < clause.end)
    evidence = Evidence(one, start, start + len(quote), clause.path)
    items = ("青石区", "松岭县", "柳河县")
    return Answer(question, Kind.LIST, "、".join(items), evidence, 0.8, items=items)


def _tree(text: str, year: int) -> Section:
    work, tasks = text.index(f"{year}年主要工作"), text.index(f"{year + 1}年主要任务")
    marks = [at for at in range(len(text)) if text.startswith(("一、", "二、", "三、"), at)]
    edges = [*marks, len(text)]

    def group(title: str, start: int, end: int) -> Section:
        inner = [(at, min(edges[n + 1], end)) for n, at in enumerate(marks) if start <= at < end]
        children = tuple(_child(text, *span) for span in inner)
        return Section(title, 1, start, end, start, start + len(title), children=children)

    groups = (group(f"{year}年主要工作", work, tasks), group(f"{year + 1}年主要任务", tasks, len(text)))
    return Section(text.split("\n", 1)[0], 0, 0, len(text), 0, 0, children=groups)


def _child(text: str, start: int, end: int) -> Section:
    stops = [at for stop in "。\n" if (at := text.find(stop, start)) >= 0]
    title = text[start + 2 : min(stops)]
    return Section(title, 2, start, end, start + 2, start + 2 + len(title), number=text[start])


def _clauses(text: str, sections: tuple[Section, ...]) -> list[Clause]:
    found, start = [], 0
    for at, char in enumerate(text):
        if char in "。；\n":
            if text[start : at + 1].strip():
                around = [index for index, one in enumerate(sections) if one.start <= start < one.end]
                path = tuple(sections[index].title for index in around if sections[index].level)
                found.append(Clause(start, at + 1, path, around[-1]))
            start = at + 1
    return found


def _metric(text: str, clauses: tuple[Clause, ...], year: int, row: list[str]) -> Metric:
    raw, value, unit, label, predicate, place, quote = row
    at = text.index(quote)
    start = text.index(raw, at)
    number = float(value) or parse_numeral(raw.rstrip("张人")) or 0.0
    clause = next(index for index, one in enumerate(clauses) if one.start <= start < one.end)
    return Metric(
        raw=raw,
        value=number,
        unit=unit,
        start=start,
        end=start + len(raw),
        label=label,
        clause=clause,
        quote_start=at,
        quote_end=at + len(quote),
        predicate=predicate,
        place=place,
        period=str(year),
    )
