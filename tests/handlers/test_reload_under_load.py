"""Questions are answered while editions come and go: each from one edition or the next, never from a mixture."""

from __future__ import annotations

import re
from pathlib import Path

from tests.botapi import BotApi, Talk
from tests.botapi.world import Json
from tests.editions.city import write
from tests.handlers.conftest import ADMIN
from tests.handlers.test_publishing import running, until_says

PEOPLE = 200
RELOADS = 4


def marked(message: Json) -> set[int]:
    """The numbers in the answer to the question; every figure of an edition is the same one."""
    return {int(figure) for figure in re.findall(r"(\d+)(?=张|处)", message["text"])}


async def answers(api: BotApi, people: list[Talk], since: int) -> list[Json]:
    """What came to each of these people after `since` messages in all."""
    ids = {talk.chat["id"] for talk in people}

    def new() -> dict[int, Json]:
        later = list(api.world.messages.items())[since:]
        return {chat: m for (chat, _), m in later if chat in ids and m["from"]["is_bot"]}

    assert await api.world.until(lambda: len(new()) == len(people), 60)
    return list(new().values())


async def test_every_answer_is_of_one_edition(api: BotApi, tmp_path: Path) -> None:
    write(tmp_path / "reports", 100)
    broken = tmp_path / "reports" / "坏.pdf"
    admin, people = api.private(ADMIN), [api.private(1000 + one) for one in range(PEOPLE)]
    now = 100
    async with running(api, tmp_path):
        for n in range(101, 101 + RELOADS):
            write(tmp_path / "reports", n)
            if n % 2:
                broken.write_bytes(b"%PDF-1.4 nothing")
            else:
                broken.unlink()
            begun = await admin.ask("/reload")
            since = len(api.world.messages)
            for talk in people:
                talk.say("养老床位有多少张？")
            await until_says(admin, begun, "还没有发布" if n % 2 else "已发布")
            either = {now} if n % 2 else {now, n}
            now = max(either)
            for message in await answers(api, people, since):
                assert len(marked(message)) == 1
                assert marked(message) <= either
            assert marked(await people[0].ask("养老床位有多少张？")) == {now}
