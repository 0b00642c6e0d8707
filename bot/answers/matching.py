"""How well a piece of a report covers a question: position by position, by character pairs, synonyms and readings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from operator import mul

from bot.answers.index import ReportIndex
from bot.answers.questions import Question
from bot.answers.thesaurus import WEAK, Synonym, Thesaurus, distinct_words
from bot.answers.typos import REPAIRED, Typed, repairs
from bot.answers.verbs import verb_spans

SINGLE = 0.3  # how much a character counts whose pairs are not found
ALONE = 0.8  # how much one counts that stands by itself: 多少头【猪】
APART = 0.8  # how much two count that the report has side by side elsewhere: 粮食安全、粮食生产 for 安全生产
UNKNOWN_SINGLE = 0.6  # what a character weighs whose pairs the report does not know
VERB = 0.4  # how much less an unknown verb weighs than an unknown noun
CIPHER = 1.6  # how much more digits and letters weigh: 4A级, 5G, PM2.5
CATEGORY = 0.4  # how much less the kind of thing that is asked for weighs
FOCUS = 1.5  # how much more the asked-for stretch weighs
_LONGEST_VERB = 3
_LEAST = 1.5  # a question that weighs less than one rare word is never fully covered


@dataclass(frozen=True, slots=True)
class Zone:
    """A piece of the report, folded, and how much a hit in it counts (0..1)."""

    text: str
    weight: float


class Needle:
    """A question held against one report: what each of its characters weighs, and what else it may be called."""

    def __init__(
        self, question: Question, index: ReportIndex, book: Thesaurus, scope: Sequence[tuple[int, int]] = ()
    ) -> None:
        self.question = question
        self.index = index
        self.text = question.text
        # places and the like are filters, not words to be found
        self._silent = set(question.weightless).union(*(range(start, end) for start, end in scope))
        self._book = book
        self._known_hits: dict[str, list[float]] = {}  # titles and paths are asked for again and again
        self._known_covers: dict[tuple[Zone, ...], float] = {}  # what is weighed strictly may be weighed loosely again
        self.variants: list[Synonym] = list(self._synonyms(book))
        typed = Typed(self.text, question.breaks, frozenset(self._silent))
        self.variants += repairs(typed, [*self.unknown, *self._gaps()], self.variants, index)
        self.weights = self._weigh()
        self.total = max(sum(self.weights), _LEAST)

    def _pair(self, at: int) -> str | None:
        """The character pair that begins at `at`, None where a break or punctuation cuts it."""
        text, breaks = self.text, self.question.breaks
        if not 0 <= at < len(text) - 1 or at in breaks or at + 1 in breaks or at + 1 in self.question.joints:
            return None
        return text[at : at + 2] if text[at].isalnum() and text[at + 1].isalnum() else None

    def joined(self, at: int) -> bool:
        """Whether what ends at a position and what begins there belong together: nothing separates them."""
        return self._pair(at - 1) is not None

    @cached_property
    def _alone(self) -> frozenset[int]:
        paired = {at + step for at, _ in self.all_pairs for step in (0, 1)}
        return frozenset(set(range(len(self.text))) - paired)

    @cached_property
    def all_pairs(self) -> list[tuple[int, str]]:
        """Positions and character pairs that are about something."""
        pairs = ((at, self._pair(at)) for at in range(len(self.text) - 1) if not {at, at + 1} <= self._silent)
        return [(at, pair) for at, pair in pairs if pair]

    @cached_property
    def pairs(self) -> list[tuple[int, str]]:
        """Those that the report knows."""
        return [(at, pair) for at, pair in self.all_pairs if self.index.knows(pair)]

    @cached_property
    def unknown(self) -> list[tuple[int, int]]:
        """Stretches of two or more characters that stand nowhere in the report in this form."""
        known = {at + step for at, _ in self.pairs for step in (0, 1)}
        runs: list[tuple[int, int]] = []
        for at in range(len(self.text)):
            if at in known or at in self._silent or not self.text[at].isalnum():
                continue
            if runs and runs[-1][1] == at:
                runs[-1] = (runs[-1][0], at + 1)
            else:
                runs.append((at, at + 1))
        return runs

    def _synonyms(self, book: Thesaurus) -> Iterator[Synonym]:
        """Other names that the report has. A word within a longer one that has some is not taken by itself."""
        longest: list[Synonym] = []
        written = cache(lambda name: name in self.index.text)
        for synonym in book.find(self.text):
            if set(range(synonym.start, synonym.end)) & self.question.breaks or self._part_of_a_word(synonym):
                continue
            there = tuple(name for name in synonym.variants if written(name))
            if there and not any(longer.holds(synonym) for longer in longest):
                if synonym.strength > WEAK:
                    longest.append(synonym)
                yield Synonym(synonym.start, synonym.end, there, synonym.strength)

    def _part_of_a_word(self, synonym: Synonym) -> bool:
        """Whether a single character belongs to a word that the report knows: the 投 of 投资."""
        at = synonym.start
        return synonym.end - at == 1 and any(first in (at - 1, at) for first, _ in self.pairs)

    def _gaps(self) -> Iterator[tuple[int, int]]:
        """Lone weightless characters that join no known pair: 新增上是企业 may hold a typo (上市)."""
        for at in sorted(self._silent - self.question.breaks):
            pairs = (self._pair(at - 1), self._pair(at))
            if all(pair and not self.index.knows(pair) for pair in pairs) and not {at - 1, at + 1} & self._silent:
                yield at, at + 1

    def _lost(self) -> list[tuple[int, int]]:
        """Unknown stretches that no synonym and no mended typo explains."""
        return [
            (start, end)
            for start, end in self.unknown
            if not any(s.start <= start and end <= s.end and s.strength > WEAK for s in self.variants)
        ]

    def _weigh(self) -> list[float]:
        """Rare pairs weigh more; what the report does not know weighs most, if it is more than a lone character."""
        weights = [0.0] * len(self.text)
        for at, pair in self.pairs:
            rarity = max(0.1, self.index.rarity(pair))
            for place in (at, at + 1):
                weights[place] = max(weights[place], rarity)
        for start, end in self.unknown:
            weights[start:end] = [1.0 if end - start > 1 else UNKNOWN_SINGLE] * (end - start)
        for start, end in self._lost():
            if end - start > _LONGEST_VERB:  # more than a verb: a name or a term
                continue
            for first, last in verb_spans(self.text, start, end):
                weights[first:last] = [weight * VERB for weight in weights[first:last]]
        for at in self._silent.intersection(range(len(weights))):  # a place's full name may be longer than was said
            weights[at] = 0.0
        for at, char in enumerate(self.text):
            if char.isascii() and char.isalnum():
                weights[at] *= CIPHER
        if self.question.focus:
            for at in range(*self.question.focus):
                weights[at] *= FOCUS
        for at in range(*(self.question.category or (0, 0))):
            weights[at] *= CATEGORY
        return weights

    def hits(self, text: str) -> list[float]:
        """For each position of the question how well `text` (folded) covers it, 0..1."""
        if text in self._known_hits:
            return self._known_hits[text]
        hits = [0.0] * len(self.text)
        for at, pair in self.all_pairs:
            if pair in text:
                hits[at] = hits[at + 1] = 1.0
        for at, pair in self.pairs:
            if pair not in text and hits[at] == hits[at + 1] == 1.0:
                hits[at] = hits[at + 1] = APART
        for at, char in enumerate(self.text):
            if not hits[at] and self.weights[at] and char in text:
                hits[at] = ALONE if at in self._alone else SINGLE
        for synonym in self.variants:
            if any(name in text for name in synonym.variants):
                for at in range(synonym.start, synonym.end):
                    hits[at] = max(hits[at], synonym.strength)
        self._known_hits[text] = hits
        return hits

    def cover(self, zones: Sequence[Zone]) -> float:
        """The share of the question's weight that the zones cover, 0..1; each position counts its best zone."""
        known = tuple(zones)
        if known not in self._known_covers:
            self._known_covers[known] = self._covered(zones, 0, len(self.text))
        return self._known_covers[known]

    def focus_cover(self, zones: Sequence[Zone]) -> float:
        """The share of the focus that the zones cover; of the whole question where it has no focus."""
        if not self.question.focus or not sum(self.weights[slice(*self.question.focus)]):
            return self.cover(zones)
        return self._covered(zones, *self.question.focus)

    def _covered(self, zones: Sequence[Zone], first: int, last: int) -> float:
        weights = self.weights[first:last]
        scaled = [[hit * zone.weight for hit in self.hits(zone.text)[first:last]] for zone in zones]
        best = map(max, zip(*scaled, strict=True))
        return float(sum(map(mul, weights, best))) / (sum(weights) or 1.0)

    @cached_property
    def rivals(self) -> list[tuple[re.Pattern[str], frozenset[str]]]:
        """For each row of things that never stand for one another: its names, and those of what the question names."""
        found = []
        for pattern, row in distinct_words():
            said = set(pattern.findall(self.text))
            if said:
                found.append((pattern, frozenset(name for names in row for name in names if said & set(names))))
        return found

    @cached_property
    def _same(self) -> list[str]:
        """Words that mean the same as some of the question's, without mere hints."""
        same = (synonym for synonym in self._book.find(self.text) if synonym.strength > WEAK)
        repaired = (s for s in self.variants if s.strength == REPAIRED)
        return [name for s in (*same, *repaired) for name in s.variants]

    @cached_property
    def meant(self) -> str:
        """The question's words and those that mean the same."""
        return " ".join([self.text, *self._same])

    @cached_property
    def asked(self) -> str:
        """The question's words and all their other names: what a label is held against."""
        return " ".join([self.text, *(name for s in self.variants for name in s.variants)])

    def fits(self, label: str, tail: int = 3, *, headed: bool = False) -> float:
        """The share of a label (folded) that the question names, its last `tail` characters counted double.

        `headed`: another name counts only where its head is there, too; 政协委员提案 says nothing of 政协委员.
        """
        if not label:
            return 0.0
        names = " ".join([self.text, *(name for name in self._same if not headed or name[-2:] in label)])
        pairs = {at for at in range(len(label) - 1) if label[at : at + 2] in names}
        hits = {at + step for at in pairs for step in (0, 1)}
        weights = [2.0 if at >= len(label) - tail else 1.0 for at in range(len(label))]
        return sum(weights[at] for at in hits) / sum(weights)

    def shortlist(self, size: int) -> list[int]:
        """Numbers of the clauses that share most with the question, the best first."""
        return self._nearest[:size]

    @cached_property
    def _nearest(self) -> list[int]:
        scores: dict[int, float] = {}
        for _at, pair in self.pairs:
            rarity = self.index.rarity(pair)
            for number in self.index.having(pair):
                scores[number] = scores.get(number, 0.0) + rarity
        for synonym in self.variants:
            gain = synonym.strength * synonym.length * 0.5
            for number in {n for name in synonym.variants for n in self.index.holding(name)}:
                scores[number] = scores.get(number, 0.0) + gain
        return sorted(scores, key=lambda number: (-scores[number], number))
