"""Where a line may end: texts as words that the templates keep whole, figures as large digits and small units."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from typing import Any

from bot.answers.thesaurus import house_words

SHORT = 8  # characters that need no dictionary: they stand on one line in any card
LONGEST_WORD = 8  # characters; longer words may be cut, so that no word is wider than its column

# Marks that may not begin a line, and marks that may not end one (GB/T 15834, 避头尾).
CLOSING = "，。、；：？！）》〉」』】〕”’,.;:?!)]}%％·…"
OPENING = "（《〈「『【〔“‘([{"

# What has no shape, turns the direction of the text or cannot be encoded: never drawn.
_SHAPELESS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")

_DIGITS = r"[0-9０-９]"
_LARGE = re.compile(rf"{_DIGITS}+(?:[.．,，:：/／]{_DIGITS}+)*")
_LATIN = re.compile(r"[0-9A-Za-z０-９.．%％+-]+|.", re.S)
_FIGURE = re.compile(rf"{_DIGITS}(?:[.．]?{_DIGITS})*[%％]?")


def clean(text: str) -> str:
    """The text in one line, without what cannot be drawn."""
    return " ".join(_SHAPELESS.sub(" ", text).split())


def phrase(text: str) -> list[str]:
    """The text as pieces that a line may end after; joined they are the text in one line, blanks made one."""
    said = clean(text)
    if len(said) <= SHORT:
        return [said] if said else []
    pieces: list[str] = []
    for word in _words(said):
        if pieces and (word[0] in CLOSING or word.isspace() or pieces[-1][-1] in OPENING):
            pieces[-1] += word
        else:
            pieces.append(word)
    return [part for piece in pieces for part in _shortened(piece)]


def figure(written: str) -> list[dict[str, Any]]:
    """近80万人次 as 近 small, 80 large, 万人次 small; a figure in Chinese numerals is large as a whole."""
    written = clean(written)
    parts: list[dict[str, Any]] = []
    at = 0
    for match in _LARGE.finditer(written):
        if written[at : match.start()]:
            parts.append({"text": written[at : match.start()], "large": False})
        parts.append({"text": match.group(), "large": True})
        at = match.end()
    if not parts:
        return [{"text": written, "large": True}]
    return [*parts, {"text": written[at:], "large": False}] if written[at:] else parts


def _shortened(piece: str) -> list[str]:
    """A piece that no column could hold, in parts of a column's width."""
    if len(piece) <= LONGEST_WORD + 2:
        return [piece]
    parts = ["".join(group) for _, group in groupby(_LATIN.findall(piece), key=str.isascii)]
    return [part[at : at + LONGEST_WORD] for part in parts for at in range(0, len(part), LONGEST_WORD)]


def _words(text: str) -> list[str]:
    """Words by jieba; figures with their Latin letters, points and signs stay together, and with their unit."""
    joined: list[str] = []
    for token in _tokenizer().cut(text):
        unit = joined and _FIGURE.fullmatch(joined[-1]) and token.isalpha() and len(joined[-1] + token) <= LONGEST_WORD
        if joined and (unit or _LATIN.fullmatch(joined[-1] + token)):
            joined[-1] += token
        else:
            joined.append(token)
    return joined


@cache
def _tokenizer() -> Any:
    """jieba's words and the genre's, loaded on first use; without its cache file, which would lie in a folder that
    all can write."""
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in house_words():
        if 2 < len(word) <= LONGEST_WORD and word.isalpha():
            tokenizer.add_word(word)
    return tokenizer
