"""One row for each chat; every change of state happens once."""

from __future__ import annotations

import asyncio

from sqlalchemy import select

from bot.state import State, announcements, outbox, subscribers
from bot.state.announcements import Stage
from bot.state.outbox import Counts, Parcel
from bot.state.schema import outbox as table
from bot.state.subscribers import Audience, Wish

PAGE = {"runs": [["云泽市：通知", "plain", ""]], "buttons": []}
CONTENT = {"pages": [PAGE]}


async def announced(state: State, *chats: int, parts: int = 1, wish: Wish = Wish.BOTH) -> int:
    """An announcement that waits to be sent to these chats."""
    for chat in chats:
        await subscribers.subscribe(state, chat, wish, 5 if chat < 0 else None, 1.0)
    made = await announcements.draft(state, CONTENT, "99", 2.0)
    await announcements.send(state, made, Audience.ALL, parts, 3.0)
    return made


async def states(state: State) -> list[tuple[int, int, str]]:
    async with state.reading() as connection:
        query = select(table.c.chat_id, table.c.part, table.c.state).order_by(table.c.id)
        return [tuple(row) for row in await connection.execute(query)]  # type: ignore[misc]


async def take(state: State) -> Parcel:
    (parcel, *_) = await outbox.due(state, 10.0, 10)
    assert await outbox.claim(state, parcel, 10.0)
    return parcel


async def test_each_chat_of_the_audience_gets_one_row_a_part(state: State) -> None:
    await subscribers.subscribe(state, 1, Wish.DAILY, None, 1.0)
    await subscribers.subscribe(state, 2, Wish.WEEKLY, None, 1.0)
    await announced(state, 3)
    assert await subscribers.count(state, Audience.DAILY) == 2
    assert await subscribers.count(state, Audience.WEEKLY) == 2
    assert await states(state) == [(chat, 0, "queued") for chat in (1, 2, 3)]


async def test_of_two_who_press_send_at_once_one_sends(state: State) -> None:
    await subscribers.subscribe(state, 1, Wish.BOTH, None, 1.0)
    made = await announcements.draft(state, CONTENT, "99", 2.0)
    reached = await asyncio.gather(*(announcements.send(state, made, Audience.ALL, 1, 3.0) for _ in range(5)))
    assert sorted(reached, key=str) == [1, None, None, None, None]
    assert len(await states(state)) == 1
    assert not await announcements.cancel(state, made, 4.0)


async def test_a_cancelled_draft_is_not_sent(state: State) -> None:
    made = await announcements.draft(state, CONTENT, "99", 2.0)
    assert await announcements.cancel(state, made, 3.0)
    assert await announcements.send(state, made, Audience.ALL, 1, 3.0) is None


async def test_a_row_is_claimed_once(state: State) -> None:
    await announced(state, 1)
    (parcel,) = await outbox.due(state, 10.0, 10)
    assert [await outbox.claim(state, parcel, 10.0), await outbox.claim(state, parcel, 10.0)] == [True, False]
    assert await outbox.due(state, 10.0, 10) == []


async def test_the_second_part_waits_for_the_first(state: State) -> None:
    await announced(state, 1, 2, parts=2)
    due = await outbox.due(state, 10.0, 10)
    assert [(parcel.chat_id, parcel.part) for parcel in due] == [(1, 0), (2, 0)]
    parcel = await take(state)
    assert [(p.chat_id, p.part) for p in await outbox.due(state, 10.0, 10)] == [(2, 0)]
    await outbox.record_sent(state, parcel, 77, 10.0)
    assert [(p.chat_id, p.part) for p in await outbox.due(state, 10.0, 10)] == [(1, 1), (2, 0)]


async def test_a_stopped_announcement_sends_no_more(state: State) -> None:
    made = await announced(state, 1, 2, 3)
    parcel = await take(state)
    (waiting, *_) = await outbox.due(state, 10.0, 10)
    assert await announcements.stop(state, made, 11.0)
    assert not await announcements.stop(state, made, 11.0)
    assert not await outbox.claim(state, waiting, 11.0)
    await outbox.put_back(state, parcel, "500", 12.0, 11.0, free=False)
    assert await outbox.counts(state, made) == Counts(cancelled=3)


async def test_what_a_crash_left_under_way_is_unknown_or_sent_again_by_choice(state: State) -> None:
    made = await announced(state, 1, 2)
    await take(state)
    (found,) = await outbox.recover(state, 20.0, resend=False)
    assert found.chat_id == 1
    assert await outbox.counts(state, made) == Counts(unknown=1, waiting=1)
    assert await outbox.recover(state, 20.0, resend=False) == []
    await take(state)
    await outbox.recover(state, 21.0, resend=True)
    assert await outbox.counts(state, made) == Counts(unknown=1, waiting=1)
    assert await outbox.resend_unknown(state, made, 22.0) == 1
    assert await outbox.counts(state, made) == Counts(waiting=2)


async def test_a_chat_that_is_gone_is_unsubscribed_and_spared_the_rest(state: State) -> None:
    made = await announced(state, 1, parts=3)
    await outbox.record_gone(state, await take(state), "Forbidden: bot was blocked by the user", 11.0)
    left = await subscribers.subscriber(state, 1)
    assert left is not None
    assert "blocked" in left.left_reason
    assert await outbox.counts(state, made) == Counts(failed=1)
    await subscribers.subscribe(state, 1, Wish.DAILY, None, 12.0)
    assert await subscribers.count(state) == 1


async def test_a_group_that_moved_keeps_what_it_had(state: State) -> None:
    await announced(state, -1)
    parcel = await take(state)
    await subscribers.move(state, -1, -1001)
    await outbox.put_back(state, parcel, "migrated", 10.0, 10.0, free=True)
    moved = await subscribers.subscriber(state, -1001)
    assert moved is not None
    assert moved.thread_id == 5
    assert await subscribers.subscriber(state, -1) is None
    assert await states(state) == [(-1001, 0, "queued")]


async def test_a_group_known_under_both_ids_gets_it_once(state: State) -> None:
    made = await announced(state, -1, -1001)
    await subscribers.move(state, -1, -1001)
    assert await subscribers.count(state) == 1
    assert [chat for chat, _, now in await states(state) if now == "queued"] == [-1001]
    assert (await outbox.counts(state, made)).cancelled == 1


async def test_a_closed_topic_gives_way_to_the_main_chat(state: State) -> None:
    await announced(state, -1)
    parcel = await take(state)
    assert parcel.thread_id == 5
    await outbox.without_thread(state, parcel)
    await outbox.put_back(state, parcel, "topic closed", 10.0, 10.0, free=True)
    (again,) = await outbox.due(state, 10.0, 10)
    assert again.thread_id is None
    assert again.attempts == 0


async def test_it_is_done_when_nothing_waits_any_more(state: State) -> None:
    made = await announced(state, 1)
    assert await announcements.close_finished(state, 9.0) == []
    await outbox.record_sent(state, await take(state), 77, 10.0)
    assert await announcements.close_finished(state, 11.0) == [made]
    found = await announcements.find(state, made)
    assert found is not None
    assert found.stage is Stage.DONE
    assert found.recipients == 1
