"""What the operator makes of an unanswered question: an alias for a word, or an answer of his own.

A button asks for words, the next message brings them. Each is tried out before it is kept.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answers.model import Answer, NotFound
from bot.answers.scope import short as short_place
from bot.answers.thesaurus import thesaurus
from bot.answers.words import fold, normalise
from bot.questions import aliases as files
from bot.questions import pages
from bot.questions.fixed import LONGEST, FixedAnswers, reports_with
from bot.questions.forms import core
from bot.questions.grouping import Group
from bot.replies import texts_operating as texts
from bot.replies.answers import answer_draft
from bot.replies.counties import place_names
from bot.replies.guard import vouched
from bot.replies.model import Reply
from bot.replies.smalltalk import clean
from bot.state import State
from bot.state import questions as table
from bot.state.questions import Fixed

if TYPE_CHECKING:
    from bot.library import Library

log = logging.getLogger(__name__)

PATIENCE = 600.0  # seconds in which the words asked for may come
_PAIR = re.compile(r"([^=＝]{1,40})[=＝]([^=＝]{1,40})")


class Unfit(Exception):
    """Words that cannot be used; its text says why, and the matter stays open."""


@dataclass(slots=True)
class Aliases:
    """Where aliases are kept. `in_force` gives all that are now; `changed` hears all of them once one was added."""

    folder: Path
    in_force: Callable[[], Mapping[str, Sequence[str]]]
    changed: Callable[[dict[str, list[str]]], object] = lambda synonyms: None

    async def add(self, library: Library, term: str, name: str) -> None:
        """Keep it and put it to use at once. Raises ValueError for a file that must be mended first, OSError."""
        await asyncio.to_thread(files.add, self.folder, term, name)
        library.book.add((term, name))
        self.changed(files.merged(self.in_force(), {term: [name]}))

    def tried(self, library: Library, term: str, name: str, question: str) -> Answer | NotFound:
        """What the library would answer with it."""
        book = thesaurus(files.merged(self.in_force(), {term: [name]}))
        return vouched(replace(library, book=book, made=library.indexes).ask(question))


@dataclass(frozen=True, slots=True)
class Waiting:
    what: str  # alias or fixed
    group: Group
    until: float
    name: str = ""  # what the people call it


@dataclass(slots=True)
class Settling:
    """One open matter for each admin's private chat; a new one takes the place of the old."""

    state: State
    get_library: Callable[[], Library]
    aliases: Aliases
    fixed: FixedAnswers
    clock: Callable[[], float] = time.time
    _waiting: dict[int, Waiting] = field(default_factory=dict)

    def begin(self, chat: int, what: str, group: Group) -> Reply:
        """Ask for the official term, or for the answer."""
        name = self._subject(group.said)
        self._waiting[chat] = Waiting(what, group, self.clock() + PATIENCE, name)
        said = pages.short(group.said)
        return pages.prompt((texts.ALIAS_ASK if what == "alias" else texts.FIX_ASK).format(said=said, name=name))

    def waits(self, chat: int) -> bool:
        return chat in self._waiting and self._waiting[chat].until > self.clock()

    def stop(self, chat: int) -> None:
        self._waiting.pop(chat, None)

    async def hear(self, chat: int, words: str, by: str) -> list[Reply]:
        """What was asked for; it goes on waiting until that can be used, or 取消 is pressed."""
        waiting = self._waiting[chat]
        said = words.strip() if waiting.what == "fixed" else clean(words)
        try:
            replies = await (self._alias if waiting.what == "alias" else self._fix)(waiting, said, by)
        except Unfit as fault:
            return [pages.prompt(str(fault))]
        self.stop(chat)
        return replies

    async def _alias(self, waiting: Waiting, said: str, by: str) -> list[Reply]:
        pair = _PAIR.fullmatch(said)
        name, term = (pair[1].strip(), pair[2].strip()) if pair else (waiting.name, said)
        library, question = self.get_library(), waiting.group.said
        shown = {"name": pages.short(name), "term": pages.short(term), "said": pages.short(question)}
        if normalise(name) == normalise(term):
            raise Unfit(texts.ALIAS_SAME.format(**shown))
        if not await asyncio.to_thread(_stands, library, normalise(term)):
            raise Unfit(texts.ALIAS_NOT_IN_REPORTS.format(**shown))
        found = await asyncio.to_thread(self.aliases.tried, library, term, name, question)
        if isinstance(found, NotFound):
            raise Unfit(texts.ALIAS_NO_HIT.format(**shown))
        try:
            await self.aliases.add(library, term, name)
        except ValueError as error:
            raise Unfit(texts.ALIAS_FILE.format(fault=error)) from None
        await table.settle(self.state, waiting.group.forms, "alias", by, self.clock())
        log.info("an alias was made")
        return [pages.said(texts.ALIAS_MADE.format(**shown)), pages.whole(answer_draft(found))]

    async def _fix(self, waiting: Waiting, said: str, by: str) -> list[Reply]:
        """For this one form: what is only like it may be about another place."""
        if len(said) > LONGEST:
            raise Unfit(texts.FIX_LONG.format(most=LONGEST))
        form, question, evidence = waiting.group.form, waiting.group.said, self.fixed.evidence(said)
        answer = Fixed(form, question, said, evidence.report.id if evidence else "", by, self.clock())
        await table.fix(self.state, answer)
        await table.settle(self.state, (form,), "fixed", by, answer.at)
        self.fixed.answers[form] = answer
        log.info("a fixed answer was made")
        told = (texts.FIX_MADE_QUOTE if evidence else texts.FIX_MADE_OWN).format(said=pages.short(question))
        draft = self.fixed.shown(answer, question)
        return [pages.said(told), *((pages.whole(draft),) if draft else ())]

    def _subject(self, question: str) -> str:
        """The words that an alias would be for: what is asked about, without the place at its beginning."""
        words = core(question)
        reports = reports_with(self.get_library(), question)
        for place in sorted(place_names(reports), key=len, reverse=True):
            for name in (place, short_place(place)):
                if words.startswith(name) and len(words) > len(name):
                    return words[len(name) :]
        return words


def _stands(library: Library, term: str) -> bool:
    """Whether a report says it at all; off the event loop, for there may be many."""
    return bool(term) and any(
        term in report.text or term in fold(report.text) for report in reports_with(library, term)
    )
