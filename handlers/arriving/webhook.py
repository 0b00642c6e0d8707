"""Telegram brings the updates: an HTTP server behind a proxy, which says 200 only once the inbox has written them.

https://core.telegram.org/bots/api#setwebhook. The library's own server has no /healthz, no limit of its own on bodies
and takes more than the inbox has room for; this one uses the same tornado.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
import os
import re
import socket
import time
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from telegram.error import BadRequest, InvalidToken, TelegramError
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_unix_socket
from tornado.web import Application, RequestHandler

from bot import logs
from handlers.arriving.inbox import Inbox
from handlers.arriving.receiving import CannotListen
from handlers.arriving.unreadable import read
from handlers.sending.bot import Bot

if TYPE_CHECKING:
    from bot.settings import WebhookTable
    from handlers.furnishing import App

log = logging.getLogger(__name__)

LARGEST = 1 << 20  # bytes of a request; updates have a few thousand
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name
CONNECTIONS = 40  # at once, Telegram's default
LONGEST_PAUSE = 30.0  # seconds between attempts to announce the address
REMIND = 60.0  # seconds before strangers are mentioned again

LISTENING = "webhook 在 {place} 等候，路径 {path}"
NO_PLACE = "webhook 不能在 {place} 等候：{error}"
REFUSED = "Telegram 不接受 webhook 地址 {url}：{error}"
NOT_SET = "还没能把 webhook 地址告诉 Telegram：{error}；{pause:.0f} 秒后再试"


class Webhook:
    """Listens on a port or a Unix socket; `start` also tells Telegram where to bring the updates."""

    def __init__(self, table: WebhookTable, secret: str) -> None:
        self._table = table
        self._secret = secret
        logs.hide(secret)
        self._server: HTTPServer | None = None
        self._announcing: asyncio.Task[None] | None = None
        self.port = 0

    async def start(self, application: App, allowed_updates: tuple[str, ...]) -> None:
        """Raises CannotListen where the port or the socket cannot be had."""
        inbox = application.update_queue
        assert isinstance(inbox, Inbox)  # noqa: S101
        path = urlsplit(self._table.url).path or "/"
        shared = {"inbox": inbox, "bot": application.bot, "secret": self._secret}
        routes: list[Any] = [("/healthz", _Health, {"inbox": inbox}), (f"{_literal(path)}/?", _Delivery, shared)]
        self._server = HTTPServer(
            Application(routes, log_function=lambda handler: None),
            max_body_size=LARGEST,
            max_header_size=16 << 10,
            idle_connection_timeout=75,
            body_timeout=20,
        )
        try:
            self._server.add_sockets(self._sockets())
        except (OSError, ValueError) as error:  # in use, no right to it, a path too long
            raise CannotListen(NO_PLACE.format(place=self._place, error=error)) from None
        log.info(LISTENING.format(place=self._place, path=path))
        self._announcing = asyncio.create_task(self._announce(application.bot, allowed_updates), name="webhook")

    async def stop(self) -> None:
        """Take nothing more. The address stays known to Telegram, which keeps what comes until the next start."""
        if self._announcing is not None:
            self._announcing.cancel()
            await asyncio.gather(self._announcing, return_exceptions=True)
        if self._server is not None:
            self._server.stop()
            await self._server.close_all_connections()
            self._server = None
            if self._table.socket is not None:
                with contextlib.suppress(OSError):
                    self._table.socket.unlink()

    @property
    def _place(self) -> str:
        return str(self._table.socket or f"{self._table.listen}:{self.port or self._table.port}")

    def _sockets(self) -> list[socket.socket]:
        if self._table.socket is None:
            family = socket.AF_INET6 if ":" in self._table.listen else socket.AF_INET
            listening = socket.create_server((self._table.listen, self._table.port), family=family, backlog=128)
            listening.setblocking(False)
            self.port = listening.getsockname()[1]
            return [listening]
        return [_unix(self._table.socket)]

    async def _announce(self, bot: Bot, allowed_updates: tuple[str, ...]) -> None:
        pause = 1.0
        while True:
            try:
                await bot.set_webhook(
                    self._table.url,
                    secret_token=self._secret,
                    allowed_updates=allowed_updates,
                    max_connections=CONNECTIONS,
                )
            except InvalidToken:
                bot.rejected.set()
                return
            except BadRequest as error:
                log.error(REFUSED.format(url=self._table.url, error=error))
                pause = LONGEST_PAUSE
            except TelegramError as error:
                log.error(NOT_SET.format(error=error, pause=pause))
            else:
                return
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)


class _Delivery(RequestHandler):
    """One update. What is wrong with a request is not said to who sent it."""

    SUPPORTED_METHODS = ("POST",)
    _strangers = -REMIND  # when one was last mentioned in the log

    def initialize(self, inbox: Inbox, bot: Bot, secret: str) -> None:
        self.inbox, self.bot, self.secret = inbox, bot, secret.encode()

    async def post(self) -> None:
        given = self.request.headers.get(SECRET, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self.secret):
            self._mention_stranger()
            self._say(HTTPStatus.FORBIDDEN)
        elif self.request.headers.get("Content-Type", "").partition(";")[0].strip() != "application/json":
            self._say(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        elif self.inbox.overfull:
            self.set_header("Retry-After", "1")
            self._say(HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            self._say(await self._take())

    async def _take(self) -> HTTPStatus:
        try:
            content = json.loads(self.request.body)
        except (ValueError, RecursionError):
            return HTTPStatus.BAD_REQUEST
        try:
            delivered = read(content, self.bot)
        except Exception:  # a 200, since Telegram would bring it again and again
            log.exception("an update that cannot be read is left out")
            return HTTPStatus.OK
        await self.inbox.keep([delivered])
        await self.inbox.put(delivered.update)
        return HTTPStatus.OK

    def _say(self, status: HTTPStatus) -> None:
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(b"{}")

    def _mention_stranger(self) -> None:
        now = time.monotonic()
        if now - _Delivery._strangers >= REMIND:
            _Delivery._strangers = now
            log.warning("webhook: a request without the secret token from %s", self.request.remote_ip)

    def write_error(self, status_code: int, **_: Any) -> None:
        self.finish(b"{}")

    def log_exception(self, *error: Any) -> None:
        if error and error[0] is not None and not issubclass(error[0], Exception):
            return
        log.debug("webhook: %s", error[1] if len(error) > 1 else "")


class _Health(RequestHandler):
    """For the proxy and for monitoring: whether it takes updates, and how many wait."""

    def initialize(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def get(self) -> None:
        well = not self.inbox.overfull
        self.set_status(HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE)
        self.write({"ok": well, "waiting": self.inbox.waiting, "durable": self.inbox.durable})


def _literal(path: str) -> str:
    """A path as a pattern that fits nothing else."""
    return re.escape(path.rstrip("/"))


def _unix(path: Path) -> socket.socket:
    """A socket for the owner and the group, that a proxy can be in."""
    before = os.umask(0o117)
    try:
        return bind_unix_socket(str(path), mode=0o660)
    finally:
        os.umask(before)
