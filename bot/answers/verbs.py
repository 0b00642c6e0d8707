"""Which words are verbs: people say them in their own way, so an unknown verb weighs less than an unknown noun."""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib.util import find_spec
from mmap import ACCESS_READ, mmap
from pathlib import Path

_LONGEST = 3
_ENTRY = re.compile(rb"\n([^ ]{3,%d}) \d+ (v[a-z]*)" % (3 * _LONGEST))  # a line is: word (in UTF-8), frequency, tag
_VERBAL_NOUN = "vn"


@cache
def _verbs() -> dict[str, str]:
    """The verbs of up to three characters in jieba's dictionary and their tags; read when first needed."""
    with _dictionary().open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as entries:
        return {entry[1].decode(): sys.intern(entry[2].decode()) for entry in _ENTRY.finditer(entries)}


def _dictionary() -> Path:
    """Where it lies; the library itself is not brought in for it."""
    library = find_spec("jieba")
    if library is None or library.origin is None:
        raise ModuleNotFoundError("jieba")
    return Path(library.origin).with_name("dict.txt")


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
