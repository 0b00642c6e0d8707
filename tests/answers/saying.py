"""A report in a few lines, and what it says to a question."""

from __future__ import annotations

from pathlib import Path

from bot.answers.model import Answer
from bot.library import Library


def library_of(folder: Path, text: str, name: str = "yunze.txt") -> Library:
    """The library that holds one report with this text."""
    (folder / name).write_text(text, "utf-8")
    return Library.load([folder / name])


def answered(library: Library, said: str) -> Answer:
    """The answer; fails where the report is silent."""
    found = library.ask(said)
    assert isinstance(found, Answer), found
    return found
