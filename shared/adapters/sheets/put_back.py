"""What a write took that met another row: put back where it is known, said where it is not.

A guarded write knows what it replaced. A write by position does not: its text is taken out of the row that it met, and
a line there says where the row's own text is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from shared.adapters.sheets import guard
from shared.adapters.sheets.by_position import ByPosition, Overwritten
from shared.adapters.sheets.gateway import Gateway
from shared.adapters.sheets.guard import Strayed
from shared.adapters.sheets.locks import Locks
from shared.adapters.sheets.new_rows import own_cells
from shared.adapters.sheets.rows import ATTEMPTS, AppealRows, Found
from shared.adapters.sheets.skipped import PATIENCE
from shared.adapters.sheets.tables import AppealColumn
from shared.domain import history, ids, texts
from shared.domain.appeals import NOTHING, UPDATED, Edit, edited
from shared.domain.history import Author, Line
from shared.domain.status import Status
from shared.domain.trace import Trace
from shared.ports import Clock, Log, Refused


class PutBack:
    def __init__(
        self,
        gateway: Gateway,
        spreadsheet: str,
        rows: AppealRows,
        locks: Locks,
        *,
        clock: Clock,
        token: Callable[[], str],
        log: Log,
    ) -> None:
        self._gateway = gateway
        self._spreadsheet = spreadsheet
        self._rows = rows
        self._locks = locks
        self._clock = clock
        self._token = token
        self._log = log
        self._by_position = ByPosition(gateway, spreadsheet, clock)
        self._owed: list[Strayed | Overwritten] = []
        self._mending = asyncio.Lock()

    async def mend(self, damage: Sequence[Strayed | Overwritten] = ()) -> None:
        """All that is owed, what the mending itself did among it. Unavailable: it stays owed.

        Before it is done nothing is computed from these rows: they hold what was never written to them.
        """
        self._owed += damage
        async with self._mending:
            for _ in range(ATTEMPTS):
                if not self._owed:
                    return
                done = self._owed[-1]
                overwritten = await self._mended(done)
                self._owed.remove(done)
                if overwritten:
                    self._owed.append(overwritten)

    async def _mended(self, done: Strayed | Overwritten) -> Overwritten | None:
        try:
            return await (self._strayed(done) if isinstance(done, Strayed) else self._overwritten(done))
        except Refused as refusal:
            self._log.error("not_put_back", appeal=done.victim, error=str(refusal))
            return None

    async def _strayed(self, strayed: Strayed) -> Overwritten | None:
        for attempt in range(ATTEMPTS):
            async with self._locks.of(strayed.victim):
                found = await self._victim(strayed.victim, strayed.row)
                if found is None:
                    break
                if attempt >= PATIENCE:
                    return await self._place_strayed(strayed, found)
                if await self._commit_strayed(strayed, found):
                    self._log.info("put_back", appeal=strayed.victim, cells=len(strayed.cells))
                    return None
        self._log.error("not_put_back", appeal=strayed.victim, columns=[cell.column.value for cell in strayed.cells])
        return None

    async def _commit_strayed(self, strayed: Strayed, found: Found) -> bool:
        """By a guarded write; a row without a head is recognised by the echo, and one whose guard is not seen, too."""
        layout = found.place.layout
        head = None if found.appeal.is_confused else found.place.head
        cells = guard.put_back(
            found.appeal, strayed.cells, head=head or "", trace_cell=found.place.trace_cell, token=self._token()
        )
        cells = cells if head else cells[1:]
        committed = await self._gateway.write(
            self._spreadsheet,
            guard.requests_of(cells, sheet=layout.sheet, row=found.place.row, columns=layout.columns),
            echoes=layout.identity_areas(found.place.row),
        )
        outcome = guard.outcome_of(cells, committed.replies)
        restored = {cell.column for cell in strayed.cells} <= {cell.column for cell in outcome.hit}
        same = committed.echoes[0][0][0].strip() == found.appeal.id
        return outcome.guarded or not head or (restored and same)

    async def _place_strayed(self, strayed: Strayed, found: Found) -> Overwritten | None:
        """The guard does not see the row: what still holds our value gets its own by position."""
        shown = guard.shown(found.appeal, found.place.trace_cell)
        values = {cell.column: cell.find for cell in strayed.cells if shown[cell.column] == cell.replacement}
        if not values:
            return None
        landed = await self._by_position.write(found, values, version=f"{found.place.head} {self._token()}")
        event = self._log.info if landed.written else self._log.error
        event("put_back" if landed.written else "not_put_back", appeal=strayed.victim, cells=len(values))
        return landed.overwritten

    async def _overwritten(self, done: Overwritten) -> Overwritten | None:
        for attempt in range(ATTEMPTS):
            async with self._locks.of(done.victim):
                found = await self._victim(done.victim, done.row)
                values = self._values_without(done, found) if found else None
                if found is None or values is None:
                    break
                version = found.place.head or found.appeal.known_trace.token
                landed = await self._by_position.write(found, values, version=version, attempt=attempt)
                if landed.written or landed.overwritten:
                    return landed.overwritten
        self._log.error("not_put_back", appeal=done.victim, columns=[column.value for column in done.values])
        return None

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

    async def _victim(self, victim: str, row: int) -> Found | None:
        """The row by its id; where it has none, or half of it was sorted away, the row where it happened."""
        if ids.chat_of(victim) is not None:
            found = await self._rows.find(victim, with_history=True)
            if found and found.appeal.fits_its_chat:
                return found
        return await self._rows.at(row)
