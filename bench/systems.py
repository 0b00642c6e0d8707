"""What is measured: our engine, and two plain searches that answer with their best sentence, as most bots do."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import jieba
from rank_bm25 import BM25Okapi  # type: ignore[import-untyped]
from rapidfuzz import fuzz, process

from bench.judging import Said
from bot.answers.model import Answer
from bot.library import Library
from bot.reports import Report, read_report


class System(Protocol):
    """Answers questions on one report. `declined` is the best of what it did not dare to say, for the risk curve."""

    name: str

    def ask(self, question: str) -> Said | None: ...

    def declined(self, question: str) -> Said | None: ...


class Engine:
    """The project's own answers."""

    name = "youju"

    def __init__(self, path: Path) -> None:
        self._library = Library.load([path])

    def ask(self, question: str) -> Said | None:
        found = self._library.ask(question)
        return said_by(found) if isinstance(found, Answer) else None

    def declined(self, question: str) -> Said | None:
        found = self._library.ask(question)
        return said_by(found.near[0]) if not isinstance(found, Answer) and found.near else None


def said_by(answer: Answer) -> Said:
    path = " › ".join(answer.evidence.path)
    return Said(answer.text, answer.evidence.quote, path, answer.value, answer.unit, answer.score)


class BestSentence:
    """The sentence that a ranking puts first; where a figure is asked for, its first figure with the asked unit."""

    def __init__(self, name: str, path: Path, ranking: Callable[[Sequence[str]], Ranking]) -> None:
        self.name = name
        self._report = read_report(path)
        self._clauses = [number for number, clause in enumerate(self._report.clauses) if _text(self._report, number)]
        self._rank = ranking([_text(self._report, number) for number in self._clauses])

    def ask(self, question: str) -> Said | None:
        best, score = self._rank(question)
        if score <= 0:
            return None
        number = self._clauses[best]
        text = _text(self._report, number)
        section = " › ".join(self._report.clauses[number].path)
        metrics = [metric for metric in self._report.metrics if metric.clause == number]
        if not re.search("多少|几", question) or not metrics:
            return Said(text, text, section, score=score)
        asked = [metric for metric in metrics if re.search(f"(多少|几){re.escape(metric.unit)}", question)]
        metric = (asked or metrics)[0]
        return Said(metric.raw, text, section, metric.value, metric.unit, score)

    def declined(self, question: str) -> Said | None:
        return None


Ranking = Callable[[str], tuple[int, float]]  # a question -> the best sentence's place and its score


def _text(report: Report, number: int) -> str:
    clause = report.clauses[number]
    return report.text[clause.start : clause.end].strip()


def bm25(sentences: Sequence[str]) -> Ranking:
    """Words of jieba, weighed by BM25 with the usual k1 and b."""
    ranking = BM25Okapi([jieba.lcut(sentence) for sentence in sentences])

    def rank(question: str) -> tuple[int, float]:
        scores = [float(score) for score in ranking.get_scores(jieba.lcut(question))]
        best = max(range(len(scores)), key=scores.__getitem__)
        return best, scores[best]

    return rank


def token_set(sentences: Sequence[str]) -> Ranking:
    """Sets of jieba's words, compared by rapidfuzz's token_set_ratio."""
    choices = [" ".join(jieba.lcut(sentence)) for sentence in sentences]

    def rank(question: str) -> tuple[int, float]:
        found = process.extractOne(" ".join(jieba.lcut(question)), choices, scorer=fuzz.token_set_ratio)
        return (found[2], found[1]) if found else (0, -math.inf)

    return rank


SYSTEMS: tuple[Callable[[Path], System], ...] = (
    Engine,
    lambda path: BestSentence("jieba + BM25", path, bm25),
    lambda path: BestSentence("token_set_ratio", path, token_set),
)
