"""Telegram's menus of commands, published from the one table."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bot.replies.commands import COMMANDS, Scope
from handlers.sending.bot import Bot

log = logging.getLogger(__name__)

LONGEST_DESCRIPTION = 256  # https://core.telegram.org/bots/api#botcommand


def menu(scope: Scope) -> list[BotCommand]:
    """The commands of one menu, in the table's order."""
    return [BotCommand(c.name, c.description[:LONGEST_DESCRIPTION]) for c in COMMANDS if scope in c.menus]


async def publish(bot: Bot, admins: Iterable[int]) -> None:
    """Publish the menus of all scopes. What Telegram refuses (an admin who never wrote to the bot) is logged."""
    menus: list[tuple[BotCommandScope, Scope]] = [
        (BotCommandScopeDefault(), Scope.GROUPS),
        (BotCommandScopeAllPrivateChats(), Scope.PRIVATE),
        (BotCommandScopeAllGroupChats(), Scope.GROUPS),
        *((BotCommandScopeChat(admin), Scope.ADMINS) for admin in sorted(admins)),
    ]
    for where, scope in menus:
        try:
            await bot.set_my_commands(menu(scope), scope=where)
        except TelegramError as error:
            log.warning("the menu for %s was not published: %s", where.to_dict(), error)
