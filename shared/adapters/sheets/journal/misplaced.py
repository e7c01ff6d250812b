"""A new row that was appended in the moment in which somebody moved the columns.

Its cells stand under other titles, where a status may read like a specialist's reply: what makes it an appeal is taken
out again, and it is appended anew. The rest is left to people, with a word on what it is.
"""

from __future__ import annotations

from shared.adapters.sheets.journal import guard
from shared.adapters.sheets.journal.guard import Cell
from shared.adapters.sheets.journal.index import FIRST_ROW
from shared.adapters.sheets.journal.layout import Layout
from shared.adapters.sheets.journal.tools import Tools
from shared.adapters.sheets.tables import AppealColumn
from shared.domain import texts
from shared.domain.appeals import Appeal


class Misplaced:
    def __init__(self, tools: Tools) -> None:
        self._book = tools.book
        self._log = tools.log

    async def take_out(self, row: Appeal, layout: Layout) -> None:
        """`layout`: the one by which it was written. Its random token tells it from a copy of an older row."""
        ids, traces = await self._book.read([layout.ids_from(FIRST_ROW), layout.traces_from(FIRST_ROW)])
        written = row.known_trace.written()
        requests = []
        for number, (cell, trace) in enumerate(zip(ids, traces, strict=False), start=FIRST_ROW):
            if (cell, trace) != ([row.id], [written]):
                continue
            cells = [
                Cell(column=AppealColumn.ID, find=row.id, replacement=""),
                Cell(column=AppealColumn.TRACE, find=written, replacement=""),
            ]
            requests += guard.requests_of(cells, sheet=layout.sheet, row=number, columns=layout.columns)
            requests.append(
                guard.whole_request(
                    row.known_trace.head,
                    replacement=texts.ROW_MISPLACED,
                    sheet=layout.sheet,
                    row=number,
                    columns=layout.columns,
                )
            )
        if requests:
            await self._book.write(requests)
        self._log.error("row_misplaced", appeal=row.id, rows=len(requests) // 3)
