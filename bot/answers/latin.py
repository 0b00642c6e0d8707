"""Questions in Latin letters: pinyin becomes the report's characters, English the terms of a small table."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate

from bot.answers.index import ReportIndex
from bot.answers.sounds import latin_runs, sound, spell
from bot.answers.words import fold, table
from bot.reports.gazetteer import PREFECTURES, PROVINCES, short_name

UNKNOWN = "\u3400"  # a character that no report has: what could not be written back counts as unknown
_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
_YEAR = re.compile(r"(?<=(?:19|20)\d\d)\s?nian\b")  # known at once: 2015 nian xinzeng is no liangxin
_LONGEST_TERM = 6  # words
_LONGEST = 10  # syllables of one stretch of a report
_SINGLES = "年有是的了在个人多几率"  # single syllables that are scaffolding when they stand between words


@cache
def _asking_phrases() -> dict[str, str]:
    """Sound codes of the phrases with which people ask (duoshao, naxie), and of scaffolding syllables."""
    data = table("questions")
    phrases = [p for name in ("asks", "drop", "side") for row in data[name].values() for p in row]
    phrases += [*data["units"], *data["counted"], *data["years"]["relative"], *_SINGLES]
    phrases.reverse()  # of those that sound alike the first of the table stays: 多少, not 多稍
    return {sound(phrase): phrase for phrase in phrases if len(phrase) > 1 or phrase in _SINGLES}


@cache
def _places() -> dict[str, str]:
    """Sound codes of provinces and prefectures, so that places which the report lacks are known as such."""
    return {sound(name): name for name in map(short_name, (*PROVINCES, *PREFECTURES))}


@cache
def _units() -> dict[str, list[str]]:
    units: dict[str, list[str]] = {}
    for row in table("questions")["fellows"].values():
        for unit in (order + unit for unit in row for order in ("", "万", "亿")):  # yiyuan is 亿元, not 医院
            units.setdefault(sound(unit), []).append(unit)
    return units


def respell(text: str, index: ReportIndex) -> str:
    """`text` with its pinyin written in characters: phrases of asking first, then the report's longest stretches."""
    text = _YEAR.sub("年", text)
    runs = list(latin_runs(text))
    if sum(len(codes) for _, _, codes in runs) < 3:
        return text  # a name such as PM, GDP or 5G, not pinyin
    out, last = "", 0
    joined: list[tuple[int, int, list[str]]] = []
    for start, end, codes in runs:
        if joined and not text[joined[-1][1] : start].strip(" '"):
            joined[-1] = (joined[-1][0], end, [*joined[-1][2], codes])
        else:
            joined.append((start, end, [codes]))
    for start, end, words in joined:
        out += text[last:start] + _spelled(words, index)
        last = end
    return out + text[last:]


def _spelled(words: list[str], index: ReportIndex) -> str:
    """Sound codes, a string for each word typed, as characters; what ends with a word goes before what is longer."""
    asking, units, codes = _asking_phrases(), _units(), "".join(words)
    used = [metric.unit for metric in index.report.metrics]
    ends = set(accumulate(map(len, words)))
    out, at = "", 0
    while at < len(codes):
        lengths = range(min(_LONGEST, len(codes) - at), 0, -1)
        for length in sorted(lengths, key=lambda length: at + length not in ends):
            piece = codes[at : at + length]
            if out.endswith(("多少", "几")) and piece in units:
                out += max(units[piece], key=used.count)  # 片 or 篇: that which the report counts more with
                break
            if piece in asking:
                out += asking[piece]
                break
            if length > 1 and (found := _heard(piece, index) or _places().get(piece)):
                out += found
                break
        else:
            length = 1
            out += UNKNOWN
        at += length
    return out


def _heard(codes: str, index: ReportIndex) -> str:
    """The stretch of a report that sounds like `codes`; of several, one that begins or ends a label: 基站, not 记占."""
    found: dict[str, None] = {}
    at = index.sound.find(codes)
    while at >= 0:
        found[index.text[at : at + len(codes)]] = None
        at = index.sound.find(codes, at + 1)
    if len(found) < 2:
        return "".join(found)
    named = (words for metric in index.report.metrics for words in (metric.label, metric.predicate))
    labels = fold("\n".join(["", *named, ""]))
    return next((one for one in found if f"\n{one}" in labels or f"{one}\n" in labels), next(iter(found)))


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
    """A phrase of asking or a name that the report has, spelled in pinyin; unknown characters for any other word."""
    codes = spell(word)
    if codes in _asking_phrases():
        return _asking_phrases()[codes]
    found = index.sound.find(codes) if codes and len(codes) > 1 else -1
    return index.text[found : found + len(codes or "")] if found >= 0 else UNKNOWN * 2
