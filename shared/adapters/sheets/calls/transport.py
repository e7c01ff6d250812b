"""Calls to the Sheets API, one at a time, through gspread in a thread of its own.

Areas are addressed by sheet id and not by title, so that a renamed tab changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from shared.adapters.sheets.calls import dated
from shared.adapters.sheets.calls.answers import echoed, in_asked_order, titled
from shared.adapters.sheets.calls.refusals import NO_SHEET, NoSheet, UnknownTitle, done

if TYPE_CHECKING:
    from gspread.http_client import HTTPClient

GOOGLE = "https://sheets.googleapis.com"
TIMEOUT_S = (2.0, 5.0)
LONG_TIMEOUT_S = (2.0, 15.0)
BELOW_HEADER = 2
WRITTEN = (
    "replies,updatedSpreadsheet.sheets(properties.sheetId,data(startRow,startColumn,rowData.values.formattedValue))"
)
SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)

Grid = list[list[str]]
Request = Mapping[str, object]
Reply = Mapping[str, Any]
Titles = dict[tuple[str, int], str]
"""By spreadsheet and sheet id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A block of cells. Rows and columns count from 1, both ends included; a last one of None is "to the end".

    `dates`: cells that are dates, by value or as text, come as DateCell; one call too, but several times the bytes.
    """

    sheet: int
    first_row: int
    last_row: int | None
    first_column: int
    last_column: int | None
    dates: bool = False

    @property
    def is_whole(self) -> bool:
        """All rows below the header, which takes long; the end of a column does not."""
        return self.last_row is None and self.first_row <= BELOW_HEADER

    @property
    def end_column(self) -> int:
        """The last column of an area that has one, else the first."""
        return self.last_column or self.first_column

    def grid_range(self) -> dict[str, int]:
        """The API's form: from 0, the end excluded."""
        limits = {
            "sheetId": self.sheet,
            "startRowIndex": self.first_row - 1,
            "startColumnIndex": self.first_column - 1,
        }
        if self.last_row is not None:
            limits["endRowIndex"] = self.last_row
        if self.last_column is not None:
            limits["endColumnIndex"] = self.last_column
        return limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    sheet: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Committed:
    """A batch that was applied: a reply for each request, and the echoes as they are after it."""

    replies: Sequence[Reply]
    echoes: Sequence[Grid]


class Transport(Protocol):
    """Blocking, called from one thread. Raises QuotaSpent, Refused (not applied), Unavailable (may have been)."""

    def tabs(self, spreadsheet: str) -> list[Tab]: ...

    def title(self, spreadsheet: str, sheet: int) -> str | None:
        """The tab's title as it was in the newest answer that named it; calls nobody."""
        ...

    def read(self, spreadsheet: str, areas: Sequence[Area]) -> list[Grid]: ...

    def write(self, spreadsheet: str, requests: Sequence[Request], echoes: Sequence[Area]) -> Committed: ...


class GspreadTransport:
    """Unmodified gspread, pointed at `api_url`; `connect` makes its client on the first call, in the calling thread."""

    def __init__(self, connect: Callable[[], HTTPClient], titles: Titles | None = None) -> None:
        """`titles`: what is known of the tabs, shared with other transports of this instance."""
        self._connect = connect
        self._client: HTTPClient | None = None
        self._titles: Titles = {} if titles is None else titles

    def tabs(self, spreadsheet: str) -> list[Tab]:
        client = self._client_with(LONG_TIMEOUT_S)
        fields = "sheets.properties(sheetId,title)"
        found = done(lambda: client.fetch_sheet_metadata(spreadsheet, params={"fields": fields}))
        properties = [sheet["properties"] for sheet in found["sheets"]]
        tabs = [Tab(sheet=tab.get("sheetId", 0), title=tab["title"]) for tab in properties]
        self._titles |= {(spreadsheet, tab.sheet): tab.title for tab in tabs}
        return tabs

    def title(self, spreadsheet: str, sheet: int) -> str | None:
        return self._titles.get((spreadsheet, sheet))

    def read(self, spreadsheet: str, areas: Sequence[Area]) -> list[Grid]:
        client = self._client_with(LONG_TIMEOUT_S if any(area.is_whole for area in areas) else TIMEOUT_S)
        if any(area.dates for area in areas):
            return self._read_with_dates(client, spreadsheet, areas)
        body = {
            "dataFilters": [{"gridRange": area.grid_range()} for area in areas],
            "valueRenderOption": "FORMATTED_VALUE",
            "majorDimension": "ROWS",
        }
        url = f"{GOOGLE}/v4/spreadsheets/{spreadsheet}/values:batchGetByDataFilter"
        answer = done(
            lambda: client.request(
                "post", url, json=body, params={"fields": "valueRanges(valueRange(range,values),dataFilters)"}
            ).json()
        )
        found = answer.get("valueRanges", [])
        self._titles |= {(spreadsheet, sheet): title for sheet, title in titled(found)}
        return in_asked_order(areas, found)

    def _read_with_dates(self, client: HTTPClient, spreadsheet: str, areas: Sequence[Area]) -> list[Grid]:
        url = f"{GOOGLE}/v4/spreadsheets/{spreadsheet}:getByDataFilter"
        body = dated.body_of(areas)
        answer = done(lambda: client.request("post", url, json=body, params={"fields": dated.FIELDS}).json())
        self._titles |= {(spreadsheet, sheet): title for sheet, title in dated.titles_of(answer).items()}
        return dated.grids_of(areas, answer)

    def write(self, spreadsheet: str, requests: Sequence[Request], echoes: Sequence[Area]) -> Committed:
        try:
            return self._write(spreadsheet, requests, echoes)
        except UnknownTitle:
            if not echoes:
                raise
            self._titles.clear()
            return self._write(spreadsheet, requests, echoes)

    def _write(self, spreadsheet: str, requests: Sequence[Request], echoes: Sequence[Area]) -> Committed:
        client = self._client_with(TIMEOUT_S)
        body: dict[str, object] = {"requests": list(requests)}
        if echoes:
            ranges = list(dict.fromkeys(self._a1(spreadsheet, area) for area in echoes))
            body |= {
                "includeSpreadsheetInResponse": True,
                "responseIncludeGridData": True,
                "responseRanges": ranges,
            }
        url = f"{GOOGLE}/v4/spreadsheets/{spreadsheet}:batchUpdate"
        answer = done(lambda: client.request("post", url, json=body, params={"fields": WRITTEN}).json())
        return Committed(replies=answer.get("replies", []), echoes=echoed(answer, echoes))

    def _a1(self, spreadsheet: str, area: Area) -> str:
        """The address of a cell, or of cells in a row, by the tab's title: this part of the API knows no sheet ids."""
        from gspread.utils import absolute_range_name, rowcol_to_a1

        title = self._titles.get((spreadsheet, area.sheet)) or self._title_anew(spreadsheet, area.sheet)
        first, last = (rowcol_to_a1(area.first_row, column) for column in (area.first_column, area.end_column))
        return absolute_range_name(title, first if first == last else f"{first}:{last}")

    def _title_anew(self, spreadsheet: str, sheet: int) -> str:
        """NoSheet where the tab was deleted."""
        title = next((tab.title for tab in self.tabs(spreadsheet) if tab.sheet == sheet), None)
        if title is None:
            raise NoSheet(f"sheets: {NO_SHEET}: {sheet}")
        return title

    def _client_with(self, timeout: tuple[float, float]) -> HTTPClient:
        if self._client is None:
            self._client = self._connect()
        self._client.set_timeout(timeout)
        return self._client


def connect(api_url: str, credentials: Callable[[], Any]) -> HTTPClient:
    """A gspread client for `api_url`. Environment proxies are ignored: one of them once took the sheets away."""
    import requests
    from google.auth.transport.requests import AuthorizedSession
    from google.auth.transport.requests import Request as TokenRequest
    from gspread.http_client import HTTPClient

    class PointedClient(HTTPClient):
        def request(self, method: str, endpoint: str, *args: Any, **kwargs: Any) -> Any:
            return super().request(method, endpoint.replace(GOOGLE, api_url, 1), *args, **kwargs)

    refreshing = requests.Session()
    refreshing.trust_env = False
    session: Any = AuthorizedSession(credentials(), auth_request=TokenRequest(refreshing))  # type: ignore[no-untyped-call]
    session.trust_env = False
    return PointedClient(None, session=session)  # type: ignore[arg-type]
