"""Whole columns at once: the rows in which something is said or waits, and their state cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from shared.adapters.sheets.calls.refusals import OutOfGrid
from shared.adapters.sheets.journal.index import FIRST_ROW
from shared.adapters.sheets.journal.rows import AppealRows
from shared.adapters.sheets.tables import AppealColumn
from shared.domain import ids
from shared.domain.appeals import NOTHING
from shared.domain.invisible import typed
from shared.domain.trace import Trace, parse_trace
from shared.ports import RowSummary

COLUMNS = (
    AppealColumn.ID,
    AppealColumn.REPLY,
    AppealColumn.RECEIPT,
    AppealColumn.STATUS,
    AppealColumn.WAITING,
)
ROWS_IN_A_CALL = 500
"""Their technical cells are half a megabyte or so."""
SPANS_IN_A_CALL = 100
APART = 20
"""Rows between two wanted ones that are read rather than asked for around."""


class Summaries:
    def __init__(self, rows: AppealRows) -> None:
        self._rows = rows

    async def all(self) -> list[RowSummary]:
        """Return every row with an appeal's id with a reply, a receipt or a waiting time. One read."""
        grids = await self._rows.read(lambda layout: [layout.column_from(FIRST_ROW, column) for column in COLUMNS])
        cells = zip_longest(*(map(_cell, grid) for grid in grids), fillvalue="")
        rows = [
            RowSummary(
                appeal=appeal.strip(),
                number=number,
                reply=typed(reply),
                receipt=receipt.strip(),
                status=status,
                waiting_since=waiting_since.strip(),
            )
            for number, (appeal, reply, receipt, status, waiting_since) in enumerate(cells, start=FIRST_ROW)
        ]
        return [row for row in rows if _says_anything(row) and ids.chat_of(row.appeal) is not None]

    async def traces(self, rows: Sequence[RowSummary]) -> dict[int, Trace | None]:
        """Return the state cells by row number, a few hundred in a call; a row that moved has no entry."""
        wanted = {row.number: row.appeal for row in rows}
        found: dict[int, Trace | None] = {}
        for spans in _calls(sorted(wanted)):
            found |= await self._of_spans(spans, wanted)
        return found

    async def _of_spans(self, spans: Sequence[range], wanted: dict[int, str]) -> dict[int, Trace | None]:
        columns = (AppealColumn.ID, AppealColumn.TRACE)
        try:
            grids = await self._rows.read(
                lambda layout: [layout.span(span[0], span[-1], column) for column in columns for span in spans]
            )
        except OutOfGrid:
            return {}
        known, traces = grids[: len(spans)], grids[len(spans) :]
        found: dict[int, Trace | None] = {}
        for span, appeals, cells in zip(spans, known, traces, strict=True):
            for row, (appeal, cell) in enumerate(zip_longest(appeals, cells, fillvalue=()), start=span[0]):
                if wanted.get(row) == _cell(appeal).strip():
                    found[row] = parse_trace(_cell(cell))
        return found


def _says_anything(row: RowSummary) -> bool:
    return bool(row.reply.strip()) or any(cell not in ("", NOTHING) for cell in (row.receipt, row.waiting_since))


def _cell(row: Sequence[str]) -> str:
    return row[0] if row else ""


def _calls(numbers: Sequence[int]) -> Iterator[list[range]]:
    """Yield the spans of rows that one call reads. `numbers`: row numbers, ascending; near ones share a span."""
    spans: list[range] = []
    for number in numbers:
        last = spans[-1] if spans else range(0)
        if spans and number - last[-1] <= APART and number - last[0] < ROWS_IN_A_CALL:
            spans[-1] = range(last[0], number + 1)
            continue
        if len(spans) == SPANS_IN_A_CALL or sum(map(len, spans)) >= ROWS_IN_A_CALL:
            yield spans
            spans = []
        spans.append(range(number, number + 1))
    if spans:
        yield spans
