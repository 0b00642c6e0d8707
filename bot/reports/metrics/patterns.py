"""Word tables as regular expressions: alternatives, the longest first, so that 平方公里 is not read as 平."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Blanks as the web knows them.
SPACES = " \u3000\xa0\u2002\u2003"
#: What stands around words and belongs to none of them.
TRIM = SPACES + "、，,：:；;。.*#\t\n\r|-—－–~'（）()"


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
