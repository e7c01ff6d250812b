"""The tab «База знаний» behind the port `Knowledge`."""

from __future__ import annotations

from collections.abc import Sequence

from shared.adapters.sheets.cache import Cached
from shared.adapters.sheets.calls.asked import Purpose
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.rules.knowledge import KnowledgeRules
from shared.adapters.sheets.rules.row import Row
from shared.adapters.sheets.sound_rows import SoundRows
from shared.adapters.sheets.tables import KnowledgeColumn as Column
from shared.adapters.sheets.tables import TabTitle
from shared.domain.knowledge import PUBLISHED, Entry
from shared.domain.links import is_link
from shared.ports import Clock, Log


class SheetKnowledge:
    def __init__(self, book: Workbook, *, clock: Clock, log: Log) -> None:
        self._rows = SoundRows(book, TabTitle.KNOWLEDGE, Column, KnowledgeRules, log=log)
        self._cached = Cached(self._load, name="knowledge", clock=clock, log=log, notices=book.notices)

    async def entries(self) -> Sequence[Entry]:
        return await self._cached.get()

    async def _load(self, purpose: Purpose) -> tuple[Entry, ...]:
        rows = await self._rows.read(purpose)
        return tuple(_entry(row) for row in rows if row.word(Column.STATUS) == PUBLISHED)


def _entry(row: Row) -> Entry:
    link = row.plain(Column.LINK)
    return Entry(
        id=row.plain(Column.ID),
        question=row.text(Column.QUESTION),
        answer=row.text(Column.ANSWER),
        link=link if is_link(link) else "",
    )
