"""Questions in Latin letters: pinyin becomes the report's characters, English the terms of a small table."""

from __future__ import annotations

import re
from functools import cache

from bot.answers.index import ReportIndex
from bot.answers.sounds import latin_runs, sound, spell
from bot.answers.words import table
from bot.reports.gazetteer import PREFECTURES, PROVINCES, short_name

UNKNOWN = "\u3400"  # a character that no report has: what could not be written back counts as unknown
_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
_LONGEST_TERM = 6  # words
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
def _english() -> dict[str, str]:
    """Terms and what each means; "" for words that mean nothing here."""
    return {phrase: str(term) for row in table("english").values() for phrase, term in row.items()}


def translate(text: str, index: ReportIndex) -> str:
    """English in Chinese: terms by the table, names by their sound, words that nobody knows as unknown ones.

    Text that is Chinese, or pinyin, is left alone.
    """
    letters = sum(char.isascii() and char.isalpha() for char in text)
    words = list(_WORD.finditer(text))
    foreign = [word.group() for word in words if not spell(word.group())]
    if letters * 2 < len(text.replace(" ", "")) or not any(_term(word) is not None for word in foreign):
        return text
    out, last, at = "", 0, 0
    while at < len(words):
        until, term = _longest_term(text, words, at)
        out += text[last : words[at].start()] + f" {_by_sound(words[at].group(), index) if term is None else term} "
        last, at = words[until - 1].end(), until
    return out + text[last:]


def _longest_term(text: str, words: list[re.Match[str]], at: int) -> tuple[int, str | None]:
    """The longest run of words from `at` that is a term: where it ends, and its meaning; None for no term."""
    for until in range(min(len(words), at + _LONGEST_TERM), at, -1):
        run = text[words[at].start() : words[until - 1].end()]
        if (term := _term(" ".join(run.split()))) is not None:
            return until, term
    return at + 1, None


def _term(words: str) -> str | None:
    forms = (words, words.removesuffix("s"), words.removesuffix("es"))
    return next((_english()[form] for form in forms if form in _english()), None)


def _by_sound(word: str, index: ReportIndex) -> str:
    """A name that the report has, spelled in pinyin; unknown characters for any other word."""
    codes = spell(word)
    found = index.sound.find(codes) if codes and len(codes) > 1 else -1
    return index.text[found : found + len(codes or "")] if found >= 0 else UNKNOWN * 2
