"""What admins do with editions, as one flow for the chat, the buttons and the terminal. Knows nothing of Telegram.

Every flow raises EditionError or OSError where it cannot be done; `editions.trouble` says that to a person.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.editions import By, EditionError, Editions, Gone, Outcome, Stage, Step
from bot.faults import ConfigError
from bot.live import Changes
from bot.replies import texts
from bot.replies.desk import Desk
from bot.replies.editions import deeds, outcome_draft, published_draft, said
from bot.replies.model import Run
from bot.replies.pages import Draft
from bot.replies.previews import preview_draft

Told = Callable[[Stage], None]
FIRST = Step.SCANNING


async def reload(
    desk: Desk, by: By, told: Told, *, rest: bool = False, hint: str = texts.HELD_HINT
) -> tuple[bool, Draft]:
    """Settings, then reports. Whether all is in force now, and what to say."""
    editions = _editions(desk)
    try:
        changes = desk.live.reread() if desk.live else Changes()
    except ConfigError as error:
        return False, Draft((said(texts.SETTINGS_WRONG), *(said(f"· {fault}") for fault in error.faults)))
    outcome, candidate = await editions.reload(by, rest=rest, told=told)
    done = outcome in (Outcome.PUBLISHED, Outcome.UNCHANGED)
    return done, outcome_draft(outcome, candidate, editions.library, changes, hint)


async def publish(desk: Desk, by: By, token: str) -> Draft:
    """A candidate that waits comes into force."""
    editions = _editions(desk)
    candidate = await editions.publish(by, token)
    return published_draft(candidate, editions.library, texts.PUBLISHED)


def discard(desk: Desk, token: str) -> Draft:
    """A candidate that waits is forgotten; one that was published is not there to be discarded."""
    editions = _editions(desk)
    if editions.waiting(token).library.edition:
        raise Gone(token)
    editions.discard(token)
    return Draft((Run(texts.DISCARDED),))


async def rollback(desk: Desk, by: By, number: int, told: Told) -> Draft:
    """A kept edition comes back into force."""
    editions = _editions(desk)
    if number == editions.current:
        return Draft((said(texts.ROLLBACK_SAME.format(number=number)),))
    if number not in {edition.number for edition in editions.listed()}:
        return Draft((said(texts.ROLLBACK_GONE.format(number=number)),))
    candidate = await editions.rollback(by, number, told)
    return published_draft(candidate, editions.library, texts.ROLLED_BACK, (said(texts.FOLDER_STAYS),))


async def upload(desk: Desk, by: By, name: str, data: bytes, told: Told) -> Draft:
    """A file is read aside and shown before it is published."""
    candidate = await _editions(desk).upload(by, name, data, told)
    return preview_draft(candidate, (deeds(candidate),))


def _editions(desk: Desk) -> Editions:
    if desk.editions is None:
        raise EditionError(texts.NO_EDITIONS)
    return desk.editions
