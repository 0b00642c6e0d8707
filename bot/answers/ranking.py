"""The clauses of a whole library, ranked against a question: candidates from an index on disk, then our own choice.

tantivy finds the candidates, memory-mapped, by what their character pairs sound like: one field for what is spelt right
and for typos. What it finds is weighed anew by what suits the genre:
long clauses count nearly as much as short ones, a word said twice no more than once, an interrogative nothing, words of
asking little. A pair that a clause lacks may be heard in it (a typo), be parted by words that the question leaves out,
stand above it (a heading) or be meant by it (a synonym). A figure of the unit that is asked for and a heading of the
year speak for a clause, another year speaks against it. bench/retrieval.py measures it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import compress
from operator import add, not_
from pathlib import Path
from typing import NamedTuple

from tantivy import (
    DocAddress,
    Document,
    Index,
    Occur,
    Query,
    Schema,
    SchemaBuilder,
    TextAnalyzerBuilder,
    Tokenizer,
)

from bot.answers.homophones import ear_of, heard
from bot.answers.questions import understand
from bot.answers.thesaurus import Synonym, Thesaurus
from bot.answers.words import fold

CANDIDATES = 32  # clauses that may be weighed anew; the right one is among them in 98 of 100 questions, with typos too
SOUGHT = 16  # pairs that candidates are sought by, the rarest; long questions have more than it takes
FAR = 0.5  # of the best one's score: what is found with less is not weighed but keeps its share of it,
LEAST = 4  # unless it is among the first so many; hit@1 and MRR are those of weighing all
K1, B = 0.5, 0.3  # of BM25; the usual 1.5 and 0.75 punish long clauses, of which official prose is made
ASKING = 0.6  # what a word of asking weighs that is no interrogative: 情况, 全市, 主要
HEARD = 0.6  # what a pair counts that is only heard
PARTED = 0.4  # what one counts whose second character follows within REACH: 改造小区 of 改造老旧小区
REACH = 6
ABOVE = 0.2  # what one counts that stands in the headings
ALONE = 1.5  # what each character of the question counts that a clause has, in its pair or not
UNIT = 5.0  # for a figure of the unit that is asked for; a pair of one clause in a hundred counts as much
YEAR = 5.0  # for the year that is asked for, against a heading of another year
USUAL = 30  # characters of a clause, on average
HEAP = 128_000_000  # bytes of the writer; a smaller heap makes more segments, and merging them takes time

_PAIRS = "pairs"  # the name of what cuts a sound into character pairs
_YEARS = re.compile(r"(?:19|20)\d\d")
_FIGURE_ENDS = "0123456789万亿千百余多"


class Entry(NamedTuple):
    """A clause to be found: its report's id, its number there, its text and the headings above it."""

    report: str
    clause: int
    text: str
    path: str = ""


# A clause as the index takes it: its report, its number there, what it sounds like, and what else is weighed: its
# text and the headings above it (UTF-8). A plain tuple, since hundreds of thousands go from process to process.
Spelt = tuple[str, int, str, bytes, bytes]


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


class _Sought(NamedTuple):
    """What of a question is held against each clause; columns of the terms, so that no loop of ours runs over all."""

    terms: list[_Term]
    pairs: list[str]
    worths: list[float]
    chars: str  # those of the pairs, each once
    meant: list[Synonym]
    covered: set[int]  # the places of the question that synonyms are over
    units: tuple[str, ...]
    year: str


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
        sought = self._sought(said)
        if not sought.terms:
            return []
        hits = self._found(sought.terms, among, max(limit, CANDIDATES))
        if not hits:
            return []
        best = hits[0][0]
        near = sum(place < LEAST or score >= FAR * best for place, (score, _) in enumerate(hits))
        documents = [self._searcher.doc(address) for _, address in hits[: max(near, limit)]]
        scores = [_weigh(sought, document) for document in documents[:near]]
        scores += [max(scores) * score / best for score, _ in hits[near:limit]]
        ranked = map(_ranked, documents, scores)
        return sorted(ranked, key=lambda one: (-one.score, one.report, one.clause))[:limit]

    def _sought(self, said: str) -> _Sought:
        question = understand(said)
        text = fold(question.text)
        terms = self._terms(text, question.breaks, question.weightless)
        pairs = [term.pair for term in terms]
        meant = list(self._book.find(text)) if self._book else []
        covered = {at for one in meant for at in range(one.start, one.end)}
        year = str(question.years[0]) if question.years else ""
        chars = "".join(set("".join(pairs)))
        return _Sought(terms, pairs, [term.worth for term in terms], chars, meant, covered, question.units, year)

    def _terms(self, text: str, breaks: frozenset[int], weightless: frozenset[int]) -> list[_Term]:
        """The pairs of a question that are about something, each once."""
        sound = heard(text)
        terms: dict[str, _Term] = {}
        for at, pair in enumerate(map(add, text, text[1:])):
            if at in breaks or at + 1 in breaks or pair in terms or not pair.isalnum():
                continue
            ear = sound[at : at + 2]
            having = self._searcher.doc_freq("sound", ear)
            weight = ASKING if at in weightless or at + 1 in weightless else 1.0
            rarity = math.log(1 + (self.size - having + 0.5) / (having + 0.5))
            terms[pair] = _Term(at, pair, ear, weight, weight * rarity)
        return list(terms.values())

    def _found(self, terms: list[_Term], among: Iterable[str], count: int) -> list[tuple[float, DocAddress]]:
        rarest = sorted(terms, key=lambda term: -term.worth)[:SOUGHT]
        ears = {term.ear: term.weight for term in rarest}
        wanted = [(Occur.Should, Query.boost_query(self._term("sound", ear), weight)) for ear, weight in ears.items()]
        query = Query.boolean_query(wanted)
        if only := [(Occur.Should, self._term("report", report)) for report in among]:
            limits = Query.const_score_query(Query.boolean_query(only), 0.0)
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, limits)])
        return list(self._searcher.search(query, count, count=False).hits)

    def _term(self, name: str, words: str) -> Query:
        return Query.term_query(self._schema, name, words, index_option="basic" if name == "report" else "freq")


def _ranked(document: Document, score: float) -> Ranked:
    return Ranked(str(document["report"][0]), int(document["clause"][0]), score)


def _weigh(sought: _Sought, document: Document) -> float:
    """What a clause is worth to a question: the pairs that it has, in part those that it only hints at."""
    text, sound, path = str(document["text"][0], "utf-8"), document["sound"][0], str(document["path"][0], "utf-8")
    has, covered = text.__contains__, sought.covered
    norm = K1 * (1 - B + B * len(text) / USUAL)
    there = list(map(has, sought.pairs))
    total = sum(compress(sought.worths, there)) * (K1 + 1) / (1 + norm)
    total += ALONE * sum(map(has, sought.chars))
    for at, pair, ear, _, worth in compress(sought.terms, map(not_, there)):
        if at in covered and (strength := _meant(at, sought.meant, has)):
            total += worth * strength
        elif ear in sound:
            total += worth * HEARD
        elif pair in path:
            total += worth * ABOVE
        elif pair[1] in text and _parted(pair, text):
            total += worth * PARTED
    if sought.units and any(_counts(text, unit) for unit in sought.units):
        total += UNIT
    return total + (_dated(sought.year, text, path) if sought.year else 0.0)


def _meant(at: int, synonyms: Iterable[Synonym], has: Callable[[str], bool]) -> float:
    """How strongly a clause says a place of the question by another name, 0..1."""
    over = (one for one in synonyms if one.start <= at < one.end and any(map(has, one.variants)))
    return max((one.strength for one in over), default=0.0)


def _parted(pair: str, text: str) -> bool:
    """Whether the pair's characters follow on each other with a few between them."""
    at = text.find(pair[0])
    while at >= 0:
        if text.find(pair[1], at + 1, at + 1 + REACH) >= 0:
            return True
        at = text.find(pair[0], at + 1)
    return False


def _counts(text: str, unit: str) -> bool:
    """Whether a figure of the unit stands in a text: 1.5万【张】."""
    at = text.find(unit, 1)
    while at >= 0:
        if text[at - 1] in _FIGURE_ENDS:
            return True
        at = text.find(unit, at + 1)
    return False


def _dated(year: str, text: str, path: str) -> float:
    """What the year that is asked for says for a clause or against it."""
    if year in path or year in text:
        return YEAR
    return -YEAR if _YEARS.search(path) else 0.0


def spelt(entry: Entry) -> Spelt:
    """A clause spelt for the index, in whichever process."""
    report, clause, text, path = entry
    text = fold(text)
    return report, clause, ear_of(text), text.encode(), _folded(path)


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
    builder.add_text_field("sound", stored=True, tokenizer_name=_PAIRS, index_option="freq")
    for name in ("text", "path"):
        builder.add_bytes_field(name, stored=True)
    return builder.build()


def _write(index: Index, clauses: Iterable[Spelt], gone: Iterable[str] = ()) -> None:
    index.register_tokenizer(_PAIRS, TextAnalyzerBuilder(Tokenizer.ngram(2, 2)).build())
    writer = index.writer(HEAP, 1)
    for report in gone:
        writer.delete_documents_by_term("report", report)
    for report, clause, sound, text, path in clauses:
        document = Document()
        document.add_text("report", report)
        document.add_unsigned("clause", clause)
        document.add_text("sound", sound)
        document.add_bytes("text", text)
        document.add_bytes("path", path)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
