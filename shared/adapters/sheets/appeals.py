"""The journal: the Appeals tab behind the port `Journal`.

Rows are found by id (rows.py), new ones appended once (new_rows.py), every write is guarded (guard.py). A change is a
pure function of the row, so a miss is mended by reading again and computing again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from weakref import WeakKeyDictionary

from shared.adapters.sheets.gateway import Gateway
from shared.adapters.sheets.locks import Locks
from shared.adapters.sheets.marks import forget_old, row_mark
from shared.adapters.sheets.new_rows import append_request, cells_of_new
from shared.adapters.sheets.put_back import PutBack
from shared.adapters.sheets.row_writes import Effort, RowWrites
from shared.adapters.sheets.rows import ATTEMPTS, AppealRows, Found, Place
from shared.domain import history, ids
from shared.domain.appeals import Appeal, Change, Edit, NewAppeal, opened
from shared.ports import Clock, Log, Refused, RowConfused, Unavailable, Written

SHOWN_APPEALS = 10


class SheetJournal:
    def __init__(self, gateway: Gateway, spreadsheet: str, *, clock: Clock, token: Callable[[], str], log: Log) -> None:
        self._gateway = gateway
        self._spreadsheet = spreadsheet
        self._clock = clock
        self._token = token
        self._log = log
        self._rows = AppealRows(gateway, spreadsheet)
        self._locks = Locks()
        self._writes = RowWrites(gateway, spreadsheet, self._rows, clock=clock, token=token, log=log)
        self._put_back = PutBack(gateway, spreadsheet, self._rows, self._locks, clock=clock, token=token, log=log)
        self._given: WeakKeyDictionary[Appeal, Place] = WeakKeyDictionary()

    async def newest(self, chat: int) -> Appeal | None:
        await self._put_back.settle_chat(chat)
        found = await self._rows.newest(chat, with_history=True)
        if found and found.appeal.is_confused:
            return await self._with_its_status(found.appeal, chat)
        return self._give(found)

    async def flag_confused(self, row: int, receipt: str, *, read: Appeal | None = None) -> bool:
        place = self._given.get(read) if read else None
        if read is None or not read.is_confused:
            return (place is None or place.row != row) and await self._flag(await self._rows.at(row), receipt)
        suspects = [await self._rows.at(row), *await self._rows.of_chat(ids.chat_of(read.id) or 0)]
        return any([await self._flag(found, receipt) for found in suspects if found and found.appeal.is_confused])

    async def find(self, appeal_id: str) -> Appeal | None:
        await self._put_back.settle(appeal_id)
        return self._give(await self._rows.find(appeal_id, with_history=True))

    async def all_of(self, chat: int) -> list[Appeal]:
        wanted = (await self._rows.ids_of(chat))[:SHOWN_APPEALS]
        found = await asyncio.gather(*(self.find(appeal_id) for appeal_id in wanted))
        return [appeal for appeal in found if appeal and not appeal.is_confused]

    async def link(self, appeal_id: str) -> str | None:
        found = await self._rows.find(appeal_id, with_history=False)
        if found is None:
            return None
        address = f"https://docs.google.com/spreadsheets/d/{self._spreadsheet}/edit"
        return f"{address}#gid={found.place.layout.sheet}&range={found.place.row}:{found.place.row}"

    async def change(self, appeal_id: str, change: Change, *, seen: Appeal | None = None) -> Written | None:
        """Who gives up waiting does not cut a write off from what it has to put right."""
        changing = asyncio.ensure_future(self._change(appeal_id, change, seen))
        changing.add_done_callback(lambda done: done.cancelled() or done.exception())
        return await asyncio.shield(changing)

    async def _change(self, appeal_id: str, change: Change, seen: Appeal | None) -> Written | None:
        effort = Effort()
        place = self._given.get(seen) if seen else None
        given = Found(appeal=seen, place=place) if seen and place else None
        closely = False
        while effort.tries < ATTEMPTS:
            await self._put_back.settle(appeal_id)
            async with self._locks.of(appeal_id):
                written = None
                while not written and not effort.damage and effort.tries < ATTEMPTS:
                    found = given or await self._rows.find(appeal_id, with_history=closely or effort.tries > 0)
                    given = None
                    if found is None:
                        return None
                    if self._put_back.owes(appeal_id):
                        break
                    if found.appeal.is_confused:
                        raise RowConfused(f"journal: the row of {appeal_id} holds cells of another")
                    await self._writes.look_after(found, effort)
                    if effort.damage:
                        break
                    edit = change(found.appeal)
                    if edit is None and not found.place.with_history:
                        closely = True
                        continue
                    if edit is None:
                        return _as_it_turned_out(found.appeal, effort.unsure)
                    written = await self._writes.write(found, edit, effort)
            damage, effort.damage = effort.damage, []
            await self._put_back.mend(damage)
            if written:
                return written
        raise Unavailable(f"journal: {appeal_id} kept changing")

    async def open(self, draft: NewAppeal) -> Written:
        """Append first and look then: the mark refuses a row that stands already."""
        async with self._locks.of(draft.id):
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
        await self._gateway.write(self._spreadsheet, forget_old(self._clock.now()))

    async def _with_its_status(self, appeal: Appeal, chat: int) -> Appeal:
        """Half of the row was sorted away: its status stands where its Telegram ID and its head stand now."""
        for half in await self._rows.of_chat(chat):
            if history.number_of(half.appeal.history) == appeal.number:
                return replace(appeal, trace=replace(appeal.known_trace, status=half.appeal.status))
        return appeal

    async def _flag(self, found: Found | None, receipt: str) -> bool:
        if found is None or not found.appeal.reply.strip() or found.appeal.receipt == receipt:
            return False
        live = await self._rows.find(found.appeal.id, with_history=False) if not found.appeal.is_confused else None
        if live and live.place.row == found.place.row:
            return False
        await self._writes.flag(found, receipt)
        return True

    async def _append(self, row: Appeal, attempt: int) -> bool:
        """True: appended now. False: it stands already, or nobody knows."""
        layout = await self._rows.layout()
        requests = [append_request(cells_of_new(row), layout), row_mark(row.id, attempt, self._clock.now())]
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


def _as_it_turned_out(row: Appeal, wanted: Edit | None) -> Written:
    """Nothing is to be done any more. `wanted`: by a write of ours whose answer was lost, if its trace is there."""
    if wanted is None:
        return Written(appeal=row, changed=False)
    applied = row.known_trace.holds(wanted.trace)
    kept = applied and wanted.status is not None and row.known_status is not wanted.status
    return Written(appeal=row, changed=applied, status_kept=kept)
