"""The server: HTTP in front of the methods, a record of every call, and faults on order."""

from __future__ import annotations

import asyncio
import inspect
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote

from . import chats, files, inline, messages, polls, updates
from .checks import convert
from .errors import Refused
from .flood import Flood
from .http import HttpServer, Request, Response
from .methods import METHODS
from .people import Group, Talk
from .world import Json, World

METHOD_MODULES = (chats, files, inline, messages, polls, updates)  # importing them has filled METHODS

TOKEN = "4242:AAtest-token_that-must-never-be-seen"
PATIENCE = 10.0  # seconds that a test waits for a call before it fails


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a method: what was given, by its types, and what came of it."""

    method: str
    params: dict[str, Any]
    result: Any = None
    error: str = ""
    at: float = field(default_factory=time.monotonic)


@dataclass(slots=True)
class Fault:
    """What goes wrong with the next `times` calls of `method` that `when` agrees to.

    `late` lets the method do its work first: the message is sent and only the receipt is lost.
    """

    method: str
    status: int = 500
    body: bytes | None = None  # None: hang up without an answer
    hang: float = 0.0  # seconds before anything is said
    times: int = 1
    late: bool = False
    when: Callable[[dict[str, str]], bool] = lambda given: True


class BotApi:
    """A Bot API server on 127.0.0.1. Use as `async with`; `base_url` and `base_file_url` are for the bot's settings."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.world = World()
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.flood: Flood | None = None  # no limits, unless a test wants them
        self.strangers: list[str] = []  # requests that are not of the Bot API or carry another token
        self._http = HttpServer(self._answer)

    async def __aenter__(self) -> Self:
        await self._http.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close()

    async def restart(self, *, after: float = 0.0) -> None:
        """Drop every connection and come back on the same port `after` seconds later."""
        port = self._http.port
        await self._http.close()
        await asyncio.sleep(after)
        await self._http.start(port)

    @property
    def port(self) -> int:
        return self._http.port

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        return f"http://127.0.0.1:{self._http.port}/file/bot"

    # What tests order

    def private(self, user_id: int, name: str = "小白") -> Talk:
        """A person who talks to the bot in private."""
        user = {"id": user_id, "is_bot": False, "first_name": name}
        chat = self.world.chats.setdefault(user_id, {"id": user_id, "type": "private", "first_name": name})
        return Talk(self, chat, user)

    def group(self, chat_id: int, title: str = "议事群", *, forum: bool = False) -> Group:
        """A supergroup that the bot is a member of."""
        chat = {"id": chat_id, "type": "supergroup", "title": title} | ({"is_forum": True} if forum else {})
        return Group(self, self.world.chats.setdefault(chat_id, chat))

    def fail(self, method: str, status: int = 500, description: str = "", **fault: Any) -> Fault:
        """Order a fault: an error status with Telegram's words, or `body`, `hang`, `times`, `late`, `when` (see Fault).

        `retry_after` and `migrate_to_chat_id` go into Telegram's ResponseParameters.
        """
        parameters = {name: fault.pop(name) for name in ("retry_after", "migrate_to_chat_id") if name in fault}
        if "body" not in fault:
            words = description or ("Too Many Requests: retry after" if status == 429 else "Internal Server Error")
            fault["body"] = _encoded(Refused(status, words, **parameters).as_json())
        self.faults.append(Fault(method.lower(), status, **fault))
        return self.faults[-1]

    def of(self, *methods: str) -> list[Call]:
        """The calls of these methods so far."""
        return [call for call in self.calls if call.method in methods]

    async def wait_for(self, method: str, count: int = 1, seconds: float = PATIENCE) -> list[Call]:
        """Wait until `method` was called `count` times; AssertionError when that does not happen."""
        if not await self.world.until(lambda: len(self.of(method)) >= count, seconds):
            said = [call.method for call in self.calls]
            raise AssertionError(f"{method} was called {len(self.of(method))} times, not {count}; calls: {said[-20:]}")
        return self.of(method)

    async def wait_until_read(self, seconds: float = PATIENCE) -> None:
        """Wait until every update so far was confirmed by a later getUpdates."""
        if not await self.world.until(lambda: not self.world.waiting, seconds):
            raise AssertionError(f"{len(self.world.waiting)} updates were not read")

    # What the bot sees

    async def _answer(self, request: Request) -> Response | None:
        if request.path.startswith("/file/bot"):
            return self._download(request.path)
        _, _, path = request.path.partition("/bot")
        token, _, name = path.partition("/")
        if token != self.token:
            self.strangers.append(request.path.replace(self.token, "…"))
            return _refusal(Refused(401, "Unauthorized"))
        method = METHODS.get(name.lower())
        if method is None:
            return _refusal(Refused(404, "Not Found"))
        if self.flood and (wait := self.flood.wait(name, request.params)):
            self._record(Call(name, dict(request.params), error="429"))
            return _refusal(Refused(429, f"Too Many Requests: retry after {wait}", retry_after=wait))
        fault = self._due(name, dict(request.params))
        if fault is not None:
            await asyncio.sleep(fault.hang)
            if not fault.late:
                return None if fault.body is None else Response(fault.status, fault.body)
        response = await self._call(name, request)
        if fault is not None:
            return None if fault.body is None else Response(fault.status, fault.body)
        return response

    def _download(self, path: str) -> Response | None:
        """https://api.telegram.org/file/bot<token>/<file_path>"""
        token, _, file_path = unquote(path).removeprefix("/file/bot").partition("/")
        data = self.world.files.get(file_path.removeprefix("documents/"))
        if token != self.token or data is None:
            return _refusal(Refused(404, "Not Found"))
        fault = self._due("download", {"file_path": file_path})
        self._record(Call("download", {"file_path": file_path}))
        if fault is not None:
            return None if fault.body is None else Response(fault.status, fault.body)
        return Response(200, data)

    def _due(self, name: str, given: dict[str, str]) -> Fault | None:
        for fault in self.faults:
            if fault.times > 0 and fault.method == name.lower() and fault.when(given):
                fault.times -= 1
                if not fault.late:
                    self._record(Call(name, given, error=f"fault {fault.status}"))
                return fault
        return None

    async def _call(self, name: str, request: Request) -> Response:
        given: dict[str, Any] = dict(request.params)
        method = METHODS[name.lower()]
        try:
            files = {name: content for name, content in request.files.items() if name in method.params}
            given = convert(method.params, {**request.params, **self.world.keep(files)})
            result = method.carry_out(self.world, given)
            if inspect.isawaitable(result):
                result = await result
        except Refused as refused:
            self._record(Call(name, given, error=refused.description))
            return _refusal(refused)
        self._record(Call(name, given, result=json.loads(json.dumps(result))))
        return Response(200, _encoded({"ok": True, "result": result}))

    def _record(self, call: Call) -> None:
        self.calls.append(call)
        self.world.changed()


def _encoded(body: Json) -> bytes:
    return json.dumps(body).encode()


def _refusal(refused: Refused) -> Response:
    return Response(refused.code, _encoded(refused.as_json()))
