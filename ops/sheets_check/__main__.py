"""`python -m ops.sheets_check`: exit code 0 when nothing is wrong, 1 when something is, 2 when it cannot be known."""

from __future__ import annotations

import asyncio
import sys

from ops import failing, sheets_of
from ops.environment import environment
from ops.sheets_check import texts
from ops.sheets_check.listing import listing
from ops.sheets_of import Connection
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.inspection import SheetInspection

SOUND, WRONG, UNKNOWN = 0, 1, 2


def check(connection: Connection) -> int:
    _reach(connection)
    print(texts.head(connection.label))
    gateway = connection.gateway()
    inspection = SheetInspection(
        authorisation=Workbook(gateway, connection.authorisation),
        appeals=Workbook(gateway, connection.appeals),
        promotions=Workbook(gateway, connection.promotions),
    )
    problems = asyncio.run(inspection.problems())
    for line in listing(problems, inspection.tabs()):
        print(line)
    return SOUND if all(problem.mild for problem in problems) else WRONG


def _reach(connection: Connection) -> None:
    """One workbook that stays closed is a problem among others; when all do, the first refusal says why."""
    from gspread.exceptions import APIError

    refusals = []
    for spreadsheet in (connection.authorisation, connection.appeals, connection.promotions):
        try:
            connection.client.fetch_sheet_metadata(spreadsheet, params={"fields": "spreadsheetId"})
        except APIError as refusal:
            refusals.append(refusal)
    if len(refusals) == 3:
        raise refusals[0]


def main() -> int:
    return failing.run(lambda: sheets_of.connect(environment()), check, failed=UNKNOWN)


if __name__ == "__main__":
    sys.exit(main())
