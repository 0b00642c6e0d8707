"""Word tables as regular expressions: alternatives, the longest first, so that 平方公里 is not read as 平."""

from __future__ import annotations

import re
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


#: Blanks as the web knows them.
SPACES = " \u3000\xa0\u2002\u2003"
#: What stands around words and belongs to none of them.
TRIM = SPACES + "、，,：:；;。.*#\t\n\r|-—－–~'（）()"


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
