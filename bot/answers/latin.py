"""Questions in Latin letters: pinyin becomes the report's characters, English the terms of a small table."""

from __future__ import annotations

import re
from functools import cache

from bot.answers.index import ReportIndex
from bot.answers.sounds import latin_runs, sound
from bot.answers.words import table

_WORDS = re.compile(r"[a-z][a-z' -]*[a-z]|[a-z]")
_LONGEST = 10  # syllables of one stretch of a report
_SINGLES = "年有是的了在个人多几"  # single syllables that are scaffolding when they stand between words


@cache
def _asking_phrases() -> dict[str, str]:
    """Sound codes of the phrases with which people ask (duoshao, naxie), and of scaffolding syllables."""
    data = table("questions")
    phrases = [p for name in ("asks", "drop", "side") for row in data[name].values() for p in row]
    phrases += [*data["units"], *data["counted"], *data["years"]["relative"], *_SINGLES]
    return {sound(phrase): phrase for phrase in sorted(phrases, key=len) if len(phrase) > 1 or phrase in _SINGLES}


@cache
def _units() -> dict[str, str]:
    units = [unit for row in table("questions")["fellows"].values() for unit in row]
    return {sound(unit): unit for unit in reversed(units)}


def respell(text: str, index: ReportIndex) -> str:
    """`text` with its pinyin written in characters: phrases of asking first, then the report's longest stretches."""
    runs = list(latin_runs(text))
    if sum(len(codes) for _, _, codes in runs) < 3:
        return text  # a name such as PM, GDP or 5G, not pinyin
    out, last = "", 0
    joined: list[tuple[int, int, str]] = []
    for start, end, codes in runs:
        if joined and not text[joined[-1][1] : start].strip(" '"):
            joined[-1] = (joined[-1][0], end, joined[-1][2] + codes)
        else:
            joined.append((start, end, codes))
    for start, end, codes in joined:
        out += text[last:start] + _spelled(codes, index)
        last = end
    return out + text[last:]


def _spelled(codes: str, index: ReportIndex) -> str:
    asking, units, heard = _asking_phrases(), _units(), index.sound
    out, at = "", 0
    while at < len(codes):
        for length in range(min(_LONGEST, len(codes) - at), 0, -1):
            piece = codes[at : at + length]
            if out.endswith(("多少", "几")) and piece in units:
                out += units[piece]
                break
            if piece in asking:
                out += asking[piece]
                break
            found = heard.find(piece) if length > 1 else -1
            if found >= 0:
                out += index.text[found : found + length]
                break
        else:
            length = 1
            out += "□"
        at += length
    return out


@cache
def _english() -> tuple[re.Pattern[str], dict[str, str]]:
    terms = {phrase: str(term) for row in table("english").values() for phrase, term in row.items()}
    pattern = "|".join(rf"\b{re.escape(p)}(?:s|es)?\b" for p in sorted(terms, key=len, reverse=True))
    return re.compile(pattern), terms


def translate(text: str) -> str:
    """English terms of the main facts in Chinese; other English words fall away. Text without them is left alone."""
    letters = sum(char.isascii() and char.isalpha() for char in text)
    if letters * 2 < len(text.replace(" ", "")) or (any(codes for *_, codes in latin_runs(text)) and _is_pinyin(text)):
        return text
    pattern, terms = _english()
    found = 0

    def term(match: re.Match[str]) -> str:
        nonlocal found
        found += 1
        return (
            " "
            + (
                terms.get(match.group())
                or terms.get(match.group().removesuffix("s"))
                or terms[match.group().removesuffix("es")]
            )
            + " "
        )

    translated = pattern.sub(term, text)
    return _WORDS.sub(" ", translated) if found > 1 else text


def _is_pinyin(text: str) -> bool:
    read = {(start, end) for start, end, _ in latin_runs(text)}
    return all(match.span() in read for match in re.finditer(r"[a-z]+", text))
