"""The program as an operator runs it, for tests: `python -m bot run` as a process of its own, over real HTTP."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.botapi.loopback import guard_children
from tests.handlers.conftest import ADMIN, REPORT


@dataclass
class Program:
    """A running `python -m bot run` and what it has written."""

    process: asyncio.subprocess.Process
    written: list[str] = field(default_factory=list)
    grown: asyncio.Event = field(default_factory=asyncio.Event)

    async def until(self, words: str, seconds: float = 20.0) -> None:
        """Wait until the program has written these words."""
        async with asyncio.timeout(seconds):
            while words not in self.text:
                self.grown.clear()
                await self.grown.wait()

    async def stop(self, sign: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Send a signal; the exit status and the seconds it took."""
        started = time.monotonic()
        if self.process.returncode is None:
            self.process.send_signal(sign)
        status = await asyncio.wait_for(self.process.wait(), 20)
        return status, time.monotonic() - started

    @property
    def text(self) -> str:
        return "".join(self.written)


@asynccontextmanager
async def program(
    folder: Path, *, token: str = "", base_url: str = "", level: str = "INFO", more: str = "", **environ: str
) -> AsyncIterator[Program]:
    """Start the program with a settings file in `folder`; it is ended on leaving. `more` are further lines of it."""
    reports = folder / "reports"
    reports.mkdir(exist_ok=True)
    (reports / "yunze-2023.txt").write_text(REPORT, "utf-8")
    config = folder / "config.toml"
    config.write_text(
        f'reports = "reports"\ndata = "data"\nadmins = [{ADMIN}]\n[log]\nlevel = "{level}"\n'
        f'[telegram]\nbase_url = "{base_url}"\n{more}',
        "utf-8",
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YOUJU_")}
    environ = kept | environ | {"YOUJU_TOKEN": token, "PYTHONPATH": guard_children(folder), "PYTHONWARNINGS": "default"}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "--config", str(config), "run"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=environ,
        cwd=Path(__file__).parent.parent,
    )
    running = Program(process)
    reading = asyncio.create_task(_read(running))
    try:
        yield running
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await reading


async def _read(running: Program) -> None:
    assert running.process.stdout
    while line := await running.process.stdout.readline():
        running.written.append(line.decode())
        running.grown.set()
