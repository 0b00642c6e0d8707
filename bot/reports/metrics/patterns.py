"""Word tables as regular expressions: alternatives, the longest first, so that 平方公里 is not read as 平."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: What stands around words and belongs to none of them.
TRIM = " 　、，,：:；;。.*#\t\n\r|-—－–~'（）()"


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
