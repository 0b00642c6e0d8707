"""What every handler is handed: the desk that answers, and what Telegram's face itself has to remember."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from telegram import Message, Update
from telegram.ext import CallbackContext

from bot.announcements.office import Office
from bot.control import Control
from bot.meters import Meters
from bot.questions.clerk import Clerk
from bot.replies.desk import Chat, Desk
from handlers.addressed import in_own_name
from handlers.arriving.receiving import Receiver
from handlers.cooldown import Cooldown, Pace
from handlers.sending.bot import Bot
from handlers.sending.mailroom import Mailroom
from handlers.watching.alarm import Alarm
from handlers.watching.incidents import Incidents
from handlers.watching.parts import Watch

ANSWERS_REMEMBERED = 10_000
INLINE_PER_MINUTE = 60  # inline queries of one person that are answered: one a second, as fast as people type

Move = Callable[[int, int], Awaitable[None]]


@dataclass(slots=True)
class Answered:
    """Which message of ours answered which question, so that an edited question edits its answer. The oldest go."""

    answers: OrderedDict[tuple[int, int], int] = field(default_factory=OrderedDict)  # (chat, question) -> answer

    def remember(self, question: Message, answer: Message) -> None:
        self.answers[question.chat_id, question.message_id] = answer.message_id
        while len(self.answers) > ANSWERS_REMEMBERED:
            self.answers.popitem(last=False)

    def of(self, question: Message) -> int | None:
        return self.answers.get((question.chat_id, question.message_id))


@dataclass(slots=True)
class Face:
    """The application's own data, in place of keys in `bot_data`; `register` puts the desk in."""

    desk: Desk = field(init=False)
    alarm: Alarm = field(init=False)
    receiver: Receiver = field(init=False)
    admins: frozenset[int] = frozenset()
    meters: Meters = field(default_factory=Meters)
    clerk: Clerk | None = None  # None: nothing that is asked is kept
    incidents: Incidents | None = None  # tells the admins of unexpected errors
    watch: Watch | None = None
    answered: Answered = field(default_factory=Answered)
    album: str = ""  # the album seen last: its pictures come as messages of their own
    cooldown: Cooldown = field(default_factory=Cooldown)
    inline: Pace = field(default_factory=lambda: Pace(60 / INLINE_PER_MINUTE, INLINE_PER_MINUTE))
    office: Office | None = None  # None: nothing outlives a restart, and nobody can subscribe
    mailroom: Mailroom | None = None
    kept: dict[int, tuple[str, ...]] = field(default_factory=dict)  # choices of reports that the state holds
    control: Control | None = None  # hears the terminal
    refused: set[tuple[int, str]] = field(default_factory=set)  # who tried what without being an admin: logged once
    on_move: list[Move] = field(default_factory=list)  # who else keeps something of a chat: called with (old, new) id

    async def moved(self, old: int, new: int) -> None:
        """A group became a supergroup: what is kept of it follows. Telegram tells it several times, or not at all."""
        self.desk.move(old, new)
        for follow in self.on_move:
            await follow(old, new)


class Context(CallbackContext[Bot, dict[Any, Any], dict[Any, Any], Face]):
    """The typed context of all handlers."""

    @property
    def desk(self) -> Desk:
        return self.bot_data.desk

    @property
    def answered(self) -> Answered:
        return self.bot_data.answered

    @property
    def office(self) -> Office:
        """Only for handlers that are registered where there is one."""
        assert self.bot_data.office is not None  # noqa: S101
        return self.bot_data.office

    def chat(self, update: Update) -> Chat:
        """The chat of an update as the replies know it. An admin is who the settings name, whatever the group says,
        and only in words of their own: what they forward, or say in a group's name, is no command of theirs."""
        chat, user = update.effective_chat, update.effective_user
        message = update.message or update.edited_message
        own = message is None or in_own_name(message)
        return Chat(
            id=chat.id if chat else 0,
            private=chat is not None and chat.type == chat.PRIVATE,
            is_admin=own and user is not None and user.id in self.bot_data.admins,
            username=self.bot.username,
        )
