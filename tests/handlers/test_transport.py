"""What goes wrong on the way is told such that nobody doubts whether a message may have gone out."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from handlers.sending.transport import Transport

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def served(talk: Talk) -> AsyncIterator[str]:
    """A server on loopback that says what `talk` writes."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot1:SECRET/sendMessage"
    finally:
        server.close()


@asynccontextmanager
async def client(read: float = 5.0) -> AsyncIterator[httpx.AsyncClient]:
    timeout = httpx.Timeout(connect=2.0, read=read, write=2.0, pool=1.0)
    async with httpx.AsyncClient(transport=Transport(2, trust_env=False), timeout=timeout) as one:
        yield one


async def heard(reader: asyncio.StreamReader) -> bytes:
    """One request: its head and its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next((line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), b":0")
    return head + await reader.readexactly(int(length.partition(b":")[2]))


async def test_a_form_and_a_file_arrive_on_one_connection_as_they_were_sent() -> None:
    requests: list[bytes] = []
    connections = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        for _ in range(2):
            requests.append(await heard(reader))
            writer.write(OK)

    async with served(talk) as url, client() as one:
        assert (await one.post(url, data={"text": "养老床位"})).text == "ok"
        assert (await one.post(url, data={"chat_id": "7"}, files={"photo": ("a.png", b"\x89PNG")})).text == "ok"
    assert connections == 1
    assert b"text=%E5%85%BB%E8%80%81%E5%BA%8A%E4%BD%8D" in requests[0]
    assert b"\x89PNG" in requests[1]
    assert b'name="chat_id"' in requests[1]


async def test_what_comes_compressed_is_read() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard(reader)
        body = gzip.compress(b'{"ok": true}')
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    async with served(talk) as url, client() as one:
        assert (await one.get(url)).json() == {"ok": True}


async def test_where_nobody_listens_nothing_was_sent() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Never connected."""

    async with served(talk) as url:
        pass
    async with client() as one:
        with pytest.raises(httpx.ConnectError):
            await one.post(url, data={"text": "x"})


async def closes(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await heard(reader)


async def breaks_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await heard(reader)
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{")


async def babbles(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await heard(reader)
    writer.write(b"I am no server\r\n\r\n")


async def is_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await heard(reader)
    await asyncio.sleep(5)


@pytest.mark.parametrize("talk", [closes, breaks_off, babbles, is_silent])
async def test_after_sending_no_fault_is_one_of_connecting_and_none_names_the_token(talk: Talk) -> None:
    async with served(talk) as url, client(read=0.2) as one:
        with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError, httpx.ReadTimeout)) as caught:
            await one.post(url, data={"text": "x"})
    assert "SECRET" not in str(caught.value)
    assert caught.value.__cause__ is None or "SECRET" not in str(caught.value.__cause__)


async def test_it_opens_again_after_it_was_closed() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard(reader)
        writer.write(OK)

    transport = Transport(1, trust_env=False)
    async with served(talk) as url:
        for _ in range(2):
            one = httpx.AsyncClient(transport=transport)
            assert (await one.get(url)).text == "ok"
            await one.aclose()
