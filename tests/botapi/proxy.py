"""A bad line between the bot and the Bot API server: TCP that is slow, cut, half closed, deaf, or not there at all."""

from __future__ import annotations

import asyncio
import contextlib
from enum import Enum, auto
from types import TracebackType
from typing import Self

DELAY = 0.1  # seconds before each piece of an answer on a slow line


class Line(Enum):
    GOOD = auto()
    SLOW = auto()
    CUT = auto()  # an answer breaks off in its middle, the connection is reset
    HALF = auto()  # an answer breaks off and its side is closed; what the bot says further is still heard
    DEAF = auto()  # what the bot says is taken, and nothing ever comes back
    DOWN = auto()  # connections are reset as soon as they are made


class Proxy:
    """In front of a server on 127.0.0.1. Use as `async with`; `base_url` is for the bot's settings."""

    def __init__(self, port: int) -> None:
        self.line = Line.GOOD
        self._behind = port
        self._only = b""
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def base_url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/bot"

    def turn(self, line: Line, only: str = "") -> None:
        """What the line is like from now on, for requests that hold `only`. Connections that are open are lost."""
        self.line, self._only = line, only.encode()
        for writer in self._open:
            writer.transport.abort()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._carry(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.line is Line.DOWN:
            writer.transport.abort()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._behind)
        ends = {writer, back}
        self._open |= ends
        asked = [b""]  # the latest request
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(self._forth(reader, back, asked))
                both.create_task(self._back(there, writer, asked))
        except* ConnectionError:
            pass
        finally:
            self._open -= ends
            for end in ends:
                end.transport.abort()

    async def _forth(self, reader: asyncio.StreamReader, back: asyncio.StreamWriter, asked: list[bytes]) -> None:
        while data := await reader.read(65536):
            asked[0] = data
            if not (self.line is Line.DEAF and self._only in data):
                back.write(data)
                await back.drain()
        raise ConnectionResetError  # the bot left: the other way ends, too

    async def _back(self, there: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: list[bytes]) -> None:
        while data := await there.read(65536):
            line = self.line if self._only in asked[0] else Line.GOOD
            if line is Line.SLOW:
                await asyncio.sleep(DELAY)
            writer.write(data[: len(data) // 2] if line in (Line.CUT, Line.HALF) else data)
            await writer.drain()
            if line is Line.CUT:
                raise ConnectionResetError
            if line is Line.HALF:
                with contextlib.suppress(OSError):
                    writer.write_eof()
                return
        raise ConnectionResetError
