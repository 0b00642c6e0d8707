"""Fuzz what takes bytes and words from outside, led by coverage: python -m bench.atheris_target {files,words} [options]

Needs `pip install atheris`, which is no dependency of the project. Options are libFuzzer's: -max_total_time=600, a
folder to keep inputs in. What must come out is what bench.fuzz asks for; anything else ends it with the input.
"""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["bot"]):
    from bot.library import Library
    from bot.replies.conversation import press, respond
    from bot.replies.desk import Chat, Desk
    from bot.replies.guard import check
    from bot.reports.files import decode_source
    from bot.reports.model import ReportError
    from bot.reports.reader import report_of

SEEDS = Path(__file__).parent.parent / "seeds"
ENDINGS = ("txt", "md", "html", "csv", "docx", "pdf")
LONGEST = 4096  # characters of a message


def files(data: bytes) -> None:
    """The first byte says which reader; the rest is the file."""
    if not data:
        return
    with contextlib.suppress(ReportError):
        report_of(decode_source(data[1:], f"年报.{ENDINGS[data[0] % len(ENDINGS)]}"))


def words(desk: Desk) -> Callable[[bytes], None]:
    """The first byte says whether it is said or pressed, and where; the rest are the words."""

    def one(data: bytes) -> None:
        if not data:
            return
        chat = Chat(data[0] >> 2, private=bool(data[0] & 1), username="bot")
        given = data[1:].decode("utf-8", "replace")[:LONGEST]
        reply = press(desk, given, chat) if data[0] & 2 else respond(desk, given, chat)
        if reply is not None:
            problems = check(reply)
            assert not problems, problems

    return one


def main() -> None:
    what, *options = sys.argv[1:] or ["words"]
    logging.disable(logging.CRITICAL)
    library = Library.load([SEEDS])
    library.warm()
    target = {"files": files, "words": words(Desk(lambda: library))}[what]
    atheris.Setup([sys.argv[0], *options], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
