"""The chat's speed: our bot beside an echo bot of python-telegram-bot, against the same Bot API server on loopback.

    python -m bench.echo [--latency 0 50] [--users 100] [--rounds 3] [--queued 300]

Each bot runs in a process of its own, the server here. Queued: one message of each of many chats lies waiting before
the bot starts to fetch. Waiting: every user asks, waits for the reply, asks again. `latency` is what the server waits
before it answers any call, in milliseconds. The echo bot runs as the library has it by default, one update after the
other, and with 16 at once.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bench.cases import ROOT
from bench.measures import highest_mb, machine, percentile
from tests.botapi import BotApi, Call

QUESTION = "养老床位有多少张？"
PATIENCE = 60.0  # seconds for one measurement
STARTS_WITHIN = 30.0
BOTS = ("youju", "echo", "echo, 16 at once")


class FarApi(BotApi):
    """The server, `latency` seconds away; it tells at once who got a reply."""

    def __init__(self) -> None:
        super().__init__()
        self.latency = 0.0
        self.replied: dict[int, asyncio.Event] = defaultdict(asyncio.Event)

    async def _answer(self, request: Any) -> Any:
        if self.latency:
            await asyncio.sleep(self.latency)
        return await super()._answer(request)

    def _record(self, call: Call) -> None:
        super()._record(call)
        if call.method == "sendMessage" and not call.error:
            self.replied[int(call.params["chat_id"])].set()

    async def ask(self, user: int, seconds: float = PATIENCE) -> float:
        """A person asks; seconds until the reply."""
        replied = self.replied[user]
        replied.clear()
        began = time.perf_counter()
        self.private(user).say(QUESTION)
        async with asyncio.timeout(seconds):
            await replied.wait()
        return time.perf_counter() - began


@asynccontextmanager
async def running(api: BotApi, name: str, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """One of the bots, ended on leaving."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("YOUJU_")}
    environ = kept | {
        "YOUJU_TOKEN": api.token,
        "YOUJU_TELEGRAM__BASE_URL": api.base_url,
        "YOUJU_TELEGRAM__BASE_FILE_URL": api.base_file_url,
        "YOUJU_REPORTS": str(ROOT / "seeds"),
        "YOUJU_DATA": str(folder),
        "YOUJU_LOG__LEVEL": "ERROR",
    }
    command = (sys.executable, "-m", *(("bot", "run") if name == "youju" else ("bench.echo", "--bot", name)))
    process = await asyncio.create_subprocess_exec(*command, env=environ, cwd=ROOT)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), 15)
        except TimeoutError:
            process.kill()
            await process.wait()


async def queued(api: FarApi, count: int) -> float:
    """Updates a second, where one message of each of `count` chats is there at once."""
    began = time.perf_counter()
    await asyncio.gather(*(api.ask(10_000 + number) for number in range(count)))
    return count / (time.perf_counter() - began)


async def waiting(api: FarApi, users: int, rounds: int) -> tuple[float, list[float]]:
    """Updates a second, and seconds to each reply, where every user waits for the reply before the next question."""

    async def user(number: int) -> list[float]:
        return [await api.ask(number) for _ in range(rounds)]

    began = time.perf_counter()
    times = await asyncio.gather(*(user(50_000 + number) for number in range(users)))
    return users * rounds / (time.perf_counter() - began), [one for each in times for one in each]


async def measured(name: str, latency: float, options: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="youju-bench-") as folder:
        async with FarApi() as api, running(api, name, Path(folder)) as process:
            await api.ask(1, STARTS_WITHIN)
            api.latency = latency / 1000
            rate = await queued(api, options.queued)
            steady, times = await waiting(api, options.users, options.rounds)
            return {
                "name": name,
                "latency": latency,
                "queued": rate,
                "waiting": steady,
                "p50": 1000 * percentile(times, 50),
                "p95": 1000 * percentile(times, 95),
                "mb": highest_mb(process.pid),
            }


def table(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Each bot; and ours as a share of the others."""
    yield f"{'':28}{'ms away':>8}{'queued/s':>10}{'waiting/s':>10}{'p50 ms':>8}{'p95 ms':>8}{'MB':>6}"
    for row in rows:
        yield (
            f"{row['name']:28}{row['latency']:8.0f}{row['queued']:10.1f}{row['waiting']:10.1f}"
            f"{row['p50']:8.0f}{row['p95']:8.0f}{row['mb']:6.0f}"
        )
    for ours in (row for row in rows if row["name"] == "youju"):
        for other in (row for row in rows if row["latency"] == ours["latency"] and row is not ours):
            shares = "".join(f"{ours[key] / max(other[key], 1e-9):10.2f}" for key in ("queued", "waiting"))
            late = "".join(f"{ours[key] / max(other[key], 1e-9):8.2f}" for key in ("p50", "p95"))
            yield f"{'youju / ' + other['name']:28}{ours['latency']:8.0f}{shares}{late}"


def echo(at_once: int) -> int:
    """The echo bot of python-telegram-bot's examples."""
    from telegram import Update
    from telegram.ext import Application, ContextTypes, MessageHandler, filters

    async def say_again(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and update.message.text:
            await update.message.reply_text(update.message.text)

    builder = Application.builder().token(os.environ["YOUJU_TOKEN"]).base_url(os.environ["YOUJU_TELEGRAM__BASE_URL"])
    if at_once > 1:
        builder = builder.concurrent_updates(at_once).connection_pool_size(at_once)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, say_again))
    application.run_polling(allowed_updates=["message"])
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.echo", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--latency", type=float, nargs="+", default=[0, 50], metavar="MS")
    parser.add_argument("--users", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--queued", type=int, default=300)
    parser.add_argument("--json", type=Path, help="also write what was measured")
    parser.add_argument("--bot", choices=BOTS[1:], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.bot:
        return echo(16 if "16" in options.bot else 1)
    rows = [asyncio.run(measured(name, latency, options)) for latency in options.latency for name in BOTS]
    print(machine())
    for line in table(rows):
        print(line)
    if options.json:
        options.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
