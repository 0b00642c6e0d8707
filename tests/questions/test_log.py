"""The question log: never in the way of an answer, and never more than is promised."""

from __future__ import annotations

import logging
import stat
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.questions import log as module
from bot.questions.log import DAY, QuestionLog
from bot.questions.people import digest_of, salt_of
from bot.replies.model import Asked
from bot.state import State
from bot.state import questions as table


@pytest.fixture
async def state(tmp_path: Path) -> AsyncIterator[State]:
    opened = await State.open(tmp_path)
    yield opened
    await opened.close()


def note(log: QuestionLog, key: str, said: str = "养老床位有多少", person: str = "p") -> None:
    log.note(key, Asked(said, "not_found", 0.2, nearest="养老床位"), person, 3, private=True)


async def test_what_is_noted_is_written(state: State) -> None:
    log = QuestionLog(state, 90)
    note(log, "0000000001")
    assert await table.latest(state, 10) == []
    assert await log.flush()
    (row,) = await table.latest(state, 10)
    assert (row.said, row.outcome, row.nearest, row.edition, row.private) == (
        "养老床位有多少",
        "not_found",
        "养老床位",
        3,
        True,
    )
    assert len(log) == 0


async def test_it_is_written_by_itself_and_at_the_end(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LINGER", 0.0)
    log = QuestionLog(state, 90)
    log.start()
    note(log, "0000000001")
    while not await table.latest(state, 10):
        pass
    note(log, "0000000002")
    await log.stop()
    assert len(await table.latest(state, 10)) == 2


async def test_a_state_that_fails_is_told_once_and_what_waits_is_bounded(
    state: State, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(module, "WAITING", 5)
    with monkeypatch.context() as broken:
        broken.setattr(table, "add", fails)
        log = QuestionLog(state, 90)
        for number in range(8):
            note(log, f"{number:010}")
            assert not await log.flush()
    assert [record.levelno for record in caplog.records].count(logging.ERROR) == 1
    assert (len(log), log.lost) == (5, 3)
    assert await log.flush()
    assert [row.key[-1] for row in reversed(await table.latest(state, 10))] == ["3", "4", "5", "6", "7"]


async def test_a_row_that_cannot_be_kept_holds_up_no_other(state: State) -> None:
    log = QuestionLog(state, 90)
    note(log, "0000000001")
    await log.flush()
    note(log, "0000000001")
    assert await log.flush()
    note(log, "0000000002", said="甲\0乙\ud800")
    assert await log.flush()
    assert {row.said for row in await table.latest(state, 10)} == {"养老床位有多少", "甲乙?"}
    log.note("0000000003", None, "p", 3, private=True)  # type: ignore[arg-type]
    assert await log.flush()
    assert log.lost == 1


async def test_old_questions_are_deleted_with_their_votes(state: State) -> None:
    now = [0.0]
    log = QuestionLog(state, 30, clock=lambda: now[0])
    note(log, "0000000001")
    await log.flush()
    await table.vote(state, "0000000001", "q", False, 0.0)
    now[0] = 31 * DAY
    note(log, "0000000002")
    await log.flush()
    await log._prune()
    assert [row.key for row in await table.latest(state, 10)] == ["0000000002"]
    assert await table.tally(state) == {}


async def test_one_vote_a_person_and_the_last_counts(state: State) -> None:
    log = QuestionLog(state, 90)
    note(log, "0000000001")
    await log.flush()
    for good in (True, False, False):
        assert await table.vote(state, "0000000001", "q", good, 1.0)
    assert await table.explain(state, "0000000001", "q", "数字旧了")
    assert await table.tally(state) == {"0000000001": (0, 1, ("数字旧了",))}
    assert [one.reason for one in await table.complaints(state, 10)] == ["数字旧了"]
    await table.vote(state, "0000000001", "q", True, 2.0)
    assert await table.tally(state) == {"0000000001": (1, 0, ())}
    assert not await table.explain(state, "0000000001", "q", "晚了")
    assert not await table.vote(state, "ffffffffff", "q", True, 2.0)


async def test_forgetting_takes_questions_votes_and_what_waits(state: State) -> None:
    log = QuestionLog(state, 90)
    note(log, "0000000001", person="p")
    note(log, "0000000002", person="q")
    await log.flush()
    await table.vote(state, "0000000002", "p", False, 1.0)
    await table.vote(state, "0000000001", "q", False, 1.0)
    note(log, "0000000003", person="p")
    log.drop("p")
    assert await table.forget(state, "p") == 1
    await log.flush()
    assert [row.key for row in await table.latest(state, 10)] == ["0000000002"]
    assert await table.tally(state) == {}


def test_people_are_digests_keyed_by_a_salt_that_only_its_owner_reads(tmp_path: Path) -> None:
    salt = salt_of(tmp_path)
    assert salt_of(tmp_path) == salt
    assert stat.S_IMODE((tmp_path / "salt").stat().st_mode) == 0o600
    assert digest_of(7, salt) == digest_of(7, salt)
    assert digest_of(7, salt) != digest_of(8, salt)
    assert digest_of(7, salt) != digest_of(7, salt_of(tmp_path / "elsewhere"))
    assert digest_of(7, salt) != "7"
