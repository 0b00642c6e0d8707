"""Places below the report's own that its text names: counties, districts, towns, found by grammar and by suffixes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.reports import place_words as words
from bot.reports.endings import Endings
from bot.reports.gazetteer import PREFECTURES, PROVINCES, short_name
from bot.reports.identity import NATION

_NO_STEMS = {suffix: frozenset((words.ANY_STEM + stems).split()) for suffix, stems in words.NO_STEMS.items()}
_NO_TAILS = {
    suffix: Endings(stem for stem in stems if stem not in words.WHOLE_ONLY.get(suffix, ""))
    for suffix, stems in _NO_STEMS.items()
}
_CITY_NAMES = frozenset(words.CITY_NAMES.split())
_BEFORE = tuple(words.BEFORE.split())
_WORDS_BEFORE = frozenset(_BEFORE)

# In so large a share of its occurrences a stem has its suffix; 推动市 has not, 推动 stands everywhere.
_NAME_SHARE = 0.25


def places_of(text: str, own: str) -> tuple[str, ...]:
    """The places below `own` that `text` names, by full name, in order of first appearance.

    A name counts where something shows that it begins there: a sign, a word like 在 or 支持, or the place above it.
    """
    if own == NATION:
        return _known(text, PROVINCES)
    level = next((words.LEVELS[suffix] for suffix in _LONG_LEVELS if own.endswith(suffix)), "市")
    first: dict[str, int] = {}
    sure: set[str] = set()
    for start, name, ends in _names(text, words.SUFFIXES[level]):
        if (own and name.endswith(own)) or (name not in sure and _is_foreign(text, start, name, own)):
            continue
        first.setdefault(name, start)
        if ends:
            sure.add(name)
    names = [name for name in first if name in sure and _is_steady(text, name, own)]
    names = [name for name in names if not any(_is_tail(other, name) for other in names)]
    if level == "省":
        cities = (city for city, province in PREFECTURES.items() if province == own)
        names += (city for city in _known(text, cities) if city not in names)
    return tuple(names)


def short_forms(places: Sequence[str]) -> dict[str, str]:
    """Short form -> full name, for names that keep two characters without their suffix: 定陶 is 定陶区."""
    forms = {short_name(place): place for place in places}
    return {short: full for short, full in forms.items() if short != full}


def _names(text: str, suffixes: Sequence[str]) -> Iterator[tuple[int, str, bool]]:
    """What may be names with one of `suffixes`: where each begins, the name, and whether it is shown to end there."""
    for found in re.finditer("|".join(suffixes), text):
        suffix = found.group()
        start = _name_start(text, found.start(), suffix)
        if start < found.start():
            behind = text[found.end() : found.end() + 1]
            may_follow = words.BEHIND_CITY if suffix == "市" else words.BEHIND
            ends = suffix not in words.MUST_END or not "一" <= behind <= "鿿" or behind in may_follow
            ends = ends or (suffix != "市" and text.startswith(_BEFORE, found.end()))  # 青石区完成
            yield start, text[start : found.end()], ends


def _name_start(text: str, at: int, suffix: str) -> int:
    """Where the name with its `suffix` at `at` begins; `at` itself if no name ends there."""
    if text[at + len(suffix) : at + len(suffix) + 1] in words.NOT_AFTER.get(suffix, ()):
        return at
    shortest = 1 if suffix == "县" else 2
    longest = words.LONGEST.get(suffix, words.LONGEST_USUAL)
    start = at
    while start > 0 and "一" <= text[start - 1] <= "鿿" and text[start - 1] not in words.NOT_INSIDE:
        if at - start >= shortest and (text[start - 1] in _WORDS_BEFORE or text[start - 2 : start] in _WORDS_BEFORE):
            break
        start -= 1
        if at - start > longest:
            return at
    stem = text[start:at]
    if len(stem) < shortest or stem.startswith(_BEFORE) or stem in _NO_STEMS[suffix] or _NO_TAILS[suffix].of(stem):
        return at
    if (len(stem) == 1 and stem not in words.SINGLE) or (stem.endswith("城") and not _is_named_city(stem, suffix)):
        return at
    return start


def _is_named_city(stem: str, suffix: str) -> bool:
    """郓城县, 榕城区, 海城市, and neither 老城区 nor 友好城市."""
    if stem + suffix in _CITY_NAMES:
        return True
    return suffix in ("县", "区", "镇") and len(stem) == 2 and stem[0] not in words.NO_CITY


def _is_steady(text: str, name: str, own: str) -> bool:
    """Whether the name's stem mostly stands with its suffix; of stems of one character there is no telling, nor of the
    own place's new district (兰州新区)."""
    if own and name == f"{short_name(own)}新区":
        return True
    stem = name[: -len(next(suffix for suffix in _LONG_FIRST if name.endswith(suffix)))]
    return len(stem) < 2 or text.count(name) >= _NAME_SHARE * text.count(stem)


def _is_foreign(text: str, start: int, name: str, own: str) -> bool:
    """Whether the name is that of a place elsewhere: another city or province, or one behind such a name."""
    if name in PROVINCES or (name in PREFECTURES and PREFECTURES[name] != own):
        return True
    above = _OUTSIDE.of(text[max(0, start - 9) : start])
    if not above:
        return False
    home = {own, short_name(own), PREFECTURES.get(own, ""), short_name(PREFECTURES.get(own, ""))}
    return above not in home and PREFECTURES.get(above, PREFECTURES.get(above + "市")) != own


def _is_tail(name: str, longer: str) -> bool:
    """曹县 within 宣传曹县: the longer one is a name with a word before it."""
    return len(longer) > len(name) and longer.endswith(name)


def _known(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Those of `names` whose full or short form stands in `text`, in order of first appearance."""
    places = ((text.find(short_name(name)), name) for name in names)
    return tuple(name for at, name in sorted(places) if at >= 0)


_LONG_LEVELS = sorted(words.LEVELS, key=len, reverse=True)
_LONG_FIRST = sorted(words.NO_STEMS, key=len, reverse=True)
_OUTSIDE = Endings({*PROVINCES, *PREFECTURES, *map(short_name, (*PROVINCES, *PREFECTURES))})
