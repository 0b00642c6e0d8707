"""The clauses of a whole library, ranked against a question: candidates from an index on disk, then our own choice.

tantivy finds the candidates: character pairs, and what these sound like, as two fields, memory-mapped. What it finds is
weighed anew by what suits the genre, since its BM25 has the usual k1 and b: short and long clauses count nearly alike,
a word said twice hardly more than once, an interrogative nothing, words of asking little; a pair that a clause lacks
may be heard in it (a typo), stand above it (a heading) or be meant by it (a synonym). bench/retrieval.py measures it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from tantivy import Document, Index, Occur, Query, SchemaBuilder

from bot.answers.questions import understand
from bot.answers.sounds import sound
from bot.answers.thesaurus import Thesaurus
from bot.answers.words import fold

CANDIDATES = 40  # clauses weighed anew; the right one is among them in 99 of 100 questions, also with typos
K1, B = 0.5, 0.2  # of BM25; the usual 1.5 and 0.75 punish long clauses, of which official prose is made
ASKING = 0.6  # what a word of asking weighs that is no interrogative: 情况, 全市, 主要
HEARD = 0.6  # what a pair counts that is only heard
ABOVE = 0.15  # what one counts that stands in the headings
ALONE = 0.4  # what a character counts, of a whole pair's rarity
BY_EAR = 0.5  # weight of the sounds in finding candidates
USUAL = 30  # characters of a clause, on average
HEAP = 64_000_000  # bytes of the writer; a smaller heap makes more segments


class Entry(NamedTuple):
    """A clause to be found: its report's id, its number there, its text and the headings above it."""

    report: str
    clause: int
    text: str
    path: str = ""


class Ranked(NamedTuple):
    """A clause that was found; scores of one question can be compared, those of two cannot."""

    report: str
    clause: int
    score: float


@dataclass(frozen=True, slots=True)
class _Term:
    """A character pair of the question, what it sounds like, and how much it is about."""

    at: int
    pair: str
    ear: str
    weight: float


class Ranking:
    """An index on disk, open for questions. Safe to ask from several threads."""

    def __init__(self, folder: Path, book: Thesaurus | None = None) -> None:
        self._index = Index.open(str(folder))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self._book = book
        self.size = self._searcher.num_docs

    def rank(self, said: str, limit: int = 10, *, among: Iterable[str] = ()) -> list[Ranked]:
        """The clauses nearest to a question, the best first; of the reports `among` only, if any are given."""
        terms, text = self._terms(said)
        if not terms:
            return []
        found = [self._searcher.doc(address) for _, address in self._found(terms, among, max(limit, CANDIDATES))]
        weigh = _Scale(terms, {term.pair: self._rarity("pairs", term.pair) for term in terms}, self._meant(text))
        ranked = [
            Ranked(str(doc["report"][0]), int(doc["clause"][0]), weigh(_read(doc, "text"), _read(doc, "path")))
            for doc in found
        ]
        return sorted(ranked, key=lambda one: (-one.score, one.report, one.clause))[:limit]

    def _terms(self, said: str) -> tuple[list[_Term], str]:
        """The pairs of a question that are about something, and its normal form."""
        question = understand(said)
        text = fold(question.text)
        ears = text.translate(_ears())
        terms = [
            _Term(at, text[at : at + 2], ears[at : at + 2], ASKING if {at, at + 1} & question.weightless else 1.0)
            for at in range(len(text) - 1)
            if text[at].isalnum() and text[at + 1].isalnum() and not {at, at + 1} & question.breaks
        ]
        return terms, text

    def _found(self, terms: list[_Term], among: Iterable[str], count: int) -> list[tuple[float, object]]:
        parts: dict[tuple[str, str], float] = {}
        for term in terms:
            parts["pairs", term.pair] = max(term.weight, parts.get(("pairs", term.pair), 0.0))
            parts["ears", term.ear] = max(term.weight * BY_EAR, parts.get(("ears", term.ear), 0.0))
        wanted = [(Occur.Should, self._boosted(name, words, weight)) for (name, words), weight in parts.items()]
        query = Query.boolean_query(wanted)
        if only := [self._term("report", report) for report in among]:
            limits = Query.const_score_query(Query.boolean_query([(Occur.Should, one) for one in only]), 0.0)
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, limits)])
        return list(self._searcher.search(query, count, count=False).hits)

    def _boosted(self, name: str, words: str, weight: float) -> Query:
        return Query.boost_query(self._term(name, words), weight)

    def _term(self, name: str, words: str) -> Query:
        return Query.term_query(self._schema, name, words, index_option="basic" if name == "report" else "freq")

    def _rarity(self, name: str, words: str) -> float:
        """Inverse clause frequency, as BM25 has it."""
        having = self._searcher.doc_freq(name, words)
        return math.log(1 + (self.size - having + 0.5) / (having + 0.5))

    def _meant(self, text: str) -> list[tuple[int, int, tuple[str, ...], float]]:
        if self._book is None:
            return []
        return [(one.start, one.end, one.variants, one.strength) for one in self._book.find(text)]


class _Scale:
    """Weighs a clause against a question."""

    def __init__(
        self, terms: list[_Term], rarity: dict[str, float], meant: list[tuple[int, int, tuple[str, ...], float]]
    ) -> None:
        self._terms = list({term.pair: term for term in terms}.values())
        self._worth = {term.at: term.weight * rarity[term.pair] for term in terms}
        self._meant = meant

    @cached_property
    def _chars(self) -> dict[str, float]:
        """Character -> what it counts by itself: its share of the rarest pair that holds it."""
        chars: dict[str, float] = {}
        for term in self._terms:
            for char in term.pair:
                chars[char] = max(chars.get(char, 0.0), ALONE * term.weight)
        return chars

    def __call__(self, text: str, path: str) -> float:
        norm = K1 * (1 - B + B * len(text) / USUAL)
        ears = text.translate(_ears())
        total = sum(worth for char, worth in self._chars.items() if char in text)
        for term in self._terms:
            total += self._worth[term.at] * self._share(term, text, ears, path, norm)
        return total

    def _share(self, term: _Term, text: str, ears: str, path: str, norm: float) -> float:
        """How well a pair is in a clause, 0 to 1 and a little more where it is said again."""
        if times := text.count(term.pair):
            return times * (K1 + 1) / (times + norm)
        for start, end, variants, strength in self._meant:
            if start <= term.at < end and any(name in text for name in variants):
                return strength
        if term.ear in ears:
            return HEARD
        return ABOVE if term.pair in path else 0.0


def build(folder: Path, entries: Iterable[Entry]) -> None:
    """Write a new index into a folder, which is made; the clauses in the order that they are given."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(Index(_schema(), path=str(folder)), entries)


def update(folder: Path, gone: Iterable[str], entries: Iterable[Entry]) -> None:
    """Take reports out of an index and put clauses into it."""
    _write(Index.open(str(folder)), entries, gone)


def _schema() -> object:
    builder = SchemaBuilder()
    builder.add_text_field("report", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("clause", stored=True)
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("ears", tokenizer_name="whitespace", index_option="freq")
    for name in ("text", "path"):
        builder.add_bytes_field(name, stored=True)  # to be read again, not to be found
    return builder.build()


def _write(index: Index, entries: Iterable[Entry], gone: Iterable[str] = ()) -> None:
    writer = index.writer(HEAP, 1)
    for report in gone:
        writer.delete_documents("report", report)
    for entry in entries:
        text = fold(entry.text)
        document = Document()
        document.add_text("report", entry.report)
        document.add_unsigned("clause", entry.clause)
        document.add_text("pairs", " ".join(_pairs(text, text)))
        document.add_text("ears", " ".join(_pairs(text, text.translate(_ears()))))
        document.add_bytes("text", text.encode())
        document.add_bytes("path", fold(entry.path).encode())
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _pairs(text: str, shown: str) -> Iterator[str]:
    """Neighbouring characters of `shown` where those of `text` are letters or figures."""
    for at, (first, second) in enumerate(pairwise(text)):
        if first.isalnum() and second.isalnum():
            yield shown[at : at + 2]


def _read(document: Document, name: str) -> str:
    return bytes(document[name][0]).decode()


@cache
def _ears() -> dict[int, str]:
    """Character -> the first character of Unicode that sounds like it, so that homophones become one.

    Unlike the codes of bot.answers.sounds these are the same in every process, and may lie on disk.
    """
    chars = "".join(map(chr, range(0x4E00, 0x9FA6)))
    first: dict[str, str] = {}
    return {ord(char): first.setdefault(code, char) for char, code in zip(chars, sound(chars), strict=True)}
