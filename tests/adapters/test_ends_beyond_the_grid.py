"""Rows at the end of a tab are deleted between a look and a call: the call's range ends beyond the grid.

Google cuts such a range; were it to refuse it, or to drop the rows that no longer fit, everything below holds as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from playground.sheets import TabSeed
from shared.adapters.sheets.calls.refusals import OutOfGrid
from shared.adapters.sheets.calls.transport import Area, Committed, Grid, Request, Tab, Transport
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.directory.directory import SheetDirectory
from shared.adapters.sheets.rows_without import AT_ONCE, rows_without
from tests.adapters import crm
from tests.adapters.crm import EXPIRED_S, PEOPLE, known, log_in, logins, overlay
from tests.sheets import AUTHORISATION, Sheets

READ = "values:batchGetByDataFilter"
ACCOUNT = "bot@test.iam.gserviceaccount.com"
GOOGLES = ("cuts", "refuses", "drops")


@dataclass
class Google:
    """The emulator, or one that treats an end beyond the grid otherwise: `refuses` it, or `drops` rows beyond it."""

    calls: Transport
    sheets: Sheets
    how: str

    def tabs(self, spreadsheet: str) -> list[Tab]:
        return self.calls.tabs(spreadsheet)

    def title(self, spreadsheet: str, sheet: int) -> str | None:
        return self.calls.title(spreadsheet, sheet)

    def read(self, spreadsheet: str, areas: Sequence[Area]) -> list[Grid]:
        for area in areas:
            self._end(spreadsheet, area.last_row or 0)
        return self.calls.read(spreadsheet, areas)

    def write(self, spreadsheet: str, requests: Sequence[Request], echoes: Sequence[Area]) -> Committed:
        fitting = [self._fitting(spreadsheet, request) for request in requests]
        return self.calls.write(spreadsheet, fitting, echoes)

    def _fitting(self, spreadsheet: str, request: Request) -> Request:
        content: Any = request.get("updateCells")
        if not content or "range" not in content:
            return request
        box = content["range"]
        end = self._end(spreadsheet, box["endRowIndex"])
        return {"updateCells": {**content, "rows": content["rows"][: max(end - box["startRowIndex"], 1)]}}

    def _end(self, spreadsheet: str, end: int) -> int:
        """Where a range that ends there ends for this Google."""
        book = self.sheets.emulator.workbook(spreadsheet)
        rows = book.max_rows(book.titles()[0])
        if self.how == "refuses" and end > rows:
            raise OutOfGrid(f"Range exceeds grid limits. Max rows: {rows}, max columns: 26")
        return min(end, rows) if self.how == "drops" else end


def book(sheets: Sheets, spreadsheet: str, how: str) -> Workbook:
    return Workbook(sheets.gateway(Google(sheets.calls(), sheets, how)), spreadsheet)


def directory(sheets: Sheets, how: str) -> SheetDirectory:
    workbook = book(sheets, AUTHORISATION, how)
    return SheetDirectory(workbook, clock=sheets.clock, events=sheets.events, log=sheets.log, sleep=sheets.clock.sleep)


@pytest.mark.parametrize("how", GOOGLES)
@pytest.mark.parametrize(("left", "skipped"), [(500, 2), (AT_ONCE + 1, 2), (AT_ONCE + 200, 2), (500, None)])
async def test_the_rows_that_are_left_are_read(sheets: Sheets, how: str, left: int, skipped: int | None) -> None:
    """A tab of three parts is cut short after its length was read: every row that still exists comes, once."""
    last = 2 * AT_ONCE + 500
    lines = [["id", "текст", "имя"], *([f"id{row}", "длинный текст", f"имя{row}"] for row in range(2, last + 1))]
    tab = TabSeed(title="Длинная", rows=lines)
    sheets.emulator.create_spreadsheet("long", "Длинная", [tab], shared_with=[ACCOUNT])
    gone = {"spreadsheet": "long", "sheet": "Длинная", "row": left + 1, "count": last + 1 - left}
    if skipped:
        sheets.meanwhile(READ, call="delete-rows", **gone)
    else:
        await sheets.person("delete-rows", **gone)
    found: dict[int, list[str]] = {}
    async for read in rows_without(book(sheets, "long", how), 0, skipped=skipped, width=3):
        assert not found.keys() & read.keys()
        found |= read
    kept = ["", "длинный текст"][skipped is None]
    assert found == {row: [f"id{row}", kept, f"имя{row}"] for row in range(2, left + 1)}


@pytest.mark.parametrize("how", GOOGLES)
async def test_a_tab_that_lost_all_its_rows(sheets: Sheets, how: str) -> None:
    """Only the header is left: nothing comes, and nothing fails."""
    lines = [["id", "текст"], *([f"id{row}", ""] for row in range(2, 50))]
    tab = TabSeed(title="Короткая", rows=lines, frozen_rows=0, row_count=50)
    sheets.emulator.create_spreadsheet("short", "Короткая", [tab], shared_with=[ACCOUNT])
    sheets.meanwhile(READ, call="delete-rows", spreadsheet="short", sheet="Короткая", row=2, count=49)
    assert [read async for read in rows_without(book(sheets, "short", how), 0, skipped=2, width=2)] == []


@pytest.mark.parametrize("how", GOOGLES)
async def test_logins_are_restored_into_a_tab_that_became_shorter(sheets: Sheets, how: str) -> None:
    """An import took the logins, then a row above them goes before they are written back: everybody is known, nobody
    has another's login, and the sheet is right after the next read at the latest."""
    await crm.clean_tab(sheets)
    watching = directory(sheets, how)
    await log_in(watching, PEOPLE)
    before = await logins(sheets)
    await overlay(sheets)
    tab, rows = crm.TAB, len(PEOPLE) + 1
    grid = sheets.emulator.workbook(AUTHORISATION).max_rows(tab)
    await sheets.person("delete-rows", spreadsheet=AUTHORISATION, sheet=tab, row=rows + 1, count=grid - rows)
    sheets.meanwhile(READ, call="delete-rows", spreadsheet=AUTHORISATION, sheet=tab, row=2, count=1)
    sheets.clock.advance(EXPIRED_S)
    assert all(await known(watching, PEOPLE[1:]))
    sheets.clock.advance(EXPIRED_S)
    assert all(await known(watching, PEOPLE[1:]))
    before.pop(f"{PEOPLE[0].code} {PEOPLE[0].phone}")
    assert await logins(sheets) == before
    assert all(await known(directory(sheets, how), PEOPLE[1:]))
