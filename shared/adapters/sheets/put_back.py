"""What a write took that met another row: put back where it is known, said where it is not.

A guarded write knows what it replaced. A write by position does not: its text is taken out of the row that it met, and
a line there says where the row's own text is.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
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

Damage = Strayed | Overwritten


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
        self._owed: defaultdict[str, list[Damage]] = defaultdict(list)
        self._mending = Locks()

    def owes(self, appeal_id: str) -> bool:
        """Nothing is computed from such a row: it holds what was never meant for it."""
        return bool(self._owed.get(appeal_id))

    async def mend(self, damage: Sequence[Damage]) -> None:
        """All rows at once: they share their calls. Unavailable: they stay owed."""
        for done in damage:
            self._owed[done.victim].append(done)
        await self._settle_all({done.victim for done in damage})

    async def settle(self, appeal_id: str) -> None:
        """That row is what it was when this returns, and those that nobody mends: whoever broke them has given up.

        Unavailable: they stay owed.
        """
        await self._settle_all(self._given_up() | ({appeal_id} & self._owed.keys()))

    async def settle_chat(self, chat: int) -> None:
        """The same for all rows of a chat."""
        await self._settle_all(self._given_up() | {owed for owed in self._owed if ids.chat_of(owed) == chat})

    def _given_up(self) -> set[str]:
        return {owed for owed in self._owed if not self._mending.of(owed).locked()}

    async def _settle_all(self, victims: set[str]) -> None:
        """What the mending itself did is mended too."""
        for _ in range(ATTEMPTS):
            if not victims:
                return
            more = await asyncio.gather(*(self._settle(victim) for victim in victims))
            victims = {damage.victim for one in more for damage in one}

    async def _settle(self, victim: str) -> list[Damage]:
        more: list[Damage] = []
        async with self._mending.of(victim):
            while owed := self._owed.get(victim):
                done = owed[0]
                more += await self._mended(done)
                owed.remove(done)
            self._owed.pop(victim, None)
        return more

    async def _mended(self, done: Damage) -> list[Damage]:
        """What the mending did to other rows; it is owed from that moment."""
        more: list[Damage] = []
        try:
            await (self._strayed(done, more) if isinstance(done, Strayed) else self._overwritten(done, more))
        except Refused as refusal:
            self._log.error("not_put_back", appeal=done.victim, error=str(refusal))
        return more

    def _owe(self, damage: Damage, more: list[Damage]) -> None:
        self._owed[damage.victim].append(damage)
        more.append(damage)

    async def _strayed(self, strayed: Strayed, more: list[Damage]) -> None:
        for attempt in range(ATTEMPTS):
            async with self._locks.of(strayed.victim):
                found = await self._victim(strayed.victim, strayed.row)
                if found is None:
                    break
                if attempt >= PATIENCE:
                    return await self._place_strayed(strayed, found, more)
                if await self._commit_strayed(strayed, found, more):
                    self._log.info("put_back", appeal=strayed.victim, cells=len(strayed.cells))
                    return None
        self._log.error("not_put_back", appeal=strayed.victim, columns=[cell.column.value for cell in strayed.cells])
        return None

    async def _commit_strayed(self, strayed: Strayed, found: Found, more: list[Damage]) -> bool:
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
        whose = committed.echoes[0][0][0].strip()
        if head and outcome.strays and whose != found.appeal.id:
            self._owe(Strayed(victim=whose, row=found.place.row, cells=outcome.strays), more)
        return outcome.guarded or (restored and (not head or whose == found.appeal.id))

    async def _place_strayed(self, strayed: Strayed, found: Found, more: list[Damage]) -> None:
        """The guard does not see the row: what still holds our value gets its own by position."""
        shown = guard.shown(found.appeal, found.place.trace_cell)
        values = {cell.column: cell.find for cell in strayed.cells if shown[cell.column] == cell.replacement}
        if not values:
            return
        landed = await self._by_position.write(found, values, version=f"{found.place.head} {self._token()}")
        event = self._log.info if landed.written else self._log.error
        event("put_back" if landed.written else "not_put_back", appeal=strayed.victim, cells=len(values))
        if landed.overwritten:
            self._owe(landed.overwritten, more)

    async def _overwritten(self, done: Overwritten, more: list[Damage]) -> None:
        for attempt in range(ATTEMPTS):
            async with self._locks.of(done.victim):
                found = await self._victim(done.victim, done.row)
                values = self._values_without(done, found) if found else None
                if found is None or values is None:
                    break
                version = found.place.head or found.appeal.known_trace.token
                landed = await self._by_position.write(found, values, version=version, attempt=attempt)
                if landed.overwritten:
                    return self._owe(landed.overwritten, more)
                if landed.written:
                    return None
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
