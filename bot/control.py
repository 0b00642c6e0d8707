"""The running bot hears the terminal: a Unix socket in the data folder, which only its owner can open.

One JSON object in, such as {"do": "reload", "rest": false}; out come lines of JSON, {"stage": …} while it goes on and
{"done": …, "text": …} in the end.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bot.editions import By, EditionError, Stage
from bot.replies import publishing, texts
from bot.replies.desk import Desk
from bot.replies.editions import stage_line, trouble

log = logging.getLogger(__name__)

NAME = "control.sock"
LONGEST_PATH = 100  # bytes; the system takes 108 (sun_path)
OPERATOR = By(0, "命令行")


class NobodyThere(Exception):
    """No bot listens in this data folder."""


class Control:
    """Listens from `open` to `close`. Where it cannot, that is logged, and the bot goes on without."""

    def __init__(self, desk: Desk, data: Path) -> None:
        self._desk, self._data = desk, data
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        if not hasattr(asyncio, "start_unix_server"):  # Windows
            return
        try:
            self._data.mkdir(parents=True, exist_ok=True)
            with _address(self._data) as address:
                if _answers(address):
                    log.error("%s：另一个程序正用着这个数据文件夹", self._data / NAME)
                    return
                before = os.umask(0o177)
                try:
                    self._server = await asyncio.start_unix_server(self._hear, address)
                finally:
                    os.umask(before)
        except OSError as error:
            log.error("%s：开不了（%s），终端里的 reload 用不了", self._data / NAME, error)

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
            with contextlib.suppress(OSError):
                (self._data / NAME).unlink()
            self._server = None

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, ValueError):
            wish = json.loads(await reader.readline())
            answer = await self._carry_out(wish, writer)
            writer.write(_line(answer))
            await writer.drain()
        writer.close()

    async def _carry_out(self, wish: Any, writer: asyncio.StreamWriter) -> dict[str, object]:
        if not isinstance(wish, dict) or wish.get("do") != "reload":
            return {"done": False, "text": texts.UNKNOWN_WISH}
        loop = asyncio.get_running_loop()

        def told(stage: Stage) -> None:
            loop.call_soon_threadsafe(writer.write, _line({"stage": stage_line(stage)}))

        try:
            done, draft = await publishing.reload(
                self._desk, OPERATOR, told, rest=bool(wish.get("rest")), hint=texts.HELD_HINT_TERMINAL
            )
        except (EditionError, OSError) as error:
            return {"done": False, "text": trouble(error, self._desk)}
        except Exception:
            log.exception("reload failed")
            return {"done": False, "text": texts.FAILED_SEE_LOG}
        return {"done": done, "text": "".join(run.text for run in draft.runs).strip()}


def ask(data: Path, wish: dict[str, object], told: Callable[[str], object]) -> tuple[bool, str]:
    """Ask the bot that runs on this data folder; whether it was done, and its words. Raises NobodyThere."""
    with _address(data) as address, socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(address)
        except OSError as error:
            raise NobodyThere(str(error)) from None
        line.sendall(_line(wish))
        for heard in line.makefile(encoding="utf-8"):
            said = json.loads(heard)
            if "stage" not in said:
                return bool(said["done"]), str(said["text"])
            told(said["stage"])
    raise NobodyThere("it went away")


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def _answers(address: str) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(address)
        except OSError:
            return False
    return True


@contextlib.contextmanager
def _address(data: Path) -> Iterator[str]:
    """The socket's path, by way of the folder's handle where it is too long for the system."""
    path = str(data / NAME)
    if len(os.fsencode(path)) <= LONGEST_PATH or not Path("/proc/self/fd").is_dir():
        yield path
        return
    try:
        handle = os.open(data, os.O_RDONLY)
    except FileNotFoundError as error:
        raise NobodyThere(str(error)) from None
    try:
        yield f"/proc/self/fd/{handle}/{NAME}"
    finally:
        os.close(handle)
