"""The one entry for every platform: what is said or pressed, and the Reply to it."""

from __future__ import annotations

from dataclasses import replace

from rapidfuzz import fuzz, process

from bot.answers.words import whole
from bot.replies import texts
from bot.replies.actions import Action, ActionError, Paged, Say, SayAgain, decode, digest, encode
from bot.replies.asked import borne_out
from bot.replies.asking import ask, invitation
from bot.replies.commands import BY_NAME, Call
from bot.replies.counties import place_names
from bot.replies.desk import Chat, Desk
from bot.replies.guard import guarded
from bot.replies.hearing import hear
from bot.replies.links import HOME, from_payload
from bot.replies.model import Reply, Run
from bot.replies.opening import opened
from bot.replies.pages import Draft, page_of
from bot.replies.sharing import GROUP_ROWS, briefly, link, with_share_button
from bot.replies.smalltalk import echo


def respond(desk: Desk, said: str, chat: Chat) -> Reply | None:
    """The reply to what was said; None is silence (another bot's command, or an unknown one in a group)."""
    draft = _draft(desk, whole(said), chat)
    return None if draft is None else _sent(desk, chat, draft)


def press(desk: Desk, action: str, chat: Chat) -> Reply:
    """The reply to a button; a stale, unknown or malformed one gets a polite sentence.

    `replaces` is set where the message that held the button should be edited (a page was turned).
    """
    try:
        return _act(desk, decode(action), chat)
    except ActionError:
        return Reply((Run(texts.UNKNOWN_BUTTON),))


def _act(desk: Desk, action: Action, chat: Chat) -> Reply:
    draft = opened(desk, chat, action)
    if draft is None and isinstance(action, Say | SayAgain):
        said = action.said if isinstance(action, Say) else desk.memory(chat).sayings.get(action.digest, "")
        draft = _draft(desk, said, chat) if said else None
    if draft is None:
        return Reply((Run(texts.STALE),))
    return _sent(desk, chat, draft, action.page if isinstance(action, Paged) else 0)


def _draft(desk: Desk, said: str, chat: Chat) -> Draft | None:
    heard = hear(said, chat, place_names(desk.get_library().reports))
    if heard is None:
        return None
    command = heard.command
    if command is None:
        if heard.unknown:
            return _unknown(heard.unknown) if chat.private else None
        return ask(desk, chat, heard.words)
    if command.admin and not chat.is_admin:
        return Draft((Run(texts.ADMIN_ONLY),)) if chat.private else None
    if command is BY_NAME["start"] and heard.words:
        return _linked(desk, chat, heard.words)
    return command.run(Call(desk, chat, heard.words))


def _linked(desk: Desk, chat: Chat, payload: str) -> Draft:
    """What a deep link (t.me/…?start=payload) opens; where it is none of ours, or stale, that is said, and welcome."""
    if payload == HOME:
        return BY_NAME["start"].run(Call(desk, chat))
    try:
        action = from_payload(payload)
    except ActionError:
        return invitation(desk, f"{texts.BAD_LINK}\n\n{texts.WELCOME}")
    draft = _draft(desk, action.said, chat) if isinstance(action, Say) else opened(desk, chat, action)
    return draft or invitation(desk, texts.STALE_LINK)


def _unknown(name: str) -> Draft:
    """The nearest command to one that does not exist."""
    words = [texts.UNKNOWN_COMMAND.format(said=f"/{echo(name)}")]
    nearest = process.extractOne(name, list(BY_NAME), scorer=fuzz.ratio, score_cutoff=60)
    if nearest:
        command = BY_NAME[nearest[0]]
        words.append(texts.NEAREST_COMMAND.format(command=command.usage_line(), description=command.description))
    return Draft((Run("".join([*words, texts.HELP_HINT]), own=True),))


def _sent(desk: Desk, chat: Chat, draft: Draft, page: int = 0) -> Reply:
    """The draft, paged, in a group cut short, and guarded."""
    if not chat.private and draft.share:  # an answer; what leads on is in the private chat
        draft = replace(draft, buttons=draft.buttons[:GROUP_ROWS])
    fallback = Reply((Run(f"{texts.NOT_FOUND}\n\n{texts.NOT_FOUND_HINT}"),), replaces=page > 0)
    address = "" if chat.private or page or draft.picture else link(chat.username, draft.share or draft.again)
    short = briefly(draft, address)
    reply = short or page_of(_turnable(desk, chat, draft), page, desk.page_units)
    sent = guarded(with_share_button(reply, draft, chat.username), fallback)
    return sent if page or draft.asked is None else replace(sent, asked=borne_out(draft.asked, sent, fallback))


def _turnable(desk: Desk, chat: Chat, draft: Draft) -> Draft:
    """Words too long for a button are kept in the chat's memory, and the button holds their digest."""
    again = draft.again
    if not isinstance(again, Say):
        return draft
    try:
        encode(replace(again, page=9999))
    except ActionError:
        key = digest(again.said)
        desk.remember_saying(chat, key, again.said)
        return replace(draft, again=SayAgain(0, key))
    return draft
