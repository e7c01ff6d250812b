"""What stands in a workbook: read once, in a handful of calls, never the texts of the histories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gspread.http_client import HTTPClient

from shared.adapters.sheets.calls.transport import GOOGLE, Area, GspreadTransport
from shared.adapters.sheets.tables import header_area, titles_of

TIMEOUT_S = (2.0, 60.0)
CONNECTED = "marketingbot.connected"
"""The key of the entry that a set-up leaves in the workbook."""
_BOOK = (
    "properties(title),sheets(properties(sheetId,title,gridProperties(rowCount,columnCount,frozenRowCount)),"
    "conditionalFormats,filterViews(filterViewId,title,range),protectedRanges(range))"
)
_CELLS = (
    "sheets(properties(sheetId),data(rowData(values(userEnteredValue(formulaValue),"
    "userEnteredFormat(numberFormat(type),wrapStrategy),dataValidation(condition))),"
    "rowMetadata(pixelSize),columnMetadata(hiddenByUser)))"
)

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A tab as it stands. `rows` and `columns` are the grid's."""

    id: int
    title: str
    rows: int
    columns: int
    frozen: int
    header: tuple[str, ...]
    rules: Sequence[Json]
    views: Sequence[Json]
    protected: Sequence[Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """What the cells of a tab below its header are like. Rows and columns count from 0, the header left out."""

    rows: Sequence[Sequence[Json]] = ()
    heights: Sequence[int] = ()
    hidden: Sequence[bool] = ()

    def column(self, index: int) -> list[Json]:
        return [row[index] if index < len(row) else {} for row in self.rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    title: str
    sheets: tuple[Sheet, ...]
    connected: bool
    ids: frozenset[int] = field(default_factory=frozenset)


class Reader:
    """Reads one workbook. Errors: those of gspread, and of the port."""

    def __init__(self, client: HTTPClient, spreadsheet: str) -> None:
        self._client = client
        self._spreadsheet = spreadsheet
        self._values = GspreadTransport(lambda: client)

    def book(self, kind: str) -> Book:
        """The workbook's tabs; `connected` when a set-up has been here before for this kind of workbook."""
        self._client.set_timeout(TIMEOUT_S)
        raw = self._client.fetch_sheet_metadata(self._spreadsheet, params={"fields": _BOOK})
        grids = [one for one in raw["sheets"] if "gridProperties" in one["properties"]]
        headers = self._headers([one["properties"].get("sheetId", 0) for one in grids])
        return Book(
            title=raw["properties"]["title"],
            sheets=tuple(_sheet(one, header) for one, header in zip(grids, headers, strict=True)),
            connected=self._connected(kind),
            ids=frozenset(one["properties"].get("sheetId", 0) for one in raw["sheets"]),
        )

    def used(self, sheets: Sequence[Sheet]) -> dict[int, int]:
        """How many columns hold anything, by sheet id: people's notes may stand right of the last title."""
        wider = [sheet for sheet in sheets if len(sheet.header) < sheet.columns]
        areas = [
            Area(sheet=sheet.id, first_row=1, last_row=None, first_column=len(sheet.header) + 1, last_column=None)
            for sheet in wider
        ]
        found = self._values.read(self._spreadsheet, areas) if areas else []
        beyond = {
            sheet.id: max((len(row) for row in grid), default=0) for sheet, grid in zip(wider, found, strict=True)
        }
        return {sheet.id: len(sheet.header) + beyond.get(sheet.id, 0) for sheet in sheets}

    def cells(self, widths: Mapping[int, int]) -> dict[int, Cells]:
        """What the cells of these tabs are like: sheet id → how many columns are looked at."""
        if not widths:
            return {}
        ranges = [
            {"gridRange": {"sheetId": sheet, "startRowIndex": 1, "startColumnIndex": 0, "endColumnIndex": width}}
            for sheet, width in widths.items()
        ]
        self._client.set_timeout(TIMEOUT_S)
        found = self._post(":getByDataFilter", {"dataFilters": ranges}, _CELLS)
        by_sheet = {one["properties"].get("sheetId", 0): one for one in found.get("sheets", [])}
        return {sheet: _cells(by_sheet[sheet]["data"][0]) for sheet in widths if by_sheet.get(sheet, {}).get("data")}

    def columns(self, sheet: Sheet, columns: Sequence[int]) -> list[list[str]]:
        """The values of whole columns (from 1) below the header, as shown, all of one length."""
        if sheet.rows < 2:
            return [[] for _ in columns]
        areas = [
            Area(sheet=sheet.id, first_row=2, last_row=None, first_column=column, last_column=column)
            for column in columns
        ]
        grids = self._values.read(self._spreadsheet, areas) if areas else []
        length = max((len(grid) for grid in grids), default=0)
        return [[row[0] if row else "" for row in grid] + [""] * (length - len(grid)) for grid in grids]

    def _headers(self, sheets: Sequence[int]) -> list[tuple[str, ...]]:
        return [titles_of(grid) for grid in self._values.read(self._spreadsheet, [header_area(one) for one in sheets])]

    def _connected(self, kind: str) -> bool:
        lookup = {"metadataKey": CONNECTED, "metadataValue": kind}
        body = {"dataFilters": [{"developerMetadataLookup": lookup}]}
        return bool(self._post("/developerMetadata:search", body).get("matchedDeveloperMetadata"))

    def _post(self, path: str, body: Json, fields: str = "*") -> Json:
        url = f"{GOOGLE}/v4/spreadsheets/{self._spreadsheet}{path}"
        answer: Json = self._client.request(
            "post", url, json=dict(body), params={"fields": fields, "prettyPrint": "false"}
        ).json()
        return answer


def _sheet(raw: Json, header: tuple[str, ...]) -> Sheet:
    properties, grid = raw["properties"], raw["properties"]["gridProperties"]
    return Sheet(
        id=properties.get("sheetId", 0),
        title=properties["title"],
        rows=grid["rowCount"],
        columns=grid["columnCount"],
        frozen=grid.get("frozenRowCount", 0),
        header=header,
        rules=raw.get("conditionalFormats", ()),
        views=raw.get("filterViews", ()),
        protected=raw.get("protectedRanges", ()),
    )


def _cells(data: Json) -> Cells:
    return Cells(
        rows=[row.get("values", ()) for row in data.get("rowData", ())],
        heights=[row.get("pixelSize", 0) for row in data.get("rowMetadata", ())],
        hidden=[column.get("hiddenByUser", False) for column in data.get("columnMetadata", ())],
    )
