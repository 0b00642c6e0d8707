"""The clauses of a whole library, ranked against a question: candidates from an index on disk, then our own choice.

tantivy finds the candidates, memory-mapped, by what their character pairs sound like: one field for what is spelt right
and for typos. What it finds is weighed anew, see bot.answers.weighing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache, partial
from hashlib import blake2b
from operator import add, attrgetter
from pathlib import Path
from typing import Any, NamedTuple

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
from bot.answers.phrases import Phrases, phrases_of
from bot.answers.thesaurus import Thesaurus
from bot.answers.weighing import Term, sought, weigh
from bot.answers.words import fold

CANDIDATES = 32  # clauses that may be weighed anew; the right one is among them in 98 of 100 questions, with typos too
SOUGHT = 10  # pairs that candidates are sought by, the rarest; beyond 8,000 clauses one more for each doubling
FAR = 0.5  # of the best one's score: what is found with less is not weighed but keeps its share of it
ASKING = 0.6  # what a word of asking weighs that is no interrogative: 情况, 全市, 主要
HEAP = 128_000_000  # bytes of the writer; a smaller heap makes more segments, and merging them takes time

Hit = tuple[float, DocAddress]  # the index's score and address
_END = "\0"  # of each part of what is kept of a clause
_BITS = 24  # of a clause's number in its report
_CLAUSES = (1 << _BITS) - 1
_PAIRS = "pairs"  # the name of what cuts a sound into character pairs


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


class Ranking:
    """An index on disk, open for questions. Safe to ask from several threads."""

    def __init__(self, folder: Path, book: Thesaurus | None = None) -> None:
        self._index = Index.open(str(folder))
        self._schema = self._index.schema
        self._searcher = self._index.searcher()
        self._book = book
        self.size = self._searcher.num_docs
        self._reports = {_number(report): report for report, _ in self._searcher.terms_with_prefix("report", "")}
        self._sought = max(SOUGHT, self.size.bit_length() - 3)

    def rank(self, said: str, limit: int = 10, *, among: Iterable[str] = ()) -> list[Ranked]:
        """The clauses nearest to a question, the best first; of the reports `among` only, if any are given."""
        question = phrases_of(said)
        text = fold(question.text)
        terms = self._terms(text, question)
        hits = self._found(terms, among, max(limit, CANDIDATES)) if terms else []
        if not hits:
            return []
        most = hits[0][0]
        near = sum(score >= FAR * most for score, _ in hits)
        scores = self._weighed(question, text, terms, [address for _, address in hits[:near]]) if near > 1 else [most]
        best = max(scores)
        scores += [best * score / most for score, _ in hits[near:limit]]
        ranked = zip([-score for score in scores], *self._places(hits[: len(scores)]), strict=True)
        return [Ranked(report, clause, -score) for score, report, clause in sorted(ranked)[:limit]]

    def _weighed(self, question: Phrases, text: str, terms: list[Term], addresses: Iterable[DocAddress]) -> list[float]:
        meant = list(self._book.find(text)) if self._book else []
        wanted = sought(terms, meant, question.units, question.years)
        return [weigh(wanted, *_read(self._searcher.doc(address))) for address in addresses]

    def _terms(self, text: str, question: Phrases) -> list[Term]:
        """The pairs of a question that are about something, each once."""
        sound, breaks, weightless = heard(text), question.breaks, question.weightless
        cut = breaks.union(at - 1 for at in breaks)
        light = weightless.union(at - 1 for at in weightless)
        pairs = enumerate(map(add, text, text[1:]))
        places = {pair: at for at, pair in pairs if at not in cut and pair.isalnum()}
        ears = [sound[at : at + 2] for at in places.values()]
        weights = [ASKING if at in light else 1.0 for at in places.values()]
        having = map(partial(self._searcher.doc_freq, "sound"), ears)
        worths = [w * math.log((self.size + 1) / (n + 0.5)) for w, n in zip(weights, having, strict=True)]
        return list(map(Term, places.values(), places, ears, weights, worths))

    def _found(self, terms: Iterable[Term], among: Iterable[str], count: int) -> list[Hit]:
        rarest = sorted(terms, key=attrgetter("worth"), reverse=True)[: self._sought]
        ears = {term.ear: term.weight for term in rarest}
        query = Query.boolean_query([(Occur.Should, self._weighted(ear, weight)) for ear, weight in ears.items()])
        if only := [(Occur.Should, self._term("report", report)) for report in among]:
            limits = Query.const_score_query(Query.boolean_query(only), 0.0)
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, limits)])
        return list(self._searcher.search(query, count, count=False).hits)

    def _weighted(self, ear: str, weight: float) -> Query:
        query = self._term("sound", ear)
        return query if weight == 1.0 else Query.boost_query(query, weight)

    def _places(self, hits: Iterable[Hit]) -> tuple[list[str], list[int]]:
        """The reports in which clauses stand, and their numbers there."""
        places: list[Any] = self._searcher.fast_field_values("place", [address for _, address in hits])
        return [self._reports[place >> _BITS] for place in places], [place & _CLAUSES for place in places]

    def _term(self, name: str, words: str) -> Query:
        return Query.term_query(self._schema, name, words, index_option="basic" if name == "report" else "freq")


@lru_cache(maxsize=8)
def _number(report: str) -> int:
    """A report's id as 40 bits: with the clause's own it says where a clause stands, and is read without its text."""
    return int.from_bytes(blake2b(report.encode(), digest_size=5).digest())


def _read(document: Document) -> list[str]:
    """What of a clause is weighed: its text, what it sounds like, and the headings above it."""
    return str(document["kept"][0], "utf-8").split(_END)


def spelt(entry: Entry) -> Spelt:
    """A clause spelt for the index, in whichever process."""
    report, clause, text, path = entry
    text = fold(text).replace(_END, " ")
    return report, clause, ear_of(text), text.encode(), _folded(path)


@lru_cache(maxsize=8)
def _folded(path: str) -> bytes:
    """The clauses of a section follow on each other."""
    return fold(path).replace(_END, " ").encode()


def build(folder: Path, clauses: Iterable[Spelt]) -> None:
    """Write a new index into a folder, which is made; the clauses in the order that they are given."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(Index(_schema(), path=str(folder)), clauses)


def update(folder: Path, gone: Iterable[str], clauses: Iterable[Spelt]) -> None:
    """Take reports out of an index and put clauses into it."""
    _write(Index.open(str(folder)), clauses, gone)


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field("report", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("sound", tokenizer_name=_PAIRS, index_option="freq")
    builder.add_unsigned_field("place", fast=True)
    builder.add_bytes_field("kept", stored=True)  # one field is read in half the time of three
    return builder.build()


def _write(index: Index, clauses: Iterable[Spelt], gone: Iterable[str] = ()) -> None:
    index.register_tokenizer(_PAIRS, TextAnalyzerBuilder(Tokenizer.ngram(2, 2)).build())
    writer = index.writer(HEAP, 1)
    for report in gone:
        writer.delete_documents_by_term("report", report)
    for report, clause, sound, text, path in clauses:
        document = Document()
        document.add_text("report", report)
        document.add_text("sound", sound)
        document.add_unsigned("place", _number(report) << _BITS | clause)
        document.add_bytes("kept", _END.encode().join((text, sound.encode(), path)))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
