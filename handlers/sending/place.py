"""Where a reply goes."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import Message, ReplyParameters


@dataclass(frozen=True, slots=True)
class Place:
    """Where to write: a chat, its topic, and the message that is answered (0: none is pointed at)."""

    chat_id: int
    thread_id: int | None = None
    question_id: int = 0

    @property
    def question(self) -> ReplyParameters | None:
        return ReplyParameters(self.question_id, allow_sending_without_reply=True) if self.question_id else None

    @classmethod
    def of(cls, message: Message) -> Place:
        """Beside a message: in its topic, and in a group as a reply to it, so that people see who is answered."""
        private = message.chat.type == message.chat.PRIVATE
        thread = message.message_thread_id if message.is_topic_message else None
        return cls(message.chat_id, thread, 0 if private else message.message_id)
