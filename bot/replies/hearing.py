"""What was said, understood: a command of ours, somebody else's, or a question in free text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.words import normalise
from bot.replies import smalltalk
from bot.replies.commands import BY_NAME, Command
from bot.replies.counties import ENDINGS
from bot.replies.desk import Chat

SLASHES = "/／"  # Telegram marks only the first as a command; a Chinese keyboard often types the second
MARKS = " ?？。！!,，"
_ADDRESS = re.compile(r"@([A-Za-z0-9_]{4,32})")
_NAME = re.compile(r"[^\s@]+")


@dataclass(frozen=True, slots=True)
class Heard:
    """`command` is None for free text, and for a `/name` that is none of ours, which is then in `unknown`."""

    words: str
    command: Command | None = None
    unknown: str = ""


def hear(said: str, chat: Chat, places: Sequence[str]) -> Heard | None:
    """Understands /county曹县, /曹县, /区县 曹县, ／county　曹县, /county@OurBot 曹县, and 曹县 alone.

    None: said to another bot.
    """
    text = _without_address(said.strip(), chat)
    if not text or text[0] not in SLASHES:
        bare = normalise(text).strip(MARKS)  # a place and no more: whoever says that wants to know all about it
        return Heard(bare, BY_NAME["county"]) if bare in places else Heard(text)
    named = _NAME.match(text, 1)
    if named is None:
        return Heard(text[1:].strip()) if smalltalk.has_words(text) else Heard("")
    name, rest = named[0], text[named.end() :]
    address = _ADDRESS.match(rest)
    if address:
        if address[1].casefold() != chat.username.casefold():  # in a terminal, where it is "", too
            return None
        rest = rest[address.end() :]
    return _command(name.casefold(), smalltalk.clean(rest), places, guess=chat.private)


def _command(name: str, rest: str, places: Sequence[str], *, guess: bool) -> Heard:
    if name in BY_NAME:
        return Heard(rest, BY_NAME[name])
    if name in places:
        return Heard(name, BY_NAME["county"])
    known = max((known for known in BY_NAME if _begins(name, known)), key=len, default="")
    if known:
        return Heard(f"{name[len(known) :]} {rest}".strip(), BY_NAME[known])
    if guess and name.endswith(ENDINGS):  # /甄城县: no place of the reports, but meant as one
        return Heard(name, BY_NAME["county"])
    return Heard(rest, unknown=name)


def _begins(name: str, known: str) -> bool:
    """Whether a command and its words were written together; two ASCII letters in a row belong to one name."""
    if not name.startswith(known):
        return False
    after = name[len(known)]
    return not (known[-1].isascii() and after.isascii() and after.isalpha()) and after != "_"


def _without_address(said: str, chat: Chat) -> str:
    """Without our own @name at either end, as people write in groups."""
    if not chat.username:
        return said
    own = "@" + chat.username.casefold()
    if said.casefold().startswith(own):
        said = said[len(own) :].lstrip()
    if said.casefold().endswith(" " + own):
        said = said[: -len(own)].rstrip()
    return said
