"""The journal: the Appeals tab behind the port `Journal`.

Rows are found by id and checked by the read that precedes each write; every write is guarded (guard.py). A change is
a pure function of the row, so a miss is mended by reading again and computing again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

from shared.adapters.sheets import guard
from shared.adapters.sheets.gateway import Gateway
from shared.adapters.sheets.index import FIRST_ROW, Index
from shared.adapters.sheets.tables import AppealColumn, Columns, columns_of, tab_with
from shared.adapters.sheets.transport import Area, Request
from shared.domain import history, ids
from shared.domain.appeals import NOTHING, Appeal, Change, Edit, NewAppeal, edited, opened
from shared.domain.trace import parse_trace
from shared.ports import Clock, Log, Refused, RowConfused, Unavailable, Written

TAB = "Обращения"
ATTEMPTS = 6
SHOWN_APPEALS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    sheet: int
    header: tuple[str, ...]
    columns: Columns[AppealColumn]

    def header_area(self) -> Area:
        return self._area(1, 1, 1, max(len(self.header), self.columns.last()))

    def ids_from(self, row: int) -> Area:
        column = self.columns.at[AppealColumn.ID]
        return self._area(row, None, column, column)

    def row_areas(self, row: int, *, with_history: bool) -> list[Area]:
        """The row from column 1; without its history in two parts, because a history may be long."""
        last, history_column = self.columns.last(), self.columns.at[AppealColumn.HISTORY]
        if with_history:
            return [self._area(row, row, 1, last)]
        parts = [(1, history_column - 1), (history_column + 1, last)]
        return [self._area(row, row, first, end) for first, end in parts if first <= end]

    def _area(self, first_row: int, last_row: int | None, first_column: int, last_column: int) -> Area:
        return Area(
            sheet=self.sheet,
            first_row=first_row,
            last_row=last_row,
            first_column=first_column,
            last_column=last_column,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A row as read. `head`: the head line that should stand in its history."""

    row: int
    layout: _Layout
    appeal: Appeal
    trace_cell: str
    head: str | None
    history_known: bool


class SheetJournal:
    def __init__(self, gateway: Gateway, spreadsheet: str, *, clock: Clock, token: Callable[[], str], log: Log) -> None:
        self._gateway = gateway
        self._spreadsheet = spreadsheet
        self._clock = clock
        self._token = token
        self._log = log
        self._layout: _Layout | None = None
        self._index = Index()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def newest(self, chat: int) -> Appeal | None:
        found = await self._row(lambda index: index.newest_of(chat), with_history=True)
        return found.appeal if found else None

    async def find(self, appeal_id: str) -> Appeal | None:
        found = await self._row(lambda index: _known(index, appeal_id), with_history=True)
        return found.appeal if found else None

    async def all_of(self, chat: int) -> list[Appeal]:
        if await self._row(lambda index: index.newest_of(chat), with_history=False) is None:
            return []
        wanted = self._index.ids_of(chat)[:SHOWN_APPEALS]
        found = await asyncio.gather(*(self.find(appeal_id) for appeal_id in wanted))
        return [appeal for appeal in found if appeal and appeal.chat == chat]

    async def link(self, appeal_id: str) -> str | None:
        found = await self._row(lambda index: _known(index, appeal_id), with_history=False)
        if found is None:
            return None
        address = f"https://docs.google.com/spreadsheets/d/{self._spreadsheet}/edit"
        return f"{address}#gid={found.layout.sheet}&range={found.row}:{found.row}"

    async def change(self, appeal_id: str, change: Change) -> Written | None:
        async with self._lock(appeal_id):
            with_history = False
            for _ in range(ATTEMPTS):
                found = await self._row(lambda index: _known(index, appeal_id), with_history=with_history)
                if found is None:
                    return None
                if found.appeal.chat != ids.chat_of(appeal_id):
                    raise RowConfused(f"journal: row of {appeal_id} holds another Telegram ID")
                edit = change(found.appeal)
                if edit is None:
                    return Written(appeal=found.appeal, changed=False)
                if found.head is None and not found.history_known:
                    with_history = True
                    continue
                written = await self._write(found, edit)
                if written:
                    return written
                with_history = True
        raise Unavailable(f"journal: {appeal_id} kept changing")

    async def open(self, draft: NewAppeal) -> Written:
        async with self._lock(draft.id):
            ours: set[str] = set()
            for attempt in range(ATTEMPTS):
                found = await self._row(lambda index: _known(index, draft.id), with_history=False)
                if found:
                    return Written(appeal=found.appeal, changed=found.appeal.known_trace.token in ours)
                token = self._token()
                ours.add(token)
                await self._append(opened(draft, token), attempt)
        raise Unavailable(f"journal: {draft.id} could not be appended")

    async def _write(self, found: _Found, edit: Edit) -> Written | None:
        """One guarded write. None: the row moved, somebody was faster, or nobody knows; read again."""
        layout, before = found.layout, found.appeal
        after = edited(before, edit, self._token())
        place = {"sheet": layout.sheet, "row": found.row}
        if found.head is None:
            self._log.warning("history_head_restored", appeal=before.id)
            requests = guard.placed(_own_cells(after), **place, columns=layout.columns)
            await self._gateway.write(self._spreadsheet, requests)
            return Written(appeal=after, changed=True)
        cells = guard.cells_of(before, after, edit, head=found.head, trace_cell=found.trace_cell)
        requests = guard.requests_of(cells, **place, columns=layout.columns)
        try:
            replies = await self._gateway.write(self._spreadsheet, requests)
        except Unavailable:
            return None
        outcome = guard.outcome_of(cells, replies)
        if not outcome.guarded:
            self._log.info("guard_missed", appeal=before.id)
            return None
        missed = {cell.column for cell in cells} - outcome.hits
        kept = AppealColumn.STATUS in missed
        return Written(appeal=after, changed=True, status_kept=kept)

    async def _append(self, row: Appeal, attempt: int) -> None:
        layout = await self._known_layout()
        requests = [_append_request(row, layout), _mark_request(row.id, attempt, self._clock.now())]
        try:
            await self._gateway.write(self._spreadsheet, requests, moves_nothing=False)
        except Unavailable:
            self._log.warning("append_unsure", appeal=row.id)
        except Refused as refusal:
            if "etadata" not in str(refusal):
                raise
            self._log.info("append_refused", appeal=row.id, attempt=attempt)

    async def _row(self, choose: Callable[[Index], str | None], *, with_history: bool) -> _Found | None:
        """The row that `choose` names, as it is now. None when the tab has no such row."""
        for _ in range(ATTEMPTS):
            layout, wanted = await self._known_layout(), choose(self._index)
            row = self._index.row_of(wanted) if wanted else None
            tail_row = self._index.tail_row
            areas = [layout.header_area(), layout.ids_from(tail_row)]
            areas += layout.row_areas(row, with_history=with_history) if row else []
            header, tail, *parts = await self._gateway.read(self._spreadsheet, areas)
            if not self._is_current(layout, header):
                continue
            if not self._index.follow(tail_row, tail):
                await self._read_all_ids(layout)
                continue
            if choose(self._index) != wanted:
                continue
            if wanted is None or row is None:
                return None
            cells = _row_of(parts, layout, with_history=with_history)
            if layout.columns.cell(cells, AppealColumn.ID).strip() == wanted:
                return _found(row, cells, layout, wanted, with_history=with_history)
            await self._read_all_ids(layout)
        raise Unavailable("journal: rows keep moving")

    async def _read_all_ids(self, layout: _Layout) -> None:
        [column] = await self._gateway.read(self._spreadsheet, [layout.ids_from(FIRST_ROW)])
        self._index.rebuild(column)

    def _is_current(self, layout: _Layout, header: list[list[str]]) -> bool:
        """Do the columns stand where they were read? When a person moved them, they are found anew."""
        now = tuple(title.strip() for title in (header[0] if header else []))
        if now == layout.header:
            return True
        self._layout = replace(layout, header=now, columns=columns_of(now, AppealColumn, TAB))
        self._index = Index()
        return False

    async def _known_layout(self) -> _Layout:
        if self._layout is None:
            tab, columns = tab_with(await self._gateway.tabs(self._spreadsheet), AppealColumn, TAB)
            self._layout = _Layout(sheet=tab.sheet, header=tab.header, columns=columns)
        return self._layout

    def _lock(self, appeal_id: str) -> asyncio.Lock:
        lock = self._locks.get(appeal_id)
        if lock is None:
            lock = self._locks[appeal_id] = asyncio.Lock()
        return lock


def _known(index: Index, appeal_id: str) -> str | None:
    return appeal_id if index.row_of(appeal_id) else None


def _row_of(parts: Sequence[list[list[str]]], layout: _Layout, *, with_history: bool) -> list[str]:
    """The row's cells from column 1, with "" for a history that was not read."""
    rows = [part[0] if part else [] for part in parts]
    if with_history:
        return rows[0]
    before = layout.columns.at[AppealColumn.HISTORY] - 1
    left = rows[0] if before else []
    right = rows[-1]
    return [*left, *[""] * (before - len(left)), "", *right]


def _found(row: int, cells: list[str], layout: _Layout, appeal_id: str, *, with_history: bool) -> _Found:
    def cell(column: AppealColumn) -> str:
        return layout.columns.cell(cells, column)

    trace = parse_trace(cell(AppealColumn.TRACE))
    chat = cell(AppealColumn.CHAT).strip()
    appeal = Appeal(
        id=appeal_id,
        chat=int(chat) if chat.isdecimal() else 0,
        code=cell(AppealColumn.CODE),
        phone=cell(AppealColumn.PHONE),
        name=cell(AppealColumn.NAME),
        history=cell(AppealColumn.HISTORY),
        status=cell(AppealColumn.STATUS),
        reply=cell(AppealColumn.REPLY),
        receipt=cell(AppealColumn.RECEIPT),
        question=cell(AppealColumn.QUESTION),
        waiting_since=cell(AppealColumn.WAITING),
        updated=cell(AppealColumn.UPDATED),
        owner=cell(AppealColumn.OWNER),
        trace=trace,
    )
    head = history.head_of(appeal.history) if with_history else (trace.head if trace and trace.head else None)
    return _Found(
        row=row,
        layout=layout,
        appeal=appeal,
        trace_cell=cell(AppealColumn.TRACE),
        head=head,
        history_known=with_history,
    )


def _own_cells(appeal: Appeal) -> dict[AppealColumn, str]:
    """What the bot keeps in a row, apart from what people may have chosen."""
    return {
        AppealColumn.HISTORY: appeal.history,
        AppealColumn.TRACE: appeal.known_trace.written(),
        AppealColumn.STATUS: appeal.status,
        AppealColumn.UPDATED: appeal.updated,
        AppealColumn.RECEIPT: appeal.receipt or NOTHING,
        AppealColumn.QUESTION: appeal.question or NOTHING,
        AppealColumn.WAITING: appeal.waiting_since or NOTHING,
    }


def _append_request(appeal: Appeal, layout: _Layout) -> Request:
    values = {
        **_own_cells(appeal),
        AppealColumn.CODE: appeal.code,
        AppealColumn.PHONE: appeal.phone,
        AppealColumn.NAME: appeal.name,
        AppealColumn.CHAT: str(appeal.chat),
        AppealColumn.NUMBER: appeal.number,
        AppealColumn.RATING: NOTHING,
        AppealColumn.ID: appeal.id,
    }
    by_position = {layout.columns.at[column]: value for column, value in values.items()}
    text = {"numberFormat": {"type": "TEXT", "pattern": "@"}}
    cells: list[dict[str, object]] = [
        {"userEnteredFormat": text, "userEnteredValue": {"stringValue": by_position[position]}}
        if position in by_position
        else {}
        for position in range(1, layout.columns.last() + 1)
    ]
    fields = "userEnteredValue,userEnteredFormat.numberFormat"
    return {"appendCells": {"sheetId": layout.sheet, "rows": [{"values": cells}], "fields": fields}}


def _mark_request(appeal_id: str, attempt: int, now: float) -> Request:
    """What makes the append unrepeatable: Google refuses a second mark of the same id. Its key tells the day."""
    return {
        "createDeveloperMetadata": {
            "developerMetadata": {
                "metadataId": ids.mark_of(appeal_id, attempt),
                "metadataKey": chr(ord("A") + int(now // 86400) % 26),
                "location": {"spreadsheet": True},
                "visibility": "DOCUMENT",
            }
        }
    }
