"""The postman: each message once, whatever is the outcome of a delivery and of its record."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from sqlalchemy.exc import OperationalError

from bot.announcements import postman as room
from bot.announcements.postman import Gone, Moved, NoThread, NotSent, Outcome, Postman, Refused, Sent, Unknown
from bot.state import State, announcements, outbox, subscribers
from bot.state.outbox import Counts, Parcel
from tests.state.test_outbox import announced


class AtOnce:
    """A pace without limits, which tells what it was reminded of."""

    def __init__(self) -> None:
        self.recalled: list[tuple[int, float]] = []

    def delay(self, chat: int) -> float:
        return 0.0

    async def turn(self, chat: int) -> None:
        await asyncio.sleep(0)

    def recall(self, chat: int, ago: float) -> None:
        self.recalled.append((chat, ago))


@dataclass
class Chats:
    """Deliveries as they come; `ways` says what comes of those to a chat, one after the other."""

    ways: dict[int, list[Outcome]] = field(default_factory=dict)
    received: Counter[int] = field(default_factory=Counter)
    tried: list[Parcel] = field(default_factory=list)
    before: Callable[[Parcel], None] = lambda parcel: None

    async def __call__(self, parcel: Parcel) -> Outcome:
        self.before(parcel)
        self.tried.append(parcel)
        outcome = (self.ways.get(parcel.chat_id) or [Sent(1)]).pop(0)
        if isinstance(outcome, Sent):
            self.received[parcel.chat_id] += 1
        return outcome


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_growing", lambda attempts: 0.0)


async def emptied(state: State, chats: Chats, **options: bool) -> Postman:
    postman = Postman(state, chats, AtOnce(), sleep=lambda seconds: asyncio.sleep(min(seconds, 0.01)), **options)
    async with asyncio.timeout(20):
        await postman.until_empty()
    return postman


OUTCOMES: list[tuple[Outcome, Counts]] = [
    (Sent(5), Counts(sent=1)),
    (Unknown("timed out"), Counts(unknown=1)),
    (NotSent("500"), Counts(sent=1)),
    (NotSent("flood", after=0.01, ours=True), Counts(sent=1)),
    (Gone("blocked"), Counts(failed=1)),
    (Refused("too long"), Counts(failed=1)),
    (NoThread(), Counts(sent=1)),
    (Moved(-1001), Counts(sent=1)),
]


@pytest.mark.parametrize(("outcome", "expected"), OUTCOMES, ids=lambda one: type(one).__name__)
async def test_every_outcome_ends_as_it_should(state: State, outcome: Outcome, expected: Counts) -> None:
    made = await announced(state, -1)
    chats = Chats({-1: [outcome, Sent(6)], -1001: [Sent(6)]})
    await emptied(state, chats)
    assert await outbox.counts(state, made) == expected


async def test_what_stays_faulty_fails_after_a_few_attempts(state: State) -> None:
    made = await announced(state, 1)
    chats = Chats({1: [NotSent("500")] * 99})
    await emptied(state, chats)
    assert len(chats.tried) == room.MOST_ATTEMPTS
    assert await outbox.counts(state, made) == Counts(failed=1)


async def test_an_outage_of_ours_costs_no_attempts(state: State) -> None:
    made = await announced(state, 1)
    await emptied(state, Chats({1: [NotSent("no network", ours=True)] * 30}))
    assert await outbox.counts(state, made) == Counts(sent=1)


async def test_a_lost_receipt_is_sent_again_only_by_choice(state: State) -> None:
    made = await announced(state, 1)
    await emptied(state, Chats({1: [Unknown("timed out"), Sent(2)]}), resend_unknown=True)
    assert await outbox.counts(state, made) == Counts(sent=1)


async def test_a_delivery_that_breaks_is_unknown(state: State) -> None:
    made = await announced(state, 1)

    def explode(parcel: Parcel) -> None:
        raise RuntimeError("inside")

    await emptied(state, Chats(before=explode))
    assert await outbox.counts(state, made) == Counts(unknown=1)


async def test_a_moved_group_gets_it_under_its_new_id_and_once(state: State) -> None:
    await announced(state, -1)
    chats = Chats({-1: [Moved(-1001)]})
    await emptied(state, chats)
    assert chats.received == {-1001: 1}
    assert await subscribers.subscriber(state, -1) is None


async def test_parts_come_in_order(state: State) -> None:
    await announced(state, 1, 2, 3, parts=3)
    chats = Chats({2: [Sent(1), NotSent("500"), Sent(2), Sent(3)]})
    await emptied(state, chats)
    assert chats.received == {1: 3, 2: 3, 3: 3}
    for chat in (1, 2, 3):
        parts = [parcel.part for parcel in chats.tried if parcel.chat_id == chat]
        assert parts == sorted(parts)


async def test_what_lands_while_the_outbox_is_looked_into_is_not_slept_through(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    await announced(state, 7)
    looking, closed, close = asyncio.Event(), asyncio.Event(), announcements.close_finished

    async def received_while_looking(parcel: Parcel) -> Outcome:
        await looking.wait()
        return Sent(1)

    async def looked(state: State) -> None:
        looking.set()
        await asyncio.gather(*postman._under_way.values())

    async def closing(state: State, now: float) -> list[int]:
        done = await close(state, now)
        if done:
            closed.set()
        return done

    async def for_ever(seconds: float) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(outbox, "next_due", looked)
    monkeypatch.setattr(announcements, "close_finished", closing)
    postman = Postman(state, received_while_looking, AtOnce(), sleep=for_ever)
    working = asyncio.create_task(postman.work())
    async with asyncio.timeout(10):
        await closed.wait()
    await postman.stop()
    await working


async def test_it_stops_when_told_and_tells_so(state: State) -> None:
    made = await announced(state, *range(1, 60))
    postman: list[Postman] = []

    def stop_soon(parcel: Parcel) -> None:
        if len(chats.tried) == 10:
            asyncio.get_running_loop().create_task(announcements.stop(state, made, 5.0))

    chats = Chats(before=stop_soon)
    postman.append(await emptied(state, chats))
    counts = await outbox.counts(state, made)
    assert counts.sent == sum(chats.received.values()) < 59
    assert counts.sent + counts.cancelled == 59


async def test_nothing_is_sent_that_could_not_be_claimed_nor_marked_sent_that_was_not(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a full disk: every other write fails."""
    made = await announced(state, *range(1, 9))
    record, claim, turn = outbox.record_sent, outbox.claim, iter(range(10**6))

    def full() -> None:
        if next(turn) % 2 == 0:
            raise OperationalError("UPDATE", {}, Exception("database or disk is full"))

    async def claim_or_fail(*args: object) -> bool:
        full()
        return await claim(*args)  # type: ignore[arg-type]

    async def record_or_fail(*args: object) -> None:
        full()
        await record(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(outbox, "claim", claim_or_fail)
    monkeypatch.setattr(outbox, "record_sent", record_or_fail)
    monkeypatch.setattr(Postman, "_pause", lambda self, longest: asyncio.sleep(0))
    chats = Chats()
    await emptied(state, chats)
    assert chats.received == dict.fromkeys(range(1, 9), 1)
    assert await outbox.counts(state, made) == Counts(sent=8)


async def test_after_a_crash_what_went_out_in_the_last_minute_is_recalled_and_what_was_under_way_is_unknown(
    state: State,
) -> None:
    made = await announced(state, 1, 2, 3, 4, 5)
    first, second, third, fourth, _ = await outbox.due(state, 100.0, 5)
    for parcel, moment in ((first, 30.0), (second, 95.0), (third, 99.0), (fourth, 98.0)):
        assert await outbox.claim(state, parcel, moment)
    await outbox.record_sent(state, first, 7, 31.0)
    await outbox.record_sent(state, second, 8, 96.0)
    await outbox.put_back(state, fourth, "500", 200.0, 98.5, free=False)
    pace = AtOnce()
    postman = Postman(state, Chats(), pace, clock=lambda: 100.0)
    assert [parcel.chat_id for parcel in await postman.recover()] == [3]
    assert pace.recalled == [(2, 4.0), (4, 1.5), (3, 1.0)]
    assert await outbox.counts(state, made) == Counts(sent=2, waiting=2, unknown=1)
