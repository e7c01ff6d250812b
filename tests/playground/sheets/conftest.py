"""A Sheets emulator behind HTTP. Whatever passes there is held against Google's discovery document."""

from __future__ import annotations

import json
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import gspread
import httpx2
import jsonschema
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from playground.kernel.clock import Clock
from playground.kernel.emulator import Kernel
from playground.kernel.events import EventLog
from playground.kernel.server import free_port, serving
from playground.kernel.settings import Settings
from playground.sheets import SheetsEmulator, TabSeed
from playground.sheets.discovery import API

BOT = "bot@demo.iam.gserviceaccount.com"
OTHER = "other@demo.iam.gserviceaccount.com"
BOOK = "book-of-appeals"
HEADER = ["id", "Имя", "Статус", "Ответ", "Сумма"]


class Traffic:
    """ASGI middleware that keeps every call of the Sheets API."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.calls: list[tuple[str, str, bytes, int, bytes]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        sent, answered, status = b"", b"", 0

        async def heard() -> Message:
            nonlocal sent
            message = await receive()
            sent += message.get("body", b"")
            return message

        async def told(message: MutableMapping[str, Any]) -> None:
            nonlocal answered, status
            status = message.get("status", status)
            answered += message.get("body", b"")
            if message["type"] == "http.response.body":
                path = scope["raw_path"].decode().removeprefix(scope.get("root_path", ""))
                self.calls.append((scope["method"], path, sent, status, answered))
            await send(message)

        await self.app(scope, heard, told)

    def misfits(self) -> list[str]:
        """What in the bodies of successful calls is not in the discovery document."""
        wrong: list[str] = []
        for verb, path, sent, status, answered in self.calls:
            found = API.match(verb, path)
            if found is None or status != 200:
                continue
            method, _ = found
            for name, body in ((method.request, sent), (method.response, answered)):
                if name and body:
                    wrong += [f"{method.name}: {text}" for text in _errors_in(name, body)]
        return wrong


@cache
def _errors_in(name: str, body: bytes) -> list[str]:
    """The same bodies pass again and again; to hold one against the document takes up to a second."""
    return message_errors(name, json.loads(body))


def message_errors(name: str, body: object) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in _validator(name).iter_errors(body)]


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    definitions = {key: _closed(schema) for key, schema in API.schemas.items()}
    return jsonschema.Draft202012Validator({"$defs": definitions, "$ref": f"#/$defs/{name}"})


def _closed(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema of the discovery document as JSON Schema; null is everywhere allowed, an unknown name nowhere."""
    if "$ref" in schema:
        return {"anyOf": [{"$ref": f"#/$defs/{schema['$ref']}"}, {"type": "null"}]}
    match schema["type"]:
        case "any":
            return {}
        case "object" if "properties" in schema:
            inner = {name: _closed(one) for name, one in schema["properties"].items()}
            return {"type": ["object", "null"], "properties": inner, "additionalProperties": False}
        case "object":
            return {"type": ["object", "null"], "additionalProperties": _closed(schema["additionalProperties"])}
        case "array":
            return {"type": ["array", "null"], "items": _closed(schema["items"])}
        case "string" if "enum" in schema:
            return {"enum": [*schema["enum"], None]}
        case kind:
            return {"type": [kind, "null"]}


class Redirected(gspread.HTTPClient):
    """gspread with only the host of its requests changed."""

    base = ""

    def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Any:
        parts = urlsplit(endpoint)
        return super().request(method, f"{self.base}/google{parts.path}", *args, **kwargs)


@dataclass(slots=True)
class FakeTime:
    now: float = 1_795_000_000.0


@dataclass(slots=True, kw_only=True)
class World:
    emulator: SheetsEmulator
    kernel: Kernel
    base: str
    time: FakeTime
    http: httpx2.Client
    traffic: Traffic
    opened: list[gspread.Client] = field(default_factory=list)

    def gspread(self, email: str = BOT) -> gspread.Client:
        client_class = type("Here", (Redirected,), {"base": self.base})
        client = gspread.service_account_from_dict(
            self.emulator.service_account_key(email),
            http_client=client_class,
        )
        self.opened.append(client)
        return client

    def tool(self, verb: str, path: str, body: object = None, *, token: str | None = None) -> httpx2.Response:
        """A call of the API with the tools' token."""
        headers = {"Authorization": f"Bearer {token or self.emulator.access_token}"}
        return self.http.request(verb, f"{self.base}/google/v4/spreadsheets{path}", json=body, headers=headers)

    def batch(self, *requests: dict[str, Any], book: str = BOOK, **rest: Any) -> httpx2.Response:
        return self.tool("POST", f"/{book}:batchUpdate", {"requests": list(requests), **rest})

    def done(self, *requests: dict[str, Any], book: str = BOOK, **rest: Any) -> dict[str, Any]:
        """The answer to a batch that must succeed."""
        answer = self.batch(*requests, book=book, **rest)
        assert answer.status_code == 200, answer.text
        result: dict[str, Any] = answer.json()
        return result

    def refused(self, *requests: dict[str, Any], book: str = BOOK) -> str:
        """The message of the 400 to a batch that must fail."""
        answer = self.batch(*requests, book=book)
        assert answer.status_code == 400, answer.text
        return str(answer.json()["error"]["message"])

    def values(self, range_: str, *, book: str = BOOK, option: str = "FORMATTED_VALUE") -> list[list[Any]]:
        answer = self.tool("GET", f"/{book}/values/{range_}?valueRenderOption={option}")
        assert answer.status_code == 200, answer.text
        rows: list[list[Any]] = answer.json().get("values", [])
        return rows

    def write(self, range_: str, rows: Sequence[Sequence[Any]], *, how: str = "RAW", book: str = BOOK) -> None:
        answer = self.tool("PUT", f"/{book}/values/{range_}?valueInputOption={how}", {"values": rows})
        assert answer.status_code == 200, answer.text

    def people(self, call: str, **body: Any) -> dict[str, Any]:
        answer = self.http.post(f"{self.base}/google/people/{call}", json={"spreadsheet": BOOK, **body})
        assert answer.status_code == 200, answer.text
        result: dict[str, Any] = answer.json()
        return result

    def view(self, sheet: str = "Обращения") -> dict[str, Any]:
        answer = self.http.get(f"{self.base}/google/people/view", params={"spreadsheet": BOOK, "sheet": sheet})
        assert answer.status_code == 200, answer.text
        result: dict[str, Any] = answer.json()
        return result

    def shown(self) -> list[list[str]]:
        """The rows under the header as a person sees them."""
        return [row["values"] for row in self.view()["rows"]]


ROWS: tuple[list[Any], ...] = (
    HEADER,
    ["a1", "Анна", "Новое", "", 10],
    ["b2", "Борис", "В работе", "ок", 30],
    ["c3", "Вера", "Решено", "да", 20],
)


@pytest.fixture
def world() -> Iterator[World]:
    """One spreadsheet in ru_RU, «Обращения» with three rows and «Авторизация» with one, shared with the bot."""
    time = FakeTime()
    clock = Clock(lambda: time.now)
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    kernel = Kernel(clock=clock, events=EventLog(clock), settings=Settings(), base_url=base)
    emulator = SheetsEmulator(kernel)
    emulator.create_spreadsheet(
        BOOK,
        "Обращения партнёров",
        [
            TabSeed(title="Обращения", rows=ROWS, text_columns=(3,)),
            TabSeed(title="Авторизация", rows=(["Код", "Телефон"], ["00123", "79161234567"])),
        ],
        alias="appeals",
        shared_with=[BOT],
    )
    traffic = Traffic(emulator.app)
    with httpx2.Client(timeout=30) as http, serving(Starlette(routes=[Mount("/google", traffic)]), port=port):
        here = World(emulator=emulator, kernel=kernel, base=base, time=time, http=http, traffic=traffic)
        yield here
        for client in here.opened:
            client.http_client.session.close()
            getattr(client.http_client.session, "_auth_request").session.close()  # noqa: B009
    assert traffic.misfits() == []
