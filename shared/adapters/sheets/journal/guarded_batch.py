"""The requests of one guarded write, composed from the row as it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shared.adapters.sheets.calls.transport import Reply, Request
from shared.adapters.sheets.journal import guard
from shared.adapters.sheets.journal.found import Found
from shared.adapters.sheets.journal.guard import Cell, Outcome
from shared.domain.appeals import Appeal, Edit
from shared.domain.archive import Cut


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
