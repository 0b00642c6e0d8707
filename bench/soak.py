"""Let it run and watch its memory: python -m bench.soak [--minutes 30] [--rate 20]

A real `python -m bot run` on our Bot API server on loopback; its memory and open files are read from /proc (Linux).
What must come out: memory flat within 10 % between the end of the first sixth and the end, no more open files.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.durability import FACTS, Plan, Trial
from tests.botapi import BotApi

OTHERS = ("/help", "/metrics", "/sections", "曹县", "今天天气怎么样", "/search 养老", "x" * 4000, "<b>&")
PEOPLE = 400


@dataclass(frozen=True, slots=True)
class Sample:
    at: float
    memory: int  # bytes resident
    files: int
    answers: int


def sample(pid: int, started: float, answers: int) -> Sample:
    pages = int(Path(f"/proc/{pid}/statm").read_text("utf-8").split()[1])
    files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return Sample(time.monotonic() - started, pages * 4096, files, answers)


async def soak(minutes: float, rate: float) -> list[Sample]:
    samples: list[Sample] = []
    with tempfile.TemporaryDirectory() as folder:
        async with BotApi() as api:
            trial = Trial(Plan(per_second=1000), api, Path(folder))
            async with trial.running() as process:
                chance, started, answers = random.Random(1), time.monotonic(), 0
                next_sample = 0.0
                while (now := time.monotonic() - started) < minutes * 60:
                    talk = api.private(100 + chance.randrange(PEOPLE))
                    talk.say(chance.choice(FACTS)[0] if chance.random() < 0.7 else chance.choice(OTHERS))
                    if now >= next_sample:
                        answers += len(api.of("sendMessage"))
                        api.calls.clear()  # this side's memory is not what is measured
                        api.world.messages.clear()
                        samples.append(sample(process.pid, started, answers))
                        next_sample += minutes * 60 / 60
                        last = samples[-1]
                        megabytes = last.memory / 1e6
                        print(
                            f"{last.at:5.0f} s {megabytes:7.1f} MB, {last.files} files, {last.answers} answers",
                            flush=True,
                        )
                    await asyncio.sleep(1 / rate)
    return samples


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, default=20)
    given = parser.parse_args()
    samples = asyncio.run(soak(given.minutes, given.rate))
    warm, last = samples[len(samples) // 6], samples[-1]
    growth = last.memory / warm.memory - 1
    print(
        f"memory {growth:+.1%} since {warm.at:.0f} s, open files {warm.files} -> {last.files}, {last.answers} answers"
    )
    return 0 if growth <= 0.1 and last.files <= warm.files + 2 else 1


if __name__ == "__main__":
    sys.exit(main())
