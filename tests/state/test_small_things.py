"""Choices of chats, ids of pictures, runs of schedules."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.state import State, chats, runs, subscribers
from bot.state.pictures import KeptFiles
from bot.state.runs import Figure
from bot.state.subscribers import Audience, Wish
from tests.state.test_outbox import CONTENT, states


async def test_a_choice_is_kept_and_moves_with_its_chat(state: State) -> None:
    await chats.choose(state, -1, ("yunze-2023",), 1.0)
    await chats.choose(state, 2, ("yunze-2024",), 2.0)
    await chats.choose(state, 2, (), 3.0)
    await subscribers.move(state, -1, -1001)
    assert await chats.choices(state, 10) == {-1001: ("yunze-2023",)}


async def test_the_id_of_a_picture_is_that_of_its_edition(state: State) -> None:
    await chats.remember_file(state, "a", "figure", "file-1", 1.0)
    await chats.remember_file(state, "a", "figure", "file-2", 2.0)
    assert await chats.file_id(state, "a", "figure") == "file-2"
    assert await chats.file_id(state, "b", "figure") is None
    await chats.forget_files(state, "a")
    assert await chats.file_id(state, "a", "figure") is None


async def test_a_schedule_seen_for_the_first_time_has_missed_nothing(state: State) -> None:
    assert await runs.last_run(state, "daily 09:00", 500.5) == 500.0
    assert await runs.last_run(state, "daily 09:00", 900.0) == 500.0


async def test_of_two_that_run_the_same_schedule_one_does(state: State) -> None:
    await subscribers.subscribe(state, 1, Wish.DAILY, None, 1.0)
    figures = [Figure("床位", "民生")]

    async def run() -> int | None:
        return await runs.run_once(state, "daily 09:00", 900.0, CONTENT, figures, Audience.DAILY, 901.0)

    made = await asyncio.gather(run(), run(), run())
    assert len([one for one in made if one is not None]) == 1
    assert len(await states(state)) == 1
    assert await runs.told_at(state) == ({"床位": 901.0}, {"民生": 901.0})
    assert await runs.last_run(state, "daily 09:00", 950.0) == 900.0


async def test_ids_of_pictures_outlive_a_restart(tmp_path: Path) -> None:
    state = await State.open(tmp_path)
    await KeptFiles(state).put("e1", "card", "AgAD")
    await state.close()
    state = await State.open(tmp_path)
    assert await KeptFiles(state).get("e1", "card") == "AgAD"
    await KeptFiles(state).forget("e1")
    assert await KeptFiles(state).get("e1", "card") is None
    await state.close()
