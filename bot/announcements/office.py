"""The office of announcements: what people decide is kept in the state; the postman is told when there is work."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.announcements import composing
from bot.announcements.composing import MOST_PICKED, Pages
from bot.announcements.content import pages_of, to_json
from bot.announcements.picking import items
from bot.announcements.timing import DAYS, rule, zone
from bot.replies import texts
from bot.replies.actions import edition_key
from bot.reports.model import Report
from bot.state import State, announcements, outbox, subscribers
from bot.state.announcements import Announcement
from bot.state.subscribers import Audience, Wish

if TYPE_CHECKING:
    from bot.settings import Schedule

# What people write after /subscribe, by what they mean.
WISHES = {
    **dict.fromkeys(("每日", "每天", "天天", "日", "每日一数", "daily"), Wish.DAILY),
    **dict.fromkeys(("每周", "周", "每星期", "每周数读", "weekly"), Wish.WEEKLY),
    **dict.fromkeys(("都要", "全部", "都", "both", "all"), Wish.BOTH),
}


@dataclass(slots=True)
class Office:
    """All that a chat or an admin can decide about announcements. Raises SQLAlchemyError where it cannot be kept."""

    state: State
    schedule: Schedule
    news: asyncio.Event = field(default_factory=asyncio.Event)
    clock: Callable[[], float] = time.time

    # Subscribing

    async def subscribe(self, chat_id: int, wish: Wish, thread_id: int | None) -> str:
        """What to say to that."""
        await subscribers.subscribe(self.state, chat_id, wish, thread_id, self.clock())
        times = {"daily": when(self.schedule.daily, self.schedule), "weekly": when(self.schedule.weekly, self.schedule)}
        what = texts.WISHED[wish].format(**times)
        if self.schedule.quiz.strip() and wish is not Wish.WEEKLY:
            what += texts.QUIZ_TOO.format(quiz=when(self.schedule.quiz, self.schedule))
        return texts.SUBSCRIBED.format(what=what, place=texts.THIS_TOPIC if thread_id else texts.HERE)

    async def unsubscribe(self, chat_id: int, reason: str = "unsubscribed") -> str:
        left = await subscribers.unsubscribe(self.state, chat_id, reason, self.clock())
        return texts.UNSUBSCRIBED if left else texts.NOT_SUBSCRIBED

    # Composing

    async def draft(self, author: str, pages: Pages = (), report: Report | None = None) -> int:
        """A new draft: whole, or to be picked from a report."""
        content = to_json(pages) | ({"edition": edition_key(report), "picked": []} if report else {})
        return await announcements.draft(self.state, content, author, self.clock())

    async def find(self, announcement: int) -> Announcement | None:
        return await announcements.find(self.state, announcement)

    async def pick(self, draft: Announcement, report: Report, what: str, index: int) -> tuple[int, ...] | None:
        """Pick an item, or no longer; what is picked then. None where that would be too many, or it is no item."""
        picked = list(draft.content.get("picked", ()))
        if index not in {known for known, _ in items(report, what)}:
            return None
        if index in picked:
            picked.remove(index)
        elif len(picked) < MOST_PICKED:
            picked.append(index)
        else:
            return None
        kept = await announcements.redraft(self.state, draft.id, {**draft.content, "picked": picked})
        return tuple(picked) if kept else None

    async def compose(self, draft: Announcement, report: Report, what: str, picked: tuple[int, ...]) -> Pages:
        """The messages of what was picked, kept as they are; () where it is no draft any more. Raises Unborne."""
        if what == "metrics":
            pages = composing.of_metrics(report, sorted(picked))
        elif what == "section":
            pages = composing.of_section(report, picked[0])
        else:
            pages = composing.of_county((report,), report.places[picked[0]])
        content: dict[str, Any] = {**draft.content, **to_json(pages)}
        return pages if await announcements.redraft(self.state, draft.id, content) else ()

    # Sending

    async def reach(self, audience: Audience = Audience.ALL) -> int:
        return await subscribers.count(self.state, audience)

    async def send(self, announcement: int) -> bool:
        """Send a draft; False where it was sent or cancelled before, or has nothing to say."""
        found = await self.find(announcement)
        pages = pages_of(found.content) if found else ()
        if not pages:
            return False
        reach = await announcements.send(self.state, announcement, Audience.ALL, len(pages), self.clock())
        self.news.set()
        return reach is not None

    async def cancel(self, announcement: int) -> bool:
        return await announcements.cancel(self.state, announcement, self.clock())

    async def stop(self, announcement: int) -> bool:
        return await announcements.stop(self.state, announcement, self.clock())

    async def send_again(self, announcement: int) -> bool:
        """To those of whom it is not known whether they have it."""
        again = await outbox.resend_unknown(self.state, announcement, self.clock())
        self.news.set()
        return again > 0


def when(written: str, schedule: Schedule) -> str:
    """（每天 09:00） or （每周一 09:00）; "" for what is not sent, or not at one time of the day."""
    if not written.strip():
        return ""
    told = rule(written, zone(schedule.timezone))
    if not told.clock or told.fields[2:4] != ("*", "*"):
        return ""
    if told.days == "*":
        return texts.EVERY_DAY.format(clock=told.clock)
    days = sorted(told.days.split(","), key=lambda day: (DAYS.index(day) - 1) % 7)
    return texts.EVERY_WEEK.format(days="、".join(texts.DAY_NAMES[day] for day in days), clock=told.clock)
