from __future__ import annotations

import base64
import json
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from playground.apps_script import AppsScript
from playground.kernel.emulator import Kernel
from playground.kernel.server import serving

REPOSITORY = Path(__file__).parents[3]
MANIFEST = REPOSITORY / "apps_script" / "appsscript.json"
APPEALS = "appeals-workbook"
HEADER = ["Код партнера", "Статус", "Ответ специалиста", "Доставка", "id"]


@dataclass
class Workbook:
    """Tabs of plain cells; refuses to be used outside the thread that made it."""

    tabs: dict[str, list[list[object]]]
    thread: int = field(default_factory=threading.get_ident)
    writes: list[tuple[str, int, int]] = field(default_factory=list)

    def titles(self) -> list[str]:
        assert threading.get_ident() == self.thread
        return list(self.tabs)

    def sheet_id(self, title: str) -> int:
        return list(self.tabs).index(title)

    def last_row(self, title: str) -> int:
        assert threading.get_ident() == self.thread
        rows = self.tabs[title]
        return max((number for number, row in enumerate(rows, 1) if any(cell != "" for cell in row)), default=0)

    def last_column(self, title: str) -> int:
        rows = self.tabs[title]
        return max((number for row in rows for number, cell in enumerate(row, 1) if cell != ""), default=0)

    def values(self, title: str, row: int, col: int, nrows: int, ncols: int) -> list[list[object]]:
        assert threading.get_ident() == self.thread
        return [[self._cell(title, r, c) for c in range(col, col + ncols)] for r in range(row, row + nrows)]

    def display_values(self, title: str, row: int, col: int, nrows: int, ncols: int) -> list[list[str]]:
        return [[str(value) for value in line] for line in self.values(title, row, col, nrows, ncols)]

    def set_values(self, title: str, row: int, col: int, values: Sequence[Sequence[object]]) -> None:
        assert threading.get_ident() == self.thread
        for down, line in enumerate(values):
            for right, value in enumerate(line):
                self.writes.append((title, row + down, col + right))
                self.tabs[title][row + down - 1][col + right - 1] = value

    def column(self, title: str, name: str) -> list[object]:
        where = self.tabs[title][0].index(name)
        return [row[where] for row in self.tabs[title][1:]]

    def _cell(self, title: str, row: int, column: int) -> object:
        rows = self.tabs[title]
        return rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else ""


@dataclass(frozen=True)
class Edit:
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    title: str = "Обращения"
    spreadsheet_id: str = APPEALS
    user: str | None = "ivanov@example.com"
    value: object = None
    old_value: object = None


@dataclass
class Pubsub:
    """Stands for pubsub.googleapis.com: answers the listed statuses in turn, then the last one for ever.

    `meanwhile`: what a person does once while the first request waits for its answer.
    """

    statuses: list[int] = field(default_factory=lambda: [200])
    meanwhile: Callable[[], object] | None = None
    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)

    async def publish(self, request: Request) -> Response:
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        if self.meanwhile:
            act, self.meanwhile = self.meanwhile, None
            act()
        headers, body = dict(request.headers), json.loads(await request.body())
        self.requests.append({"path": request.url.path, "headers": headers, "body": body, "status": status})
        if status != 200:
            return JSONResponse({"error": {"code": status, "message": "нет", "status": "X"}}, status)
        return JSONResponse({"messageIds": [str(number) for number in range(len(body["messages"]))]})

    def events(self) -> list[dict[str, Any]]:
        """What was said in the messages that were taken."""
        taken = [
            message for request in self.requests if request["status"] == 200 for message in request["body"]["messages"]
        ]
        return [json.loads(base64.b64decode(message["data"])) for message in taken]


@pytest.fixture
def pubsub() -> Iterator[Pubsub]:
    stub = Pubsub()
    with serving(Starlette(routes=[Route("/{path:path}", stub.publish, methods=["POST"])])) as url:
        stub.url = url
        yield stub


@pytest.fixture
def kernel() -> Kernel:
    return Kernel.fresh("http://127.0.0.1:1")


@pytest.fixture
def workbook() -> Workbook:
    rows: list[list[object]] = [
        list(HEADER),
        ["00123", "Передано специалисту", "", "—", "7K3Q"],
        ["00124", "В работе", "Готово", "доставлено 14:03", "8A1B"],
        ["00125", "Решено", "", "", "9C2D"],
        ["00126", "Новое", "", "—", ""],
    ]
    return Workbook(tabs={"Обращения": rows, "Настройки": [["key", "value"], ["ai", "да"]]})


@pytest.fixture
def make(kernel: Kernel, workbook: Workbook, pubsub: Pubsub, tmp_path: Path) -> Callable[..., AppsScript]:
    """The engine with the real Code.gs, or with another source under the same manifest."""

    def build(code: str | None = None, **properties: str) -> AppsScript:
        source = REPOSITORY / "apps_script" / "Code.gs"
        if code is not None:
            source = tmp_path / "Code.gs"
            source.write_text(code, encoding="utf-8")
            source.with_name("appsscript.json").write_bytes(MANIFEST.read_bytes())
        return AppsScript(
            kernel,
            source=source,
            properties=properties or {"PROJECT_ID": "demo", "TOPIC": "events"},
            open_workbook={APPEALS: workbook}.__getitem__,
            urls={"https://pubsub.googleapis.com": pubsub.url},
        )

    return build


@pytest.fixture
async def script(make: Callable[..., AppsScript], pubsub: Pubsub) -> AppsScript:
    """The real Code.gs, installed."""
    script = make()
    await script.install(APPEALS)
    pubsub.requests.clear()
    return script


@pytest.fixture
def edit(script: AppsScript) -> Callable[..., Awaitable[None]]:
    async def edited(row: int, column: int, **rest: Any) -> None:
        await script.edited(Edit(row, column, **rest))

    return edited


@pytest.fixture
def said(kernel: Kernel) -> Callable[[str], list[str]]:
    """The messages of the script's events of one kind."""

    def messages(what: str) -> list[str]:
        return [str(event.details.get("message")) for event in kernel.events.since() if event.what == what]

    return messages


@pytest.fixture
def run(make: Callable[..., AppsScript], said: Callable[[str], list[str]]) -> Callable[..., Awaitable[list[str]]]:
    """Runs the body of a function, as an installable or a simple trigger, and gives what it logged or died of."""

    async def result(body: str, *, simple: bool = False, **event: Any) -> list[str]:
        name = "onEdit" if simple else "edited"
        installer = "ScriptApp.newTrigger('edited').forSpreadsheet(SpreadsheetApp.getActive()).onEdit().create()"
        script = make(f"function {name}(e) {{ {body} }}\nfunction installTrigger() {{ {installer} }}")
        if not simple:
            await script.install(APPEALS)
        await script.edited(Edit(**{"row": 2, "column": 3, **event}))
        return said("log") + said("failed")

    return result
