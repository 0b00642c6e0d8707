"""A broadcast through everything that goes wrong: `python -m bench.broadcast [--chats 1000] [--kills 10]`.

A Bot API server on loopback with flood control, chats that blocked the bot, moved, or closed their topic, random 429,
500 and time-outs; the program is killed (SIGKILL) and started again on the way. Then each chat's copies are counted.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bot.state import State, subscribers
from bot.state.subscribers import Wish
from tests.botapi import BotApi
from tests.botapi.flood import Flood
from tests.botapi.loopback import guard_children

ROOT = Path(__file__).resolve().parent.parent
ADMIN = 99
WORDS = "明天上午九点系统维护，届时暂停服务半小时。"
REPORT = "云泽市政府工作报告\n\n一、2023年工作回顾\n\n（一）民生保障持续加强。全市建成养老床位3.2万张。\n"
OVERALL = 30  # messages a second
LONGEST = 600.0  # seconds


@dataclass(frozen=True)
class Plan:
    """Shares are of all chats; rates are of all requests."""

    chats: int = 1000
    kills: int = 10
    blocked: float = 0.05
    migrated: float = 0.02
    closed: float = 0.01
    floods: float = 0.01
    errors: float = 0.01
    timeouts: float = 0.004  # half of them after the message was delivered
    seed: int = 1


@dataclass
class Result:
    """What the server saw (`copies` by chat as it is called now) and what the outbox says of it."""

    plan: Plan
    copies: Counter[int] = field(default_factory=Counter)
    reachable: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)
    states: Counter[str] = field(default_factory=Counter)
    unknown: set[int] = field(default_factory=set)  # chats whose row is unknown
    left: int = 0  # chats unsubscribed with a reason
    counted: int = 0  # requests that the server's flood control counted, those that failed for other reasons too
    refused: int = 0  # 429 by it, of what was broadcast
    refused_others: int = 0  # and of what the admin was told or answered
    seconds: float = 0.0
    down: float = 0.0  # seconds between a kill and the first message after it
    under_way: int = 0  # unknown because of kills

    @property
    def twice(self) -> list[int]:
        return [chat for chat, copies in self.copies.items() if copies > 1]

    @property
    def missed(self) -> list[int]:
        """Reachable chats without a copy whose row does not say that this is possible."""
        return [chat for chat in self.reachable if not self.copies[chat] and chat not in self.unknown]

    def times(self, seconds: float) -> str:
        """In words, against what the limits allow: one message to each chat, and all requests that they count."""
        once, all_of_them = self.plan.chats / OVERALL, self.counted / OVERALL
        return (
            f"{seconds:.1f}: {seconds / once:.2f} × the {once:.1f} s that one message to each chat may take, "
            f"{seconds / all_of_them:.2f} × the {all_of_them:.1f} s of all requests that count"
        )


async def broadcast(plan: Plan, folder: Path) -> Result:
    """Run the plan; everything written goes into `folder`."""
    dice = random.Random(plan.seed)
    async with BotApi() as api:
        result = await _prepare(plan, api, folder, dice)
        api.flood = Flood(overall=OVERALL)
        admin = api.private(ADMIN)
        process = await _start(api, folder)
        try:
            admin.say(f"/announce {WORDS}")
            control = await admin.next_answer(1, 60.0)  # below the preview
            _break_things(plan, api, dice)
            started, passed = time.monotonic(), api.flood.passed
            admin.press(control, control["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
            for kill in range(plan.kills):
                await _delivered(api, plan.chats * (kill + 1) * 0.9 / (plan.kills + 1))
                process.send_signal(signal.SIGKILL)
                await process.wait()
                killed, before = time.monotonic(), len(api.of("sendMessage"))
                process = await _start(api, folder)
                await api.world.until(lambda before=before: len(api.of("sendMessage")) > before, LONGEST)
                result.down += time.monotonic() - killed
            await _done(folder)
            result.seconds, result.counted = time.monotonic() - started, api.flood.passed - passed
            api.faults.clear()
            process.send_signal(signal.SIGTERM)
            await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        _count(result, api, folder)
    return result


async def _prepare(plan: Plan, api: BotApi, folder: Path, dice: random.Random) -> Result:
    """Chats of every kind, all of them subscribed."""
    result = Result(plan)
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "yunze-2023.txt").write_text(REPORT, "utf-8")
    state = await State.open(folder / "data")
    kinds = ["blocked"] * round(plan.chats * plan.blocked) + ["migrated"] * round(plan.chats * plan.migrated)
    kinds += ["closed"] * max(1, round(plan.chats * plan.closed))
    kinds += [dice.choice(("private", "private", "group")) for _ in range(plan.chats - len(kinds))]
    dice.shuffle(kinds)
    for number, kind in enumerate(kinds, 1000):
        group = kind in ("migrated", "closed", "group")
        chat, thread = (-number, 5 if kind == "closed" else None) if group else (number, None)
        api.group(chat) if group else api.private(chat)
        if kind == "blocked":
            api.world.forbidden[chat] = "bot was blocked by the user"
            result.blocked.add(chat)
        elif kind == "migrated":
            api.world.migrated[chat] = -1_000_000_000_000 - number
            api.group(api.world.migrated[chat])
            result.reachable.add(api.world.migrated[chat])
        else:
            result.reachable.add(chat)
        if kind == "closed":
            api.group(chat).topic(5, is_open=False)
        await subscribers.subscribe(state, chat, Wish.BOTH, thread, time.time())
    await state.close()
    return result


async def _start(api: BotApi, folder: Path) -> asyncio.subprocess.Process:
    config = folder / "config.toml"
    config.write_text(
        f'reports = "reports"\ndata = "data"\nadmins = [{ADMIN}]\n[telegram]\nbase_url = "{api.base_url}"\n', "utf-8"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YOUJU_")}
    path = os.pathsep.join((guard_children(folder), str(ROOT)))
    with (folder / "log.txt").open("ab") as log:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "--config", str(config), "run"),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=kept | {"YOUJU_TOKEN": api.token, "PYTHONPATH": path},
            cwd=ROOT,
        )


def _break_things(plan: Plan, api: BotApi, dice: random.Random) -> None:
    """Random faults from now on, of broadcasts only."""

    def one_in(share: float) -> object:
        return lambda given: WORDS in given.get("text", "") and dice.random() < share

    always = 10**9
    api.fail("sendMessage", 429, retry_after=2, times=always, when=one_in(plan.floods))
    api.fail("sendMessage", 500, times=always, when=one_in(plan.errors))
    api.fail("sendMessage", hang=8, times=always, when=one_in(plan.timeouts / 2))
    api.fail("sendMessage", hang=8, late=True, times=always, when=one_in(plan.timeouts / 2))


async def _delivered(api: BotApi, wanted: float) -> None:
    def count() -> int:
        return sum(1 for call in api.of("sendMessage") if not call.error)

    if not await api.world.until(lambda: count() >= wanted, LONGEST):
        raise TimeoutError(f"{count()} of {wanted:.0f} messages")


def _rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{folder / 'data' / 'state.db'}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


async def _done(folder: Path) -> None:
    """Wait until nothing is left to be sent."""
    end = time.monotonic() + LONGEST
    while _rows(folder, "SELECT 1 FROM announcements WHERE state = 'sending'"):
        if time.monotonic() > end:
            raise TimeoutError(str(Counter(_rows(folder, "SELECT state FROM outbox"))))
        await asyncio.sleep(0.1)


def _count(result: Result, api: BotApi, folder: Path) -> None:
    for (chat, _), message in api.world.messages.items():
        if chat != ADMIN and message["text"].startswith(WORDS):
            result.copies[chat] += 1
    for chat, state, error in _rows(folder, "SELECT chat_id, state, error FROM outbox"):
        result.states[str(state)] += 1
        if state == "unknown":
            now_called = int(str(chat))  # under way at a kill, it may not have heard yet that the chat moved
            result.unknown.add(api.world.migrated.get(now_called, now_called))
            result.under_way += error == "interrupted"
    result.left = len(_rows(folder, "SELECT 1 FROM subscribers WHERE left_reason != ''"))
    refused = [call.params["chat_id"] for call in api.calls if call.error == "429"]
    result.refused_others = refused.count(str(ADMIN))
    result.refused = len(refused) - result.refused_others


def table(result: Result) -> str:
    """What came of it, a line each."""
    plan = result.plan
    late = len(result.unknown) - result.under_way
    exactly = sum(result.copies[chat] == 1 for chat in result.reachable)
    lines = (
        ("chats", f"{plan.chats}, of which {len(result.reachable)} can be reached"),
        ("kills -9", plan.kills),
        ("exactly one copy", f"{exactly} of {len(result.reachable)}"),
        ("more than one copy", len(result.twice)),
        ("none, though sent", len(result.missed)),
        (
            "unknown",
            f"{len(result.unknown)}: {result.under_way} at a kill, {late} timed out",
        ),
        ("unknown without a copy", sum(not result.copies[chat] for chat in result.unknown)),
        ("blocked and unsubscribed", f"{result.left} of {len(result.blocked)}"),
        ("rows", dict(result.states)),
        ("requests counted", result.counted),
        ("429 by the server's limits", f"{result.refused}, and {result.refused_others} of what the admin was told"),
        ("seconds in all", result.times(result.seconds)),
        ("seconds down after kills", f"{result.down:.1f}"),
        ("seconds at work", result.times(result.seconds - result.down)),
    )
    return "\n".join(f"{name:<28}{value}" for name, value in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name, kind in (("chats", int), ("kills", int), ("seed", int)):
        parser.add_argument(f"--{name}", type=kind, default=getattr(Plan, name))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = asyncio.run(
            broadcast(Plan(chats=given.chats, kills=given.kills, seed=given.seed), Path(folder) / "run")
        )
    print(table(result))
    sys.exit(1 if result.twice or result.missed else 0)


if __name__ == "__main__":
    main()
