"""The journal: the Appeals tab behind the port `Journal`.

Rows are found by id (rows.py), new ones appended once (new_rows.py), every write is guarded (guard.py). A change is a
pure function of the row, so a miss is mended by reading again and computing again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary, WeakValueDictionary

from shared.adapters.sheets import guard
from shared.adapters.sheets.gateway import Gateway
from shared.adapters.sheets.guard import Cell, Outcome
from shared.adapters.sheets.new_rows import append_request, forget_request, mark_request, old_days, own_cells
from shared.adapters.sheets.rows import ATTEMPTS, AppealRows, Found, Place
from shared.adapters.sheets.tables import AppealColumn
from shared.adapters.sheets.transport import Grid, OutOfGrid
from shared.domain import ids
from shared.domain.appeals import Appeal, Change, Edit, NewAppeal, edited, opened
from shared.ports import Clock, Log, Refused, RowConfused, Unavailable, Written

SHOWN_APPEALS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Strayed:
    """A guarded write missed its row and hit cells of another: of whom, where, and which."""

    victim: str
    row: int
    cells: tuple[Cell, ...]


class SheetJournal:
    def __init__(self, gateway: Gateway, spreadsheet: str, *, clock: Clock, token: Callable[[], str], log: Log) -> None:
        self._gateway = gateway
        self._spreadsheet = spreadsheet
        self._clock = clock
        self._token = token
        self._log = log
        self._rows = AppealRows(gateway, spreadsheet)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._given: WeakKeyDictionary[Appeal, Place] = WeakKeyDictionary()

    async def newest(self, chat: int) -> Appeal | None:
        return self._give(await self._rows.newest(chat, with_history=True))

    async def flag_confused(self, row: int, receipt: str) -> bool:
        found = await self._rows.at(row)
        if found is None or not found.appeal.reply.strip() or found.appeal.receipt == receipt:
            return False
        live = await self._rows.find(found.appeal.id, with_history=False) if not found.appeal.is_confused else None
        if live and live.place.row == found.place.row:
            return False
        place = {"sheet": found.place.layout.sheet, "row": row}
        if found.appeal.receipt:
            cell = Cell(column=AppealColumn.RECEIPT, find=found.appeal.receipt, replacement=receipt)
            requests = guard.requests_of([cell], **place, columns=found.place.layout.columns)
        else:
            requests = guard.placed({AppealColumn.RECEIPT: receipt}, **place, columns=found.place.layout.columns)
        await self._gateway.write(self._spreadsheet, requests)
        return True

    async def find(self, appeal_id: str) -> Appeal | None:
        return self._give(await self._rows.find(appeal_id, with_history=True))

    async def all_of(self, chat: int) -> list[Appeal]:
        wanted = (await self._rows.ids_of(chat))[:SHOWN_APPEALS]
        found = await asyncio.gather(*(self.find(appeal_id) for appeal_id in wanted))
        return [appeal for appeal in found if appeal and appeal.chat == chat]

    async def link(self, appeal_id: str) -> str | None:
        found = await self._rows.find(appeal_id, with_history=False)
        if found is None:
            return None
        address = f"https://docs.google.com/spreadsheets/d/{self._spreadsheet}/edit"
        return f"{address}#gid={found.place.layout.sheet}&range={found.place.row}:{found.place.row}"

    async def change(self, appeal_id: str, change: Change, *, seen: Appeal | None = None) -> Written | None:
        with_history = False
        place = self._given.get(seen) if seen else None
        given = Found(appeal=seen, place=place) if seen and place else None
        for _ in range(ATTEMPTS):
            async with self._lock(appeal_id):
                found = given or await self._rows.find(appeal_id, with_history=with_history)
                given = None
                if found is None:
                    return None
                if found.appeal.is_confused:
                    raise RowConfused(f"journal: the row of {appeal_id} holds another Telegram ID")
                edit = change(found.appeal)
                if edit is None:
                    return Written(appeal=found.appeal, changed=False)
                result = await self._write(found, edit) if found.place.head or found.place.with_history else None
            match result:
                case Written():
                    return result
                case Strayed():
                    await self._put_back(result)
            with_history = True
        raise Unavailable(f"journal: {appeal_id} kept changing")

    async def open(self, draft: NewAppeal) -> Written:
        """Append first and look then: the mark refuses a row that stands already."""
        async with self._lock(draft.id):
            ours: set[str] = set()
            for attempt in range(ATTEMPTS):
                row = opened(draft, self._token())
                ours.add(row.known_trace.token)
                if await self._append(row, attempt) and await self._rows.stands(draft.id):
                    return Written(appeal=row, changed=True)
                found = await self._rows.find(draft.id, with_history=False)
                if found:
                    return Written(appeal=found.appeal, changed=found.appeal.known_trace.token in ours)
        raise Unavailable(f"journal: {draft.id} could not be appended")

    async def forget_marks(self) -> None:
        requests = [forget_request(day) for day in old_days(self._clock.now())]
        await self._gateway.write(self._spreadsheet, requests)

    async def _write(self, found: Found, edit: Edit) -> Written | Strayed | None:
        """One write. None: the row moved, somebody was faster, or nobody knows; read again."""
        after = edited(found.appeal, edit, self._token())
        try:
            if found.place.head is None:
                return await self._write_without_guard(found, after)
            return await self._write_guarded(found, found.place.head, edit, after)
        except Unavailable as error:
            self._log.warning("write_unsure", appeal=after.id, error=str(error))
            return None
        except OutOfGrid:
            return None

    async def _write_guarded(self, found: Found, head: str, edit: Edit, after: Appeal) -> Written | Strayed | None:
        cells = guard.cells_of(found.appeal, after, edit, head=head, trace_cell=found.place.trace_cell)
        outcome, echo = await self._commit(found, cells)
        if outcome.guarded:
            await self._fill(found, guard.empty_cells(found.appeal, after, trace_cell=found.place.trace_cell))
            wanted = any(cell.column is AppealColumn.STATUS for cell in cells)
            return Written(appeal=after, changed=True, status_kept=wanted and not outcome.did(AppealColumn.STATUS))
        self._log.info("guard_missed", appeal=after.id, strays=len(outcome.strays))
        if not outcome.strays:
            return None
        return Strayed(victim=echo[0][0][0], row=found.place.row, cells=outcome.strays)

    async def _commit(self, found: Found, cells: Sequence[Cell]) -> tuple[Outcome, Sequence[Grid]]:
        """Write the cells where the row was found; tells what was hit, and whose row stood there."""
        layout = found.place.layout
        committed = await self._gateway.write(
            self._spreadsheet,
            guard.requests_of(cells, sheet=layout.sheet, row=found.place.row, columns=layout.columns),
            echoes=layout.identity_areas(found.place.row),
        )
        return guard.outcome_of(cells, committed.replies), committed.echoes

    async def _put_back(self, strayed: Strayed) -> None:
        """Give the row that stood there what a write that was not meant for it took."""
        for _ in range(ATTEMPTS):
            async with self._lock(strayed.victim):
                found = await self._victim(strayed)
                if found is None:
                    break
                cells = guard.put_back(
                    found.appeal,
                    strayed.cells,
                    head=found.place.head or "",
                    trace_cell=found.place.trace_cell,
                    token=self._token(),
                )
                outcome, _ = await self._commit(found, cells if found.place.head else cells[1:])
                if outcome.guarded or not found.place.head:
                    self._log.info("put_back", appeal=strayed.victim, cells=len(strayed.cells))
                    return
        self._log.error("not_put_back", appeal=strayed.victim, columns=[cell.column.value for cell in strayed.cells])

    async def _victim(self, strayed: Strayed) -> Found | None:
        """The row by its id; where it has none, or half of it was sorted away, the row where it happened."""
        if ids.chat_of(strayed.victim) is not None:
            found = await self._rows.find(strayed.victim, with_history=True)
            if found and not found.appeal.is_confused:
                return found
        return await self._rows.at(strayed.row)

    async def _write_without_guard(self, found: Found, after: Appeal) -> Written:
        """The history has no head line to compare: it was read a moment ago, and gets its head back."""
        layout, own = found.place.layout, own_cells(after)
        guarded = guard.placed(own, sheet=layout.sheet, row=found.place.row, columns=layout.columns)
        committed = await self._gateway.write(self._spreadsheet, guarded, echoes=layout.identity_areas(found.place.row))
        self._log.warning("head_restored", appeal=after.id, row_stood=committed.echoes[0][0][0] == after.id)
        return Written(appeal=after, changed=True)

    async def _fill(self, found: Found, values: dict[AppealColumn, str]) -> None:
        """Write by position what cannot be guarded, right after the row was seen there."""
        if not values:
            return
        layout = found.place.layout
        requests = guard.placed(values, sheet=layout.sheet, row=found.place.row, columns=layout.columns)
        echoes = layout.identity_areas(found.place.row)
        try:
            committed = await self._gateway.write(self._spreadsheet, requests, echoes=echoes)
        except Unavailable as error:
            self._log.warning("cells_left_empty", appeal=found.appeal.id, error=str(error))
            return
        if committed.echoes[0][0][0].strip() != found.appeal.id:
            self._log.error("unguarded_write_strayed", appeal=found.appeal.id, columns=[c.value for c in values])

    async def _append(self, row: Appeal, attempt: int) -> bool:
        """True: appended now. False: it stands already, or nobody knows."""
        layout = await self._rows.layout()
        requests = [append_request(row, layout), mark_request(row.id, attempt, self._clock.now())]
        try:
            await self._gateway.write(self._spreadsheet, requests, moves_nothing=False)
        except Unavailable as error:
            self._log.warning("append_unsure", appeal=row.id, error=str(error))
            return False
        except Refused as refusal:
            if "etadata" not in str(refusal):
                raise
            self._log.info("append_refused", appeal=row.id, attempt=attempt)
            return False
        return True

    def _give(self, found: Found | None) -> Appeal | None:
        """The row for the caller; where it stood is remembered as long as the caller holds it."""
        if found is None:
            return None
        self._given[found.appeal] = found.place
        return found.appeal

    def _lock(self, appeal_id: str) -> asyncio.Lock:
        lock = self._locks.get(appeal_id)
        if lock is None:
            lock = self._locks[appeal_id] = asyncio.Lock()
        return lock
