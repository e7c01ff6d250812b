"""Faults on demand, in front of every emulated service.

A fault names a service and, as a regular expression, the calls it hits. What is matched is the
call's line: `METHOD path?query`, followed for a `:batchUpdate` of a spreadsheet by the kinds of its requests
(`POST /v4/spreadsheets/S:batchUpdate findReplace appendCells`).
"""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from playground.kernel.settings import Settings

PersonCall = Callable[[Mapping[str, object]], Awaitable[None]]
HANG_SECONDS = 300.0
ACTIONS = ("drop", "apply-then-drop", "hang", "person")
SERVICES = ("sheets", "telegram", "openai", "pubsub", "functions")


@dataclass(slots=True)
class Fault:
    """One line of `PUT /control/faults`."""

    service: str
    match: re.Pattern[str]
    action: int | str | None
    left: int | None
    rate: float | None
    latency_ms: int
    edit: Mapping[str, object]

    @classmethod
    def parse(cls, raw: object) -> Fault:
        """ValueError says what is wrong with the fault."""
        if not isinstance(raw, Mapping):
            raise ValueError("a fault is an object")
        unknown = set(raw) - {"service", "match", "action", "times", "rate", "latency_ms", "edit"}
        if unknown:
            raise ValueError(f"unknown field of a fault: {', '.join(sorted(unknown))}")
        service = raw.get("service")
        if service not in SERVICES:
            raise ValueError(f"service is one of {', '.join(SERVICES)}, got {service!r}")
        action = raw.get("action")
        if isinstance(action, str) and action.isdigit():
            action = int(action)
        if not (action is None or action in ACTIONS or (isinstance(action, int) and 400 <= action <= 599)):
            raise ValueError(f"action is an HTTP status of 400 to 599 or one of {', '.join(ACTIONS)}, got {action!r}")
        try:
            match = re.compile(str(raw.get("match") or ""))
        except re.error as error:
            raise ValueError(f"match is not a regular expression: {error}") from None
        edit = raw.get("edit") or {}
        if not isinstance(edit, Mapping) or (action == "person" and not edit):
            raise ValueError("a person's fault needs an edit: an object")
        times, rate = raw.get("times"), raw.get("rate")
        return cls(
            service=str(service),
            match=match,
            action=action,
            left=None if times is None else int(times),
            rate=None if rate is None else float(rate),
            latency_ms=int(raw.get("latency_ms") or 0),
            edit=edit,
        )


@dataclass(slots=True)
class Faults:
    """The list in force; random choices come from the given source."""

    chance: random.Random = field(default_factory=lambda: random.Random(1))
    listed: list[Fault] = field(default_factory=list)
    person: PersonCall | None = None

    def replace(self, faults: Sequence[Fault]) -> None:
        self.listed = list(faults)

    def pick(self, service: str, line: str) -> Fault | None:
        for fault in self.listed:
            if fault.service != service or not fault.match.search(line) or fault.left == 0:
                continue
            if fault.rate is not None and self.chance.random() >= fault.rate:
                continue
            if fault.left is not None:
                fault.left -= 1
            return fault
        return None


class FaultyService:
    """ASGI middleware: the emulator `app` of `service`, with latency and faults in front."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        service: str,
        faults: Faults,
        settings: Settings,
        error_body: Callable[[int], bytes],
    ) -> None:
        self._app = app
        self._service = service
        self._faults = faults
        self._settings = settings
        self._error_body = error_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        latency = self._latency()
        if not latency and not any(f.service == self._service for f in self._faults.listed):
            await self._app(scope, receive, send)
            return
        body = await _whole_body(receive)
        fault = self._faults.pick(self._service, _line(scope, body))
        delay = latency + (fault.latency_ms / 1000 if fault else 0.0)
        action = fault.action if fault else None
        await asyncio.sleep(delay / 2)
        match action:
            case int():
                await asyncio.sleep(delay / 2)
                await _answer(send, action, self._error_body(action))
            case "hang":
                await _hang(receive)
                abort(scope)
            case "drop":
                abort(scope)
            case _:
                answer = _Recorded()
                await self._app(scope, _replay(body), answer if action else _slowed(send, delay / 2))
                if action == "apply-then-drop":
                    abort(scope)
                elif action == "person" and fault and self._faults.person:
                    await self._faults.person(fault.edit)
                if action == "person":
                    await asyncio.sleep(delay / 2)
                    for message in answer.messages:
                        await send(message)

    def _latency(self) -> float:
        milliseconds = {"sheets": self._settings.sheets_latency_ms, "openai": self._settings.openai_latency_ms}
        return milliseconds.get(self._service, 0) / 1000


class ConnectionCutError(Exception):
    """The playground cut the connection on purpose."""


def abort(scope: Scope) -> None:
    """Cut the connection without an answer, as a failing network does."""
    transport = scope.get("playground.transport")
    if transport is not None:
        transport.abort()
    raise ConnectionCutError


class _Recorded:
    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def __call__(self, message: Message) -> None:
        self.messages.append(message)


def _slowed(send: Send, seconds: float) -> Send:
    async def slowed(message: Message) -> None:
        if message["type"] == "http.response.start" and seconds:
            await asyncio.sleep(seconds)
        await send(message)

    return slowed


async def _whole_body(receive: Receive) -> bytes:
    body: bytes = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return body
        body += bytes(message.get("body", b""))
        if not message.get("more_body"):
            return body


def _replay(body: bytes) -> Receive:
    waiting = [body]

    async def receive() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        await asyncio.sleep(HANG_SECONDS)
        return {"type": "http.disconnect"}

    return receive


async def _hang(receive: Receive) -> None:
    async def gone() -> None:
        while (await receive())["type"] != "http.disconnect":
            continue

    try:
        await asyncio.wait_for(gone(), HANG_SECONDS)
    except TimeoutError:
        return


async def _answer(send: Send, status: int, body: bytes) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _line(scope: Scope, body: bytes) -> str:
    path = scope["path"].removeprefix(scope.get("root_path", "")) or "/"
    line = f"{scope['method']} {path}"
    if query := scope.get("query_string"):
        line += f"?{query.decode()}"
    if path.endswith(":batchUpdate") and b'"requests"' in body:
        try:
            line += "".join(f" {kind}" for request in json.loads(body)["requests"] for kind in request)
        except (ValueError, TypeError):
            return line
    return line
