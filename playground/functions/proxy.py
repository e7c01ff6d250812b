"""`/functions/<name>/…` as Cloud Run's front end: finds or starts an instance and hands the request over whole."""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Iterable, Mapping

import httpx2
from starlette.types import Receive, Scope, Send

from playground.functions.instance import FunctionStartError, Instance
from playground.functions.supervisor import Supervisor
from playground.kernel.events import EventLog

Headers = list[tuple[bytes, bytes]]

LARGEST_BODY = 32 * 1024 * 1024
TIMEOUT_SECONDS = 310.0
# gunicorn closes an idle connection after 2 s; one about to be closed must not be taken for a crash
KEPT_IDLE_SECONDS = 1.0
HOP_BY_HOP = frozenset(
    b"connection keep-alive proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade "
    b"content-length".split()
)
FRONT_ENDS_OWN = frozenset((b"date", b"server"))
NOTICED_DEAD_SECONDS = 0.25
UNREACHED = (httpx2.ConnectError, httpx2.ConnectTimeout)


class FunctionsProxy:
    """ASGI app to be mounted at `/functions`.

    `sites`: origin → prefix. Redirects to such an origin lead to the prefix on the playground's own.
    """

    def __init__(self, supervisor: Supervisor, events: EventLog, *, sites: Mapping[bytes, bytes] | None = None) -> None:
        self._supervisor = supervisor
        self._sites = dict(sites or {})
        self._events = events
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=200, keepalive_expiry=KEPT_IDLE_SECONDS)
        self._client = httpx2.AsyncClient(trust_env=False, timeout=TIMEOUT_SECONDS, limits=limits)

    async def close(self) -> None:
        await self._client.aclose()

    @staticmethod
    def error_body(status: int) -> bytes:
        return {
            404: b"404 page not found",
            413: b"Request Entity Too Large",
            429: b"Rate exceeded.",
            503: b"Service Unavailable",
            504: b"upstream request timeout",
        }.get(status, b"Internal Server Error")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise NotImplementedError(f"functions take http, not {scope['type']}")
        inside = scope["raw_path"].removeprefix(scope.get("root_path", "").encode()).lstrip(b"/")
        name, _, rest = inside.decode("latin-1").partition("/")
        if name not in self._supervisor.names:
            await self._refuse(send, 404)
            return
        body = await _body(receive)
        if body is None:
            await self._refuse(send, 413)
            return
        target = f"/{rest}".encode("latin-1") + (b"?" + scope["query_string"] if scope["query_string"] else b"")
        headers = _request_headers(scope)
        started = time.perf_counter()
        served_by, status = await self._forward(name, scope["method"], target, headers, body, send)
        self._events.record(
            "functions",
            f"{name}: {scope['method']} /{rest} → {status}",
            function=name,
            instance=served_by,
            status=status,
            ms=round((time.perf_counter() - started) * 1000),
            trace=_trace(headers),
        )

    async def _forward(
        self, name: str, method: str, target: bytes, headers: Headers, body: bytes, send: Send
    ) -> tuple[str, int]:
        """Answers the request; returns which instance served it and the status."""
        instance: Instance | None = None
        try:
            instance = await self._supervisor.acquire(name)
            try:
                status = await self._exchange(instance, method, target, headers, body, send)
            except UNREACHED:
                # it died unnoticed and got nothing of the request: another instance may have it
                await instance.kill()
                instance = await self._supervisor.acquire(name)
                status = await self._exchange(instance, method, target, headers, body, send)
        except httpx2.TimeoutException:
            status = await self._refuse(send, 504)
        except (httpx2.TransportError, FunctionStartError):
            if instance is not None:
                await instance.gone_within(NOTICED_DEAD_SECONDS)
            status = await self._refuse(send, 503)
        return instance.name if instance else "", status

    async def _exchange(
        self, instance: Instance, method: str, target: bytes, headers: Headers, body: bytes, send: Send
    ) -> int:
        url = httpx2.URL(scheme="http", host="127.0.0.1", port=instance.port, raw_path=target)
        request = httpx2.Request(method, url, headers=headers, content=body)
        async with instance.request():
            response = await self._client.send(request, stream=True)
            try:
                content = b"".join([chunk async for chunk in response.aiter_raw()])
            finally:
                await response.aclose()
        answer = [pair for pair in _lowered(response.headers.raw) if pair[0] not in HOP_BY_HOP | FRONT_ENDS_OWN]
        answer = [(name, self._local(value) if name == b"location" else value) for name, value in answer]
        answer.append((b"content-length", _length(method, response, content)))
        await _answer(send, response.status_code, answer, content)
        return response.status_code

    def _local(self, address: bytes) -> bytes:
        site = next((site for site in self._sites if address.startswith(site + b"/")), None)
        return address if site is None else self._sites[site] + address[len(site) :]

    async def _refuse(self, send: Send, status: int) -> int:
        body = self.error_body(status)
        headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(body)).encode())]
        await _answer(send, status, headers, body)
        return status


async def _answer(send: Send, status: int, headers: Headers, body: bytes) -> None:
    # whoever asked may have gone; the function has done its work all the same
    with contextlib.suppress(OSError):
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


async def _body(receive: Receive) -> bytes | None:
    """The whole body, None when it is larger than Cloud Run takes."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > LARGEST_BODY:
            return None
        chunks.append(chunk)
        if not message.get("more_body"):
            return b"".join(chunks)


def _lowered(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    return [(name.lower(), value) for name, value in headers]


def _request_headers(scope: Scope) -> Headers:
    given = _lowered(scope["headers"])
    headers = [pair for pair in given if pair[0] not in HOP_BY_HOP and pair[0] != b"x-forwarded-for"]
    client = (scope.get("client") or ("127.0.0.1", 0))[0].encode()
    before = [value for name, value in given if name == b"x-forwarded-for"]
    headers.append((b"x-forwarded-for", b", ".join([*before, client])))
    if not any(name == b"x-cloud-trace-context" for name, _ in headers):
        context = f"{secrets.token_hex(16)}/{secrets.randbits(63)};o=1"
        headers.append((b"x-cloud-trace-context", context.encode()))
    return headers


def _trace(headers: Headers) -> str:
    context = next(value for name, value in headers if name == b"x-cloud-trace-context")
    return context.partition(b"/")[0].decode("latin-1")


def _length(method: str, response: httpx2.Response, content: bytes) -> bytes:
    declared = response.headers.get("content-length")
    return declared.encode() if method == "HEAD" and declared else str(len(content)).encode()
