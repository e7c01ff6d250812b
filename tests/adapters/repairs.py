"""What people do to a workbook that only people can undo, and how they undo it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import httpx2

from shared.adapters.sheets.breaker import Breaker
from shared.adapters.sheets.calls.transport import Area, Committed, Grid, Request, Tab, Transport
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.journal.journal import SheetJournal
from shared.adapters.sheets.journal.marks import DAY_S, day_key
from shared.adapters.sheets.journal.tools import Tools
from shared.adapters.sheets.journal.with_breaker import JournalWithBreaker
from shared.domain import problem_texts
from tests.sheets import APPEALS, Sheets

BOOK = "таблица обращений"
PLACE = "вкладка «Обращения»"
TAB = {"spreadsheet": APPEALS, "sheet": "Обращения"}
SHEET = {"sheetId": 0, "startRowIndex": 1}


@dataclass
class Counted:
    """A transport that counts its calls."""

    inner: Transport
    calls: int = 0

    def tabs(self, spreadsheet: str) -> list[Tab]:
        self.calls += 1
        return self.inner.tabs(spreadsheet)

    def title(self, spreadsheet: str, sheet: int) -> str | None:
        return self.inner.title(spreadsheet, sheet)

    def read(self, spreadsheet: str, areas: Sequence[Area]) -> list[Grid]:
        self.calls += 1
        return self.inner.read(spreadsheet, areas)

    def write(self, spreadsheet: str, requests: Sequence[Request], echoes: Sequence[Area]) -> Committed:
        self.calls += 1
        return self.inner.write(spreadsheet, requests, echoes)


def behind_breaker(sheets: Sheets) -> tuple[JournalWithBreaker, Counted]:
    """A journal as a function has it, and the calls that it makes."""
    calls = Counted(sheets.calls())
    book = Workbook(sheets.gateway(calls), APPEALS, BOOK)
    tools = Tools(book=book, clock=sheets.clock, token=lambda: next(sheets.tokens), log=sheets.log)
    return JournalWithBreaker(SheetJournal(tools), Breaker(sheets.clock.now)), calls


async def owner(sheets: Sheets, method: str, path: str, body: Any = None) -> Any:
    """A call of Google's API by somebody who may do everything."""
    headers = {"Authorization": f"Bearer {sheets.emulator.access_token}"}
    async with httpx2.AsyncClient(base_url=f"{sheets.url}/google", headers=headers, trust_env=False) as client:
        answer = await client.request(method, path, json=body)
    assert answer.status_code < 300, answer.text
    return answer.json() if answer.content else None


async def batch(sheets: Sheets, *requests: Request, book: str = APPEALS) -> Any:
    return await owner(sheets, "POST", f"/v4/spreadsheets/{book}:batchUpdate", {"requests": list(requests)})


Act = Callable[[Sheets], Awaitable[object]]


@dataclass(frozen=True, kw_only=True)
class Damage:
    """`place` and `problem`: what an admin is to read."""

    done: Act
    undone: Act
    place: str = PLACE
    problem: str


def typed(cell: str, text: str) -> Act:
    return lambda sheets: sheets.type(f"Обращения!{cell}", text)


def person(call: str, **body: Any) -> Act:
    return lambda sheets: sheets.person(call, **TAB, **body)


def refusing(status: int) -> Act:
    async def act(sheets: Sheets) -> None:
        sheets.fault(service="sheets", match="", action=status, rate=1.0)

    return act


async def serving_again(sheets: Sheets) -> None:
    sheets.faults.replace([])


async def protected(sheets: Sheets, book: str = APPEALS, **limits: int) -> None:
    """Nobody but the owner may edit the rows of the first tab, within these limits of a GridRange."""
    area = {**SHEET, **limits}
    await batch(sheets, {"addProtectedRange": {"protectedRange": {"range": area, "protectedRangeId": 77}}}, book=book)


async def unprotected(sheets: Sheets, book: str = APPEALS) -> None:
    await batch(sheets, {"deleteProtectedRange": {"protectedRangeId": 77}}, book=book)


async def shared(sheets: Sheets, role: str) -> None:
    """With the bot, which may only look as a «reader»."""
    await owner(sheets, "PATCH", f"/drive/v3/files/{APPEALS}/permissions/1", {"role": role})


async def full(sheets: Sheets) -> None:
    """Ten million cells, and no row left for a new appeal."""
    rows = {"sheetId": 0, "gridProperties": {"rowCount": 2, "columnCount": 17}}
    fields = "gridProperties(rowCount,columnCount)"
    await batch(sheets, {"updateSheetProperties": {"properties": rows, "fields": fields}})
    found = await owner(sheets, "GET", f"/v4/spreadsheets/{APPEALS}?fields=sheets.properties.gridProperties")
    grids = [sheet["properties"]["gridProperties"] for sheet in found["sheets"]]
    left = 10_000_000 - sum(grid["rowCount"] * grid["columnCount"] for grid in grids)
    grid = {"rowCount": left // 10, "columnCount": 10}
    await batch(sheets, {"addSheet": {"properties": {"sheetId": 99, "title": "Копия", "gridProperties": grid}}})


async def emptied(sheets: Sheets) -> None:
    await batch(sheets, {"deleteSheet": {"sheetId": 99}})


DAMAGES = {
    "a renamed column": Damage(
        done=typed("G1", "Ответ"), undone=typed("G1", "Ответ специалиста"), problem="нет столбца «Ответ специалиста»"
    ),
    "a second status": Damage(
        done=typed("R1", "Статус"), undone=typed("R1", ""), problem="столбец «Статус» стоит дважды"
    ),
    "a row above the header": Damage(
        done=person("insert-rows", row=1, count=1),
        undone=person("delete-rows", row=1, count=1),
        problem="в первой строке нет заголовков столбцов",
    ),
    "the last columns deleted": Damage(
        done=lambda sheets: batch(
            sheets, {"deleteDimension": {"range": {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 15}}}
        ),
        undone=lambda sheets: restored(sheets),
        problem="нет столбцов «id», «Служебное»",
    ),
    **{
        f"{status}": Damage(done=refusing(status), undone=serving_again, place=BOOK, problem=problem)
        for status, problem in {
            401: "Google не принимает ключ сервисного аккаунта (401)",
            403: "нет доступа к таблице (403)",
            404: "таблица не найдена (404)",
            409: "таблица не принимает запросы (409)",
        }.items()
    },
}
"""What every call meets, reads too."""


async def restored(sheets: Sheets) -> None:
    add = {"appendDimension": {"sheetId": 0, "dimension": "COLUMNS", "length": 2}}
    await batch(sheets, add)
    await sheets.type("Обращения!P1", "id")
    await sheets.type("Обращения!Q1", "Служебное")


FILLER = 5
"""The id of a mark that leaves no room for another one."""


async def without_room_for_marks(sheets: Sheets) -> None:
    """Beside one mark of one character: 30,000 is the limit. The filler is as old as marks that are forgotten."""
    content = {
        "metadataId": FILLER,
        "metadataKey": day_key(sheets.clock.now() - 2 * DAY_S),
        "metadataValue": "x" * 29_998,
        "location": {"spreadsheet": True},
        "visibility": "DOCUMENT",
    }
    await batch(sheets, {"createDeveloperMetadata": {"developerMetadata": content}})


async def with_room_for_marks(sheets: Sheets) -> None:
    lookup = {"developerMetadataLookup": {"metadataId": FILLER}}
    await batch(sheets, {"deleteDeveloperMetadata": {"dataFilter": lookup}})


NO_NEW_ROWS = {
    "a protected column": Damage(
        done=lambda sheets: protected(sheets, startColumnIndex=5, endColumnIndex=6),
        undone=unprotected,
        problem="строку нельзя добавить: столбец или диапазон защищён от правки",
    ),
    "a protected tab": Damage(
        done=protected,
        undone=unprotected,
        problem="строку нельзя добавить: столбец или диапазон защищён от правки",
    ),
    "ten million cells": Damage(
        done=full, undone=emptied, problem="строку нельзя добавить: в таблице больше нет места, 10 миллионов ячеек"
    ),
    "no room for marks": Damage(
        done=without_room_for_marks,
        undone=with_room_for_marks,
        problem=problem_texts.MARKS_FULL,
    ),
    "the bot may only read": Damage(
        done=lambda sheets: shared(sheets, "reader"),
        undone=lambda sheets: shared(sheets, "writer"),
        place=BOOK,
        problem="нет доступа к таблице (403)",
    ),
}
"""What only a new row meets."""
