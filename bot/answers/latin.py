"""Questions in Latin letters: pinyin becomes the report's characters, English the terms of a small table."""

from __future__ import annotations

import re
from functools import cache

from bot.answers.index import ReportIndex
from bot.answers.sounds import latin_runs, sound, spell
from bot.answers.words import table
from bot.reports.gazetteer import PREFECTURES, PROVINCES, short_name

UNKNOWN = "\u3400"  # a character that no report has: what could not be written back counts as unknown
_LONGEST = 10  # syllables of one stretch of a report
_SINGLES = "年有是的了在个人多几"  # single syllables that are scaffolding when they stand between words


@cache
def _asking_phrases() -> dict[str, str]:
    """Sound codes of the phrases with which people ask (duoshao, naxie), and of scaffolding syllables."""
    data = table("questions")
    phrases = [p for name in ("asks", "drop", "side") for row in data[name].values() for p in row]
    phrases += [*data["units"], *data["counted"], *data["years"]["relative"], *_SINGLES]
    phrases += [short_name(name) for name in (*PROVINCES, *PREFECTURES)]  # so that other places are known as such
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
            out += UNKNOWN
        at += length
    return out


@cache
def _english() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all terms, the longest first, and what each means; "" for words that mean nothing here."""
    terms = {phrase: str(term) for row in table("english").values() for phrase, term in row.items()}
    pattern = "|".join(rf"{re.escape(p)}(?:s|es)?" for p in sorted(terms, key=len, reverse=True))
    return re.compile(rf"\b(?:{pattern})\b|[a-z]+"), terms


def translate(text: str, index: ReportIndex) -> str:
    """English in Chinese: terms by the table, names by their sound, words that nobody knows as unknown ones.

    Text that is Chinese, or pinyin, is left alone.
    """
    letters = sum(char.isascii() and char.isalpha() for char in text)
    if letters * 2 < len(text.replace(" ", "")) or _is_pinyin(text):
        return text
    pattern, terms = _english()
    if not any(match.group() in terms for match in pattern.finditer(text)):
        return text
    return pattern.sub(lambda match: f" {_term(match.group(), terms, index)} ", text)


def _term(word: str, terms: dict[str, str], index: ReportIndex) -> str:
    for form in (word, word.removesuffix("s"), word.removesuffix("es")):
        if form in terms:
            return terms[form]
    codes = spell(word)
    found = index.sound.find(codes) if codes and len(codes) > 1 else -1
    return index.text[found : found + len(codes or "")] if found >= 0 else UNKNOWN * 2


def _is_pinyin(text: str) -> bool:
    return all(spell(word) for word in re.findall(r"[a-z]+", text))
