"""Telegram's side of a webhook: updates are brought until they are taken, those of one chat one after the other."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import httpx

from .world import Json, World

if TYPE_CHECKING:
    from .server import BotApi

RETRY = 0.05  # seconds; Telegram waits longer
AT_ONCE = 40


@asynccontextmanager
async def delivering(api: BotApi) -> AsyncIterator[None]:
    """Bring what waits to wherever the bot said; begins as soon as it has said so."""
    work = asyncio.create_task(_deliver(api.world))
    try:
        yield
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def _deliver(world: World) -> None:
    busy: dict[int, asyncio.Task[None]] = {}
    async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
        try:
            while True:
                for update in list(world.waiting) if world.webhook["url"] else []:
                    chat = _chat(update)
                    if chat not in busy and len(busy) < AT_ONCE:
                        busy[chat] = asyncio.create_task(_bring(client, world, update))
                        busy[chat].add_done_callback(lambda _, chat=chat: busy.pop(chat))  # type: ignore[misc]
                await asyncio.sleep(0.002 if busy else 0.01)
        finally:
            for task in busy.values():
                task.cancel()


async def _bring(client: httpx.AsyncClient, world: World, update: Json) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": world.webhook.get("secret_token", "")}
    with contextlib.suppress(httpx.HTTPError):
        answer = await client.post(world.webhook["url"], json=update, headers=headers)
        if answer.status_code == 200:
            world.waiting.remove(update)
            world.changed()
            return
    await asyncio.sleep(RETRY)


def _chat(update: Json) -> int:
    content = next(value for name, value in update.items() if name != "update_id")
    found: int = (content.get("message") or content).get("chat", content.get("from"))["id"]
    return found
