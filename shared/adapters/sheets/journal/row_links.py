"""Addresses of appeals' rows in the browser, kept for a few seconds: whoever opens a link again costs no read."""

from __future__ import annotations

from shared.adapters.sheets.addresses import range_address
from shared.adapters.sheets.calls.refusals import OutOfGrid
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.journal.index import FIRST_ROW
from shared.adapters.sheets.journal.rows import AppealRows
from shared.adapters.sheets.tables import AppealColumn
from shared.ports import Clock

KEPT_S = 10.0


class RowLinks:
    def __init__(self, book: Workbook, rows: AppealRows, clock: Clock) -> None:
        self._book = book
        self._rows = rows
        self._clock = clock
        self._kept: dict[str, tuple[float, str | None]] = {}

    async def address_of(self, appeal_id: str) -> str | None:
        """Return the address of the appeal's row, at most KEPT_S old; None when the tab has no such row."""
        now = self._clock.now()
        # dropped here, so that nothing is kept longer than its time
        self._kept = {one: kept for one, kept in self._kept.items() if 0 <= now - kept[0] < KEPT_S}
        if appeal_id not in self._kept:
            self._kept[appeal_id] = now, await self._read(appeal_id)
        return self._kept[appeal_id][1]

    async def _read(self, appeal_id: str) -> str | None:
        """One read: the whole id column. Of a row and its copies the first."""
        try:
            [column] = await self._rows.read(lambda layout: [layout.column_from(FIRST_ROW, AppealColumn.ID)])
        except OutOfGrid:
            return None
        rows = (row for row, cell in enumerate(column, start=FIRST_ROW) if cell and cell[0].strip() == appeal_id)
        row = next(rows, None)
        sheet = (await self._rows.layout()).sheet
        if row is None:
            return None
        return range_address(self._book.id, sheet, f"{row}:{row}")
