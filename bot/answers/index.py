"""Finding candidates fast: which clauses of a report share characters, readings or synonyms with a question."""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from bot.answers.sounds import sound
from bot.answers.words import bigrams, fold
from bot.reports.glossary import Term, glossary
from bot.reports.metrics.context import Eras
from bot.reports.model import Clause, Metric, Report


class ReportIndex:
    """A report's clauses by their character pairs. Pairs beat words for this genre (bench/retrieval.py shows it)."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.text = fold(report.text)
        self.metrics_of: dict[int, list[int]] = defaultdict(list)
        for number, metric in enumerate(report.metrics):
            self.metrics_of[metric.clause].append(number)
        self._postings: dict[str, array[int]] = {}
        for number in range(len(report.clauses)):
            for pair in set(bigrams(self._words(number))):
                self._postings.setdefault(pair, array("I")).append(number)

    @cached_property
    def sound(self) -> str:
        """The text's readings, one code a character; made when a question first needs it."""
        return sound(self.text)

    @cached_property
    def title(self) -> str:
        report = self.report
        return fold(f"{report.title} {report.body} {report.place} {report.year or ''} {report.author}")

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """What the report's glossary explains."""
        return tuple(glossary(self.report))

    @cached_property
    def plans(self) -> frozenset[int]:
        """Numbers of the clauses in sections that tell of what is to be done."""
        eras, found = Eras(self.report.body, self.report.year), set()
        for number, clause in enumerate(self.report.clauses):
            eras.hear(clause.path, self.clause(number))
            if eras.of(clause.path).target:
                found.add(number)
        return frozenset(found)

    @cached_property
    def labels(self) -> frozenset[str]:
        """What the report has figures of."""
        return frozenset(metric.label for metric in self.report.metrics)

    def _words(self, number: int) -> str:
        """A clause and what its metrics inherit: subjects named before, the head of a table."""
        inherited = (self.metric_words(self.report.metrics[which]) for which in self.metrics_of.get(number, ()))
        return " ".join([self.clause(number), *dict.fromkeys(inherited)])

    def clause(self, number: int) -> str:
        clause = self.report.clauses[number]
        return self.text[clause.start : clause.end]

    def path(self, clause: Clause) -> str:
        return fold(" ".join(clause.path))

    def metric_words(self, metric: Metric) -> str:
        """What a metric is about, in the report's words and those inherited from before."""
        return fold(f"{metric.subject} {metric.label} {metric.predicate} {metric.actor} {metric.place}")

    def knows(self, pair: str) -> bool:
        return pair in self._postings

    def rarity(self, pair: str) -> float:
        """Inverse clause frequency: about 0 for a pair in every clause, 1 for a pair in one."""
        total = len(self.report.clauses) + 1
        return math.log(total / (len(self._postings.get(pair, ())) or 0.5)) / math.log(total * 2)

    def holding(self, words: str) -> Iterable[int]:
        """Numbers of the clauses that hold `words` (a synonym), found by its rarest pair."""
        pairs = sorted((self._postings.get(pair, array("I")) for pair in bigrams(words)), key=len)
        if not pairs:
            return ()
        return [number for number in pairs[0] if words in self.clause(number)]

    def having(self, pair: str) -> Iterable[int]:
        return self._postings.get(pair, ())
