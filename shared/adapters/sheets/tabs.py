"""A whole tab read as rows, its columns found by header."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from shared.adapters.sheets.calls.asked import Purpose
from shared.adapters.sheets.calls.transport import Area, Grid
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.tables import Columns, TabUnusable, columns_of, find_tab, named_tab, titles_of
from shared.domain.invisible import says_nothing
from shared.ports import Refused

C = TypeVar("C", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content(Generic[C]):
    """`rows`: number in the sheet → cells from column 1, as shown; empty rows are left out."""

    sheet: int
    columns: Columns[C]
    header: tuple[str, ...]
    rows: Mapping[int, list[str]]


class WholeTab(Generic[C]):
    def __init__(self, book: Workbook, title: str, wanted: type[C], *, dates: bool = False) -> None:
        """`dates`: cells that are dates come as DateCell."""
        self._book = book
        self._dates = dates
        self._title = title
        self._wanted = wanted
        self._sheet: int | None = None

    async def read(self, purpose: Purpose) -> Content[C]:
        """One read, and another the first time. TabUnusable names a column that is missing or stands twice.

        While the tab goes by another name each read looks whether a new one has its own: that one counts from then on.
        """
        known = self._sheet
        try:
            return await self._read(purpose)
        except (Refused, TabUnusable):
            if known is None or not await self._stands_elsewhere(known):
                raise
            return await self._read(purpose)

    async def _stands_elsewhere(self, known: int) -> bool:
        """Was the tab deleted, and made again under its name?"""
        await self._book.tabs(anew=True)
        self._sheet = await find_tab(self._book, self._wanted, self._title)
        return self._sheet != known

    async def _read(self, purpose: Purpose) -> Content[C]:
        sheet, grid = await self._grid(purpose)
        header = titles_of(grid)
        return Content(
            sheet=sheet,
            columns=columns_of(header, self._wanted, self._title),
            header=header,
            rows={number: row for number, row in enumerate(grid[1:], start=2) if not all(map(says_nothing, row))},
        )

    async def _grid(self, purpose: Purpose) -> tuple[int, Grid]:
        if self._sheet is None:
            self._sheet = await find_tab(self._book, self._wanted, self._title)
        sheet = self._sheet
        [grid] = await self._book.read([self._whole(sheet)], purpose)
        if self._book.title(sheet) in (None, self._title):
            return sheet, grid
        named = await named_tab(self._book, self._title)
        if named is None or named.sheet == sheet:
            return sheet, grid
        self._sheet = named.sheet
        [grid] = await self._book.read([self._whole(named.sheet)], purpose)
        return named.sheet, grid

    def _whole(self, sheet: int) -> Area:
        return Area(sheet=sheet, first_row=1, last_row=None, first_column=1, last_column=None, dates=self._dates)
