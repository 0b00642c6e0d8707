"""Whether a message is for this bot, and what it says once the bot's name is taken out."""

from __future__ import annotations

import re

from telegram import Message

_COMMAND = re.compile(r"[/／]\w")  # Chinese keyboards give the full-width slash
# /name@bot; a letter of any script may follow the bot's name, since Telegram does not mark such commands anyway
_NAMED_COMMAND = re.compile(r"([/／][^\s@＠]{1,64})[@＠]([A-Za-z0-9_]{3,32})")


def addressed(message: Message, username: str) -> str | None:
    """The words meant for the bot, None where the message is not for it.

    In private everything is, save commands that name another bot. In a group: a command (whether it is one of ours is
    for the table of commands to say), an @mention anywhere in the text, a reply to a message of the bot.
    """
    if message.text is None or not _by_a_person(message):
        return None
    text = message.text.strip()
    if named := _NAMED_COMMAND.match(text):
        ours = named[2].lower() == username.lower()
        return f"{named[1]} {text[named.end() :].strip()}".strip() if ours else None
    words = _mention(username).sub(" ", text).strip()
    mentioned = words != text
    if message.chat.type == message.chat.PRIVATE or mentioned or _is_reply_to(message, username):
        return words
    return text if _COMMAND.match(text) else None


def _mention(username: str) -> re.Pattern[str]:
    """@name, not as the beginning of a longer name and not inside an e-mail address."""
    return re.compile(rf"(?<![A-Za-z0-9_.])[@＠]{re.escape(username)}(?![A-Za-z0-9_])", re.IGNORECASE)


def _by_a_person(message: Message) -> bool:
    """Written by a person, an anonymous administrator too; not by a bot, through a bot, or forwarded from a channel."""
    if message.via_bot or message.is_automatic_forward:
        return False
    return message.from_user is None or not message.from_user.is_bot or message.sender_chat is not None


def _is_reply_to(message: Message, username: str) -> bool:
    """A reply to what the bot wrote. Every message in a topic replies to the topic's first one: that is not meant."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.forum_topic_created is not None:
        return False
    return replied.from_user.username == username
