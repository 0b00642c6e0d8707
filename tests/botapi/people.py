"""People who talk to the bot: what they write becomes updates, what the bot writes is theirs to read."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .world import Json

if TYPE_CHECKING:
    from .server import BotApi

_query_ids = itertools.count(1)

# https://core.telegram.org/bots/api#message: who stands in `from` where the true sender is a chat
GROUP_BOT: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL_BOT: Json = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}


@dataclass(frozen=True)
class Talk:
    """One person in one chat (and one topic of it)."""

    api: BotApi
    chat: Json
    user: Json
    thread: int | None = None
    always: Json = field(default_factory=dict)  # fields of every message: sender_chat of an anonymous administrator

    def say(self, text: str, **content: Any) -> Json:
        """Write to the chat; returns the message without waiting for anything. `content` adds or replaces fields."""
        content = {"text": text} | self._place() | content
        message = self.api.world.add_message(self.chat, self.user, **content)
        self.api.world.add_update("message", message)
        return message

    def send(self, **content: Any) -> Json:
        """Send what is not a text: `photo=[...]`, `sticker={...}`."""
        message = self.api.world.add_message(self.chat, self.user, **self._place(), **content)
        self.api.world.add_update("message", message)
        return message

    def send_file(self, name: str | None, data: bytes, size: int | None = None, **content: Any) -> Json:
        """Send a document; `size` is what Telegram says of it where that is not the truth."""
        (file_id,) = self.api.world.keep({"document": data}).values()
        document = {"file_id": file_id, "file_unique_id": f"u-{file_id}"}
        document |= {"file_size": len(data) if size is None else size} | ({"file_name": name} if name else {})
        return self.send(document=document, **content)

    def edit(self, message: Json, text: str) -> None:
        """Change what was written before."""
        changed = message | {"text": text, "edit_date": message["date"] + 1}
        self.api.world.messages[self.chat["id"], message["message_id"]] = changed
        self.api.world.add_update("edited_message", changed)

    def press(self, message: Json, data: str) -> str:
        """Press a button under the bot's message; returns the id of the callback query."""
        query_id = str(next(_query_ids))
        query = {"id": query_id, "from": self.user, "chat_instance": "1", "message": message, "data": data}
        self.api.world.queries.add(query_id)
        self.api.world.add_update("callback_query", query)
        return query_id

    def type_inline(self, words: str, offset: str = "") -> str:
        """Type @bot and these words into any chat; returns the id of the inline query."""
        query_id = str(next(_query_ids))
        query = {"id": query_id, "from": self.user, "query": words, "offset": offset, "chat_type": "supergroup"}
        self.api.world.queries.add(query_id)
        self.api.world.add_update("inline_query", query)
        return query_id

    async def choices(self, words: str) -> Json:
        """What the bot offers for these words: the parameters of its answerInlineQuery."""
        query_id = self.type_inline(words)
        if not await self.api.world.until(lambda: query_id not in self.api.world.queries, 10.0):
            raise AssertionError(f"{words!r} was not answered: {self.api.of('answerInlineQuery')[-1:]}")
        calls = self.api.of("answerInlineQuery")
        return next(call.params for call in calls if call.params["inline_query_id"] == query_id and not call.error)

    def received(self) -> list[Json]:
        """The bot's messages in this chat, as they stand now."""
        bot = self.api.world.me["id"]
        messages = self.api.world.messages.items()
        return [m for (chat_id, _), m in messages if chat_id == self.chat["id"] and m["from"]["id"] == bot]

    async def ask(self, text: str, **content: Any) -> Json:
        """Write and wait for the bot's next message in this chat."""
        before = len(self.received())
        self.say(text, **content)
        return await self.next_answer(before)

    async def next_answer(self, before: int, seconds: float = 10.0) -> Json:
        """The bot's message number `before` (from 0), when it comes."""
        if not await self.api.world.until(lambda: len(self.received()) > before, seconds):
            errors = [call for call in self.api.calls if call.error]
            raise AssertionError(f"no answer in {seconds} s; refused calls: {errors[-3:]}")
        return self.received()[before]

    async def choose(self, message: Json, label: str) -> Json:
        """Press the button whose label holds `label` and wait for the answer to it; the message as it then is."""
        data = next(b["callback_data"] for b in buttons(message) if label in b["text"] and "callback_data" in b)
        query = self.press(message, data)
        if not await self.api.world.until(lambda: query not in self.api.world.queries, 10.0):
            raise AssertionError(f"the press on {label} was not answered")
        return self.api.world.messages[self.chat["id"], message["message_id"]]

    def _place(self) -> Json:
        topic = {} if self.thread is None else {"message_thread_id": self.thread, "is_topic_message": True}
        return self.always | topic


@dataclass(frozen=True)
class Group:
    """A group with the bot in it."""

    api: BotApi
    chat: Json

    def member(self, user_id: int, name: str = "小白", status: str = "member", thread: int | None = None) -> Talk:
        """A person of the group, who writes in the topic `thread` if one is given."""
        self.api.world.members[self.chat["id"], user_id] = status
        return Talk(self.api, self.chat, {"id": user_id, "is_bot": False, "first_name": name}, thread)

    def anonymous(self, thread: int | None = None) -> Talk:
        """An administrator who writes in the group's own name."""
        return Talk(self.api, self.chat, GROUP_BOT, thread, {"sender_chat": self.chat})

    def upgrade(self, new_id: int) -> Group:
        """The group becomes a supergroup, and both tell it."""
        new = Group(self.api, {**self.chat, "id": new_id, "type": "supergroup"})
        self.api.world.chats[new_id] = new.chat
        admin = {"id": 7, "is_bot": False, "first_name": "小白"}
        last = self.api.world.add_message(self.chat, admin, migrate_to_chat_id=new_id)
        first = self.api.world.add_message(new.chat, GROUP_BOT, migrate_from_chat_id=self.chat["id"])
        self.api.world.migrated[self.chat["id"]] = new_id
        for message in (last, first):
            self.api.world.add_update("message", message)
        return new

    def topic(self, thread: int, *, is_open: bool = True) -> None:
        self.api.world.topics[self.chat["id"], thread] = is_open

    def change_membership(self, new: str, old: str = "member", by: int = 7) -> None:
        """The bot is added, removed or promoted: a my_chat_member update."""
        me = self.api.world.me
        update = {
            "chat": self.chat,
            "from": {"id": by, "is_bot": False, "first_name": "小白"},
            "date": 1700000000,
            "old_chat_member": {"status": old, "user": me},
            "new_chat_member": {"status": new, "user": me} | ({"until_date": 0} if new == "kicked" else {}),
        }
        self.api.world.add_update("my_chat_member", update)


def buttons(message: Json) -> list[Json]:
    """All buttons under a message, row by row."""
    return [button for row in message.get("reply_markup", {}).get("inline_keyboard", []) for button in row]
