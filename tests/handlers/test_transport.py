"""What goes wrong on the way is told such that nobody doubts whether a message may have gone out."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import parse_qs

import httpx
import pytest
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from handlers.sending.transport import Transport

DONE = b'{"ok": true, "result": true}'
OK = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(DONE) + DONE
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
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot"
    finally:
        server.close()


@asynccontextmanager
async def bot(base_url: str) -> AsyncIterator[Bot]:
    """The library's bot on our transport, which has said nothing yet."""
    transport = Transport(2, trust_env=False)
    one = Bot("1:SECRET", base_url=base_url, request=transport)
    try:
        yield one
    finally:
        await transport.shutdown()


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

    async with served(talk) as url, bot(url) as one:
        assert await one.set_my_description("养老床位")
        assert await one.set_chat_photo(7, b"\x89PNG")
    assert connections == 1
    assert b"description=%E5%85%BB%E8%80%81%E5%BA%8A%E4%BD%8D" in requests[0]
    assert b"\x89PNG" in requests[1]
    assert b'name="chat_id"' in requests[1]


async def test_signs_that_mean_something_in_a_form_arrive_as_they_were_said() -> None:
    said = "1+1=2 & 50%41;/?:@#'\"<b>~\n\t\x7f😀 "
    requests: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requests.append(await heard(reader))
        writer.write(OK)

    async with served(talk) as url, bot(url) as one:
        assert await one.set_my_commands([(said, said)], language_code=said)
    arrived = parse_qs(requests[0].partition(b"\r\n\r\n")[2].decode(), strict_parsing=True)
    assert arrived["language_code"] == [said]
    assert json.loads(arrived["commands"][0]) == [{"command": said, "description": said}]


async def test_what_comes_compressed_is_read() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard(reader)
        body = gzip.compress(DONE)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    async with served(talk) as url, bot(url) as one:
        assert await one.log_out()


async def test_where_nobody_listens_nothing_was_sent() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Never connected."""

    async with served(talk) as url:
        pass
    async with bot(url) as one:
        with pytest.raises(NetworkError) as caught:
            await one.log_out()
    assert isinstance(caught.value.__cause__, httpx.ConnectError)


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
    async with served(talk) as url, bot(url) as one:
        with pytest.raises(NetworkError) as caught:
            await one.log_out(read_timeout=0.2)
    cause = caught.value.__cause__
    assert isinstance(cause, httpx.ReadError | httpx.RemoteProtocolError | httpx.ReadTimeout)
    assert isinstance(caught.value, TimedOut) == isinstance(cause, httpx.ReadTimeout)
    assert "SECRET" not in f"{caught.value!r} {cause!r} {cause.__cause__!r}"


async def test_it_opens_again_after_it_was_closed() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard(reader)
        writer.write(OK)

    async with served(talk) as url, bot(url) as one:
        assert await one.log_out()
        await one.request.shutdown()
        assert await one.log_out()
