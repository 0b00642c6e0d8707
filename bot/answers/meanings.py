"""What a term means (三品一标是什么意思), answered from the report's own glossary."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from operator import itemgetter

from rapidfuzz import fuzz

from bot.answers.index import ReportIndex
from bot.answers.model import Answer, Evidence, Kind
from bot.answers.passages import NUMERALS
from bot.answers.questions import Question
from bot.answers.words import fold, table
from bot.reports.glossary import Term

SURE = 0.95
_EXPLAINED = "问的是一个词的意思，用报告自己的名词解释回答"
_SHARE = 0.6  # of the longer of term and question that the other holds: 绿芽积分 of 泸州绿芽积分
_ALIKE = 80  # percent: a typo
_LONGEST = 400  # characters of a meaning
_SIGNS = re.compile(r"[\W_]+")
_WHICH = r"是?哪[一两三四五六七八九十\d]+[个项条类种大座]?"


def meaning(question: Question, index: ReportIndex) -> Answer | None:
    """What the report's glossary says of the one term that is asked about; None for any other question."""
    asked = _asked(question)
    if len(asked) < 2:
        return None
    fits = [(fit, term) for term in index.terms if (fit := _fit(asked, letters(term.words)))]
    return _answer(question, index, max(fits, key=itemgetter(0))[1]) if fits else None


def _asked(question: Question) -> str:
    """The letters of the term whose meaning is asked for, "" where something else is asked."""
    asks, beside = _wordings()
    return letters(beside.sub(" ", asks.sub(" ", question.text))) if asks.search(question.text) else ""


def _fit(asked: str, words: str) -> float:
    """How well a term's letters are those asked for, 0..1; 0 where they are another's."""
    if NUMERALS.findall(asked) != NUMERALS.findall(words):
        return 0.0
    share = len(asked) / len(words)
    if asked in words:
        return share if share >= _SHARE else 0.0
    return fuzz.ratio(asked, words, score_cutoff=_ALIKE) / 100 if len(asked) > 2 else 0.0


def letters(words: str) -> str:
    """Words as they are compared: folded, without signs."""
    return _SIGNS.sub("", fold(words))


def _answer(question: Question, index: ReportIndex, term: Term) -> Answer | None:
    report, end = index.report, term.end
    if end - term.meaning > _LONGEST:
        end = max(report.text.rfind(sign, term.meaning, term.meaning + _LONGEST) for sign in "。；") + 1
    clause = next((one for one in report.clauses if one.start <= term.start < one.end), None)
    if clause is None or end <= term.meaning:
        return None
    return Answer(
        question=question.said,
        kind=Kind.PASSAGE,
        text=report.text[term.meaning : end],
        evidence=Evidence(report, term.start, end, clause.path),
        score=SURE,
        why=(_EXPLAINED,),
    )


@cache
def _wordings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What asks for a meaning, and what may stand beside the term."""
    rows = table("questions")["meaning"]
    return re.compile("|".join([*_longest_first((*rows["words"], *rows["asks"])), _WHICH])), re.compile(
        "|".join(_longest_first(rows["beside"]))
    )


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(map(re.escape, words), key=len, reverse=True)
