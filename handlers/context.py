"""What every handler is handed: the desk that answers, and what Telegram's face itself has to remember."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from telegram import Message, Update
from telegram.ext import CallbackContext

from bot.replies.desk import Chat, Desk
from handlers.bot import Bot

ANSWERS_REMEMBERED = 10_000


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
    admins: frozenset[int] = frozenset()
    answered: Answered = field(default_factory=Answered)
    album: str = ""  # the album seen last: its pictures come as messages of their own


class Context(CallbackContext[Bot, dict[Any, Any], dict[Any, Any], Face]):
    """The typed context of all handlers."""

    @property
    def desk(self) -> Desk:
        return self.bot_data.desk

    @property
    def answered(self) -> Answered:
        return self.bot_data.answered

    def chat(self, update: Update) -> Chat:
        """The chat of an update as the replies know it. An admin is who the settings name, whatever the group says."""
        chat, user = update.effective_chat, update.effective_user
        return Chat(
            id=chat.id if chat else 0,
            private=chat is not None and chat.type == chat.PRIVATE,
            is_admin=user is not None and user.id in self.bot_data.admins,
            username=self.bot.username,
        )
