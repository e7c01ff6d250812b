"""A row of the Appeals tab as it was read, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shared.adapters.sheets.calls.transport import Grid
from shared.adapters.sheets.journal.layout import Layout
from shared.adapters.sheets.tables import AppealColumn
from shared.domain import history, ids
from shared.domain.appeals import Appeal
from shared.domain.invisible import typed
from shared.domain.trace import parse_trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a row stood when it was read. `head`: the head line of its history, None when nobody knows."""

    row: int
    layout: Layout
    trace_cell: str
    head: str | None
    with_history: bool

    def after(self, written: Appeal) -> Place:
        """Return the place of the row once *written* has been committed there."""
        trace = written.known_trace
        return replace(self, trace_cell=trace.written(), head=trace.head)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    appeal: Appeal
    place: Place

    @property
    def version(self) -> str:
        """Return the token that every write of the bot replaces: of the head line, or else of the state cell."""
        return (history.token_of(self.place.head) if self.place.head else None) or self.appeal.known_trace.token

    @property
    def has_nothing_to_compare(self) -> bool:
        """Return whether the row has no head, no text and no technical cell of ours, so that no guard sees it."""
        return self.place.head is None and not self.appeal.history and self.appeal.trace is None


def each_of(rows: tuple[int, ...], parts: list[Grid], layout: Layout, *, with_history: bool) -> list[Found]:
    size = len(parts) // len(rows)
    return [
        found_in(
            row,
            layout.cells(parts[n * size : (n + 1) * size], with_history=with_history),
            layout,
            with_history=with_history,
        )
        for n, row in enumerate(rows)
    ]


def freshest(copies: Sequence[Found]) -> Found:
    """Return, of a row and its copies, the one that lives on: its cells belong together, and it was written last.

    Local times say what was written last only where not every copy has an instant: clocks are put back in autumn.
    """
    sound = [copy for copy in copies if not copy.appeal.is_confused] or copies
    have_instants = all(copy.appeal.known_trace.seen_at for copy in sound)

    def written_last(copy: Found) -> tuple[float, str, int, int]:
        state = copy.appeal.known_trace
        at = max(state.seen_at.values(), default=0.0) if have_instants else 0.0
        return at, copy.appeal.updated, len(state.updates), -copy.place.row

    return max(sound, key=written_last)


def found_in(row: int, cells: list[str], layout: Layout, *, with_history: bool) -> Found:
    def cell(column: AppealColumn) -> str:
        return layout.columns.cell(cells, column)

    trace = parse_trace(cell(AppealColumn.TRACE))
    appeal = Appeal(
        id=cell(AppealColumn.ID).strip(),
        chat=ids.telegram_id(cell(AppealColumn.CHAT)) or 0,
        code=cell(AppealColumn.CODE),
        phone=cell(AppealColumn.PHONE),
        name=cell(AppealColumn.NAME),
        history=cell(AppealColumn.HISTORY),
        status=cell(AppealColumn.STATUS),
        reply=typed(cell(AppealColumn.REPLY)),
        receipt=cell(AppealColumn.RECEIPT),
        question=cell(AppealColumn.QUESTION),
        waiting_since=cell(AppealColumn.WAITING),
        updated=cell(AppealColumn.UPDATED),
        owner=typed(cell(AppealColumn.OWNER)),
        trace=trace,
    )
    if with_history and trace and not appeal.is_confused:
        appeal = replace(appeal, trace=trace.borne_out_by(appeal.history))
    remembered = trace.head if trace and trace.head else None
    place = Place(
        row=row,
        layout=layout,
        trace_cell=cell(AppealColumn.TRACE),
        head=history.head_of(appeal.history) if with_history else remembered,
        with_history=with_history,
    )
    return Found(appeal=appeal, place=place)
