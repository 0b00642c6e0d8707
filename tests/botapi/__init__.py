"""A Bot API server on loopback: what Telegram answers, as strictly as it matters to a bot.

    async with BotApi() as api:          # api.base_url, api.token
        talk = api.private(7, "小白")    # a person and their chat with the bot
        answer = await talk.ask("养老床位有多少张?")

It speaks real HTTP, so that the same server serves an application inside the test and a real `python -m bot run`.
"""

from . import loopback as loopback
from .people import Group, Talk
from .server import BotApi, Call

__all__ = ["BotApi", "Call", "Group", "Talk"]
