"""What carries the library's requests: aiohttp's connections, a third of the processor's time of its own.

What went wrong is told as the library tells it of httpx, exactly enough to know whether a message may have gone out:
errors of connecting are raised as such only where nothing was sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import aiohttp
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

Seconds = Any  # None for as long as it takes, DEFAULT_NONE for what is usual; the library's type is not public

IDLE = 15.0  # seconds after which a connection that nobody used is closed
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

# Seconds, as the library has them by default: for room among the connections and for connecting, for a part of the
# answer, for writing, and for writing a file.
CONNECT, READ, WRITE, WRITE_FILE = 6.0, 5.0, 5.0, 20.0

# The first that fits counts. https://docs.aiohttp.org/en/stable/client_reference.html#hierarchy-of-exceptions
FAULTS: tuple[tuple[type[Exception], type[httpx.RequestError]], ...] = (
    (aiohttp.ClientProxyConnectionError, httpx.ProxyError),
    (aiohttp.ClientHttpProxyError, httpx.ProxyError),
    (aiohttp.ClientConnectorError, httpx.ConnectError),
    (aiohttp.ConnectionTimeoutError, httpx.ConnectTimeout),
    (TimeoutError, httpx.ReadTimeout),
    (aiohttp.ClientPayloadError, httpx.ReadError),
    (aiohttp.ClientOSError, httpx.ReadError),
    (aiohttp.InvalidURL, httpx.UnsupportedProtocol),
    (aiohttp.ClientError, httpx.RemoteProtocolError),
    (OSError, httpx.ReadError),
)


class Transport(BaseRequest):
    """At most `connections` at once. `trust_env`: a proxy that the environment names is used."""

    def __init__(self, connections: int, *, trust_env: bool = True) -> None:
        self._connections = connections
        self._trust_env = trust_env
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return READ

    async def initialize(self) -> None:
        """Opened by the first request, which says whether it has to be a secure one."""

    async def shutdown(self) -> None:
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        write_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        connect_timeout: Seconds = BaseRequest.DEFAULT_NONE,
        pool_timeout: Seconds = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body. Raises TimedOut or NetworkError, whose cause is the fault in httpx's words."""
        if self._session is None:
            self._session = self._opened(url)
        files = request_data is not None and request_data.contains_files
        timeout = _timeout(
            _or(connect_timeout, CONNECT), _or(read_timeout, READ), _or(write_timeout, WRITE_FILE if files else WRITE)
        )
        with _in_words_of_httpx():
            async with self._session.request(
                method, URL(url, encoded=True), timeout=timeout, allow_redirects=False, **_body(request_data)
            ) as response:
                return response.status, await response.read()

    def _opened(self, url: str) -> aiohttp.ClientSession:
        """With httpx's certificates, also for a proxy: they are there where the system brings none."""
        secure = httpx.create_ssl_context() if url.startswith("https:") or self._trust_env else True
        connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=IDLE, ssl=secure)
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            trust_env=self._trust_env,
            headers={"User-Agent": self.USER_AGENT},
        )


def _body(given: RequestData | None) -> dict[str, Any]:
    """The parameters as a form; in parts where files are among them."""
    if given is None or not given.parameters:
        return {}
    if not given.contains_files:
        parameters = {name: v if isinstance(v, str) else json.dumps(v) for name, v in given.parameters.items()}
        return {"data": URL.build(query=parameters).raw_query_string.encode(), "headers": FORM}
    form = aiohttp.FormData(given.json_parameters)
    for name, (filename, content, kind) in given.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}


def _or(given: Seconds, usual: float) -> float | None:
    return usual if given is BaseRequest.DEFAULT_NONE else given


@lru_cache(maxsize=64)
def _timeout(connect: float | None, read: float | None, write: float | None) -> aiohttp.ClientTimeout:
    """What aiohttp has no limit of its own for, such as writing, ends with the sum of them all."""
    total = None if connect is None or read is None or write is None else connect + read + write
    return aiohttp.ClientTimeout(total=total, connect=connect, sock_connect=connect, sock_read=read)


@contextmanager
def _in_words_of_httpx() -> Iterator[None]:
    try:
        yield
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        fault = next(theirs for ours, theirs in FAULTS if isinstance(error, ours))
        # The error itself may name the address, and that the token.
        cause = fault(f"{type(error).__name__} {getattr(error, 'strerror', None) or ''}".rstrip())
    else:
        return
    if isinstance(cause, httpx.TimeoutException):
        raise TimedOut from cause
    raise NetworkError(f"httpx.{type(cause).__name__}: {cause}") from cause
