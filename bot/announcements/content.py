"""An announcement as it is kept: the very messages that will be sent, as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.replies.model import Button, Reply, Run, Style


def to_json(pages: Sequence[Reply]) -> dict[str, Any]:
    """{"pages": [{"runs": [[text, style, url], …], "buttons": [[[label, action, url], …], …]}, …]}.

    Evidence is not kept: the guard has seen it when the pages were composed.
    """
    return {"pages": [_page(reply) for reply in pages]}


def pages_of(content: Mapping[str, Any]) -> tuple[Reply, ...]:
    """The messages that each chat gets, in order. Raises KeyError, TypeError or ValueError for what is none."""
    return tuple(_reply(page) for page in content.get("pages", ()))


def _page(reply: Reply) -> dict[str, Any]:
    return {
        "runs": [[run.text, run.style.value, run.url] for run in reply.runs],
        "buttons": [[[button.label, button.action, button.url] for button in row] for row in reply.buttons],
    }


def _reply(page: Mapping[str, Any]) -> Reply:
    runs = tuple(Run(text, Style(style), url, own=True) for text, style, url in page["runs"])
    return Reply(runs, tuple(tuple(Button(*fields) for fields in row) for row in page["buttons"]))
