"""One try at giving a row back what a write took that met it.

A guarded write knows what it replaced. A write by position does not: its text is taken out of the row that it met, and
a line there says where the row's own text is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from shared.adapters.sheets.journal import guard
from shared.adapters.sheets.journal.by_position import ByPosition, Overwritten
from shared.adapters.sheets.journal.found import Found
from shared.adapters.sheets.journal.guard import Strayed
from shared.adapters.sheets.journal.new_rows import own_cells
from shared.adapters.sheets.journal.rows import AppealRows
from shared.adapters.sheets.journal.skipped import PATIENCE, InVain
from shared.adapters.sheets.journal.tools import Tools
from shared.adapters.sheets.tables import AppealColumn
from shared.domain import history, ids, texts
from shared.domain.appeals import NOTHING, UPDATED, Edit, edited
from shared.domain.history import Author, Line
from shared.domain.status import Status
from shared.domain.trace import Trace
from shared.turns import Turns

Damage = Strayed | Overwritten


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """`over`: no other try is to follow. `further`: this one met another row in its turn."""

    over: bool
    further: Damage | None = None


class Mending:
    def __init__(self, tools: Tools, rows: AppealRows, by_position: ByPosition, turns: Turns) -> None:
        self._book = tools.book
        self._clock = tools.clock
        self._token = tools.token
        self._log = tools.log
        self._rows = rows
        self._by_position = by_position
        self._turns = turns

    async def once(self, damage: Damage, attempt: int, refused: InVain) -> Tried | None:
        """Return what came of it; None when the row, or what was written into it, is not there any more.

        `refused` counts the writes by position that were refused so far, for as long as the row reads the same.
        """
        async with self._turns.of(damage.victim):
            found = await self._victim(damage)
            if found is None:
                return None
            if isinstance(damage, Overwritten):
                return await self._take_out(damage, found, refused)
            if attempt < PATIENCE:
                return await self._put_back(damage, found)
            return await self._put_back_by_position(damage, found)

    async def _victim(self, damage: Damage) -> Found | None:
        """The row by its id; where it has none, or half of it was sorted away, the row where it happened."""
        if ids.chat_of(damage.victim) is not None:
            found = await self._rows.find(damage.victim, with_history=True)
            if found and found.appeal.fits_its_chat:
                return found
        return await self._rows.at(damage.row)

    async def _put_back(self, strayed: Strayed, found: Found) -> Tried:
        """By a guarded write; a row without a head is recognised by the echo, and one whose guard is not seen, too."""
        layout, row = found.place.layout, found.place.row
        head = None if found.appeal.is_confused else found.place.head
        cells = guard.put_back(
            found.appeal, strayed.cells, head=head or "", trace_cell=found.place.trace_cell, token=self._token()
        )
        cells = cells if head else cells[1:]
        requests = guard.requests_of(cells, sheet=layout.sheet, row=row, columns=layout.columns)
        committed = await self._book.write(requests, echoes=layout.identity_areas(row))
        outcome = guard.outcome_of(cells, committed.replies)
        restored = {cell.column for cell in strayed.cells} <= {cell.column for cell in outcome.hit}
        whose = committed.echoes[0][0][0].strip()
        is_put_back = outcome.guarded or (restored and (not head or whose == found.appeal.id))
        if is_put_back:
            self._log.info("put_back", appeal=strayed.victim, cells=len(strayed.cells))
        met_another = head and outcome.strays and whose != found.appeal.id
        further = Strayed(victim=whose, row=row, cells=outcome.strays) if met_another else None
        return Tried(over=is_put_back, further=further)

    async def _put_back_by_position(self, strayed: Strayed, found: Found) -> Tried:
        """The guard does not see the row: what still holds our value gets its own."""
        shown = guard.shown(found.appeal, found.place.trace_cell)
        values = {cell.column: cell.find for cell in strayed.cells if shown[cell.column] == cell.replacement}
        if not values:
            return Tried(over=True)
        landed = await self._by_position.write(found, values, version=f"{found.place.head} {self._token()}")
        event = self._log.info if landed.written else self._log.error
        event("put_back" if landed.written else "not_put_back", appeal=strayed.victim, cells=len(values))
        return Tried(over=True, further=landed.overwritten)

    async def _take_out(self, done: Overwritten, found: Found, refused: InVain) -> Tried | None:
        values = self._values_without(done, found)
        if values is None:
            return None
        attempt = refused.at(found.place)
        landed = await self._by_position.write(found, values, version=found.version, attempt=attempt)
        is_over = landed.written or landed.overwritten is not None
        if not is_over:
            refused.add(found.place)
        return Tried(over=is_over, further=landed.overwritten)

    def _values_without(self, done: Overwritten, found: Found) -> Mapping[AppealColumn, str] | None:
        """What takes our text out of the row. None: it is not there any more."""
        ours = done.values.get(AppealColumn.HISTORY, "")
        body = ours.removeprefix(history.head_of(ours) or "")
        if not found.appeal.history.endswith(body):
            return None
        if ids.chat_of(found.appeal.id) is None:
            return dict.fromkeys(done.values, "")
        at = self._clock.local()
        told = AppealColumn.STATUS in done.values or AppealColumn.WAITING in done.values
        edit = Edit(
            at=at,
            lines=(Line(at=at, author=Author.BOT, text=texts.ROW_OVERWRITTEN),),
            status=Status.HANDED_OVER if told else None,
            waiting_since=at.strftime(UPDATED) if told else None,
            receipt=NOTHING if AppealColumn.RECEIPT in done.values else None,
            question=NOTHING if AppealColumn.QUESTION in done.values else None,
            trace=Trace() if AppealColumn.TRACE in done.values else found.appeal.known_trace,
        )
        left = replace(found.appeal, history=found.appeal.history.removesuffix(body) if body else found.appeal.history)
        after = own_cells(edited(left, edit, self._token()))
        shown = guard.shown(found.appeal, found.place.trace_cell)
        return {column: value for column, value in after.items() if value != shown[column]}
