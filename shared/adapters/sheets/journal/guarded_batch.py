"""The requests of one guarded write, composed from the row as it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shared.adapters.sheets.calls.transport import Area, Grid, Reply, Request
from shared.adapters.sheets.journal import guard
from shared.adapters.sheets.journal.found import Found, Place
from shared.adapters.sheets.journal.guard import Cell, Outcome
from shared.adapters.sheets.tables import AppealColumn
from shared.domain.appeals import Appeal, Edit
from shared.domain.archive import Cut
from shared.ports import Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A row and what it is to become. `archived`: lines that leave its history, for they stand in the archive."""

    found: Found
    edit: Edit
    after: Appeal
    archived: Cut | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """`cells`: those that count, the guard first; their requests are the last ones."""

    requests: Sequence[Request]
    cells: Sequence[Cell]

    def outcome(self, replies: Sequence[Reply]) -> Outcome:
        return guard.outcome_of(self.cells, replies[len(self.requests) - len(self.cells) :])


def composed(draft: Draft, *, new_head: str | None) -> Batch:
    """`new_head`: for a history that has lost its own; put there by the first request, it guards the others."""
    place, before = draft.found.place, draft.found.appeal
    sheet, row, columns = place.layout.sheet, place.row, place.layout.columns
    head = place.head or new_head
    cells = guard.cells_of(before, draft.after, draft.edit, head=head, trace_cell=place.trace_cell)
    requests = guard.requests_of(cells, sheet=sheet, row=row, columns=columns)
    if head and draft.archived:  # cut first: the new lines may not fit in beside the old ones
        requests.insert(0, guard.cut_request(draft.archived, head=head, sheet=sheet, row=row, columns=columns))
    if new_head:
        requests.insert(0, guard.head_request(before.history, head=new_head, sheet=sheet, row=row, columns=columns))
    return Batch(requests=requests, cells=cells)


_READ_BACK = (AppealColumn.ID, AppealColumn.STATUS, AppealColumn.REPLY, AppealColumn.OWNER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readback:
    """The row as it is after the write, as far as the guard does not compare it; `titles` is the header row.

    A person may have changed status, reply and owner since the row was read, however long ago that was.
    """

    id: str
    status: str
    reply: str
    owner: str
    titles: Grid

    @staticmethod
    def areas(place: Place) -> list[Area]:
        """Return the cells to be echoed by a write to the row at *place*; people's own columns may be absent."""
        columns = [column for column in _READ_BACK if column in place.layout.columns.at]
        return [*(place.layout.cell_area(place.row, column) for column in columns), place.layout.titles()]

    @classmethod
    def of(cls, place: Place, echoes: Sequence[Grid]) -> Readback:
        """Return the echoes of `areas` by name."""
        *cells, titles = echoes
        columns = [column for column in _READ_BACK if column in place.layout.columns.at]
        shown = {column: cell[0][0] for column, cell in zip(columns, cells, strict=True)}
        id_, status, reply, owner = (shown.get(column, "") for column in _READ_BACK)
        return cls(id=id_, status=status, reply=reply, owner=owner, titles=titles)

    def seen_in(self, row: Appeal) -> Readback:
        """Return the readback with the cells that people type into as *row* has them."""
        return replace(self, status=row.status, reply=row.reply, owner=row.owner)

    def changes_status(self, cell: Cell) -> bool:
        """Did *cell* miss the status because a person had chosen another?"""
        return cell.column is AppealColumn.STATUS and self.status not in (cell.find, cell.replacement)

    def applied_to(self, written: Written, draft: Draft) -> Written:
        """Return *written* with what people typed meanwhile. A write that leaves the status alone cannot miss it."""
        after = draft.after
        untouched = after.status == draft.found.appeal.status
        kept = written.status_kept or (untouched and self.status != after.status)
        status = self.status if kept else after.status
        return replace(
            written,
            appeal=replace(written.appeal, status=status, reply=self.reply, owner=self.owner),
            status_kept=kept,
        )
