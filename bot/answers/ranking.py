"""The clauses of a whole library, ranked against a question: candidates from an index on disk, then our own choice.

tantivy finds the candidates: character pairs, and what these sound like, as two fields, memory-mapped. What it finds is
weighed anew by what suits the genre, since its BM25 has the usual k1 and b: short and long clauses count nearly alike,
a word said twice hardly more than once, an interrogative nothing, words of asking little; a pair that a clause lacks
may be heard in it (a typo), stand above it (a heading) or be meant by it (a synonym). bench/retrieval.py measures it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from operator import add
from pathlib import Path
from typing import NamedTuple

from tantivy import DocAddress, Document, Index, Occur, Query, Schema, SchemaBuilder

from bot.answers.questions import understand
from bot.answers.sounds import alone
from bot.answers.thesaurus import Synonym, Thesaurus
from bot.answers.words import fold

CANDIDATES = 32  # clauses that may be weighed anew; the right one is among them in 99 of 100 questions, with typos too
FAR = 0.5  # of the best one's score: what is found with less is not weighed,
LEAST = 10  # unless it is among the first so many; hit@1 and MRR are those of weighing all
K1, B = 0.5, 0.3  # of BM25; the usual 1.5 and 0.75 punish long clauses, of which official prose is made
ASKING = 0.6  # what a word of asking weighs that is no interrogative: 情况, 全市, 主要
HEARD = 0.6  # what a pair counts that is only heard
ABOVE = 0.15  # what one counts that stands in the headings
ALONE = 0.8  # what a character counts, of a whole pair's rarity
BY_EAR = 0.5  # weight of the sounds in finding candidates
USUAL = 30  # characters of a clause, on average
HEAP = 64_000_000  # bytes of the writer; a smaller heap makes more segments

_STORED = ("text", "sound", "path")  # to be read again, not to be found
_RUN = re.compile(r"[^\W_]+")


class Entry(NamedTuple):
    """A clause to be found: its report's id, its number there, its text and the headings above it."""

    report: str
    clause: int
    text: str
    path: str = ""


class Spelt(NamedTuple):
    """A clause as the index takes it: character pairs and what they sound like, then what is weighed (UTF-8)."""

    report: str
    clause: int
    pairs: str
    ears: str
    text: bytes
    sound: bytes
    path: bytes


class Ranked(NamedTuple):
    """A clause that was found; scores of one question can be compared, those of two cannot."""

    report: str
    clause: int
    score: float


class _Term(NamedTuple):
    """A character pair of the question, what it sounds like, and how much it is about."""

    at: int
    pair: str
    ear: str
    weight: float
    worth: float  # weight and rarity


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
        hits, least = self._found(terms, among, max(limit, CANDIDATES)), max(limit, LEAST)
        near = [address for place, (score, address) in enumerate(hits) if place < least or score >= FAR * hits[0][0]]
        found = map(self._searcher.doc, near)
        meant = list(self._book.find(text)) if self._book else []
        weighed = [Ranked(str(doc["report"][0]), int(doc["clause"][0]), _weigh(terms, meant, doc)) for doc in found]
        return sorted(weighed, key=lambda one: (-one.score, one.report, one.clause))[:limit]

    def _terms(self, said: str) -> tuple[list[_Term], str]:
        """The pairs of a question that are about something, each once, and its normal form."""
        question = understand(said)
        text = fold(question.text)
        ears = heard(text)
        terms: dict[str, _Term] = {}
        for at in range(len(text) - 1):
            pair = text[at : at + 2]
            if pair in terms or {at, at + 1} & question.breaks or not (pair[0].isalnum() and pair[1].isalnum()):
                continue
            weight = ASKING if {at, at + 1} & question.weightless else 1.0
            having = self._searcher.doc_freq("pairs", pair)
            rarity = math.log(1 + (self.size - having + 0.5) / (having + 0.5))
            terms[pair] = _Term(at, pair, ears[at : at + 2], weight, weight * rarity)
        return list(terms.values()), text

    def _found(self, terms: list[_Term], among: Iterable[str], count: int) -> list[tuple[float, DocAddress]]:
        wanted = [(Occur.Should, self._boosted("pairs", term.pair, term.weight)) for term in terms]
        ears = {term.ear: term.weight * BY_EAR for term in terms}
        wanted += [(Occur.Should, self._boosted("ears", ear, weight)) for ear, weight in ears.items()]
        query = Query.boolean_query(wanted)
        if only := [(Occur.Should, self._term("report", report)) for report in among]:
            limits = Query.const_score_query(Query.boolean_query(only), 0.0)
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, limits)])
        return list(self._searcher.search(query, count, count=False).hits)

    def _boosted(self, name: str, words: str, weight: float) -> Query:
        return Query.boost_query(self._term(name, words), weight)

    def _term(self, name: str, words: str) -> Query:
        return Query.term_query(self._schema, name, words, index_option="basic" if name == "report" else "freq")


def _weigh(terms: Sequence[_Term], meant: Sequence[Synonym], document: Document) -> float:
    """What a clause is worth to a question: BM25 over pairs, in part for those heard, meant or standing above."""
    text, ears, path = [bytes(document[name][0]).decode() for name in _STORED]
    norm = K1 * (1 - B + B * len(text) / USUAL)
    there = [one for one in meant if any(map(text.__contains__, one.variants))]
    total = 0.0
    for at, pair, ear, weight, worth in terms:
        if times := text.count(pair):
            total += worth * times * (K1 + 1) / (times + norm) + ALONE * weight
            continue
        total += ALONE / 2 * weight * ((pair[0] in text) + (pair[1] in text))
        if there and (strength := max((one.strength for one in there if one.start <= at < one.end), default=0.0)):
            total += worth * strength
        elif ear in ears:
            total += worth * HEARD
        elif pair in path:
            total += worth * ABOVE
    return total


def spelt(entry: Entry) -> Spelt:
    """A clause spelt for the index: most of the work of building it, and fit for another process."""
    text = fold(entry.text)
    sounds = heard(text)
    path = _folded(entry.path)
    return Spelt(entry.report, entry.clause, _pairs(text), _pairs(sounds), text.encode(), sounds.encode(), path)


@lru_cache(maxsize=8)
def _folded(path: str) -> bytes:
    """The clauses of a section follow on each other."""
    return fold(path).encode()


def build(folder: Path, clauses: Iterable[Spelt]) -> None:
    """Write a new index into a folder, which is made; the clauses in the order that they are given."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(Index(_schema(), path=str(folder)), clauses)


def update(folder: Path, gone: Iterable[str], clauses: Iterable[Spelt]) -> None:
    """Take reports out of an index and put clauses into it."""
    _write(Index.open(str(folder)), clauses, gone)


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field("report", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("clause", stored=True)
    builder.add_text_field("pairs", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("ears", tokenizer_name="whitespace", index_option="freq")
    for name in _STORED:
        builder.add_bytes_field(name, stored=True)
    return builder.build()


def _write(index: Index, clauses: Iterable[Spelt], gone: Iterable[str] = ()) -> None:
    writer = index.writer(HEAP, 1)
    for report in gone:
        writer.delete_documents_by_term("report", report)
    for report, clause, *words, text, sounds, path in clauses:
        document = Document()
        document.add_text("report", report)
        document.add_unsigned("clause", clause)
        for name, value in zip(("pairs", "ears"), words, strict=True):
            document.add_text(name, value)
        for name, stored in zip(_STORED, (text, sounds, path), strict=True):
            document.add_bytes(name, stored)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


def _pairs(text: str) -> str:
    """Neighbouring letters and figures, with spaces between the pairs."""
    return " ".join([pair for run in _RUN.findall(text) for pair in map(add, run, run[1:])])


def heard(text: str) -> str:
    """A text as it sounds: of the same length, homophones by one and the same character."""
    return text.translate(ears())


@cache
def ears() -> dict[int, str]:
    """Code point -> the first character of Unicode that sounds like it, so that homophones become one.

    Unlike the codes of bot.answers.sounds these are the same in every process, and may lie on disk.
    """
    chars = "".join(map(chr, range(0x4E00, 0x9FA6)))
    first: dict[str, str] = {}
    return {ord(char): first.setdefault(code, char) for char, code in zip(chars, map(alone, chars), strict=True)}
