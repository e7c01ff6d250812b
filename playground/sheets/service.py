"""HTTP in front of everything: who calls, what for, and the answer's bytes."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from playground.kernel.emulator import Kernel
from playground.sheets.calls import Call, answered, is_read
from playground.sheets.discovery import API, Method
from playground.sheets.drive import Drive
from playground.sheets.drive import error_body as drive_error
from playground.sheets.errors import ApiError
from playground.sheets.library import Library
from playground.sheets.quotas import Quotas
from playground.sheets.stats import Stats
from playground.sheets.tokens import TOOL, GrantError, Tokens

JSON_TYPE = "application/json; charset=UTF-8"
Person = Callable[[str, Mapping[str, object]], Awaitable[dict[str, object]]]


class Service:
    """An ASGI application for everything below `/google`."""

    def __init__(
        self, *, kernel: Kernel, library: Library, quotas: Quotas, stats: Stats, tokens: Tokens, person: Person
    ) -> None:
        self.stats = stats
        self._kernel = kernel
        self._library = library
        self._quotas = quotas
        self._tokens = tokens
        self._person = person
        self._drive = Drive(library, kernel.clock.now)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        body = await request.body()
        response = await self._response(request, _raw_path(scope), body)
        await response(scope, receive, send)

    async def _response(self, request: Request, path: str, body: bytes) -> Response:
        if path.startswith("/people/"):
            return await self._people(request, path.removeprefix("/people/"), body)
        if path == "/token" and request.method == "POST":
            return self._token(body)
        if path.startswith(("/drive/", "/upload/drive/")):
            return self._files(request, path, body)
        if path.startswith("/v4/"):
            return self._sheets(request, path, body)
        return _not_found(request.method, path)

    def _files(self, request: Request, path: str, body: bytes) -> Response:
        query = dict(parse_qsl(request.url.query))
        try:
            account = self._tokens.account_of(_credential(request), writes=False)
            status, kind, content = self._drive.answered(request.method, path, query, body, account)
        except ApiError as error:
            return Response(drive_error(error), error.status, media_type=JSON_TYPE)
        return Response(content, status, media_type=kind)

    def _sheets(self, request: Request, path: str, body: bytes) -> Response:
        found = API.match(request.method, path)
        if found is None:
            return _not_found(request.method, path)
        method, parameters = found
        account = "?"
        try:
            account = self._tokens.account_of(_credential(request), writes=not is_read(method))
            if account != TOOL and self._kernel.settings.quotas:
                self._quotas.take("Read" if is_read(method) else "Write", account, self._kernel.clock.now())
            query = parse_qsl(request.url.query, keep_blank_values=True)
            call = Call(method=method, path=parameters, query=query, body=body, account=account)
            skips = self._kernel.settings.guard_skips_filtered_rows
            answer = answered(self._library, call, guard_skips_filtered_rows=skips)
            status, content = (
                200,
                json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"),
            )
        except ApiError as error:
            status, content = error.status, error.body()
        except Exception as error:
            status, content = 500, ApiError(500).body()
            self._kernel.events.record("sheets", "the emulator failed", method=method.name, error=repr(error))
            logging.getLogger(__name__).exception("%s failed", method.name)
        if account != TOOL:
            self._count(method, account, status, content, parameters, body)
        return Response(content, status, media_type=JSON_TYPE)

    def _count(
        self, method: Method, account: str, status: int, content: bytes, path: Mapping[str, str], body: bytes
    ) -> None:
        read = is_read(method)
        if status not in (401, 429):
            self.stats.reads += read
            self.stats.writes += not read
        if status != 200:
            self.stats.errors[status] += 1
        elif read:
            self.stats.bytes_read += len(content)
        self._kernel.events.record(
            "sheets",
            method.name.removeprefix("spreadsheets.").replace("values.", "values:"),
            account=account,
            status=status,
            spreadsheet=path.get("spreadsheetId", ""),
            range=path.get("range", ""),
            sent=len(body),
            answered=len(content),
        )

    def _token(self, body: bytes) -> Response:
        form = dict(parse_qsl(body.decode("utf-8", "replace")))
        try:
            return Response(json.dumps(self._tokens.grant(form)), media_type=JSON_TYPE)
        except GrantError as error:
            return Response(error.body(), 400, media_type=JSON_TYPE)

    async def _people(self, request: Request, call: str, body: bytes) -> Response:
        """Never a Google error body: this is the playground's own."""
        try:
            given = dict(request.query_params) if request.method == "GET" else json.loads(body or b"{}")
            if not isinstance(given, dict):
                raise ApiError(400, "the body is not an object")
            if (request.method == "GET") != (call == "view"):
                raise ApiError(405, f"{request.method} is not for people/{call}")
            answer = await self._person(call, given)
        except ApiError as error:
            return _own_error(error.status, error.message)
        except ValueError:
            return _own_error(400, "the body is not JSON")
        return Response(json.dumps(answer, ensure_ascii=False), media_type=JSON_TYPE)


def _own_error(status: int, message: str) -> Response:
    content = json.dumps({"error": {"code": status, "message": message}}, ensure_ascii=False)
    return Response(content, status, media_type=JSON_TYPE)


def _credential(request: Request) -> str | None:
    """The header, or the token in the query that Google takes in its place."""
    token = request.query_params.get("access_token") or request.query_params.get("oauth_token")
    return request.headers.get("authorization") or (f"Bearer {token}" if token else None)


def _raw_path(scope: Scope) -> str:
    """The path below the mount, still percent-encoded: a range may hold a slash."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    path = raw.partition(b"?")[0].decode("latin-1")
    return path.removeprefix(scope.get("root_path", ""))


def _not_found(method: str, path: str) -> Response:
    text = (
        "<!DOCTYPE html>\n<html lang=en>\n  <title>Error 404 (Not Found)!!1</title>\n"
        "  <p><b>404.</b> <ins>That’s an error.</ins>\n"
        f"  <p>The requested URL <code>{path}</code> was not found on this server ({method}).  "
        "<ins>That’s all we know.</ins>\n"
    )
    return Response(text, 404, media_type="text/html; charset=UTF-8")
