"""Verify and write: the way into a row that the guard cannot reach, right after the row was read at that place.

Two things stand in for the guard. A mark made of the appeal's id and the version that was read: of two writers who
read the same version Google refuses one. And the answer's echo: it tells whose row was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.adapters.sheets.calls.refusals import MarksFull, MarkStands, OutOfGrid
from shared.adapters.sheets.journal import guard
from shared.adapters.sheets.journal.found import Found
from shared.adapters.sheets.journal.marks import version_mark
from shared.adapters.sheets.journal.new_rows import unappended
from shared.adapters.sheets.journal.tools import Tools
from shared.adapters.sheets.tables import AppealColumn
from shared.domain import ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Overwritten:
    """A write by position met a row that had come there meanwhile: whose, where, and what it holds now."""

    victim: str
    row: int
    values: Mapping[AppealColumn, str]

    @property
    def columns(self) -> list[str]:
        return [column.value for column in self.values]


@dataclass(frozen=True, slots=True, kw_only=True)
class Landed:
    """`written`: in the row that was meant."""

    written: bool = False
    overwritten: Overwritten | None = None


class ByPosition:
    def __init__(self, tools: Tools) -> None:
        self._book = tools.book
        self._clock = tools.clock

    async def write(
        self,
        found: Found,
        values: Mapping[AppealColumn, str],
        *,
        version: str,
        attempt: int = 0,
    ) -> Landed:
        """Not written and nothing overwritten: somebody else replaced that version, or the row is gone.

        Raises NeedsRepair where the workbook has no room for the mark.
        """
        layout, row = found.place.layout, found.place.row
        requests = [
            *guard.placed(values, sheet=layout.sheet, row=row, columns=layout.columns),
            version_mark(found.appeal.id, version, attempt, self._clock.now()),
        ]
        echoes = [*layout.identity_areas(row), layout.cell_area(row, _witness(values))]
        try:
            committed = await self._book.write(requests, echoes=echoes)
        except (OutOfGrid, MarkStands):
            return Landed()
        except MarksFull as refusal:
            raise unappended(refusal) from None
        whose, chat, witness = (echo[0][0].strip() for echo in committed.echoes)
        if whose == found.appeal.id and (ids.telegram_id(chat) or 0) == found.appeal.chat:
            return Landed(written=witness == values[_witness(values)].strip())
        return Landed(overwritten=Overwritten(victim=whose, row=row, values=values))


def _witness(values: Mapping[AppealColumn, str]) -> AppealColumn:
    """The cell that is read back: the technical one, which holds a random token; the long history only when alone."""
    if AppealColumn.TRACE in values:
        return AppealColumn.TRACE
    return next((column for column in values if column is not AppealColumn.HISTORY), AppealColumn.HISTORY)
