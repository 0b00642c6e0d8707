"""One normal form for questions and reports: width, script, case. Folding keeps lengths, so offsets stay true."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

HAN = re.compile(r"[㐀-鿿]")
PUNCTUATION = re.compile(r"[^\w+%‰·]|_")

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@cache
def table(name: str) -> dict[str, Any]:
    """A language table of this package (`NAME.toml`), parsed once."""
    return tomllib.loads(resources.files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


# Of the characters of reports nearly all: they are folded already.
_TO_FOLD = re.compile(r"[^㐀-鿿a-z0-9 \n。、“”《》—]")


@lru_cache(maxsize=8192)
def _fold_char(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char).lower()
    return folded if len(folded) == 1 else char


def fold(text: str) -> str:
    """Half width and lower case, character for character: `len(fold(text)) == len(text)`."""
    return _TO_FOLD.sub(lambda found: _fold_char(found[0]), text)


@cache
def _converter() -> Any:
    from opencc import OpenCC  # lazily: only questions in traditional script need its dictionaries

    return OpenCC("t2s")


def whole(said: str) -> str:
    """Without halves of characters, which JSON can carry and nothing can be made of: each becomes \ufffd."""
    return said.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def normalise(said: str) -> str:
    """What a person typed, in the form of the report: NFKC, simplified script, lower case, no control characters."""
    text = _CONTROL.sub(" ", unicodedata.normalize("NFKC", whole(said))).lower()
    return str(_converter().convert(text)) if HAN.search(text) else text


def bigrams(text: str) -> Iterator[str]:
    """Neighbouring character pairs, those over white space and punctuation left out."""
    for first, second in pairwise(text):
        if first.isalnum() and second.isalnum():
            yield first + second
