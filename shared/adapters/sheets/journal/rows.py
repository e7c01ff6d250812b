"""Finding the rows of appeals: by id, in one read, wherever people moved them.

Every read brings the header, the end of the id column and the wanted row: so it notices columns that moved, rows that
other instances appended, and rows that do not stand where they stood.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto

from shared.adapters.sheets.calls.asked import Purpose
from shared.adapters.sheets.calls.refusals import NoSheet, OutOfGrid
from shared.adapters.sheets.calls.transport import Area, Grid
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.journal.found import Found, Place, each_of, found_in, freshest
from shared.adapters.sheets.journal.index import FIRST_ROW, Index
from shared.adapters.sheets.journal.layout import Layout
from shared.adapters.sheets.tables import AppealColumn, columns_of, find_tab, header_area, titles_of
from shared.ports import Unavailable

TAB = "Обращения"
ATTEMPTS = 10


class Again(Enum):
    """A look that told nothing, because rows or columns had moved: how the next one is made."""

    AS_BEFORE = auto()
    WITH_ALL_IDS = auto()


class AppealRows:
    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._layout: Layout | None = None
        self._laying_out: asyncio.Task[None] | None = None
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

    def still_at(self, appeal_id: str, place: Place) -> bool:
        """Did the newest read, of whatever row, leave the appeal's row and the columns where *place* has them?"""
        return place.layout == self._layout and self._index.has_at(appeal_id, place.row)

    async def stands(self, appeal_id: str) -> bool:
        """Is the id in the id column, below the rows that are known? One read; False also when the column moved."""
        layout, tail_row = await self.layout(), self._index.tail_row
        areas = [header_area(layout.sheet), layout.column_from(tail_row, AppealColumn.ID)]
        try:
            header, tail = await self._book.read(areas)
        except (OutOfGrid, NoSheet):
            return False
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
            header, part = await self._book.read(areas)
        except OutOfGrid:
            return None
        except NoSheet:
            await self.look_for_the_tab()
            return await self.at(row)
        if not self._is_current(layout, header):
            return await self.at(row)
        found = found_in(row, part[0], layout, with_history=True) if part else None
        self._index.compare(row, found.appeal.id if found else "")
        return found

    async def of_chat(self, chat: int) -> list[Found]:
        """Every row that holds this Telegram ID now, whatever id stands in it."""
        layout = await self.layout()
        try:
            [column] = await self._book.read([layout.column_from(FIRST_ROW, AppealColumn.CHAT)])
        except (OutOfGrid, NoSheet):
            await self.look_for_the_tab()
            await self.layout()
            return []
        rows = [row for row, cell in enumerate(column, start=FIRST_ROW) if cell and cell[0].strip() == str(chat)]
        found = await asyncio.gather(*(self.at(row) for row in rows))
        return [row for row in found if row and row.appeal.chat == chat]

    async def read(self, areas_of: Callable[[Layout], list[Area]]) -> list[Grid]:
        """Long areas of the tab, whose columns stand where the layout says. Raises OutOfGrid, Unavailable."""
        for _ in range(ATTEMPTS):
            layout = await self.layout()
            try:
                areas = [header_area(layout.sheet), *areas_of(layout)]
                header, *grids = await self._book.read(areas, Purpose.REFRESH)
            except NoSheet:
                await self.look_for_the_tab()
                continue
            if self._is_current(layout, header):
                return grids
        raise Unavailable("journal: columns keep moving")

    async def layout(self) -> Layout:
        """Where the tab and its columns stand. NeedsRepair when a person has to mend them."""
        while self._layout is None:
            # One task for all who wait, and no lock: they go on in the same moment, so what they read next is one call.
            if self._laying_out is None:
                self._laying_out = asyncio.create_task(self._lay_out())
                self._laying_out.add_done_callback(lambda done: done.cancelled() or done.exception())
            await asyncio.shield(self._laying_out)
        return self._layout

    async def _lay_out(self) -> None:
        try:
            sheet = await find_tab(self._book, AppealColumn, TAB)
            [header] = await self._book.read([header_area(sheet)])
            titles = titles_of(header)
            self._layout = Layout(sheet=sheet, header=titles, columns=columns_of(titles, AppealColumn, TAB))
        finally:
            self._laying_out = None

    async def _find(self, choose: Callable[[Index], str | None], *, with_history: bool) -> Found | None:
        """However often people sort, a row is found as soon as it stands still from one look to the next."""
        all_ids = False
        for _ in range(ATTEMPTS):
            found = await self._look(choose, all_ids=all_ids or self._index.is_doubted, with_history=with_history)
            if not isinstance(found, Again):
                return found
            all_ids = all_ids or found is Again.WITH_ALL_IDS
        raise Unavailable("journal: rows keep moving")

    async def _look(
        self, choose: Callable[[Index], str | None], *, all_ids: bool, with_history: bool
    ) -> Found | Again | None:
        """One read of the wanted row where it stood last, and of the ids: from the last known row down, or all."""
        layout, wanted = await self.layout(), choose(self._index)
        rows = self._index.rows_of(wanted) if wanted else ()
        first_row = FIRST_ROW if all_ids else self._index.tail_row
        areas = [header_area(layout.sheet), layout.column_from(first_row, AppealColumn.ID)]
        for row in rows:
            areas += layout.row_areas(row, with_history=with_history)
        try:
            header, column, *parts = await self._book.read(areas)
        except OutOfGrid:
            await self._read_all_ids(layout)
            return Again.AS_BEFORE
        except NoSheet:
            await self.look_for_the_tab()
            return Again.AS_BEFORE
        if not self._is_current(layout, header):
            return Again.AS_BEFORE
        if all_ids:
            self._index.rebuild(column)
        elif not self._index.follow(first_row, column):
            return Again.WITH_ALL_IDS
        if choose(self._index) != wanted or (wanted and self._index.rows_of(wanted) != rows):
            return Again.AS_BEFORE
        if wanted is None or (all_ids and not rows):
            return None
        found = each_of(rows, parts, layout, with_history=with_history) if rows else []
        for one in found:
            self._index.compare(one.place.row, one.appeal.id)
        if found and all(one.appeal.id == wanted for one in found):
            return freshest(found)
        return Again.WITH_ALL_IDS

    async def _read_all_ids(self, layout: Layout) -> None:
        """What lies beyond the grid may also be a column that was deleted: the header is looked at first."""
        [header] = await self._book.read([header_area(layout.sheet)])
        if not self._is_current(layout, header):
            return
        [column] = await self._book.read([layout.column_from(FIRST_ROW, AppealColumn.ID)])
        self._index.rebuild(column)

    async def look_for_the_tab(self) -> None:
        """It was deleted: a copy may stand under its name."""
        await self._book.tabs(anew=True)
        self._layout, self._index = None, Index()

    def _is_current(self, layout: Layout, header: Grid) -> bool:
        """Do the columns stand where they stood? When a person moved them, they are found anew."""
        now = titles_of(header)
        if now == layout.header:
            return True
        self._layout = replace(layout, header=now, columns=columns_of(now, AppealColumn, TAB))
        self._index = Index()
        return False
