"""A person who asks, commands, presses and edits in whatever order: a state machine over the real application."""

from __future__ import annotations

import asyncio
import itertools
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.library import Library
from tests.botapi import BotApi
from tests.botapi.people import buttons
from tests.botapi.world import Json
from tests.handlers.conftest import answering

DATA = Path(__file__).parent.parent / "data"
PERSON, NEWCOMER = 7, 1000
ASKED = st.sampled_from(
    [
        "养老床位有多少张?",
        "yanglao chuangwei",
        "惠民演出多少场",
        "青石区有哪些变化",
        "市长是谁",
        "谢谢",
        "<b>&",
        "？",
        "问" * 600,
    ]
)
COMMANDS = st.sampled_from(
    [
        "/start",
        "/help",
        "/reports",
        "/sections",
        "/metrics",
        "/county",
        "/search 养老",
        "/why",
        "/nosuch",
        "/compare 床位",
    ]
)
FORGED = st.one_of(st.text(max_size=20), st.from_regex(r"1\|[A-Za-z]\|[0-9a-f|]{0,16}", fullmatch=True))


class Person(RuleBasedStateMachine):
    """Everything that is said or pressed in private is answered, once; an edited question changes its own answer."""

    asked = Bundle("asked")  # the message that a question is, and the bot's answer to it

    @initialize()
    def begin(self) -> None:
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.newcomers = itertools.count(NEWCOMER)
        self.pressed = False  # what a press chose may change later answers
        self.runner.run(self._begin())

    async def _begin(self) -> None:
        self.api = await self.stack.enter_async_context(BotApi())
        application = await self.stack.enter_async_context(answering(self.api, lambda: LIBRARY))
        application.bot_data.desk.page_units = 300  # much has pages to be turned
        self.talk = self.api.private(PERSON)

    @rule(target=asked, words=st.one_of(ASKED, COMMANDS))
    def say(self, words: str) -> tuple[Json, int]:
        async def saying() -> tuple[Json, int]:
            before = len(self.talk.received())
            said = self.talk.say(words)
            answer = await self.talk.next_answer(before)
            assert len(self.talk.received()) == before + 1
            return said, answer["message_id"]

        return self.runner.run(saying())

    @rule(target=asked, pair=consumes(asked), words=ASKED)
    def edit(self, pair: tuple[Json, int], words: str) -> Any:
        said, number = pair

        async def editing() -> None:
            before = len(self.talk.received())
            expected = (await self.api.private(next(self.newcomers)).ask(words))["text"]
            self.talk.edit(said, words)
            settled = lambda: self.pressed or self._text(number) == expected  # noqa: E731
            assert await self.api.world.until(settled, 10), (words, self._text(number))
            await self._quiet()
            assert len(self.talk.received()) == before

        self.runner.run(editing())
        return multiple((said, number))

    @rule(choice=st.randoms(use_true_random=False))
    @precondition(lambda self: any(map(_actions, self.talk.received())))
    def press(self, choice: Any) -> None:
        message = choice.choice([one for one in self.talk.received() if _actions(one)])
        self._press(message, choice.choice(_actions(message)))

    @rule(data=FORGED)
    @precondition(lambda self: self.talk.received())
    def forge(self, data: str) -> None:
        self._press(self.talk.received()[-1], data)

    def _press(self, message: Json, data: str) -> None:
        async def pressing() -> None:
            query = self.talk.press(message, data)
            assert await self.api.world.until(lambda: query not in self.api.world.queries, 10), data
            await self._quiet()

        self.pressed = True
        self.runner.run(pressing())

    async def _quiet(self) -> None:
        """All that was said and pressed is dealt with: what one chat says is handled in its order."""
        before = len(self.talk.received())
        said = self.talk.say("/help")
        answer = await self.api.world.until(lambda: self.talk.received()[before:] != [], 10)
        assert answer, "nothing is answered any more"
        while "/county" not in (self.talk.received()[-1].get("text") or ""):
            await self.talk.next_answer(len(self.talk.received()))
        del self.api.world.messages[PERSON, self.talk.received()[-1]["message_id"]]
        del self.api.world.messages[PERSON, said["message_id"]]

    def _text(self, number: int) -> str:
        message = self.api.world.messages[PERSON, number]
        return str(message.get("text") or message.get("caption"))

    def teardown(self) -> None:
        with self.runner:
            self.runner.run(self.stack.aclose())
        for message in self.talk.received():
            assert "代码" not in (message.get("text") or message.get("caption") or ""), message
        told = self.api.of("sendMessage", "sendPhoto", "answerCallbackQuery")
        assert not [call for call in told if call.error]


def _actions(message: Json) -> list[str]:
    return [button["callback_data"] for button in buttons(message) if "callback_data" in button]


LIBRARY = Library.load([DATA / "yunze-zhengfu-2024.md", DATA / "yunze-zhengxie-2023.txt"])


@pytest.mark.filterwarnings("ignore:.*non-threadsafe.*")
def test_whatever_a_person_does_in_whatever_order() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Person,
        settings=settings(
            max_examples=6, stateful_step_count=16, deadline=None, suppress_health_check=[*HealthCheck], database=None
        ),
    )
