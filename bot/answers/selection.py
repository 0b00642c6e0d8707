"""Several reports, one answer: the place that a question names picks the reports, its year puts them in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers.engine import ask
from bot.answers.index import ReportIndex
from bot.answers.model import Answer, NotFound
from bot.answers.questions import Question, understand
from bot.answers.scope import short, wanted_years
from bot.answers.thesaurus import Thesaurus
from bot.answers.words import bigrams, normalise
from bot.reports.identity import NATION
from bot.reports.model import Report

_LONG = 100  # pairs of characters of a question that is weighed for a few reports only
_WEIGHED = 300  # its pairs times the reports: two for 150 pairs, one for more
_CLOSE = 0.15  # a preferred report may answer with this much less confidence than the surest one


def ask_all(said: str, indexes: Sequence[ReportIndex], book: Thesaurus) -> Answer | NotFound:
    """The best answer among reports: of the place that is named, of the year that is asked for, else the newest."""
    question = understand(normalise(said))
    likely = _likeliest(question, _of_place(question, indexes))
    chosen = sorted(likely, key=lambda index: _preference(question, index.report), reverse=True)
    found = [ask(said, index, book) for index in chosen]
    answers = [one for one in found if isinstance(one, Answer)]
    if not answers:
        declined = [one for one in found if isinstance(one, NotFound)]
        return max(declined, key=lambda one: one.near[0].score if one.near else 0.0, default=NotFound(said))
    surest = max(answer.score for answer in answers)
    best = next(answer for answer in answers if answer.score >= surest - _CLOSE)
    others = [answer for answer in answers if answer is not best]
    return replace(best, alternatives=(*others, *best.alternatives)[:3]) if others else best


def _of_place(question: Question, indexes: Sequence[ReportIndex]) -> list[ReportIndex]:
    """The reports whose own place the question names; all of them where it names none."""
    named = [index for index in indexes if _is_named(question, index.report.place)]
    return named or list(indexes)


def _likeliest(question: Question, indexes: list[ReportIndex]) -> list[ReportIndex]:
    """Of reports that a long question is asked of, those on its years that share most with it; all, if it is short."""
    pairs = list(bigrams(question.text))
    few = max(1, _WEIGHED // max(1, len(pairs)))
    if len(pairs) <= _LONG or len(indexes) <= few:
        return indexes

    def shared(index: ReportIndex) -> tuple[bool, float]:
        rarities = (index.rarity(pair) for pair in set(pairs) if index.knows(pair))
        return _preference(question, index.report)[0], sum(rarities)

    return sorted(indexes, key=shared, reverse=True)[:few]


def _is_named(question: Question, place: str) -> bool:
    """全国 is no name: it stands in 全国重点文物保护单位 as well."""
    return place not in ("", NATION) and short(place) in question.text


def _preference(question: Question, report: Report) -> tuple[bool, bool, int, str]:
    """Reports on the years asked for, of the body that is named, then the newest."""
    years = wanted_years(question, report)
    body = report.body[1:]  # 政协 of 市政协
    return (bool(years) and years[0] in report.years, body in question.text, report.year or 0, report.published)
