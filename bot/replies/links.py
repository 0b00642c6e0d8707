"""What a deep link opens: an action as the payload of t.me/…?start=payload.

A payload has at most 64 characters of A-Z a-z 0-9 _ and - (https://core.telegram.org/bots/features#deep-linking); it is
made of an action's code and fields, so that it means the same after a restart.
"""

from __future__ import annotations

import re
from base64 import b64decode, urlsafe_b64encode

from bot.replies.actions import (
    ACTIONS,
    LIMIT,
    Action,
    ActionError,
    ListMetrics,
    ListReports,
    ListSections,
    Paged,
    Say,
    ShowCounty,
    ShowMetric,
    ShowQuote,
    ShowReport,
    ShowSection,
    ShowTasks,
    read,
    written,
)

LINKED = frozenset(  # may stand in a deep link: what shows, and changes nothing for who opens it
    {ShowReport, ShowSection, ShowMetric, ShowQuote, ShowCounty, ListReports, ListSections, ListMetrics, ShowTasks}
)
HOME = "home"  # the payload of a link that opens nothing but the beginning
# Words may stand in a link, too, but not any: whoever follows a link must not be made to give a command of theirs.
LINKED_WORDS = re.compile(r"(?:/(?:search|metrics|compare) +)?[^/／@\s][^\x00-\x1f\x7f\ud800-\udfff]*")


def to_payload(action: Action) -> str:
    """The action as the payload of a deep link, which may hold A-Z a-z 0-9 _ and - only.

    Source: https://core.telegram.org/bots/features#deep-linking. Raises ActionError for actions that are not for links.
    """
    if isinstance(action, Say) and LINKED_WORDS.fullmatch(action.said):
        payload = f"{Say.code}_{urlsafe_b64encode(action.said.encode()).decode().rstrip('=')}"
        if len(payload) <= LIMIT:
            return payload
    if type(action) not in LINKED:
        raise ActionError(f"not for links: {action!r}")
    code, values = action.code, written(action)
    return "_".join((code, *(values[1:] if isinstance(action, Paged) else values)))


def from_payload(payload: str) -> Action:
    """The action behind /start. Raises ActionError where the payload is none of ours."""
    if len(payload) > LIMIT:
        raise ActionError(f"over {LIMIT} characters")
    if payload.startswith(f"{Say.code}_"):
        return Say(0, _linked_words(payload.partition("_")[2]))
    code, *values = payload.split("_")
    kind = ACTIONS.get(code)
    if kind not in LINKED:
        raise ActionError(f"payload {payload!r}")
    return read(code, ["0", *values] if issubclass(kind, Paged) else values)


def _linked_words(encoded: str) -> str:
    try:
        said = b64decode(encoded + "=" * (-len(encoded) % 4), b"-_", validate=True).decode()
    except ValueError:  # of base64 and of UTF-8 alike
        raise ActionError(f"words {encoded!r}") from None
    if not LINKED_WORDS.fullmatch(said):
        raise ActionError(f"words {said!r}")
    return said
