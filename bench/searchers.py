"""The project's ranking and well-kept peers, each with its usual settings, over the same sentences.

A searcher is built from sentences and gives the places of the ten nearest to a question, the best first. What only one
of them needs is brought in where it is built, so that each is measured by itself.
"""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.sentences import Sentence

BEST = 10
Search = Callable[[str], Sequence[int]]
Make = Callable[[Sequence[Sentence], Path], Search]  # what it writes goes into the folder

_WORD = re.compile(r"[^\W_]+")


def youju(sentences: Sequence[Sentence], folder: Path) -> Search:
    """bot.answers.ranking: candidates from an index on disk, then our own choice."""
    from bot.answers.ranking import Entry, Ranking, build, spelt
    from bot.answers.thesaurus import thesaurus

    entries = (Entry(one.report, number, one.text, one.path) for number, one in enumerate(sentences))
    build(folder, map(spelt, entries))
    ranking = Ranking(folder, thesaurus())
    return lambda question: [one.clause for one in ranking.rank(question, BEST)]


def jieba_words(text: str) -> list[str]:
    import jieba

    return [word for word in jieba.lcut(text) if word.strip()]


def grams(text: str) -> list[str]:
    """Single characters and pairs of neighbours."""
    found: list[str] = []
    for run in _WORD.findall(text.lower()):
        found += run
        found += [run[at : at + 2] for at in range(len(run) - 1)]
    return found


def bm25s_over(cut: Callable[[str], list[str]]) -> Make:
    """bm25s with its usual k1 1.5 and b 0.75."""

    def make(sentences: Sequence[Sentence], folder: Path) -> Search:
        import bm25s
        from bm25s.tokenization import Tokenized

        logging.getLogger("jieba").setLevel(logging.ERROR)
        words: dict[str, int] = {}
        ids = [[words.setdefault(word, len(words)) for word in cut(one.text)] for one in sentences]
        index = bm25s.BM25()
        index.index(Tokenized(ids=ids, vocab=words), show_progress=False)

        def search(question: str) -> Sequence[int]:
            known = [word for word in cut(question) if word in words]
            if not known:
                return ()
            found, _ = index.retrieve([known], k=min(BEST, len(sentences)), show_progress=False)
            return [int(place) for place in found[0]]

        return search

    return make


def fts5(sentences: Sequence[Sentence], folder: Path) -> Search:
    """SQLite's FTS5 with its trigram tokenizer, any trigram of the question."""
    database = sqlite3.connect(folder / "fts.sqlite")
    database.execute("CREATE VIRTUAL TABLE sentence USING fts5(text, tokenize = 'trigram')")
    database.executemany(
        "INSERT INTO sentence (rowid, text) VALUES (?, ?)", ((n, one.text) for n, one in enumerate(sentences))
    )
    database.commit()

    def search(question: str) -> Sequence[int]:
        runs = _WORD.findall(question.lower())
        threes = dict.fromkeys(run[at : at + 3] for run in runs for at in range(len(run) - 2))
        if not threes:
            return ()
        wanted = " OR ".join(f'"{three}"' for three in threes)
        rows = database.execute("SELECT rowid FROM sentence WHERE text MATCH ? ORDER BY rank LIMIT ?", (wanted, BEST))
        return [int(row[0]) for row in rows]

    return search


def tantivy(sentences: Sequence[Sentence], folder: Path) -> Search:
    """tantivy over its own n-grams of one and two characters."""
    from tantivy import (
        Document,
        Filter,
        Index,
        Occur,
        Query,
        SchemaBuilder,
        TextAnalyzerBuilder,
        Tokenizer,
    )

    builder = SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="grams", index_option="freq")
    builder.add_unsigned_field("place", fast=True)
    schema = builder.build()
    analyzer = TextAnalyzerBuilder(Tokenizer.ngram(1, 2)).filter(Filter.lowercase()).build()
    index = Index(schema, path=str(folder))
    index.register_tokenizer("grams", analyzer)
    writer = index.writer(64_000_000, 1)
    for number, one in enumerate(sentences):
        document = Document()
        document.add_text("text", one.text)
        document.add_unsigned("place", number)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(question: str) -> Sequence[int]:
        words = dict.fromkeys(analyzer.analyze(question))
        parts = [(Occur.Should, Query.term_query(schema, "text", word, "freq")) for word in words if word.strip()]
        hits = searcher.search(Query.boolean_query(parts), BEST, count=False).hits
        return [int(place or 0) for place in searcher.fast_field_values("place", [address for _, address in hits])]

    return search


def token_set(sentences: Sequence[Sentence], folder: Path) -> Search:
    """rapidfuzz's token_set_ratio over jieba's words, against every sentence."""
    from rapidfuzz import fuzz, process

    logging.getLogger("jieba").setLevel(logging.ERROR)
    choices = [" ".join(jieba_words(one.text)) for one in sentences]

    def search(question: str) -> Sequence[int]:
        words = " ".join(jieba_words(question))
        return [found[2] for found in process.extract(words, choices, scorer=fuzz.token_set_ratio, limit=BEST)]

    return search


SEARCHERS: dict[str, Make] = {
    "youju": youju,
    "bm25s, jieba words": bm25s_over(jieba_words),
    "bm25s, characters and pairs": bm25s_over(grams),
    "SQLite FTS5, trigrams": fts5,
    "tantivy, 1- and 2-grams": tantivy,
    "rapidfuzz token_set_ratio": token_set,
}
