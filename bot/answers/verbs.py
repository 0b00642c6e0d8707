"""Which words are verbs: people say them in their own way, so an unknown verb weighs less than an unknown noun."""

from __future__ import annotations

from functools import cache
from importlib import resources

_LONGEST = 3


@cache
def _verbs() -> frozenset[str]:
    """The verbs of up to three characters in jieba's dictionary, by its tags; read when a question first needs them."""
    with resources.files("jieba").joinpath("dict.txt").open(encoding="utf-8") as lines:
        entries = (line.rstrip("\n").split(" ") for line in lines)
        return frozenset(word for word, _, tag in entries if tag.startswith("v") and len(word) <= _LONGEST)


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
