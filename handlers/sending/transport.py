"""What carries the library's requests: aiohttp's connections under httpx, a third of the processor's time of its own.

What went wrong is told in httpx's words, exactly enough to know whether a message may have gone out: errors of
connecting are raised as such only where nothing was sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import httpx
from yarl import URL

IDLE = 15.0  # seconds after which a connection that nobody used is closed

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


class Transport(httpx.AsyncBaseTransport):
    """At most `connections` at once. `trust_env`: a proxy that the environment names is used."""

    def __init__(self, connections: int, *, trust_env: bool = True) -> None:
        self._connections = connections
        self._trust_env = trust_env
        self._session: aiohttp.ClientSession | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self._session is None:
            self._session = self._opened(request.url.scheme)
        body = await request.aread()
        with _in_words_of_httpx(request):
            async with self._session.request(
                request.method,
                URL(str(request.url), encoded=True),
                data=body or None,
                headers=request.headers,
                timeout=_timeout(request.extensions["timeout"]),
                allow_redirects=False,
            ) as response:
                content = await response.read()
        return httpx.Response(response.status, headers=list(response.headers.items()), content=content)

    async def aclose(self) -> None:
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    def _opened(self, scheme: str) -> aiohttp.ClientSession:
        """With httpx's certificates, which are there where the system brings none."""
        secure = httpx.create_ssl_context() if scheme == "https" else True
        connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=IDLE, ssl=secure)
        jar = aiohttp.DummyCookieJar()
        return aiohttp.ClientSession(
            connector=connector, cookie_jar=jar, trust_env=self._trust_env, auto_decompress=False
        )


def _timeout(seconds: dict[str, float | None]) -> aiohttp.ClientTimeout:
    """httpx's four; what aiohttp has no limit of its own for, such as writing, ends with the sum of them all."""
    pool, connect, write, read = (seconds.get(name) or 0.0 for name in ("pool", "connect", "write", "read"))
    return aiohttp.ClientTimeout(
        total=pool + connect + write + read, connect=pool + connect, sock_connect=connect, sock_read=read
    )


@contextmanager
def _in_words_of_httpx(request: httpx.Request) -> Iterator[None]:
    try:
        yield
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        fault = next(theirs for ours, theirs in FAULTS if isinstance(error, ours))
        reason = getattr(error, "strerror", None) or ""
        # The error itself may name the address, and that the token.
        raise fault(f"{type(error).__name__} {reason}".rstrip(), request=request) from None
