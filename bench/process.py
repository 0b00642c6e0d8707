"""A real `python -m bot` on a Bot API server of ours on loopback, for the benches."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.botapi import BotApi
from tests.botapi.loopback import guard_children

HOME = Path(__file__).resolve().parent.parent
START = 60.0  # seconds for the program to start


def surroundings(api: BotApi, folder: Path) -> dict[str, str]:
    """The environment of a child: our server in place of Telegram's, none of the operator's own settings, and no other
    machine within reach."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("YOUJU_")}
    path = os.pathsep.join((guard_children(folder), str(HOME)))
    return environ | {"YOUJU_TELEGRAM_BASE_URL": api.base_url, "PYTHONPATH": path, "PYTHONWARNINGS": "ignore"}


@asynccontextmanager
async def running(api: BotApi, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """The program in this folder, polling; its log is the file `log` there. On leaving it is asked to stop."""
    polled = len(api.of("getMe"))
    with (folder / "log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=surroundings(api, folder) | {"YOUJU_TOKEN": api.token},
            cwd=folder,
        )
    try:
        await api.wait_for("getMe", polled + 1, START)
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()
