"""Sharing: links that open an answer in a private chat, a button to send it on, and the short form for groups.

Links: https://core.telegram.org/bots/features#deep-linking and https://core.telegram.org/api/links#share-links.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote, urlencode

from bot.replies import texts
from bot.replies.actions import Action, ActionError, ShowCounty, ShowSection, ShowTasks
from bot.replies.links import HOME, to_payload
from bot.replies.model import Button, Reply, Run, Style
from bot.replies.pages import Draft, paginate

GROUP_UNITS = 600  # UTF-16 code units of a message that many people have to scroll past
GROUP_ROWS = 2  # rows of buttons that stay under it
SHARED_QUOTE = 120  # characters; a longer quote is left out of the message that is sent on
ROW = 3  # buttons that stand in one row and can still be read


def link(username: str, action: Action | None) -> str:
    """The address that opens this in the bot's private chat; "" in a terminal, and for what no link can hold."""
    if not username or action is None:
        return ""
    try:
        return f"https://t.me/{username}?start={to_payload(action)}"
    except ActionError:
        return ""


def home(username: str) -> str:
    """The address of the bot's private chat, from its beginning."""
    return f"https://t.me/{username}?start={HOME}"


def shared(draft: Draft) -> Action | None:
    """What a link to a draft opens: what the draft names itself, or the section or county that it shows."""
    shows = isinstance(draft.again, ShowSection | ShowCounty | ShowTasks)
    return draft.share or (draft.again if shows else None)


def with_share_button(reply: Reply, draft: Draft, username: str) -> Reply:
    """The reply with 分享 under it: it sends the quote and a link to the answer to a chat of the person's choice."""
    address = link(username, shared(draft))
    if not address:
        return reply
    evidence = draft.evidence[0].quote if draft.evidence else ""
    words = f"“{evidence}”" if evidence and len(evidence) <= SHARED_QUOTE else ""
    url = "https://t.me/share/url?" + urlencode({"url": address} | ({"text": words} if words else {}), quote_via=quote)
    button = Button(texts.SHARE_BUTTON, url=url)
    rows = reply.buttons
    if rows and len(rows[0]) < ROW:
        return replace(reply, buttons=((*rows[0], button), *rows[1:]))
    return replace(reply, buttons=(*rows, (button,)))


def briefly(draft: Draft, address: str) -> Reply | None:
    """The short form of a long draft, with a button to the whole of it at this address; None where all is short."""
    pages = paginate(draft.runs, GROUP_UNITS) if address else []
    if len(pages) < 2:
        return None
    runs = (*pages[0], Run("\n"), Run(texts.NOT_ALL, Style.FAINT, own=True))
    whole = (Button(texts.IN_PRIVATE, url=address),)
    return Reply(runs, (*draft.buttons[:GROUP_ROWS], whole), draft.evidence)
