"""Updates of different chats are handled side by side, those of one chat one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from handlers.arriving.inbox import Inbox

WITHIN = 10_000  # more than the inbox ever lets in: a chat with much to say holds up nobody else


class ChatOrder(BaseUpdateProcessor):
    """A lock for each chat that has something under way. asyncio.Lock is fair: first come, first served."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(WITHIN)
        self._inbox = inbox
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        if not isinstance(update, Update):
            await coroutine
            return
        chat_id = _chat_id(update)
        if chat_id is None:
            await self._inbox.handle(update, coroutine)
            return
        lock = self._locks.setdefault(chat_id, asyncio.Lock())
        async with lock:
            await self._inbox.handle(update, coroutine)

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""


def _chat_id(update: Update) -> int | None:
    if update.effective_chat:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user else None
