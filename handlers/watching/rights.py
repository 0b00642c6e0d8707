"""What Telegram lets the bot do, by the switches that BotFather holds: said in the log at start, and in /status."""

from __future__ import annotations

from telegram import User

from bot.replies import texts


def rights(me: User) -> tuple[str, ...]:
    """A sentence for each switch, with what follows from it. `me` is what getMe says.

    An administrator of a group gets all its messages whatever the privacy mode, which getMe does not tell.
    """
    said = [texts.READS_ALL if me.can_read_all_group_messages else texts.READS_ADDRESSED]
    if me.can_join_groups is False:
        said.append(texts.NOT_IN_GROUPS)
    inline = texts.INLINE if me.supports_inline_queries else texts.NO_INLINE
    return (*said, inline.format(username=me.username))
