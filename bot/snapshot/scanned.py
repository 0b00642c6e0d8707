"""An index of a report that is opened for one question: pairs are looked for in the text when they are asked for.

To write down where every pair of a report stands takes longer than to answer from it; to look for the twenty pairs of a
question does not. The same goes for its readings.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, cached_property
from itertools import accumulate
from typing import TypeVar

from bot.answers.homophones import alike
from bot.answers.index import ReportIndex
from bot.answers.sounds import alone
from bot.answers.words import fold
from bot.reports.model import Report

T = TypeVar("T")


class ScannedIndex(ReportIndex):
    """As ReportIndex, with the same answers but for a character with several readings that is misspelt."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.text = fold(report.text)
        self.metrics_of = defaultdict(list)
        for number, metric in enumerate(report.metrics):
            self.metrics_of[metric.clause].append(number)
        self._postings = _Scan([self._words(number) for number in range(len(report.clauses))])  # type: ignore[assignment]

    @cached_property
    def sound(self) -> str:
        """Each character by its commonest reading: a hundred times faster than reading whole phrases."""
        return self.text.translate(_codes())


class _Scan:
    """Pair -> numbers of the lines that hold it, in order; of a dictionary what an index uses."""

    def __init__(self, lines: list[str]) -> None:
        self._text = "\n".join(lines)
        self._starts = [0, *accumulate(len(line) + 1 for line in lines)]
        self._found: dict[str, array[int]] = {}

    def __contains__(self, pair: str) -> bool:
        return bool(self[pair])

    def __getitem__(self, pair: str) -> array[int]:
        if pair not in self._found:
            self._found[pair] = self._scanned(pair)
        return self._found[pair]

    def get(self, pair: str, default: T) -> array[int] | T:
        return self[pair] or default

    def _scanned(self, pair: str) -> array[int]:
        lines = array("I")
        at = self._text.find(pair)
        while at >= 0:
            line = bisect_right(self._starts, at) - 1
            lines.append(line)
            at = self._text.find(pair, self._starts[line + 1])
        return lines


@cache
def _codes() -> Mapping[int, str]:
    """Code point -> the code of its reading that bot.answers.sounds has in this process."""
    firsts = "".join(dict.fromkeys(alike().values()))
    codes = dict(zip(firsts, map(alone, firsts), strict=True))
    return {point: codes[same] for point, same in alike().items()}
