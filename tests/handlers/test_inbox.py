"""What was delivered is answered: after a kill, in spite of a state that fails, once, in its order."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import httpx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError
from telegram import Chat, Message, Update
from telegram.error import Conflict, NetworkError

from bot.app import build
from bot.replies import texts
from bot.replies.model import Reply, Run
from bot.state import State, inbox
from bot.state.inbox import Arrival
from handlers import App
from handlers.arriving.ages import CATCHING_UP, Ages
from handlers.arriving.inbox import ENOUGH, PER_CHAT, Inbox
from handlers.arriving.receiving import Polling
from handlers.arriving.unreadable import Delivered, read
from handlers.sending.handling import Handling
from handlers.sending.outage import Outage
from handlers.sending.wire import Gate, Wire
from handlers.serving import serve
from tests.botapi import BotApi
from tests.handlers.conftest import ADMIN, Script, no_library, settings_for

FIELDS = ("message_id", "date", "chat", "from", "id", "type", "text", "entities", "data", "query", "offset", "message")


@pytest.fixture
async def state(tmp_path: Path) -> AsyncIterator[State]:
    opened = await State.open(tmp_path / "data")
    yield opened
    await opened.close()


@asynccontextmanager
async def running(api: BotApi, state: State | None, **settings: str) -> AsyncIterator[App]:
    stop = asyncio.Event()
    application = build(settings_for(api, **settings), no_library, state)
    serving = asyncio.create_task(serve(application, stop))
    try:
        assert await api.world.until(lambda: api.world.poll > 0, 10)
        yield application
    finally:
        stop.set()
        await serving
        api.world.poll = 0


async def left(state: State, update_id: int, text: str, *, attempts: int = 0, chat: int = 7, age: float = 0.0) -> None:
    """An update that an earlier process wrote down and did not finish."""
    now = datetime.now(UTC).timestamp()
    kind = {"type": "private", "first_name": "小白"} if chat > 0 else {"type": "supergroup", "title": "群"}
    message = {
        "message_id": update_id,
        "date": int(now - age),
        "chat": {"id": chat} | kind,
        "from": {"id": 7, "is_bot": False, "first_name": "小白"},
        "text": text,
    }
    content = json.dumps({"update_id": update_id, "message": message})

    def write(connection: Connection) -> None:
        inbox.keep(connection, [Arrival(update_id, content, now - age)])
        for _ in range(attempts):
            inbox.begin(connection, [update_id])

    await state.transact(write)


async def test_what_was_left_is_answered_first_and_in_its_order(api: BotApi, state: State, script: Script) -> None:
    talk = api.private(7)
    for number in (501, 502, 503):
        await left(state, number, f"问{number}")
    talk.say("新的")
    async with running(api, state):
        await talk.next_answer(3)
    assert [m["text"] for m in talk.received()] == ["答：问501", "答：问502", "答：问503", "答：新的"]
    assert await inbox.waiting(state) == []
    assert await inbox.count(state, "done") == 4


async def test_what_is_delivered_twice_is_answered_once(api: BotApi, state: State, script: Script) -> None:
    talk = api.private(7)
    message = talk.say("一")
    async with running(api, state):
        await talk.next_answer(0)
        await api.wait_until_read()
        api.world.waiting.append({"update_id": 1001, "message": message})  # its confirmation was lost
        api.world.changed()
        await talk.ask("二")
    api.world.waiting.append({"update_id": 1001, "message": message})
    async with running(api, state):
        await talk.ask("三")
    assert [m["text"] for m in talk.received()] == ["答：一", "答：二", "答：三"]


async def test_it_is_written_before_telegram_is_told_and_its_words_go_when_it_is_done(
    api: BotApi, state: State, script: Script
) -> None:
    api.fail("sendMessage", hang=0.3, status=500)
    talk = api.private(7)
    async with running(api, state):
        talk.say("悄悄话")
        await api.wait_for("sendMessage")
        await api.wait_until_read()
        assert [json.loads(one.content)["message"]["text"] for one in await inbox.waiting(state)] == ["悄悄话"]
        await talk.next_answer(0)
    async with state.reading() as connection:
        contents = list((await connection.exec_driver_sql("SELECT content FROM inbox")).scalars())
    assert contents == [""]


async def test_what_fails_three_times_is_set_aside_and_shown_to_the_admins(
    api: BotApi, state: State, script: Script
) -> None:
    script.replies["坏"] = RuntimeError("inside")
    admin, talk = api.private(ADMIN, "小管"), api.private(7)
    async with running(api, state):
        assert "代码" in (await talk.ask("坏"))["text"]
        told = [await admin.next_answer(number) for number in range(2)]  # the file of the incident, and a line
        assert "RuntimeError: inside" in next(one["text"] for one in told if "text" in one)
        assert (await talk.ask("好"))["text"] == "答：好"
    assert [words for words, _ in script.heard] == ["坏"] * 3 + ["好"]
    assert await inbox.count(state, "aside") == 1


async def test_what_takes_the_process_down_each_time_is_set_aside_at_the_start(
    api: BotApi, state: State, script: Script
) -> None:
    admin, talk = api.private(ADMIN, "小管"), api.private(7)
    await left(state, 500, "毒", attempts=3)
    await left(state, 501, "好", attempts=2)
    async with running(api, state):
        assert (await talk.next_answer(0))["text"] == "答：好"
        assert "500" in (await admin.next_answer(0))["text"]
    assert [words for words, _ in script.heard] == ["好"]


async def test_an_attempt_is_counted_before_it_is_made(api: BotApi, state: State, script: Script) -> None:
    await left(state, 500, "毒")
    counted: list[int] = []

    def respond(*given: Any) -> Reply | None:
        connection = sqlite3.connect(state.folder / "state.db")
        counted.append(connection.execute("SELECT attempts FROM inbox").fetchone()[0])
        connection.close()
        return Reply((Run("答"),))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("handlers.ask.respond", respond)
        async with running(api, state):
            await api.private(7).next_answer(0)
    assert counted == [1]


async def test_telegram_away_costs_no_answer(
    api: BotApi, state: State, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.sending.patience.PAUSES", (0.0, 0.0))
    monkeypatch.setattr("handlers.sending.handling.UNREACHABLE_PAUSES", (0.02,))
    api.fail("sendMessage", 500, times=12)
    talk = api.private(7)
    async with running(api, state):
        talk.say("一")
        talk.say("二")
        await talk.next_answer(1)
    assert [m["text"] for m in talk.received()] == ["答：一", "答：二"]


async def test_while_telegram_cannot_be_reached_one_update_tries_for_all_and_all_are_answered_in_order(
    api: BotApi, state: State, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.sending.patience.PAUSES", ())
    monkeypatch.setattr("handlers.sending.handling.UNREACHABLE_PAUSES", (0.05,))
    request, down, tried = Wire.do_request, True, Counter[str]()

    async def refused(wire: Wire, url: str, *given: Any, **options: Any) -> tuple[int, bytes]:
        if down and url.endswith("/sendMessage"):
            tried["refused"] += 1
            raise NetworkError("refused") from httpx.ConnectError("refused")
        return await request(wire, url, *given, **options)

    monkeypatch.setattr(Wire, "do_request", refused)
    for number in range(150):
        await left(state, 500 + number, f"问{number}", chat=1000 + number % 50)
    for chat in range(1000, 1050):
        api.private(chat)
    async with running(api, state):
        assert await api.world.until(lambda: tried["refused"] >= 60, 10)
        first = tried["refused"]
        await asyncio.sleep(0.5)
        assert tried["refused"] - first <= 12
        assert not api.of("sendMessage")
        down = False
        assert await api.world.until(lambda: len(api.of("sendMessage")) == 150, 10)
    for chat in range(50):
        said = [message["text"] for message in api.private(1000 + chat).received()]
        assert said == [f"答：问{number}" for number in (chat, chat + 50, chat + 100)]
    assert await inbox.waiting(state) == []


async def test_should_the_one_that_tries_be_given_up_the_next_takes_its_place() -> None:
    outage, one, other = Outage(), Handling(1, pause=60.0), Handling(2, pause=0.01)
    first = asyncio.create_task(outage.pause(one))
    second = asyncio.create_task(outage.pause(other))
    await asyncio.sleep(0.05)
    assert not second.done()
    outage.leave(one)
    await asyncio.wait_for(asyncio.gather(first, second), 5)
    await asyncio.wait_for(outage.pause(other), 5)
    waits = asyncio.create_task(outage.over())
    await asyncio.sleep(0.05)
    assert not waits.done()
    outage.leave(other)
    await asyncio.wait_for(waits, 5)


# Late


async def test_what_waited_long_is_answered_in_private_with_a_word_and_not_at_all_in_groups(
    api: BotApi, state: State, script: Script
) -> None:
    talk, member = api.private(7), api.group(-1001).member(7)
    await left(state, 500, "旧", age=3600)
    await left(state, 501, "/旧", age=3600, chat=-1001)
    async with running(api, state):
        assert (await talk.next_answer(0))["text"] == texts.LATE + "答：旧"
        assert (await talk.ask("新"))["text"] == "答：新"
        assert (await member.ask("/新"))["text"] == "答：/新"
    assert len(member.received()) == 1
    assert await inbox.waiting(state) == []


async def test_what_telegram_kept_while_the_bot_was_away_is_late_too(api: BotApi, script: Script) -> None:
    talk = api.private(7)
    talk.say("旧", date=int(datetime.now(UTC).timestamp()) - 3600)
    async with running(api, None):
        assert (await talk.next_answer(0))["text"] == texts.LATE + "答：旧"


async def test_no_age_is_too_old_where_there_is_no_limit(api: BotApi, state: State, script: Script) -> None:
    await left(state, 500, "旧", age=30 * 86400)
    talk = api.private(7)
    async with running(api, state, YOUJU_INBOX_MAX_AGE_MINUTES="0"):
        assert (await talk.next_answer(0))["text"] == "答：旧"


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_clock_that_is_wrong_or_jumps_makes_nobody_late_for_long() -> None:
    wall, clock = Clock(1_700_000_000.0), Clock(50.0)
    ages = Ages(900, wall, clock)

    def asked(seconds_ago: float) -> Update:
        date = datetime.fromtimestamp(1_700_000_000.0 + clock.now - 50.0 - seconds_ago, UTC)
        return Update(1, message=Message(1, date, Chat(7, "private"), text="问"))

    assert ages.late(asked(1000))
    assert not ages.late(asked(10))
    wall.now += 86400.0
    assert not ages.late(asked(10))
    clock.now += CATCHING_UP + 1
    assert not ages.late(asked(1000), waited_since=clock.now)
    assert ages.late(asked(0), waited_since=clock.now - 901)
    ages.away()
    assert ages.late(asked(1000), waited_since=clock.now)


# The state fails


@pytest.mark.parametrize("error", ["database is locked", "disk is full", "attempt to write a readonly database"])
async def test_with_a_state_that_cannot_be_written_it_answers_and_says_so_once(
    api: BotApi, state: State, script: Script, monkeypatch: pytest.MonkeyPatch, error: str
) -> None:
    monkeypatch.setattr("bot.state.ledger.AGAIN", 0.05)
    broken = True
    transact = State.transact

    async def transact_or_fail(self: State, work: Callable[[Connection], Any], **options: Any) -> Any:
        if broken:
            raise OperationalError("INSERT", {}, Exception(error))
        return await transact(self, work, **options)

    monkeypatch.setattr(State, "transact", transact_or_fail)
    admin, talk = api.private(ADMIN, "小管"), api.private(7)
    async with running(api, state) as application:
        for number in range(5):
            assert (await talk.ask(f"问{number}"))["text"] == f"答：问{number}"
        assert error in (await admin.next_answer(0))["text"]
        assert not application.update_queue.durable  # type: ignore[attr-defined]
        broken = False
        assert "恢复" in (await admin.next_answer(1))["text"]
        assert application.update_queue.durable  # type: ignore[attr-defined]
        await talk.ask("后来")
    assert len(admin.received()) == 2
    assert await inbox.waiting(state) == []


async def test_a_state_that_hangs_holds_nobody_up(
    api: BotApi, state: State, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.state.ledger.PATIENCE", 0.1)
    talk = api.private(7)
    async with running(api, state):
        async with state.writing():  # somebody writes and does not come to an end
            for number in range(5):
                await talk.ask(f"问{number}")
        await talk.ask("后来")
    assert await inbox.waiting(state) == []


# Bounds


async def test_where_there_is_enough_to_do_others_gather_before_they_are_fetched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("handlers.arriving.inbox.GATHERING", 3600.0)
    gate = Gate()
    queue, enough = Inbox(Ages(0), gate), gate.room + ENOUGH
    await queue.keep([Delivered(Update(number), "{}") for number in range(enough)])
    await queue.room()
    await queue.keep([Delivered(Update(enough), "{}")])
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(queue.room(), 0.05)


async def test_a_flood_of_one_chat_is_dropped_beyond_a_bound(caplog: pytest.LogCaptureFixture) -> None:
    queue = Inbox(Ages(0), Gate(), capacity=PER_CHAT + 50)
    date = datetime.now(UTC)
    updates = [Update(n, message=Message(n, date, Chat(7, "private"), text="问")) for n in range(PER_CHAT + 20)]
    updates.append(Update(1000, message=Message(1, date, Chat(8, "private"), text="问")))
    await queue.keep([Delivered(update, "{}") for update in updates])
    for update in updates:
        await queue.put(update)
    assert queue.qsize() == PER_CHAT + 1
    assert not queue.overfull
    assert "floods" in caplog.text


async def test_a_chat_with_much_to_say_holds_up_nobody_else(api: BotApi, script: Script) -> None:
    loud, talk = api.private(7), api.private(8)
    api.fail("sendMessage", hang=1.5, status=500, when=lambda given: given["chat_id"] == "7")
    async with running(api, None):
        for number in range(90):
            loud.say(f"问{number}")
        await api.wait_for("sendMessage")
        assert (await asyncio.wait_for(talk.ask("一"), 8))["text"] == "答：一"
        for number in range(2):
            await loud.next_answer(number)


# Another poller


async def test_another_poller_is_told_to_the_admins_once_and_its_end_too(
    api: BotApi, script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    admin = api.private(ADMIN, "小管")
    async with running(api, None):
        api.fail("getUpdates", 409, "Conflict: terminated by other getUpdates request", times=2)
        api.private(7).say("醒")
        assert "409" in (await admin.next_answer(0))["text"]
        api.private(7).say("又醒")
        assert "没有别的程序" in (await admin.next_answer(1, 20))["text"]
    assert len([record for record in caplog.records if "409" in record.getMessage()]) >= 1


async def test_a_long_silence_is_told_once_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    class Heard:
        said: ClassVar[list[str]] = []

        def tell(self, key: str, text: str) -> None:
            self.said.append(text)

        def clear(self, key: str, text: str = "") -> None:
            pass

        def once(self, text: str) -> None:
            self.said.append(text)

    clock = Clock(100.0)
    monkeypatch.setattr("handlers.arriving.receiving.time.monotonic", clock)
    heard = Heard()
    polling = Polling(heard, Ages(0))  # type: ignore[arg-type]
    polling.complain(NetworkError("down"))
    clock.now += 30
    polling.polled()
    assert heard.said == []
    polling.complain(NetworkError("down"))
    clock.now += 300
    polling.complain(Conflict("other"))
    polling.polled()
    assert len(heard.said) == 2
    assert "5 分钟" in heard.said[1]


# Whatever an update holds


PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
JSON: st.SearchStrategy[object] = st.deferred(
    lambda: PLAIN | st.lists(JSON, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6)
)


@settings(max_examples=80, deadline=None)
@given(kind=st.sampled_from(("message", "edited_message", "callback_query", "inline_query", "poll")), content=JSON)
@example(kind="message", content={"message_id": 1, "date": None, "chat": {"id": 7, "type": "private"}})
def test_an_update_that_can_be_read_is_stored_and_read_again(kind: str, content: object) -> None:
    try:
        update = read({"update_id": 5, kind: content}, None).update
    except Exception:  # refused as it is read: handlers.arriving.webhook leaves it out
        return
    again = Update.de_json(json.loads(update.to_json()), None)
    assert again.update_id == 5
    assert again.to_json() == update.to_json()


async def test_a_database_that_another_program_has_locked_holds_nobody_up(
    api: BotApi, state: State, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.state.ledger.PATIENCE", 0.1)
    admin, talk = api.private(ADMIN, "小管"), api.private(7)
    async with running(api, state):
        other = sqlite3.connect(state.folder / "state.db", timeout=0, isolation_level=None)
        try:
            await _locked(other)
            for number in range(3):
                assert (await talk.ask(f"问{number}"))["text"] == f"答：问{number}"
            await admin.next_answer(0)
            other.execute("ROLLBACK")
        finally:
            other.close()
        assert "恢复" in (await admin.next_answer(1))["text"]
    assert await inbox.waiting(state) == []


async def _locked(other: sqlite3.Connection) -> None:
    """Take the write lock as soon as nothing of ours is being written."""
    async with asyncio.timeout(10):
        while True:
            with contextlib.suppress(sqlite3.OperationalError):
                other.execute("BEGIN IMMEDIATE")
                return
            await asyncio.sleep(0.01)
