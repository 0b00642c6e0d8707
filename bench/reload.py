"""Questions while the reports change: python -m bench.reload [--rate 200] [--reloads 20] [--reports 2]

A real `python -m bot run` on a Bot API server of ours on loopback. People ask without pause; again and again an admin
changes every report and sends /reload, every other time with a broken file among them, which is then discarded or
published without it. All figures of an edition are one number, by which each answer tells its edition.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import random
import re
import statistics
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.measures import machine, percentile
from bench.process import running
from tests.botapi import BotApi
from tests.botapi.people import buttons
from tests.botapi.world import Json

ADMIN = 99
FIRST = 100  # the number of the first edition; people's ids are above it, too
NEWEST = 2023
AFTER = 1.0  # seconds after a reload that still belong to it
PATIENCE = 300.0  # seconds for a reload, and for the last answers

# what was done, what of it there is, its unit
DEEDS = (
    ("建成", "养老床位", "张"),
    ("新增", "停车泊位", "个"),
    ("改造", "老旧小区", "个"),
    ("举办", "惠民演出", "场"),
    ("新建", "社区食堂", "处"),
    ("修复", "湿地", "公顷"),
    ("引进", "重点项目", "项"),
    ("培训", "技能人才", "人次"),
)
_MARK = re.compile(r"([0-9]+)(?:张|个|场|处|公顷|项|人次)")


def report(year: int, n: int) -> str:
    deeds = "\n\n".join(
        f"（{number}）{thing}工作扎实推进。全市{done}{thing}{n}{unit}，群众的获得感更加充实，基层治理更加有力。"
        for number, (done, thing, unit) in zip("一二三四五六七八", DEEDS, strict=True)
    )
    return f"云泽市政府工作报告\n\n一、{year}年工作回顾\n\n{deeds}\n"


@dataclass(frozen=True, slots=True)
class Plan:
    """`rate` is questions a second; `warm` are the seconds before they begin, `usual` those before the first reload."""

    rate: float = 200
    reloads: int = 20
    reports: int = 2
    people: int = 800
    warm: float = 3.0
    usual: float = 15.0
    between: float = 1.5  # seconds from one reload to the next


@dataclass(slots=True)
class Question:
    asked: float
    answered: float = 0.0
    marks: frozenset[int] = frozenset()


@dataclass(slots=True)
class InForce:
    """An edition: its number, the earliest moment at which it may have come, the latest at which it may have gone."""

    mark: int
    since: float
    until: float = float("inf")


@dataclass
class Outcome:
    questions: list[Question] = field(default_factory=list)
    editions: list[InForce] = field(default_factory=list)
    reloads: list[tuple[float, float]] = field(default_factory=list)  # begun, over
    published: list[str] = field(default_factory=list)  # what admins were told, in one line each

    @property
    def unanswered(self) -> int:
        return sum(not question.answered for question in self.questions)

    @property
    def mixed(self) -> list[Question]:
        """Answers without a number, with two, or with that of an edition which was not in force meanwhile."""
        return [one for one in self.questions if one.answered and not self._sound(one)]

    def _sound(self, one: Question) -> bool:
        either = {kept.mark for kept in self.editions if kept.since <= one.answered and kept.until >= one.asked}
        return len(one.marks) == 1 and one.marks <= either

    def seconds(self, *, reloading: bool) -> list[float]:
        """How long answers took that were asked for during reloads, or at all other times."""
        return [
            one.answered - one.asked
            for one in self.questions
            if one.answered and reloading == any(begun <= one.asked <= over + AFTER for begun, over in self.reloads)
        ]

    def lines(self) -> Iterator[str]:
        yield f"questions {len(self.questions)}, unanswered {self.unanswered}, of no one edition {len(self.mixed)}"
        span = [over - begun for begun, over in self.reloads]
        yield f"reloads {len(span)}, {statistics.median(span):.2f} s each; {', '.join(self.published)}"
        usual, during = (percentiles(self.seconds(reloading=which)) for which in (False, True))
        yield f"usual          p50 {usual[0]:6.1f}  p95 {usual[1]:6.1f}  p99 {usual[2]:6.1f} ms"
        yield f"during reloads p50 {during[0]:6.1f}  p95 {during[1]:6.1f}  p99 {during[2]:6.1f} ms"
        yield f"p99 ratio {during[2] / usual[2]:.2f}"


def percentiles(seconds: list[float]) -> tuple[float, float, float]:
    """p50, p95, p99 in milliseconds."""
    p50, p95, p99 = (1000 * percentile(seconds, share) for share in (50, 95, 99))
    return p50, p95, p99


class Trial:
    """One run of a plan in a folder of its own."""

    def __init__(self, plan: Plan, api: BotApi, folder: Path) -> None:
        self.plan, self.api, self.folder = plan, api, folder
        self.outcome = Outcome()
        self._random = random.Random(1)
        self._open: dict[int, deque[Question]] = {}
        self._read = 0  # calls of the server that were looked at
        self._broken = folder / "reports" / "坏.pdf"

    async def run(self) -> Outcome:
        (self.folder / "reports").mkdir()
        self._write(FIRST)
        settings = f'reports = "reports"\ndata = "data"\nadmins = [{ADMIN}]\n[telegram]\nper_second = 1000\n'
        (self.folder / "config.toml").write_text(settings, "utf-8")
        async with running(self.api, self.folder):
            self.outcome.editions.append(InForce(FIRST, 0.0))
            await self._first_answer()
            await asyncio.sleep(self.plan.warm)
            asking, listening = asyncio.create_task(self._ask()), asyncio.create_task(self._listen())
            try:
                await asyncio.sleep(self.plan.usual)
                for number in range(1, self.plan.reloads + 1):
                    await self._reload(number)
                    await asyncio.sleep(self.plan.between)
                asking.cancel()
                with contextlib.suppress(TimeoutError):  # what is not answered will be counted
                    await self._until(lambda: not any(self._open.values()))
            finally:
                for task in (asking, listening):
                    task.cancel()
                await asyncio.gather(asking, listening, return_exceptions=True)
        return self.outcome

    def _write(self, n: int) -> None:
        for year in range(NEWEST, NEWEST - self.plan.reports, -1):
            (self.folder / "reports" / f"云泽市政府工作报告{year}.txt").write_text(report(year, n), "utf-8")

    async def _first_answer(self) -> None:
        """Until it is given, the first edition is still being read and its files must stay."""
        person = 1000 + self.plan.people
        self.api.private(person).say(f"{NEWEST}年{''.join(DEEDS[0][:2])}多少{DEEDS[0][2]}？")
        await self._until(lambda: any(call.params.get("chat_id") == person for call in self.api.calls))

    async def _ask(self) -> None:
        """Evenly, each person in turn."""
        began = time.monotonic()
        for number in itertools.count():
            await asyncio.sleep(max(0.0, began + number / self.plan.rate - time.monotonic()))
            person = 1000 + number % self.plan.people
            year = NEWEST - self._random.randrange(self.plan.reports)
            done, thing, unit = self._random.choice(DEEDS)
            self.api.private(person).say(f"{year}年{done}{thing}多少{unit}？")
            question = Question(time.monotonic())
            self.outcome.questions.append(question)
            self._open.setdefault(person, deque()).append(question)

    async def _listen(self) -> None:
        """Answers come in each chat in the order of its questions."""
        while True:
            for call in self.api.calls[self._read :]:
                self._read += 1
                chat = call.params.get("chat_id") if call.method == "sendMessage" and not call.error else None
                if self._open.get(chat):
                    question = self._open[chat].popleft()
                    question.answered = call.at
                    question.marks = frozenset(map(int, _MARK.findall(call.params["text"])))
            await asyncio.sleep(0.02)

    async def _reload(self, number: int) -> None:
        """Odd ones with a broken file: of these, one is discarded and the next published without it, in turn."""
        n = FIRST + number
        self._write(n)
        if number % 2:
            self._broken.write_bytes(b"%PDF-1.4 nothing")
        else:
            self._broken.unlink(missing_ok=True)
        begun = time.monotonic()
        message = await self._told("/reload", "还没有发布" if number % 2 else "已发布第")
        over = time.monotonic()
        self.outcome.reloads.append((begun, over))
        if number % 2 == 0:
            self._now(n, begun, over, "published")
            return
        await asyncio.sleep(self.plan.between)
        begun, words = time.monotonic(), "已放弃" if number % 4 == 1 else "已发布第"
        await self._press(message, "放弃" if number % 4 == 1 else "发布其余", words)
        over = time.monotonic()
        if number % 4 == 1:
            self.outcome.published.append("discarded")
        else:
            self.outcome.reloads.append((begun, over))
            self._now(n, begun, over, "published by consent")

    def _now(self, n: int, since: float, told: float, how: str) -> None:
        self.outcome.editions[-1].until = told
        self.outcome.editions.append(InForce(n, since))
        self.outcome.published.append(how)

    async def _told(self, command: str, words: str) -> Json:
        """What an admin's command comes to, once it says these words."""
        at = len(self.api.calls)
        self.api.private(ADMIN).say(command)

        def begun() -> Json | None:
            calls = (call for call in self.api.calls[at:] if call.method == "sendMessage" and not call.error)
            return next((call.result for call in calls if call.params["chat_id"] == ADMIN), None)

        await self._until(lambda: begun() is not None)
        message = begun()
        assert message is not None
        return await self._says(message, words)

    async def _press(self, message: Json, label: str, words: str) -> None:
        data = next(button["callback_data"] for button in buttons(message) if label in button["text"])
        self.api.private(ADMIN).press(message, data)
        await self._says(message, words)

    async def _says(self, message: Json, words: str) -> Json:
        key = ADMIN, message["message_id"]
        await self._until(lambda: words in self.api.world.messages[key]["text"])
        return self.api.world.messages[key]

    async def _until(self, condition: Callable[[], bool]) -> None:
        if not await self.api.world.until(condition, PATIENCE):
            raise TimeoutError


async def carry_out(plan: Plan) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="youju-bench-") as folder:
        async with BotApi() as api:
            return await Trial(plan, api, Path(folder)).run()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rate", type=float, default=Plan().rate)
    parser.add_argument("--reloads", type=int, default=Plan().reloads)
    parser.add_argument("--reports", type=int, default=Plan().reports)
    given = parser.parse_args()
    plan = Plan(given.rate, given.reloads, given.reports)
    outcome = asyncio.run(carry_out(plan))
    print(machine())
    for line in outcome.lines():
        print(line)
    return 1 if outcome.unanswered or outcome.mixed else 0


if __name__ == "__main__":
    sys.exit(main())
