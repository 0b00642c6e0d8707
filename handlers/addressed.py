"""Whether a message is for this bot, and what it says once the bot's name is taken out."""

from __future__ import annotations

import re

from telegram import Message, MessageEntity, User

_COMMAND = re.compile(r"[/／]\w")  # Chinese keyboards give the full-width slash
# /name@bot; a letter of any script may follow the bot's name, since Telegram does not mark such commands anyway
_NAMED_COMMAND = re.compile(r"([/／][^\s@＠]{1,64})[@＠]([A-Za-z0-9_]{3,32})")


def addressed(message: Message, bot: User) -> str | None:
    """The words meant for the bot, None where the message is not for it.

    In private everything is, save commands that name another bot. In a group: a command (whether it is one of ours is
    for the table of commands to say), an @mention anywhere in the text or under a picture, a reply to a message of the
    bot. Channel posts, which nobody addresses to anybody, never are.
    """
    written = message.text or message.caption
    if written is None or message.chat.type == message.chat.CHANNEL or not _by_a_person(message):
        return None
    text, username = written.strip(), bot.username or ""
    if named := _NAMED_COMMAND.match(text):
        ours = named[2].lower() == username.lower()
        return f"{named[1]} {text[named.end() :].strip()}".strip() if ours else None
    words = _mention(username).sub(" ", _without_links(message, bot.id, written)).strip()
    mentioned = words != text
    if message.chat.type == message.chat.PRIVATE or mentioned or _is_reply_to(message, bot.id):
        return words
    return text if _COMMAND.match(text) else None


def person(message: Message) -> int:
    """Who wrote: the person, or the chat in whose name an anonymous administrator or a channel writes."""
    if message.sender_chat is not None:
        return message.sender_chat.id
    return message.from_user.id if message.from_user is not None else message.chat.id


def in_own_name(message: Message) -> bool:
    """Whether these are the writer's own words under their own name: only such are an admin's commands."""
    return message.forward_origin is None and message.sender_chat is None and message.via_bot is None


def _mention(username: str) -> re.Pattern[str]:
    """@name, not as the beginning of a longer name and not inside an e-mail address."""
    return re.compile(rf"(?<![A-Za-z0-9_.])[@＠]{re.escape(username)}(?![A-Za-z0-9_])", re.IGNORECASE)


def _without_links(message: Message, bot_id: int, text: str) -> str:
    """Without the stretches that are linked to the bot instead of naming it, as apps write mentions by id."""
    entities = message.entities or message.caption_entities
    links = [e for e in entities if e.type == MessageEntity.TEXT_MENTION and e.user and e.user.id == bot_id]
    units = text.encode("utf-16-le", "surrogatepass")  # offsets of entities count these, two bytes each
    for link in sorted(links, key=lambda entity: -entity.offset):
        units = units[: 2 * link.offset] + " ".encode("utf-16-le") + units[2 * (link.offset + link.length) :]
    return units.decode("utf-16-le", "replace")


def _by_a_person(message: Message) -> bool:
    """Written by a person, an anonymous administrator too; not by a bot, through a bot, or forwarded from a channel."""
    if message.via_bot or message.is_automatic_forward:
        return False
    return message.from_user is None or not message.from_user.is_bot or message.sender_chat is not None


def _is_reply_to(message: Message, bot_id: int) -> bool:
    """A reply to what the bot wrote. Every message in a topic replies to the topic's first one: that is not meant."""
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.forum_topic_created is not None:
        return False
    return replied.from_user.id == bot_id
