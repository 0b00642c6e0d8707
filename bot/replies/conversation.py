"""The one entry for every platform: what is said or pressed, and the Reply to it."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from bot.replies import texts
from bot.replies.actions import Action, ActionError, decode
from bot.replies.asking import ask
from bot.replies.commands import BY_NAME, Call
from bot.replies.desk import Chat, Desk
from bot.replies.guard import guarded
from bot.replies.hearing import Heard, hear
from bot.replies.model import Reply, Run
from bot.replies.pages import Draft, page_of
from bot.replies.smalltalk import echo


def respond(desk: Desk, said: str, chat: Chat) -> Reply | None:
    """The reply to what was said; None is silence (another bot's command, or an unknown one in a group)."""
    places = [place for report in desk.get_library().reports for place in report.places]
    heard = hear(said, chat, places)
    draft = _draft(desk, heard, chat) if heard else None
    return _sent(desk, draft, 0) if draft else None


def press(desk: Desk, action: str, chat: Chat) -> Reply:
    """The reply to a button; a stale, unknown or malformed one gets a polite sentence."""
    try:
        return _act(desk, decode(action), chat)
    except ActionError:
        return Reply((Run(texts.UNKNOWN_BUTTON),))


def _act(desk: Desk, action: Action, chat: Chat) -> Reply:
    raise ActionError(action.code)


def _draft(desk: Desk, heard: Heard, chat: Chat) -> Draft | None:
    if heard.unknown:
        return _unknown(heard.unknown) if chat.private else None
    command = heard.command
    if command is None:
        return ask(desk, chat, heard.words)
    if command.admin and not chat.is_admin:
        return Draft((Run(texts.ADMIN_ONLY),)) if chat.private else None
    return command.run(Call(desk, chat, heard.words))


def _unknown(name: str) -> Draft:
    """The nearest command to one that does not exist."""
    words = [texts.UNKNOWN_COMMAND.format(said=f"/{echo(name)}")]
    nearest = process.extractOne(name, list(BY_NAME), scorer=fuzz.ratio, score_cutoff=60)
    if nearest:
        command = BY_NAME[nearest[0]]
        words.append(texts.NEAREST_COMMAND.format(command=command.usage_line(), description=command.description))
    return Draft((Run("".join([*words, texts.HELP_HINT]), own=True),))


def _sent(desk: Desk, draft: Draft, page: int) -> Reply:
    """The draft, paged and guarded."""
    fallback = Reply((Run(f"{texts.NOT_FOUND}\n\n{texts.NOT_FOUND_HINT}"),), replaces=page > 0)
    return guarded(page_of(draft, page, desk.page_units), fallback)
