"""The scratch tab as the probes use it: with the bot's columns, rows and requests."""

from __future__ import annotations

import itertools
import secrets
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shared.adapters.sheets.calls.transport import GOOGLE, Area, Committed, Request
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.journal import guard
from shared.adapters.sheets.journal.found import Found, found_in
from shared.adapters.sheets.journal.guard import Cell
from shared.adapters.sheets.journal.layout import Layout
from shared.adapters.sheets.journal.new_rows import append_request, cells_of_new
from shared.adapters.sheets.tables import AppealColumn, Columns, columns_of
from shared.domain.appeals import Edit, NewAppeal, opened
from shared.domain.history import Line
from shared.domain.status import Status
from shared.domain.trace import Trace
from shared.ports import Refused
from shared.wiring import new_token

if TYPE_CHECKING:
    from gspread.http_client import HTTPClient

Column = AppealColumn
ROWS, COLUMNS = 400, 17
AT = datetime(2026, 11, 22, 14, 3)
SAID = "Где взять логотип?\nИ в каком формате?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What came of an assumption; `holds` is None where the service does not know what was asked."""

    holds: bool | None
    said: str


class Tab:
    """Rows are taken one after the other, so that no probe disturbs another."""

    def __init__(self, client: HTTPClient, book: Workbook, sheet: int) -> None:
        titles = tuple(column.value for column in Column)
        self.sheet = sheet
        self.columns: Columns[AppealColumn] = columns_of(titles, Column, "")
        self.layout = Layout(sheet=sheet, header=titles, columns=self.columns)
        self._client = client
        self._book = book
        self._numbers = itertools.count(1)
        self.last_row = 1

    def beside(self, sheet: int) -> Tab:
        """Another tab of the same workbook, without rows."""
        return Tab(self._client, self._book, sheet)

    async def prepare(self) -> None:
        titles = {column: column.value for column in Column}
        await self.done(*guard.placed(titles, sheet=self.sheet, row=1, columns=self.columns))

    def new_values(self, **changed: str) -> dict[AppealColumn, str]:
        """The cells of an appeal that the bot opens; `changed` by the column's name in the code."""
        number = next(self._numbers)
        line = Line(at=AT, author="Анна", text=SAID)
        draft = NewAppeal(
            id=f"a{secrets.randbelow(10**9) + 10**9}-{number}",
            chat=0,
            code="00123",
            phone="+79120000000",
            name="Анна",
            edit=Edit(at=AT, lines=(line,), status=Status.ANSWERED, trace=Trace().saw(f"u{number}")),
        )
        values = cells_of_new(opened(draft, new_token()))
        chat = draft.id[1:].partition("-")[0]
        return {**values, Column.CHAT: chat, **{AppealColumn[name.upper()]: value for name, value in changed.items()}}

    async def rows(self, *values: Mapping[AppealColumn, str]) -> list[int]:
        """New rows with these cells, in text format as the bot appends them; their numbers."""
        first = self.last_row + 1
        made: list[Any] = [append_request(row, self.layout)["appendCells"] for row in values]
        start = {"sheetId": self.sheet, "rowIndex": first - 1, "columnIndex": 0}
        rows = [row for one in made for row in one["rows"]]
        await self.done({"updateCells": {"start": start, "rows": rows, "fields": made[0]["fields"]}})
        self.last_row += len(rows)
        return list(range(first, self.last_row + 1))

    async def row(self, **changed: str) -> int:
        [row] = await self.rows(self.new_values(**changed))
        return row

    async def found(self, row: int) -> Found:
        """The row as the journal reads it."""
        [area] = self.layout.row_areas(row, with_history=True)
        [grid] = await self._book.read([area])
        return found_in(row, grid[0], self.layout, with_history=True)

    async def text(self, row: int, column: AppealColumn) -> str:
        [text] = await self.texts([row], column)
        return text

    async def texts(self, rows: Sequence[int], column: AppealColumn) -> list[str]:
        grids = await self._book.read([self.area(row, column) for row in rows])
        return [grid[0][0] if grid and grid[0] else "" for grid in grids]

    async def read(self, *areas: Area) -> list[list[list[str]]]:
        return await self._book.read(areas)

    async def guarded(self, row: int, *cells: Cell) -> list[int]:
        """How often each cell's text was replaced."""
        return counts(await self.done(*guard.requests_of(cells, sheet=self.sheet, row=row, columns=self.columns)))

    async def done(self, *requests: Request, echoes: Sequence[Area] = ()) -> Committed:
        return await self._book.write(requests, echoes=echoes)

    async def refused(self, *requests: Request) -> Refused | None:
        """The refusal; None when the batch was accepted."""
        try:
            await self.done(*requests)
        except Refused as refusal:
            return refusal
        return None

    def area(self, row: int, column: AppealColumn) -> Area:
        at = self.columns.at[column]
        return Area(sheet=self.sheet, first_row=row, last_row=row, first_column=at, last_column=at)

    def now(self) -> float:
        return time.time()

    def skip(self, count: int) -> list[int]:
        """Rows that stay as they are, without any format."""
        self.last_row += count
        return list(range(self.last_row - count + 1, self.last_row + 1))

    def data(self) -> dict[str, int]:
        """The header and all rows so far."""
        return {"sheetId": self.sheet, "startRowIndex": 0, "endRowIndex": self.last_row, "startColumnIndex": 0}

    def span(self, row: int) -> dict[str, object]:
        return {"sheetId": self.sheet, "dimension": "ROWS", "startIndex": row - 1, "endIndex": row}

    async def all_but(self, row: int) -> dict[str, object]:
        """What a filter says to hide the row."""
        hidden = {"hiddenValues": [await self.text(row, Column.ID)]}
        return {"columnIndex": self.columns.at[Column.ID] - 1, "filterCriteria": hidden}

    @asynccontextmanager
    async def filtered(self, row: int) -> AsyncIterator[bool]:
        """A filter that everybody sees hides the row; does Google say that it does?"""
        spec = {"range": self.data(), "filterSpecs": [await self.all_but(row)]}
        await self.done({"setBasicFilter": {"filter": spec}})
        try:
            [block] = self._looked_at(row, row, Column.ID, "rowMetadata.hiddenByFilter")
            yield bool(block["rowMetadata"][0].get("hiddenByFilter"))
        finally:
            await self.done({"clearBasicFilter": {"sheetId": self.sheet}})

    async def cells(self, row: int) -> list[Cell]:
        """A guarded write of head, trace and status."""
        found = await self.found(row)
        head, trace = found.place.head or "", found.place.trace_cell
        top = f"{head[:-6]}zzzzzz"
        return [
            Cell(column=Column.HISTORY, find=head, replacement=top, whole=False),
            whole(Column.TRACE, trace, trace.replace(head, top)),
            whole(Column.STATUS, found.appeal.status, "Передано специалисту"),
        ]

    async def where(self, appeal_id: str) -> list[int]:
        """The rows that hold this id."""
        [column] = await self.read(self.layout.column_from(1, AppealColumn.ID))
        return [number for number, cells in enumerate(column, start=1) if cells[:1] == [appeal_id]]

    def kept(self, first: int, last: int, column: AppealColumn) -> list[dict[str, Any]]:
        """What the cells hold behind what they show."""
        [block] = self._looked_at(first, last, column, "rowData.values.userEnteredValue")
        return [row["values"][0]["userEnteredValue"] for row in block["rowData"]]

    def _looked_at(self, first: int, last: int, column: AppealColumn, fields: str) -> list[dict[str, Any]]:
        area = replace(self.area(first, column), last_row=last)
        url = f"{GOOGLE}/v4/spreadsheets/{self._book.id}:getByDataFilter"
        body = {"dataFilters": [{"gridRange": area.grid_range()}], "includeGridData": True}
        answer = self._client.request("post", url, json=body, params={"fields": f"sheets.data({fields})"}).json()
        [sheet] = answer["sheets"]
        return list(sheet["data"])


def counts(committed: Committed) -> list[int]:
    return [int(reply.get("findReplace", {}).get("occurrencesChanged", 0)) for reply in committed.replies]


def whole(column: AppealColumn, find: str, replacement: str) -> Cell:
    return Cell(column=column, find=find, replacement=replacement)
