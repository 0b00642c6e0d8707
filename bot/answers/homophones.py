"""Texts by ear, as they may lie on disk: homophones are one and the same character, the first of them in Unicode.

Unlike the codes of bot.answers.sounds these are the same in every process.
"""

from __future__ import annotations

from functools import cache

from bot.answers.sounds import alone


def heard(text: str) -> str:
    """A text as it sounds: of the same length."""
    return text.translate(_sounds())


def ear_of(text: str) -> str:
    """A text as it sounds, without what makes no sound: marks and blanks."""
    return text.translate(_letters())


@cache
def alike() -> dict[int, str]:
    """Code point -> the first character that sounds like it."""
    chars = "".join(map(chr, range(0x4E00, 0x9FA6)))
    first: dict[str, str] = {}
    return {ord(char): first.setdefault(code, char) for char, code in zip(chars, map(alone, chars), strict=True)}


@cache
def _sounds() -> str:
    """`alike` by code point, in a tenth of its memory, through which a question goes at random."""
    return "".join(alike().get(point, chr(point)) for point in range(0x9FA6))


class _Letters(dict[int, str]):
    """As `alike`; other characters are added when they are first met, letters and digits as themselves."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        self[point] = char if char.isalnum() else ""
        return self[point]


@cache
def _letters() -> _Letters:
    return _Letters(alike())
