"""Just enough of HTTP/1.1 for a client that keeps its connections: requests in, JSON (or whatever bytes) out."""

from __future__ import annotations

import asyncio
import contextlib
import email.policy
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from email.parser import BytesParser
from typing import cast
from urllib.parse import parse_qsl, urlsplit

LARGEST_BODY = 50 * 1024 * 1024  # Telegram's limit on what a bot may upload


@dataclass(frozen=True, slots=True)
class Request:
    verb: str
    path: str
    params: Mapping[str, str]
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    body: bytes


Handler = Callable[[Request], Awaitable[Response | None]]  # None: hang up without a word


class HttpServer:
    """Serves `handler` on a free port of 127.0.0.1 until closed; every connection is closed with it."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self.port = 0

    async def start(self, port: int = 0) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        if self._server is None:
            return
        self._server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._converse(reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await _read(reader):
                response = await self._handler(request)
                if response is None:
                    break
                head = f"HTTP/1.1 {response.status} {response.status}\r\nContent-Type: application/json\r\n"
                writer.write(f"{head}Content-Length: {len(response.body)}\r\n\r\n".encode() + response.body)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client left: its affair
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()


async def _read(reader: asyncio.StreamReader) -> Request | None:
    line = (await reader.readline()).decode("latin-1").split()
    if len(line) != 3:
        return None
    headers = {}
    while (header := (await reader.readline()).decode("latin-1").strip()) != "":
        name, _, value = header.partition(":")
        headers[name.strip().lower()] = value.strip()
    length = int(headers.get("content-length", "0"))
    if length > LARGEST_BODY:
        return None
    body = await reader.readexactly(length)
    address = urlsplit(line[1])
    params, files = _fields(headers.get("content-type", ""), body)
    return Request(line[0], address.path, dict(parse_qsl(address.query, keep_blank_values=True)) | params, files)


def _fields(content_type: str, body: bytes) -> tuple[dict[str, str], dict[str, bytes]]:
    """The parameters of a body in any of the three forms that the Bot API takes, and the files among them."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        given = json.loads(body or b"{}")
        return {name: v if isinstance(v, str) else json.dumps(v) for name, v in given.items()}, {}
    if kind != "multipart/form-data":
        return dict(parse_qsl(body.decode(), keep_blank_values=True)), {}
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    params: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for part in BytesParser(policy=email.policy.HTTP).parsebytes(head + body).iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        content = cast(bytes, part.get_payload(decode=True))
        if part.get_filename() is None:
            params[name] = content.decode()
        else:
            files[name] = content
    return params, files
