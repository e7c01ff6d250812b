"""The tab «База знаний» behind the port `Knowledge`."""

from __future__ import annotations

from collections.abc import Sequence

from shared.adapters.sheets.cache import Cached
from shared.adapters.sheets.gateway import Gateway
from shared.adapters.sheets.tables import KnowledgeColumn
from shared.adapters.sheets.tabs import WholeTab
from shared.domain.knowledge import PUBLISHED, Entry
from shared.ports import Clock, Log

TAB = "База знаний"


class SheetKnowledge:
    def __init__(self, gateway: Gateway, spreadsheet: str, *, clock: Clock, log: Log) -> None:
        self._tab = WholeTab(gateway, spreadsheet, TAB, KnowledgeColumn)
        self._cached = Cached(self._load, name="knowledge", clock=clock, log=log)
        self._log = log

    async def entries(self) -> Sequence[Entry]:
        return await self._cached.get()

    async def _load(self) -> tuple[Entry, ...]:
        content = await self._tab.read()
        entries: dict[str, Entry] = {}
        for number, row in content.rows.items():
            cells = {column: content.columns.cell(row, column).strip() for column in KnowledgeColumn}
            if cells[KnowledgeColumn.STATUS].casefold() != PUBLISHED:
                continue
            entry = Entry(
                id=cells[KnowledgeColumn.ID],
                question=cells[KnowledgeColumn.QUESTION],
                answer=cells[KnowledgeColumn.ANSWER],
                link=cells[KnowledgeColumn.LINK],
            )
            if not (entry.id and entry.question and entry.answer) or entry.id in entries:
                self._log.warning("knowledge_row_skipped", row=number)
                continue
            entries[entry.id] = entry
        return tuple(entries.values())
