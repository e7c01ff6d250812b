"""The journal behind a circuit breaker: while the workbook waits for its repair, almost nothing is asked of it."""

from __future__ import annotations

from collections.abc import Sequence

from shared.adapters.sheets.breaker import Breaker
from shared.domain import ids
from shared.domain.appeals import Appeal, Change, NewAppeal
from shared.domain.trace import Trace
from shared.ports import Journal, RowSummary, Written


class JournalWithBreaker:
    """Each method of `Journal`; NeedsRepair without any call while the breaker is open. A chat is one caller."""

    def __init__(self, journal: Journal, breaker: Breaker) -> None:
        self._journal = journal
        self._breaker = breaker

    async def newest(self, chat: int) -> Appeal | None:
        with self._breaker.attempt(str(chat)):
            return await self._journal.newest(chat)

    async def all_of(self, chat: int) -> list[Appeal]:
        with self._breaker.attempt(str(chat), only_reads=True):
            return await self._journal.all_of(chat)

    async def find(self, appeal_id: str) -> Appeal | None:
        with self._breaker.attempt(_caller(appeal_id)):
            return await self._journal.find(appeal_id)

    async def link(self, appeal_id: str) -> str | None:
        with self._breaker.attempt(_caller(appeal_id), only_reads=True):
            return await self._journal.link(appeal_id)

    async def change(self, appeal_id: str, change: Change, *, seen: Appeal | None = None) -> Written | None:
        with self._breaker.attempt(_caller(appeal_id), writes=True) as attempt:
            written = await self._journal.change(appeal_id, change, seen=seen)
            attempt.wrote = written is not None and written.changed
            return written

    async def open(self, draft: NewAppeal) -> Written:
        with self._breaker.attempt(str(draft.chat), writes=True) as attempt:
            written = await self._journal.open(draft)
            attempt.wrote = written.changed
            return written

    async def flag_confused(self, row: int, receipt: str, *, read: Appeal | None = None) -> bool:
        caller = _caller(read.id) if read else f"row {row}"
        with self._breaker.attempt(caller, writes=True) as attempt:
            attempt.wrote = await self._journal.flag_confused(row, receipt, read=read)
            return attempt.wrote

    async def flag_sent(self, appeal: Appeal, receipt: str) -> None:
        with self._breaker.attempt(_caller(appeal.id), writes=True) as attempt:
            attempt.wrote = False
            await self._journal.flag_sent(appeal, receipt)

    async def summaries(self) -> list[RowSummary]:
        with self._breaker.attempt("replies", only_reads=True):
            return await self._journal.summaries()

    async def traces(self, rows: Sequence[RowSummary]) -> dict[int, Trace | None]:
        with self._breaker.attempt("replies", only_reads=True):
            return await self._journal.traces(rows)

    async def forget_marks(self) -> None:
        with self._breaker.attempt("marks", writes=True, of_book=True) as attempt:
            attempt.wrote = False
            await self._journal.forget_marks()
            attempt.wrote_to_book = True


def _caller(appeal_id: str) -> str:
    return str(ids.chat_of(appeal_id) or appeal_id)
