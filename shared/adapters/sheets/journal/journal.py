"""The journal: the Appeals tab behind the port `Journal`.

Rows are found by id (rows.py), new ones appended once (opening.py), every write is guarded (guard.py). A change is a
pure function of the row, so a miss is mended by reading again and computing again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from shared.adapters.sheets.journal.archive import Archive
from shared.adapters.sheets.journal.by_position import ByPosition
from shared.adapters.sheets.journal.effort import Effort
from shared.adapters.sheets.journal.found import Found, Place
from shared.adapters.sheets.journal.lost_replies import LostReplies
from shared.adapters.sheets.journal.marks import forget_old
from shared.adapters.sheets.journal.opening import Opening
from shared.adapters.sheets.journal.put_back import PutBack
from shared.adapters.sheets.journal.row_links import RowLinks
from shared.adapters.sheets.journal.row_writes import RowWrites
from shared.adapters.sheets.journal.rows import ATTEMPTS, AppealRows
from shared.adapters.sheets.journal.summaries import Summaries
from shared.adapters.sheets.journal.tools import Tools
from shared.domain import history
from shared.domain.appeals import Appeal, Change, Edit, NewAppeal
from shared.domain.trace import Trace
from shared.ports import RowConfused, RowSummary, Unavailable, Written
from shared.shielded import shielded
from shared.turns import Turns

SHOWN_APPEALS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A change has come to its end. `written`: None where the row is gone."""

    written: Written | None


class SheetJournal:
    def __init__(self, tools: Tools) -> None:
        self._book = tools.book
        self._clock = tools.clock
        self._token = tools.token
        self._log = tools.log
        self._rows = AppealRows(tools.book)
        self._links = RowLinks(tools.book, self._rows, tools.clock)
        self._turns = Turns()
        by_position = ByPosition(tools)
        self._writes = RowWrites(tools, self._rows, by_position, Archive(tools))
        self._put_back = PutBack(tools, self._rows, by_position, self._turns)
        self._lost_replies = LostReplies(tools, self._rows, by_position, self._put_back)
        self._opening = Opening(tools, self._rows, self._turns)
        self._summaries = Summaries(self._rows)
        self._given: WeakKeyDictionary[Appeal, Place] = WeakKeyDictionary()

    async def newest(self, chat: int) -> Appeal | None:
        await self._put_back.settle_chat(chat)
        found = await self._rows.newest(chat, with_history=True)
        if found and found.appeal.is_confused:
            return await self._with_its_status(found.appeal, chat)
        return self._give(found)

    async def flag_confused(self, row: int, receipt: str, *, read: Appeal | None = None) -> bool:
        if read and read.is_confused:
            return await shielded(self._lost_replies.flag_parts(read, row, receipt))
        place = self._given.get(read) if read else None
        stands_there = place is not None and place.row == row
        return not stands_there and await shielded(self._lost_replies.flag(row, receipt))

    async def flag_sent(self, appeal: Appeal, receipt: str) -> None:
        await shielded(self._lost_replies.flag_sent(appeal, receipt))

    async def find(self, appeal_id: str) -> Appeal | None:
        await self._put_back.settle(appeal_id)
        return self._give(await self._rows.find(appeal_id, with_history=True))

    async def all_of(self, chat: int) -> list[Appeal]:
        wanted = (await self._rows.ids_of(chat))[:SHOWN_APPEALS]
        found = await asyncio.gather(*(self.find(appeal_id) for appeal_id in wanted))
        return [appeal for appeal in found if appeal and not appeal.is_confused]

    async def link(self, appeal_id: str) -> str | None:
        return await self._links.address_of(appeal_id)

    async def change(self, appeal_id: str, change: Change, *, seen: Appeal | None = None) -> Written | None:
        """Who gives up waiting does not cut a write off from what it has to put right."""
        return await shielded(self._change(appeal_id, change, seen))

    async def _change(self, appeal_id: str, change: Change, seen: Appeal | None) -> Written | None:
        """Other rows are mended between two turns: their own turn may be waiting for this one."""
        effort = Effort(at_hand=self._as_given(seen) if seen else None)
        while effort.tries < ATTEMPTS:
            await self._put_back.settle(appeal_id)
            async with self._turns.of(appeal_id):
                ended = await self._one_go(appeal_id, change, effort)
            damage, effort.damage = effort.damage, []
            await self._put_back.mend(damage)
            if ended:
                return ended.written
        raise Unavailable(f"journal: {appeal_id} kept changing")

    async def _one_go(self, appeal_id: str, change: Change, effort: Effort) -> Ended | None:
        """Tries within one turn: no later line comes first. None: rows are to be mended, or it was tried too often."""
        while effort.tries < ATTEMPTS:
            found = await self._found_for(appeal_id, effort)
            if found is None:
                return Ended(written=None)
            if self._put_back.owes(appeal_id):
                return None
            if found.appeal.is_confused:
                raise RowConfused(f"journal: the row of {appeal_id} holds cells of another")
            await self._writes.look_after(found, effort)
            if effort.damage:
                return None
            edit = change(found.appeal)
            if edit is None and found.place.with_history:
                return Ended(written=_as_it_turned_out(found.appeal, effort.unsure))
            if edit is None:
                effort.needs_history = True
                continue
            written = await self._writes.write(found, edit, effort)
            if written:
                self._given[written.appeal] = found.place.after(written.appeal)
                return Ended(written=written)
            if effort.damage:
                return None
        return None

    async def _found_for(self, appeal_id: str, effort: Effort) -> Found | None:
        """The first try takes the row that the caller has; a later one reads the history too."""
        found, effort.at_hand = effort.at_hand, None
        with_history = effort.needs_history or effort.tries > 0
        return found or await self._rows.find(appeal_id, with_history=with_history)

    async def open(self, draft: NewAppeal) -> Written:
        return await shielded(self._opening.open(draft))

    async def summaries(self) -> list[RowSummary]:
        return await self._summaries.all()

    async def traces(self, rows: Sequence[RowSummary]) -> dict[int, Trace | None]:
        return await self._summaries.traces(rows)

    async def forget_marks(self) -> None:
        await self._book.write(forget_old(self._clock.now()))

    async def _with_its_status(self, appeal: Appeal, chat: int) -> Appeal:
        """Half of the row was sorted away: its status stands where its Telegram ID and its head stand now."""
        for half in await self._rows.of_chat(chat):
            if history.number_of(half.appeal.history) == appeal.number:
                return replace(appeal, trace=replace(appeal.known_trace, status=half.appeal.status))
        return appeal

    def _give(self, found: Found | None) -> Appeal | None:
        """The row for the caller; where it stood is remembered as long as the caller holds it."""
        if found is None:
            return None
        self._given[found.appeal] = found.place
        return found.appeal

    def _as_given(self, appeal: Appeal) -> Found | None:
        """Return the row that this journal gave, or None where it is to be read again before it is written.

        A later read has seen it elsewhere, or no guard would notice that people moved or changed it since.
        """
        place = self._given.get(appeal)
        if place is None or not self._rows.still_at(appeal.id, place):
            return None
        found = Found(appeal=appeal, place=place)
        return None if found.has_nothing_to_compare else found


def _as_it_turned_out(row: Appeal, wanted: Edit | None) -> Written:
    """Nothing is to be done any more. `wanted`: by a write of ours whose answer was lost, if its trace is there."""
    if wanted is None:
        return Written(appeal=row, changed=False)
    applied = row.known_trace.holds(wanted.trace)
    kept = applied and wanted.status is not None and row.known_status is not wanted.status
    return Written(appeal=row, changed=applied, status_kept=kept)
