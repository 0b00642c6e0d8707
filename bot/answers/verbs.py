"""Which words are verbs: people say them in their own way, so an unknown verb weighs less than an unknown noun."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_LONGEST = 3
_ENTRY = re.compile(rf"^(\S{{1,{_LONGEST}}}) \d+ (v\w*)", re.MULTILINE)  # a line is: word, frequency, tag
_VERBAL_NOUN = "vn"


@cache
def _verbs() -> dict[str, str]:
    """The verbs of up to three characters in jieba's dictionary and their tags; read when first needed."""
    entries = resources.files("jieba").joinpath("dict.txt").read_text("utf-8")
    return {match[1]: match[2] for match in _ENTRY.finditer(entries)}


def is_verb(word: str) -> bool:
    """Whether a word is a verb and no noun that comes from one (服务, 贸易)."""
    return _verbs().get(word, _VERBAL_NOUN) != _VERBAL_NOUN


def verb_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The verbs in a span, the longest first at each place; a verb may reach one character over the end (收了)."""
    found = []
    at = start
    while at < end:
        for length in range(min(_LONGEST, len(text) - at), 0, -1):
            if at + length <= end + 1 and text[at : at + length] in _verbs():
                found.append((at, at + length))
                at += length
                break
        else:
            at += 1
    return found
