"""The bot is asked from any chat: @bot 养老床位."""

from __future__ import annotations

from telegram import Update

from handlers.context import Context


async def offer(update: Update, context: Context) -> None:
    """Results to choose from."""
