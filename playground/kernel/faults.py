"""Faults on demand, in front of every emulated service.

A fault names a service and, as a regular expression, the calls it hits. What is matched is the
call's line: `METHOD path?query`, followed for a `:batchUpdate` of a spreadsheet by the kinds of its requests
(`POST /v4/spreadsheets/S:batchUpdate findReplace appendCells`), with the whole path, with the path below the
service's prefix, and without the spreadsheet's id. What people do, and a token's grant unless the match names it,
is never hit.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from playground.kernel.fault import Fault, Faults
from playground.kernel.gate import Gate
from playground.kernel.settings import Settings

HANG_SECONDS = 300.0
TOKEN = "/token"
_SPREADSHEET = re.compile(r"(?<=/spreadsheets)/[^/:]+")

__all__ = ["ConnectionCutError", "Fault", "Faults", "FaultyService", "abort"]


class FaultyService:
    """ASGI middleware: the emulator `app` of `service`, with latency and faults in front.

    `spared`: beginnings of paths that are the playground's own and not the service's.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        service: str,
        faults: Faults,
        settings: Settings,
        error_body: Callable[[int], bytes],
        gate: Gate | None = None,
        spared: tuple[str, ...] = (),
    ) -> None:
        self._app = app
        self._service = service
        self._faults = faults
        self._settings = settings
        self._error_body = error_body
        self._gate = gate or Gate()
        self._spared = spared

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if self._gate.shut:
            await _answer(send, 503, self._error_body(503))
            return
        try:
            with self._gate.passing():
                await self._served(scope, receive, send)
        except asyncio.CancelledError:
            if self._gate.shut:
                abort(scope)
            raise

    async def _served(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, latency = _path(scope), self._latency()
        if path.startswith(self._spared) or not (latency or self._faults.concern(self._service)):
            await self._app(scope, receive, send)
            return
        body = await _whole_body(receive)
        lines = _lines(scope, body)
        fault, slow = self._faults.pick(self._service, lines, named="token" if path == TOKEN else "")
        if fault and self._faults.told:
            self._faults.told(fault, lines[0], Headers(scope=scope).get("authorization", ""))
        half = (latency + slow) / 2
        await asyncio.sleep(half)
        match fault and fault.action:
            case int(status):
                await asyncio.sleep(half)
                await _answer(send, status, self._error_body(status))
            case "hang":
                await _hang(receive)
                abort(scope)
            case "drop":
                abort(scope)
            case "apply-then-drop":
                await self._app(scope, _replay(body), _Recorded())
                abort(scope)
            case "person":
                answer = _Recorded()
                await self._app(scope, _replay(body), answer)
                if fault and self._faults.person:
                    await self._faults.person(fault.edit)
                await asyncio.sleep(half)
                for message in answer.messages:
                    await send(message)
            case _:
                await self._app(scope, _replay(body), _slowed(send, half))

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


def _path(scope: Scope) -> str:
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", "")) or "/"


def _lines(scope: Scope, body: bytes) -> tuple[str, str, str]:
    path = _path(scope)
    rest = f"?{scope['query_string'].decode('latin-1')}" if scope.get("query_string") else ""
    if path.endswith(":batchUpdate") and b'"requests"' in body:
        rest += "".join(f" {kind}" for kind in _kinds(body))
    method, root = scope["method"], scope.get("root_path", "")
    return f"{method} {path}{rest}", f"{method} {root}{path}{rest}", f"{method} {_SPREADSHEET.sub('', path)}{rest}"


def _kinds(body: bytes) -> list[str]:
    try:
        return [str(kind) for request in json.loads(body)["requests"] for kind in request]
    except (ValueError, TypeError, KeyError):
        return []
