"""What Telegram knows: the bot, its chats, their messages, the updates that wait, the menus of commands."""

from __future__ import annotations

import asyncio
import copy
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .entities import marks
from .errors import Refused, bad

Json = dict[str, Any]

ME: Json = {
    "id": 4242,
    "is_bot": True,
    "first_name": "有据",
    "username": "youju_test_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
}


@dataclass
class World:
    me: Json = field(default_factory=lambda: dict(ME))
    chats: dict[int, Json] = field(default_factory=dict)
    messages: dict[tuple[int, int], Json] = field(default_factory=dict)
    members: dict[tuple[int, int], str] = field(default_factory=dict)  # (chat, user) -> status
    topics: dict[tuple[int, int], bool] = field(default_factory=dict)  # (chat, thread) -> open
    forbidden: dict[int, str] = field(default_factory=dict)  # chat -> why the bot may not write there
    migrated: dict[int, int] = field(default_factory=dict)  # group -> supergroup
    menus: dict[tuple[str, str], list[Json]] = field(default_factory=dict)  # (scope, language) -> commands
    waiting: list[Json] = field(default_factory=list)  # updates not confirmed yet
    files: dict[str, bytes] = field(default_factory=dict)  # file id -> what was uploaded
    queries: set[str] = field(default_factory=set)  # callback queries that nobody answered yet
    webhook: Json = field(default_factory=lambda: {"url": ""})
    poll: int = 0  # the newest getUpdates; a newer one ends those before it
    _last_update: int = 1000
    _last_message: int = 0
    _changed: asyncio.Event = field(default_factory=asyncio.Event)

    def changed(self) -> None:
        """Wake everybody who waits for something to happen."""
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Wait until `condition` holds; False when that many seconds went by first."""
        end = time.monotonic() + seconds
        while not condition():
            try:
                await asyncio.wait_for(self._changed.wait(), end - time.monotonic())
            except TimeoutError:
                return condition()
        return True

    def keep(self, files: Mapping[str, bytes]) -> dict[str, str]:
        """Uploads by their parameter; the id stands for the file from now on, as it does with Telegram."""
        ids = {name: f"file-{len(self.files) + at}" for at, name in enumerate(files)}
        self.files.update({ids[name]: content for name, content in files.items()})
        return ids

    def add_update(self, kind: str, content: Json) -> int:
        """Queue an update for getUpdates; returns its update_id."""
        self._last_update += 1
        self.waiting.append({"update_id": self._last_update, kind: copy.deepcopy(content)})
        self.changed()
        return self._last_update

    def chat(self, chat_id: int | str) -> Json:
        """The chat to write to, or Telegram's refusal."""
        if chat_id in self.migrated:
            new = self.migrated[int(chat_id)]
            raise Refused(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=new)
        if chat_id in self.forbidden:
            raise Refused(403, f"Forbidden: {self.forbidden[int(chat_id)]}")
        found = self.chats.get(chat_id) if isinstance(chat_id, int) else self._named(chat_id)
        if found is None:
            raise bad("chat not found")
        return found

    def _named(self, name: str) -> Json | None:
        wanted = name.removeprefix("@")
        return next((chat for chat in self.chats.values() if chat.get("username") == wanted), None)

    def add_message(self, chat: Json, sender: Json, **content: Any) -> Json:
        """Write a message into a chat. Texts of people are marked with commands and mentions as Telegram does."""
        self._last_message += 1
        message = {"message_id": self._last_message, "date": int(time.time()), "chat": chat, "from": sender, **content}
        if "text" in content and "entities" not in content and (found := marks(content["text"])):
            message["entities"] = found
        self.messages[chat["id"], self._last_message] = message
        return message

    def thread(self, chat: Json, thread_id: int | None) -> Json:
        """The fields that place a message in a topic, or Telegram's refusal."""
        if thread_id is None:
            return {}
        if (chat["id"], thread_id) not in self.topics:
            raise bad("message thread not found")
        if not self.topics[chat["id"], thread_id]:
            raise bad("TOPIC_CLOSED")
        return {"message_thread_id": thread_id, "is_topic_message": True}
