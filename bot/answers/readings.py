"""pypinyin, loaded when a reading is first asked for, in half of the memory that it takes by default."""

from __future__ import annotations

import json
import os
import sys
from functools import cache
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
    library.load_phrases_dict(json.loads(_telling_phrases()))
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


def _telling_phrases() -> str:
    """As JSON: a single string kept of the library's lists would keep the memory of all of them."""
    from pypinyin import phrases_dict, pinyin_dict

    usual = {chr(code): readings.partition(",")[0] for code, readings in pinyin_dict.pinyin_dict.items()}
    known = {reading: reading for readings in pinyin_dict.pinyin_dict.values() for reading in readings.split(",")}

    def telling(phrase: str, said: list[list[str]]) -> bool:
        pairs = ((usual.get(char, ""), one[0]) for char, one in zip(phrase, said, strict=False))
        return any(alone != here and plain(alone) != plain(known.get(here, "")) for alone, here in pairs)

    try:
        return json.dumps({phrase: said for phrase, said in phrases_dict.phrases_dict.items() if telling(phrase, said)})
    finally:
        phrases_dict.phrases_dict = {}
        del sys.modules[phrases_dict.__name__]
