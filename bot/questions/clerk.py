"""The clerk of questions: what is noted, what people think of answers, what the operator does about it.

Coroutines raise SQLAlchemyError or OSError where the state is out of reach.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.answers.model import NotFound
from bot.answers.questions import understand
from bot.answers.talk import small_talk
from bot.answers.words import normalise
from bot.questions import pages
from bot.questions.fixed import FixedAnswers
from bot.questions.grouping import Group, groups
from bot.questions.log import QuestionLog
from bot.questions.people import digest_of
from bot.questions.settling import Aliases, Settling
from bot.replies import texts_operating as texts
from bot.replies.actions import digest
from bot.replies.asked import NOT_FOUND
from bot.replies.model import Asked, Reply
from bot.state import State
from bot.state import questions as table
from bot.state.questions import Kept

if TYPE_CHECKING:
    from bot.library import Library

log = logging.getLogger(__name__)

LOOKED_AT = 5000  # questions, the latest, from which lists are made
EXPLAINING = 300.0  # seconds after 👎 in which the next words may be its reason
REMEMBERED = 1000  # people of whom a reason may come


@dataclass(slots=True)
class Clerk:
    """`keeps` is the operator's switch: without it nothing is noted, and what is fixed is still answered."""

    state: State
    get_library: Callable[[], Library]
    salt: bytes
    log: QuestionLog
    fixed: FixedAnswers
    settling: Settling
    zone: ZoneInfo
    keeps: bool = True
    clock: Callable[[], float] = time.time
    _reasons: OrderedDict[int, tuple[str, float]] = field(default_factory=OrderedDict)  # chat -> question, until

    async def open(self) -> None:
        """Take up what was fixed before, and begin to write."""
        self.fixed.replace(await table.all_fixed(self.state))
        self.log.start()

    async def close(self) -> None:
        await self.log.stop()

    def person(self, person: int) -> str:
        return digest_of(person, self.salt)

    # Asking

    @staticmethod
    def key() -> str:
        """A new question's key, which the buttons under its answer carry."""
        return secrets.token_hex(5)

    def note(self, key: str, asked: Asked, person: int, *, private: bool) -> None:
        """Take down a question. Never raises, never waits."""
        if not self.keeps:
            return
        try:
            self.log.note(key, asked, self.person(person), self.get_library().edition, private=private)
        except Exception:  # the answer is out; nothing that goes wrong here is the person's affair
            log.exception("a question could not be noted")

    async def forget(self, person: int) -> str:
        """Delete all that is kept of a person; what to say to that."""
        who = self.person(person)
        await self.log.flush()
        self.log.drop(who)
        gone = await table.forget(self.state, who)
        if not gone:
            return texts.FORGOTTEN_NONE if self.keeps else texts.NOT_KEPT
        return texts.FORGOTTEN.format(count=gone, days=self.log.keep_days)

    # Votes

    async def vote(self, key: str, person: int, verdict: str) -> bool:
        """One vote a person; False where the question is no longer kept."""
        await self.log.flush()
        return await table.vote(self.state, key, self.person(person), verdict == "good", self.clock())

    def expect_reason(self, chat: int, key: str) -> None:
        """The next words in this private chat may say why an answer is bad."""
        self._reasons[chat] = (key, self.clock() + EXPLAINING)
        self._reasons.move_to_end(chat)
        while len(self._reasons) > REMEMBERED:
            self._reasons.popitem(last=False)

    def expects_reason(self, chat: int) -> bool:
        return self._reasons.get(chat, ("", 0.0))[1] > self.clock()

    async def reason(self, chat: int, person: int, words: str) -> bool:
        """Keep the words as the reason for the 👎 before them, unless they are the next question."""
        key, _ = self._reasons.pop(chat, ("", 0.0))
        if not key or self._asks(words):
            return False
        return await table.explain(self.state, key, self.person(person), words[:500])

    def _asks(self, words: str) -> bool:
        """A question, or words that the reports answer; a greeting is no reason either."""
        text = normalise(words)
        if not text.strip() or small_talk(text) or words.rstrip().endswith(("?", "？")) or understand(words).asks:
            return True
        return not isinstance(self.get_library().ask(words), NotFound)

    # Lists

    async def page(self, listing: str, page: int = 0) -> Reply:
        """Of unanswered, top, feedback, fixed."""
        await self.log.flush()
        if listing == "top":
            return await self._top(page)
        if listing == "feedback":
            return pages.complaints_page(await table.complaints(self.state, LOOKED_AT), self.zone, page)
        if listing == "fixed":
            answers = await table.all_fixed(self.state)
            stale = [one.form for one in answers if self.fixed.shown(one) is None]
            return pages.fixed_page(answers, stale, page)
        return pages.unanswered_page(await self.unanswered(), len(self.fixed.answers), self.zone, page)

    async def unanswered(self) -> list[Group]:
        """What is neither answered nor settled, in groups."""
        rows = await table.latest(self.state, LOOKED_AT, NOT_FOUND)
        done = await table.all_settled(self.state)

        def is_open(row: Kept) -> bool:
            known = done.get(row.form)
            return known is None or (known.what == "alias" and row.at > known.at)

        return await asyncio.to_thread(groups, [row for row in rows if is_open(row)])

    async def _top(self, page: int) -> Reply:
        found = await asyncio.to_thread(groups, rows := await table.latest(self.state, LOOKED_AT))
        missed = [row.form for row in rows if row.outcome == NOT_FOUND]
        counted = [(group, sum(form in group.forms for form in missed)) for group in found[:100]]
        return pages.top_page(counted, self.log.keep_days, page)

    # Settling

    async def press(self, chat: int, what: str, key: str, page: int, by: int) -> tuple[Reply, str]:
        """A button under a list: the reply, and what to tell the presser beside it ("" for nothing)."""
        who = self.person(by)
        if what == "unfix":
            answer = next((one for one in self.fixed.answers.values() if digest(one.form) == key), None)
            if answer is not None:
                await table.unfix(self.state, answer.form)
                self.fixed.answers.pop(answer.form, None)
            return await self.page("fixed", page), texts.UNFIXED
        await self.log.flush()
        open_groups = await self.unanswered()
        group = next((one for one in open_groups if key in map(digest, one.forms)), None)
        if group is None:
            return await self.page("unanswered", max(page, 1)), texts.GROUP_GONE
        if what == "ignored":
            await table.settle(self.state, group.forms, "ignored", who, self.clock())
            return await self.page("unanswered", max(page, 1)), texts.IGNORED.format(said=pages.short(group.said, 20))
        return self.settling.begin(chat, what, group), ""

    def awaits(self, chat: int) -> bool:
        """Whether the next words in this private chat are meant for the clerk."""
        return self.settling.waits(chat) or self.expects_reason(chat)

    async def hear(self, chat: int, person: int, words: str) -> list[Reply]:
        """Words that were asked for; the replies to them, none where they are a question after all."""
        if self.settling.waits(chat):
            return await self.settling.hear(chat, words, self.person(person))
        return [pages.said(texts.REASON_KEPT)] if await self.reason(chat, person, words) else []


def clerk(
    state: State,
    get_library: Callable[[], Library],
    aliases: Aliases,
    zone: ZoneInfo,
    salt: bytes,
    *,
    keeps: bool = True,
    keep_days: int = 90,
) -> Clerk:
    """All of it, not yet opened."""
    fixed = FixedAnswers(get_library)
    settling = Settling(state, get_library, aliases, fixed)
    return Clerk(state, get_library, salt, QuestionLog(state, keep_days), fixed, settling, zone, keeps)
