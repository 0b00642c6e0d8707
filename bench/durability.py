"""Kill the bot at random moments and count: python -m bench.durability [--mode webhook] [--term]

A real `python -m bot run` on a Bot API server of ours on loopback; people ask on while it is killed and started again.
What must come out: every question answered, in its chat's order, at most one answer twice for each kill -9, and none
twice where it was asked to stop.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from tests.botapi import BotApi
from tests.botapi.courier import delivering
from tests.botapi.loopback import guard_children

HOME = Path(__file__).parent.parent
SECRET = "a-secret-of-the-bench-only"  # noqa: S105
START = 60.0  # seconds for the program to start
QUIET = 40.0  # seconds without an answer after which nothing more is waited for

# What is asked, and the figure that answers it; each chat asks them in this order.
FACTS = (
    ("建成养老床位多少张？", "建成养老床位3.2万张", "3.2万张"),
    ("举办惠民演出多少场？", "举办惠民演出1860场", "1860场"),
    ("新改建农村公路多少公里？", "新改建农村公路307公里", "307公里"),
    ("新增停车泊位多少个？", "新增停车泊位4521个", "4521个"),
    ("改造老旧小区多少个？", "改造老旧小区138个", "138个"),
    ("新建学校多少所？", "新建学校29所", "29所"),
    ("培训技能人才多少人次？", "培训技能人才5.6万人次", "5.6万人次"),
    ("新增造林多少万亩？", "新增造林11.3万亩", "11.3万亩"),
    ("建设社区食堂多少处？", "建设社区食堂84处", "84处"),
    ("引进项目多少个？", "引进项目217个", "217个"),
)
REPORT = "云泽市政府工作报告\n\n一、2023年工作回顾\n\n" + "".join(f"全市{said}。" for _, said, _ in FACTS) + "\n"


@dataclass(frozen=True, slots=True)
class Plan:
    """How many questions, from how many chats, over how many seconds; how often it is ended, and how."""

    questions: int = 2000
    chats: int = 200
    ends: int = 20
    mode: str = "polling"
    sign: signal.Signals = signal.SIGKILL
    per_second: int = 30
    seed: int = 1


@dataclass(slots=True)
class Outcome:
    asked: int = 0
    answered: int = 0
    twice: list[int] = field(default_factory=list)  # answers that came twice, for each time it was ended
    disordered: list[str] = field(default_factory=list)
    stops: list[float] = field(default_factory=list)  # seconds
    logged: str = ""

    @property
    def doubles(self) -> int:
        return sum(self.twice)

    def __str__(self) -> str:
        stops = f", slowest stop {max(self.stops):.1f} s" if self.stops else ""
        return (
            f"asked {self.asked}, answered {self.answered}, twice {self.doubles} "
            f"(at most {max(self.twice, default=0)} at one end), out of order {len(self.disordered)}{stops}"
        )


class Trial:
    """One run of a plan."""

    def __init__(self, plan: Plan, api: BotApi, folder: Path) -> None:
        self.plan = plan
        self.api = api
        self.random = random.Random(plan.seed)
        self.outcome = Outcome()
        self._command = [sys.executable, "-m", "bot", "--config", str(_configuration(plan, api, folder)), "run"]
        self._environ = {name: value for name, value in os.environ.items() if not name.startswith("YOUJU_")}
        self._environ |= {"YOUJU_TOKEN": api.token, "PYTHONPATH": guard_children(folder)}
        self._environ |= {"YOUJU_WEBHOOK_SECRET": SECRET, "PYTHONWARNINGS": "ignore"}
        self._log = folder / "log"
        self._ended_at: list[int] = [0]  # how many answers there were each time it was ended

    async def run(self) -> Outcome:
        asking = asyncio.create_task(self._ask())
        try:
            for left in range(self.plan.ends, -1, -1):
                async with self.running() as process:
                    await (self._end(process) if left else self._all_answered(asking))
                self._ended_at.append(self._answers())
        finally:
            asking.cancel()
        self._judge()
        self.outcome.logged = self._log.read_text("utf-8")
        return self.outcome

    @asynccontextmanager
    async def running(self):  # type: ignore[no-untyped-def]
        before = len(self.api.of("getMe"))
        with self._log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *self._command, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log, env=self._environ, cwd=HOME
            )
        try:
            await self.api.wait_for("getMe", before + 1, START)
            yield process
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
            started = time.monotonic()
            await process.wait()
            if self.plan.sign is signal.SIGTERM:
                self.outcome.stops.append(time.monotonic() - started)

    async def _ask(self) -> None:
        """Every chat asks its questions in turn, chats in any order, faster and slower."""
        per_chat = self.plan.questions // self.plan.chats
        order = [chat for chat in range(self.plan.chats) for _ in range(per_chat)]
        self.random.shuffle(order)
        asked = [0] * self.plan.chats
        while order:
            for _ in range(self.random.choice((1, 2, 10, 30))):
                if order:
                    chat = order.pop()
                    self.api.private(100 + chat).say(FACTS[asked[chat] % len(FACTS)][0])
                    asked[chat] += 1
                    self.outcome.asked += 1
            await asyncio.sleep(self.random.uniform(0, 0.6 if self.plan.questions > 500 else 0.2))

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        """At any moment: while it starts, while it answers, right after an answer."""
        if self.random.random() < 0.25:
            await asyncio.sleep(self.random.uniform(0, 0.5))
        else:
            more = self._answers() + self.random.randint(1, max(2, self.plan.questions // (self.plan.ends + 1)))
            await self.api.world.until(lambda: self._answers() >= more, 5)
            await asyncio.sleep(self.random.uniform(0, 0.03))
        started = time.monotonic()
        process.send_signal(self.plan.sign)
        await process.wait()
        if self.plan.sign is signal.SIGTERM:
            self.outcome.stops.append(time.monotonic() - started)

    async def _all_answered(self, asking: asyncio.Task[None]) -> None:
        await asking
        answers = -1
        while self._answers() > answers and len({*self._sent_distinct()}) < self.outcome.asked:
            answers = self._answers()
            done = lambda: len({*self._sent_distinct()}) >= self.outcome.asked  # noqa: E731
            await self.api.world.until(done, QUIET)
        await asyncio.sleep(0.3)  # an answer too many comes now

    def _answers(self) -> int:
        return sum(1 for call in self.api.calls if call.method == "sendMessage" and not call.error)

    def _sent_distinct(self) -> Iterator[tuple[int, int]]:
        """(chat, which of its questions) for each answer that is not the one before it again."""
        for chat, numbers in self._numbers().items():
            yield from ((chat, n) for n, (number, again) in enumerate(_marked(numbers)) if not again and number >= 0)

    def _numbers(self) -> dict[int, list[int]]:
        """Which fact each answer of a chat gives, in their order; -1 for what is none."""
        found: dict[int, list[int]] = {}
        for call in self.api.calls:
            if call.method == "sendMessage" and not call.error:
                text = str(call.params["text"])
                fact = next((n for n, (_, _, figure) in enumerate(FACTS) if f"{figure}" in text[:40]), -1)
                found.setdefault(int(call.params["chat_id"]), []).append(fact)
        return found

    def _judge(self) -> None:
        calls = [call for call in self.api.calls if call.method == "sendMessage" and not call.error]
        ends = [*self._ended_at]
        self.outcome.twice = [0] * (len(ends) - 1)
        self.outcome.answered = len({*self._sent_distinct()})
        for chat, numbers in self._numbers().items():
            places = [n for n, call in enumerate(calls) if int(call.params["chat_id"]) == chat]
            distinct, before = [], 0
            for place, (number, again) in zip(places, _marked(numbers), strict=True):
                if again:  # the end that took the receipt of the copy before; the next may have come before this copy
                    end = next(n for n, at in enumerate(ends) if at > before)
                    self.outcome.twice[end - 1] += 1
                else:
                    distinct.append(number)
                before = place
            if distinct != [n % len(FACTS) for n in range(len(distinct))]:
                self.outcome.disordered.append(f"{chat}: {numbers}")


def _marked(numbers: list[int]) -> Iterator[tuple[int, bool]]:
    before = None
    for number in numbers:
        yield number, number == before
        before = number


def _configuration(plan: Plan, api: BotApi, folder: Path) -> Path:
    (folder / "reports").mkdir()
    (folder / "reports" / "yunze-2023.txt").write_text(REPORT, "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    config = folder / "config.toml"
    config.write_text(
        f'reports = "reports"\ndata = "data"\n[telegram]\nbase_url = "{api.base_url}"\nmode = "{plan.mode}"\n'
        f'per_second = {plan.per_second}\n[telegram.webhook]\nurl = "http://127.0.0.1:{port}/hook"\nport = {port}\n',
        "utf-8",
    )
    return config


async def carry_out(plan: Plan) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        async with BotApi() as api, delivering(api) if plan.mode == "webhook" else nullcontext():
            return await Trial(plan, api, Path(folder)).run()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mode", choices=["polling", "webhook"], default="polling")
    parser.add_argument("--term", action="store_true", help="SIGTERM instead of kill -9")
    parser.add_argument("--questions", type=int, default=2000)
    parser.add_argument("--chats", type=int, default=200)
    parser.add_argument("--ends", type=int, default=20)
    parser.add_argument("--per-second", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    sign = signal.SIGTERM if given.term else signal.SIGKILL
    plan = Plan(given.questions, given.chats, given.ends, given.mode, sign, given.per_second, given.seed)
    outcome = asyncio.run(carry_out(plan))
    print(f"{plan.mode}, {sign.name}: {outcome}")
    for line in outcome.disordered[:5]:
        print("  ", line)
    lost = outcome.asked - outcome.answered
    good = not lost and not outcome.disordered and max(outcome.twice) <= (0 if given.term else 1)
    if not good:
        print(outcome.logged[-4000:])
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
