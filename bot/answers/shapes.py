"""Characters that are drawn alike and mistaken for one another (`shapes.toml`)."""

from __future__ import annotations

from functools import cache

from bot.answers.words import table


@cache
def lookalikes() -> dict[str, str]:
    """Character -> all that look like it."""
    alike: dict[str, str] = {}
    for group in table("shapes")["groups"]:
        for char in group:
            alike[char] = alike.get(char, "") + group.replace(char, "")
    return alike
