"""A reply that reaches nobody: a receipt beside it says so."""

from __future__ import annotations

from shared.adapters.sheets.journal import guard
from shared.adapters.sheets.journal.by_position import ByPosition
from shared.adapters.sheets.journal.found import Found
from shared.adapters.sheets.journal.guard import Cell, Strayed
from shared.adapters.sheets.journal.mending import Damage
from shared.adapters.sheets.journal.put_back import PutBack
from shared.adapters.sheets.journal.rows import AppealRows
from shared.adapters.sheets.journal.tools import Tools
from shared.adapters.sheets.tables import AppealColumn
from shared.domain import ids
from shared.domain.appeals import Appeal


class LostReplies:
    def __init__(self, tools: Tools, rows: AppealRows, by_position: ByPosition, put_back: PutBack) -> None:
        self._book = tools.book
        self._token = tools.token
        self._log = tools.log
        self._rows = rows
        self._by_position = by_position
        self._put_back = put_back

    async def flag(self, row: int, receipt: str) -> bool:
        """False: there is no reply, it is flagged already, or the row is an appeal's."""
        return await self._flag(await self._rows.at(row), receipt)

    async def flag_parts(self, confused: Appeal, row: int, receipt: str) -> bool:
        """The cells of that appeal stand in several rows: the reply in any row that holds its Telegram ID, too."""
        suspects = [
            await self._rows.at(row),
            await self._rows.find(confused.id, with_history=True),
            *await self._rows.of_chat(ids.chat_of(confused.id) or 0),
        ]
        flagged = False
        for found in {found.place.row: found for found in suspects if found and found.appeal.is_confused}.values():
            flagged |= await self._flag(found, receipt)
        return flagged

    async def flag_sent(self, appeal: Appeal, receipt: str) -> None:
        """Beside that reply: half of the row may have been sorted away, with the Telegram ID, or without it."""
        stayed = await self._rows.find(appeal.id, with_history=True)
        parts = [*await self._rows.of_chat(appeal.chat), *([stayed] if stayed else [])]
        for found in {part.place.row: part for part in parts}.values():
            is_meant = found.appeal.is_confused or found.appeal.id == appeal.id
            if is_meant and found.appeal.reply.strip() == appeal.reply.strip():
                await self._write(found, receipt)

    async def _flag(self, found: Found | None, receipt: str) -> bool:
        if found is None or not found.appeal.reply.strip() or found.appeal.receipt == receipt:
            return False
        if not found.appeal.is_confused and await self._lives_in(found):
            return False
        await self._write(found, receipt)
        return True

    async def _lives_in(self, found: Found) -> bool:
        """Is this row the appeal, and not a copy of it?"""
        live = await self._rows.find(found.appeal.id, with_history=False)
        return live is not None and live.place.row == found.place.row

    async def _write(self, found: Found, receipt: str) -> None:
        """Guarded by the receipt that stands there, if the guard sees it. Another row that it met gets its own back."""
        damage = await self._guarded(found, receipt) if found.appeal.receipt else await self._placed(found, receipt)
        if damage:
            self._log.warning("receipt_strayed", row=found.place.row)
            await self._put_back.mend([damage])

    async def _guarded(self, found: Found, receipt: str) -> Damage | None:
        layout, row, old = found.place.layout, found.place.row, found.appeal.receipt
        cell = Cell(column=AppealColumn.RECEIPT, find=old, replacement=receipt)
        requests = guard.requests_of([cell], sheet=layout.sheet, row=row, columns=layout.columns)
        committed = await self._book.write(requests, echoes=layout.identity_areas(row))
        if guard.outcome_of([cell], committed.replies).hit:
            whose, chat = (echo[0][0].strip() for echo in committed.echoes)
            is_meant = whose == found.appeal.id and (ids.telegram_id(chat) or 0) == found.appeal.chat
            return None if is_meant else Strayed(victim=whose, row=row, cells=(cell,))
        now = await self._rows.at(row)
        stands = now is not None and (now.appeal.receipt, now.appeal.reply) == (old, found.appeal.reply)
        return await self._placed(found, receipt) if stands else None

    async def _placed(self, found: Found, receipt: str) -> Damage | None:
        values = {AppealColumn.RECEIPT: receipt}
        landed = await self._by_position.write(found, values, version=self._token())
        return landed.overwritten
