"""Finding the rows of appeals: by id, in one read, wherever people moved them.

Every read brings the header, the end of the id column and the wanted row: so it notices columns that moved, rows that
other instances appended, and rows that do not stand where they stood.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from shared.adapters.sheets.gateway import Gateway
from shared.adapters.sheets.index import FIRST_ROW, Index
from shared.adapters.sheets.layout import Layout
from shared.adapters.sheets.tables import AppealColumn, columns_of, find_tab, header_area, titles_of
from shared.adapters.sheets.transport import Grid, NoSheet, OutOfGrid
from shared.domain import history, ids
from shared.domain.appeals import Appeal
from shared.domain.trace import parse_trace
from shared.ports import Unavailable

TAB = "Обращения"
ATTEMPTS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a row stood when it was read. `head`: the head line of its history, None when nobody knows."""

    row: int
    layout: Layout
    trace_cell: str
    head: str | None
    with_history: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    appeal: Appeal
    place: Place


class AppealRows:
    def __init__(self, gateway: Gateway, spreadsheet: str) -> None:
        self._gateway = gateway
        self._spreadsheet = spreadsheet
        self._layout: Layout | None = None
        self._laying_out = asyncio.Lock()
        self._index = Index()

    async def find(self, appeal_id: str, *, with_history: bool) -> Found | None:
        """The appeal's row as it is now; None when the tab has no such row."""
        return await self._find(lambda _: appeal_id, with_history=with_history)

    async def newest(self, chat: int, *, with_history: bool) -> Found | None:
        return await self._find(lambda index: next(iter(index.ids_of(chat)), None), with_history=with_history)

    async def ids_of(self, chat: int) -> list[str]:
        """The chat's appeals, newest first, those of other instances among them."""
        await self.newest(chat, with_history=False)
        return self._index.ids_of(chat)

    async def stands(self, appeal_id: str) -> bool:
        """Is the id in the id column, below the rows that are known? One read; False also when the column moved."""
        layout, tail_row = await self.layout(), self._index.tail_row
        header, tail = await self._gateway.read(
            self._spreadsheet, [header_area(layout.sheet), layout.ids_from(tail_row)]
        )
        return (
            self._is_current(layout, header)
            and self._index.follow(tail_row, tail)
            and bool(self._index.rows_of(appeal_id))
        )

    async def at(self, row: int) -> Found | None:
        """Whatever stands in that row now, its history too; None when it is empty."""
        layout = await self.layout()
        areas = [header_area(layout.sheet), *layout.row_areas(row, with_history=True)]
        try:
            header, part = await self._gateway.read(self._spreadsheet, areas)
        except OutOfGrid:
            return None
        if not self._is_current(layout, header):
            return await self.at(row)
        return found_in(row, part[0], layout, with_history=True) if part else None

    async def of_chat(self, chat: int) -> list[Found]:
        """Every row that holds this Telegram ID now, whatever id stands in it."""
        layout = await self.layout()
        [column] = await self._gateway.read(self._spreadsheet, [layout.chats_from(FIRST_ROW)])
        rows = [row for row, cell in enumerate(column, start=FIRST_ROW) if cell and cell[0].strip() == str(chat)]
        found = await asyncio.gather(*(self.at(row) for row in rows))
        return [row for row in found if row and row.appeal.chat == chat]

    async def layout(self) -> Layout:
        async with self._laying_out:
            if self._layout is None:
                sheet = await find_tab(self._gateway, self._spreadsheet, AppealColumn, TAB)
                [header] = await self._gateway.read(self._spreadsheet, [header_area(sheet)])
                titles = titles_of(header)
                self._layout = Layout(sheet=sheet, header=titles, columns=columns_of(titles, AppealColumn, TAB))
            return self._layout

    async def _find(self, choose: Callable[[Index], str | None], *, with_history: bool) -> Found | None:
        """The id column is read from the last known row down; where rows moved, all of it, beside the rows themselves:

        while people sort again and again, a row is found as soon as it stands still from one read to the next.
        """
        whole = False
        for _ in range(ATTEMPTS):
            layout, wanted = await self.layout(), choose(self._index)
            rows = self._index.rows_of(wanted) if wanted else ()
            first_row = FIRST_ROW if whole else self._index.tail_row
            areas = [header_area(layout.sheet), layout.ids_from(first_row)]
            for row in rows:
                areas += layout.row_areas(row, with_history=with_history)
            try:
                header, column, *parts = await self._gateway.read(self._spreadsheet, areas)
            except OutOfGrid:
                await self._read_all_ids(layout)
                continue
            except NoSheet:
                await self._look_for_the_tab()
                continue
            if not self._is_current(layout, header):
                continue
            if whole:
                self._index.rebuild(column)
            elif not self._index.follow(first_row, column):
                whole = True
                continue
            if choose(self._index) != wanted or (wanted and self._index.rows_of(wanted) != rows):
                continue
            if wanted is None or (whole and not rows):
                return None
            found = _each(rows, parts, layout, with_history=with_history) if rows else []
            if found and all(row.appeal.id == wanted for row in found):
                return max(found, key=_freshness)
            whole = True
        raise Unavailable("journal: rows keep moving")

    async def _read_all_ids(self, layout: Layout) -> None:
        [column] = await self._gateway.read(self._spreadsheet, [layout.ids_from(FIRST_ROW)])
        self._index.rebuild(column)

    async def _look_for_the_tab(self) -> None:
        """It was deleted: a copy may stand under its name."""
        async with self._laying_out:
            await self._gateway.tabs(self._spreadsheet, anew=True)
            self._layout, self._index = None, Index()

    def _is_current(self, layout: Layout, header: Grid) -> bool:
        """Do the columns stand where they stood? When a person moved them, they are found anew."""
        now = titles_of(header)
        if now == layout.header:
            return True
        self._layout = replace(layout, header=now, columns=columns_of(now, AppealColumn, TAB))
        self._index = Index()
        return False


def _each(rows: tuple[int, ...], parts: list[Grid], layout: Layout, *, with_history: bool) -> list[Found]:
    size = len(parts) // len(rows)
    return [
        found_in(
            row,
            layout.cells(parts[n * size : (n + 1) * size], with_history=with_history),
            layout,
            with_history=with_history,
        )
        for n, row in enumerate(rows)
    ]


def _freshness(found: Found) -> tuple[bool, str, int, int]:
    """Of a row and its copies one lives on: whose cells belong together, which was written last."""
    return (not found.appeal.is_confused, found.appeal.updated, len(found.appeal.known_trace.updates), -found.place.row)


def found_in(row: int, cells: list[str], layout: Layout, *, with_history: bool) -> Found:
    def cell(column: AppealColumn) -> str:
        return layout.columns.cell(cells, column)

    trace = parse_trace(cell(AppealColumn.TRACE))
    appeal = Appeal(
        id=cell(AppealColumn.ID).strip(),
        chat=ids.telegram_id(cell(AppealColumn.CHAT)) or 0,
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
    if with_history and trace and not appeal.is_confused:
        appeal = replace(appeal, trace=trace.borne_out_by(appeal.history))
    remembered = trace.head if trace and trace.head else None
    place = Place(
        row=row,
        layout=layout,
        trace_cell=cell(AppealColumn.TRACE),
        head=history.head_of(appeal.history) if with_history else remembered,
        with_history=with_history,
    )
    return Found(appeal=appeal, place=place)
