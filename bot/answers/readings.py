"""pypinyin, loaded when a reading is first asked for, in half of the memory that it takes by default."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

# How the library is told to leave its phrases out, and to keep one copy of its characters:
# https://pypinyin.readthedocs.io/zh-cn/master/faq.html
LEAN = {"PYPINYIN_NO_PHRASES": "true", "PYPINYIN_NO_DICT_COPY": "true"}

if TYPE_CHECKING:
    from types import ModuleType


@cache
def _library() -> ModuleType:
    os.environ.update(LEAN)
    import pypinyin as library

    return library


@cache
def pypinyin() -> ModuleType:
    """The library with the phrases whose reading is not that of their characters one by one (银行, 重庆)."""
    library = _library()
    library.load_phrases_dict(_telling_phrases(library))
    return library


def usual(char: str) -> str:
    """The commonest reading of a character by itself, with its tone; "" where it has none. Loads no phrases."""
    return str(_library().pinyin_dict.pinyin_dict.get(ord(char), "")).partition(",")[0]


@cache
def plain(reading: str) -> str:
    """A reading without its tone: yíng is ying."""
    from pypinyin import Style
    from pypinyin.style import convert

    return str(convert(reading, Style.NORMAL, strict=False))


def _telling_phrases(library: ModuleType) -> dict[str, list[list[str]]]:
    characters = library.pinyin_dict.pinyin_dict
    usual = {chr(code): readings.partition(",")[0] for code, readings in characters.items()}
    known = {reading: [reading] for readings in characters.values() for reading in readings.split(",")}

    def telling(phrase: str, said: list[list[str]]) -> bool:
        pairs = ((usual.get(char, ""), one[0]) for char, one in zip(phrase, said, strict=False))
        return any(alone != here and plain(alone) != plain(here if here in known else "") for alone, here in pairs)

    found = ((phrase, said) for phrase, said in _phrases(library) if telling(phrase, said))
    return {phrase: [known.get(one[0], one) if len(one) == 1 else one for one in said] for phrase, said in found}


def _phrases(library: ModuleType) -> Iterator[tuple[str, list[list[str]]]]:
    """The library's phrases, {"重庆": [["chóng"], ["qìng"]], …}, one after the other: all of them together are 30 MB
    that would be needed for a moment."""
    text = (Path(str(library.__file__)).parent / "phrases_dict.json").read_text("utf-8")
    value = json.JSONDecoder().raw_decode
    at = text.find('"')
    while at >= 0:
        phrase, at = value(text, at)
        said, at = value(text, text.index("[", at))
        yield phrase, said
        at = text.find('"', at)
