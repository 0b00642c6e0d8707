"""Talk that no report answers: greetings, thanks, jokes, and attempts to give orders."""

from __future__ import annotations

from bot.answers.words import PUNCTUATION, fold, table


def small_talk(text: str) -> str:
    """The row of [chat] that a text in normal form belongs to (greetings, thanks, smalltalk, injection), or ""."""
    bare = fold(PUNCTUATION.sub("", text))
    for row, phrases in table("questions")["chat"].items():
        for phrase in phrases:
            if row in ("greetings", "thanks") and bare.rstrip("呀啊哦哈呢") == phrase.replace(" ", ""):
                return str(row)
            if row in ("smalltalk", "injection") and phrase in text:
                return str(row)
    return ""
