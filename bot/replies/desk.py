"""The desk at which questions are received: the library in force, and what is remembered of each chat."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from bot.reports.model import Report, newest_first

if TYPE_CHECKING:
    from bot.editions import Editions
    from bot.library import Library
    from bot.live import Live
    from bot.replies.directory import Entry
    from bot.replies.pages import Draft

PAGE_UNITS = 3500  # UTF-16 code units; Telegram takes 4,096 and the footer and its entities need room
CHATS_REMEMBERED = 2000
SAYINGS_REMEMBERED = 20


@dataclass(frozen=True, slots=True)
class Chat:
    """Where something was said. `username` is the bot's own name, without @ (empty in a terminal)."""

    id: int
    private: bool = True
    is_admin: bool = False
    username: str = ""


@dataclass(slots=True)
class Memory:
    """What is remembered of one chat. Holds no reports, so that an old edition of the library can be let go."""

    chosen: tuple[str, ...] = ()  # ids of the reports chosen by /use; () is all of them
    question: str = ""  # the last question, and why it was answered so
    why: tuple[str, ...] = ()
    quizzed: tuple[tuple[str, int], ...] = ()  # what was asked lately: edition key, index of the metric
    sayings: OrderedDict[str, str] = field(default_factory=OrderedDict)  # digest -> words too long for a button


@dataclass(slots=True)
class Desk:
    """`get_library` gives the library now in force: one reference, swapped whole when reports are published."""

    get_library: Callable[[], Library]
    page_units: int = PAGE_UNITS
    memories: OrderedDict[int, Memory] = field(default_factory=OrderedDict)
    editions: Editions | None = None  # None: what is in force stays in force
    live: Live | None = None  # None: the settings stay as they are
    platform: tuple[str, ...] = ()  # what the platform lets the bot do, for /status
    chance: Random = field(default_factory=Random)  # which quiz comes next; a test seeds it
    named: tuple[Library, tuple[Entry, ...]] | None = None  # a library and all that goes by a name in it
    tried_out: tuple[Library, tuple[str, ...]] | None = None  # a library and the example questions it answers
    fixed: Callable[[str], Draft | None] = lambda question: None  # the operator's own answer to a question

    def memory(self, chat: Chat) -> Memory:
        """The memory of this chat; the chat that was silent longest is forgotten first."""
        memory = self.memories.setdefault(chat.id, Memory())
        self.memories.move_to_end(chat.id)
        while len(self.memories) > CHATS_REMEMBERED:
            self.memories.popitem(last=False)
        return memory

    def move(self, old: int, new: int) -> None:
        """What is remembered of one chat is from now on remembered of another (a group became a supergroup)."""
        if old in self.memories:
            self.memories[new] = self.memories.pop(old)

    def chosen(self, chat: Chat) -> tuple[Report, ...]:
        """The reports this chat chose by /use, newest first; () when it chose none, or they are gone."""
        ids = self.memory(chat).chosen
        return newest_first(report for report in self.get_library().reports if report.id in ids) if ids else ()

    def reports(self, chat: Chat) -> tuple[Report, ...]:
        """The reports this chat speaks of, newest first: those it chose, or all."""
        return self.chosen(chat) or newest_first(self.get_library().reports)

    def comparable(self, chat: Chat) -> tuple[Report, ...]:
        """All reports, newest first, those of the places that the chat chose before others."""
        places = {report.place for report in self.chosen(chat)}
        everything = newest_first(self.get_library().reports)
        return tuple(sorted(everything, key=lambda report: report.place not in places)) if places else everything

    def directory(self) -> tuple[Entry, ...]:
        """All that goes by a name in the library in force, made once for each."""
        from bot.replies.directory import directory_of  # the terminal needs no readings before somebody searches

        library = self.get_library()
        if self.named is None or self.named[0] is not library:
            self.named = library, directory_of(library.reports)
        return self.named[1]

    def remember_saying(self, chat: Chat, digest: str, said: str) -> None:
        sayings = self.memory(chat).sayings
        sayings[digest] = said
        sayings.move_to_end(digest)
        while len(sayings) > SAYINGS_REMEMBERED:
            sayings.popitem(last=False)
