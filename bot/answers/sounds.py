"""Readings of characters: questions typed in pinyin, and homophone typos.

A text is turned into a string of the same length in which each character stands for a syllable, so that finding a
reading is finding a substring. Syllables that people mix up when typing share one character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from bot.answers.readings import plain, pypinyin, usual

# Pairs that speakers and input methods confuse: flat and curled initials, front and back nasals, n and l.
# Origin: the "fuzzy pinyin" options that common Chinese input methods offer.
_CONFUSED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"), ("l", "n"))

# Place names whose reading differs from the commonest one of their characters (origin: 现代汉语词典, place readings).
_PLACE_READINGS = {
    "单县": "shan xian",
    "单州": "shan zhou",
    "东阿": "dong e",
    "莘县": "shen xian",
    "番禺": "pan yu",
    "蔚县": "yu xian",
    "六安": "lu an",
    "六合": "lu he",
    "乐亭": "lao ting",
    "乐陵": "lao ling",
    "台州": "tai zhou",
    "大城": "dai cheng",
    "任县": "ren xian",
    "解州": "hai zhou",
    "华县": "hua xian",
    "尉犁": "yu li",
    "铅山": "yan shan",
    "浚县": "xun xian",
    "洪洞": "hong tong",
    "牟平": "mu ping",
}

_LATIN = re.compile(r"[a-z]+")
_WORD = 4  # characters
_FIRST = 0xE000  # private use area: one code point a syllable


@cache
def _code(syllable: str) -> str:
    """The character that stands for a syllable, the same for syllables that are often confused."""
    for long, short in _CONFUSED[:3]:
        if syllable.startswith(long):
            syllable = short + syllable[len(long) :]
    for long, short in _CONFUSED[3:6]:
        if syllable.endswith(long):
            syllable = syllable[: -len(long)] + short
    if syllable.startswith("l"):
        syllable = "n" + syllable[1:]
    return _numbered(syllable)


def _coded(read: str) -> str:
    """The code of what may be a syllable; other characters are their own."""
    return _code(read) if len(read) > 1 or read in "aeo" else read


_numbers: dict[str, str] = {}


def _numbered(syllable: str) -> str:
    return _numbers.setdefault(syllable, chr(_FIRST + len(_numbers)))


@cache
def syllables() -> frozenset[str]:
    """All syllables of Mandarin that a character can have, without tones."""
    listed = pypinyin().pinyin_dict.pinyin_dict.values()
    known = {plain(reading) for readings in listed for reading in readings.split(",")}
    return frozenset(s for s in known if s.isascii() and s.isalpha() and (len(s) > 1 or s in "aeo"))


def sound(text: str) -> str:
    """One character for each character of `text`: its syllable's code, or itself where it has no reading."""
    return _of_word(text) if len(text) <= _WORD else _of_text(text)


@lru_cache(maxsize=8192)  # a question's words are held against report after report
def _of_word(text: str) -> str:
    return _of_text(text)


def _of_text(text: str) -> str:
    library = pypinyin()
    read = library.lazy_pinyin(text, style=library.Style.NORMAL, errors=list)  # a list keeps one syllable a character
    coded = [_coded(one) for one in read]
    for name, reading in _PLACE_READINGS.items():
        at = text.find(name)
        while at >= 0:
            coded[at : at + len(name)] = [_code(s) for s in reading.split()]
            at = text.find(name, at + 1)
    return "".join(coded)


def alone(char: str) -> str:
    """What `sound` says of a character that stands by itself, with much less to load."""
    reading = usual(char)
    return _coded(plain(reading)) if reading else char


def spell(latin: str) -> str | None:
    """Pinyin without tones (`yanglaochuangwei`) as a string of sound codes, None if it is not pinyin.

    Longest syllables first with one step back, as input methods cut them (xian is one syllable unless written xi'an).
    """
    known = syllables()
    cuts: list[list[str] | None] = [None] * (len(latin) + 1)
    cuts[0] = []
    for end in range(1, len(latin) + 1):
        for start in range(max(0, end - 6), end):
            before = cuts[start]
            if before is not None and latin[start:end] in known:
                best = cuts[end]
                if best is None or len(before) + 1 < len(best):
                    cuts[end] = [*before, latin[start:end]]
    last = cuts[-1]
    return "".join(_code(s) for s in last) if last is not None else None


def latin_runs(text: str) -> Iterator[tuple[int, int, str]]:
    """Stretches of Latin letters with their sound codes: (start, end, codes) for those that read as pinyin."""
    for match in _LATIN.finditer(text):
        codes = spell(match.group())
        if codes:
            yield match.start(), match.end(), codes
