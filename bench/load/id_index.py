"""Finding a row when nothing is known yet: 20,000 ids are read, and no history comes with them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from functools import partial
from typing import Any

from bench.load import crowd
from bench.table import Figure
from playground.testing import running_playground
from shared.adapters.sheets.calls import transport
from shared.adapters.sheets.calls.gateway import Gateway
from shared.adapters.sheets.calls.transport import Area, Grid, GspreadTransport
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.journal.rows import AppealRows

ROWS = 20_000
HISTORIES_KB = 500


class Weighed(GspreadTransport):
    """Knows how much it has brought."""

    characters = 0

    def read(self, spreadsheet: str, areas: Sequence[Area]) -> list[Grid]:
        grids = super().read(spreadsheet, areas)
        self.characters += sum(len(cell) for grid in grids for row in grid for cell in row)
        return grids


def id_index() -> list[Figure]:
    with running_playground() as playground:
        crowd.settle(playground, partners=0, with_appeal=ROWS, history_bytes=200)
        info = playground.control("GET", "info")
        credentials = partial(_token, info["access_token"])
        google = Weighed(partial(transport.connect, f"{playground.base_url}/google", credentials))
        cpu_s = asyncio.run(_first_look(google, info["spreadsheets"]["appeals"]))
    return [
        Figure(what=f"the ids of {ROWS:,} rows: CPU", measured=cpu_s * 1000, bound=200, unit="ms"),
        Figure(what=f"the ids of {ROWS:,} rows: kB", measured=google.characters / 1000, bound=HISTORIES_KB, unit="kB"),
    ]


async def _first_look(google: Weighed, spreadsheet: str) -> float:
    """CPU of the first look, when the id column is read whole; connecting does not count."""
    rows = AppealRows(Workbook(Gateway(google), spreadsheet))
    await rows.layout()
    google.characters = 0
    began = time.process_time()
    await rows.newest(crowd.chats(ROWS - 1, 1)[0], with_history=False)
    return time.process_time() - began


def _token(access_token: str) -> Any:
    from google.oauth2.credentials import Credentials

    return Credentials(token=access_token)  # type: ignore[no-untyped-call]
