"""A reply that reaches nobody: a receipt beside it says so."""

from __future__ import annotations

from shared.adapters.sheets import guard
from shared.adapters.sheets.found import Found
from shared.adapters.sheets.guard import Cell
from shared.adapters.sheets.rows import AppealRows
from shared.adapters.sheets.tables import AppealColumn
from shared.adapters.sheets.workbook import Workbook
from shared.domain import ids
from shared.domain.appeals import Appeal


class LostReplies:
    def __init__(self, book: Workbook, rows: AppealRows) -> None:
        self._book = book
        self._rows = rows

    async def flag(self, row: int, receipt: str) -> bool:
        """False: there is no reply, it is flagged already, or the row is an appeal's."""
        return await self._flag(await self._rows.at(row), receipt)

    async def flag_parts(self, confused: Appeal, row: int, receipt: str) -> bool:
        """The cells of that appeal stand in several rows: the reply in any row that holds its Telegram ID, too."""
        suspects = [await self._rows.at(row), *await self._rows.of_chat(ids.chat_of(confused.id) or 0)]
        flagged = False
        for found in suspects:
            if found and found.appeal.is_confused:
                flagged |= await self._flag(found, receipt)
        return flagged

    async def _flag(self, found: Found | None, receipt: str) -> bool:
        if found is None or not found.appeal.reply.strip() or found.appeal.receipt == receipt:
            return False
        if not found.appeal.is_confused and await self._lives_in(found):
            return False
        await self._write(found, receipt)
        return True

    async def _lives_in(self, found: Found) -> bool:
        """Is this row the appeal, and not a copy of it?"""
        live = await self._rows.find(found.appeal.id, with_history=False)
        return live is not None and live.place.row == found.place.row

    async def _write(self, found: Found, receipt: str) -> None:
        """Guarded by the receipt that stands there, if the guard sees it."""
        layout, row, old = found.place.layout, found.place.row, found.appeal.receipt
        if old:
            cell = Cell(column=AppealColumn.RECEIPT, find=old, replacement=receipt)
            requests = guard.requests_of([cell], sheet=layout.sheet, row=row, columns=layout.columns)
            committed = await self._book.write(requests)
            now = None if guard.outcome_of([cell], committed.replies).hit else await self._rows.at(row)
            if now is None or (now.appeal.receipt, now.appeal.reply) != (old, found.appeal.reply):
                return
        requests = guard.placed({AppealColumn.RECEIPT: receipt}, sheet=layout.sheet, row=row, columns=layout.columns)
        await self._book.write(requests)
