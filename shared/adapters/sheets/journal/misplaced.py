"""A new row that was appended in the moment in which somebody moved the columns.

Its cells stand under other titles, where a status may read like a specialist's reply: what makes it an appeal is taken
out again, and it is appended anew. The rest is left to people, with a word on what it is.
"""

from __future__ import annotations

import re

from shared.adapters.sheets.journal import guard
from shared.adapters.sheets.journal.guard import Cell
from shared.adapters.sheets.journal.index import FIRST_ROW
from shared.adapters.sheets.journal.layout import Layout
from shared.adapters.sheets.journal.tools import Tools
from shared.adapters.sheets.tables import AppealColumn
from shared.domain import texts
from shared.domain.appeals import NOTHING, Appeal
from shared.domain.status import parse_status
from shared.domain.trace import parse_trace

_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")


class Misplaced:
    def __init__(self, tools: Tools) -> None:
        self._book = tools.book
        self._log = tools.log

    async def take_out(self, appeal_id: str, trace_cell: str, layout: Layout) -> None:
        """`layout`: the one by which it was written, or is read now. Its technical cell tells it from a copy."""
        columns = (AppealColumn.ID, AppealColumn.TRACE)
        ids, traces = await self._book.read([layout.column_from(FIRST_ROW, column) for column in columns])
        trace = parse_trace(trace_cell)
        head = trace.head if trace else ""
        requests = []
        for number, cells in enumerate(zip(ids, traces, strict=False), start=FIRST_ROW):
            if cells != ([appeal_id], [trace_cell]):
                continue
            taken = [
                Cell(column=AppealColumn.ID, find=appeal_id, replacement=""),
                Cell(column=AppealColumn.TRACE, find=trace_cell, replacement=""),
            ]
            requests += guard.requests_of(taken, sheet=layout.sheet, row=number, columns=layout.columns)
            requests.append(
                guard.whole_request(
                    head,
                    replacement=texts.ROW_MISPLACED,
                    sheet=layout.sheet,
                    row=number,
                    columns=layout.columns,
                )
            )
        if requests:
            await self._book.write(requests)
        self._log.error("row_misplaced", appeal=appeal_id, rows=len(requests) // 3)


def stands_askew(appeal: Appeal) -> bool:
    """Do its cells stand under wrong titles? What the bot writes in one column is nothing that stands in another."""
    times = (appeal.updated, appeal.waiting_since)
    return parse_status(appeal.reply) is not None or any(
        time not in ("", NOTHING) and not _TIME.fullmatch(time) for time in times
    )
