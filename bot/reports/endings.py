"""The words that a text ends with."""

from __future__ import annotations

from collections.abc import Iterable


class Endings:
    """Words that a text may end with, sought by its last character: many times faster than a pattern with $."""

    def __init__(self, words: Iterable[str]) -> None:
        self._ending_in: dict[str, list[str]] = {}
        for word in sorted(set(words), key=len, reverse=True):
            self._ending_in.setdefault(word[-1], []).append(word)

    def of(self, text: str) -> str:
        """The longest of them that `text` ends with, "" for none."""
        for word in self._ending_in.get(text[-1:], ()):
            if text.endswith(word):
                return word
        return ""
