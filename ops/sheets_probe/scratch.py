"""A tab of its own in a scratch workbook, gone afterwards whatever happens."""

from __future__ import annotations

import contextlib
import secrets
import sys
from collections.abc import Iterator, Mapping

from ops.sheets_of import IDS, Connection, NoSheets
from ops.sheets_probe import texts
from ops.sheets_probe.tab import COLUMNS, ROWS
from shared.adapters.sheets.calls.transport import GOOGLE, SCOPES

SCRATCH_ID = "PROBE_SHEET_ID"
PROBE_SCOPES = (*SCOPES, "https://www.googleapis.com/auth/drive.file")
DRIVE = "https://www.googleapis.com"


@contextlib.contextmanager
def scratch_tab(connection: Connection, environment: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """The workbook's id and the tab's: in the workbook of PROBE_SHEET_ID, else in one made for this."""
    given = environment.get(SCRATCH_ID)
    if given and given in {environment.get(name) for name in IDS}:
        raise NoSheets(texts.NOT_A_REAL_ONE)
    with contextlib.ExitStack() as afterwards:
        spreadsheet = given or afterwards.enter_context(_new_workbook(connection))
        yield spreadsheet, afterwards.enter_context(_new_tab(connection, spreadsheet))


@contextlib.contextmanager
def _new_workbook(connection: Connection) -> Iterator[str]:
    from gspread.exceptions import APIError
    from requests import RequestException

    body = {"properties": {"title": texts.WORKBOOK, "locale": "ru_RU", "timeZone": "Europe/Moscow"}}
    try:
        made = connection.client.request("post", f"{GOOGLE}/v4/spreadsheets", json=body).json()
    except APIError as error:
        if error.response.status_code != 403:
            raise
        raise NoSheets(texts.no_workbook(connection.account)) from None
    spreadsheet = str(made["spreadsheetId"])
    try:
        yield spreadsheet
    finally:
        drive = DRIVE if connection.api_url == GOOGLE else connection.api_url
        try:
            connection.client.request("delete", f"{drive}/drive/v3/files/{spreadsheet}")
        except (APIError, RequestException):
            print(texts.not_deleted(spreadsheet), file=sys.stderr)


@contextlib.contextmanager
def _new_tab(connection: Connection, spreadsheet: str) -> Iterator[int]:
    sheet = secrets.randbelow(2**31 - 2) + 1
    grid = {"rowCount": ROWS, "columnCount": COLUMNS, "frozenRowCount": 1}
    properties = {"sheetId": sheet, "title": f"{texts.TAB} {sheet}", "gridProperties": grid}
    connection.client.batch_update(spreadsheet, {"requests": [{"addSheet": {"properties": properties}}]})
    try:
        yield sheet
    finally:
        connection.client.batch_update(spreadsheet, {"requests": [{"deleteSheet": {"sheetId": sheet}}]})
