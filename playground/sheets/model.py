"""Spreadsheet, sheet, row, column, cell.

Cells and everything held in attributes are replaced, never changed in place: so a change can be taken back.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Container, Iterator
from typing import Any, NamedTuple

from playground.sheets import a1
from playground.sheets.errors import RequestError
from playground.sheets.journal import Change, Journal
from playground.sheets.ranges import Box, GridRange

Json = dict[str, Any]
MAX_CELLS = 10_000_000


class Formula(NamedTuple):
    """As stored: in the grammar of en_US, with the leading `=`."""

    text: str


class ErrorValue(NamedTuple):
    """`kind` is the API's ErrorType (`N_A`, `NAME`…), `shown` what stands in the cell."""

    kind: str
    shown: str
    message: str


Scalar = str | int | float | bool | ErrorValue | None
Value = Scalar | Formula


class Cell(NamedTuple):
    value: Value = None
    format: Json | None = None
    note: str | None = None
    validation: Json | None = None
    runs: tuple[Json, ...] | None = None

    def __deepcopy__(self, memo: object) -> Cell:
        """Return the cell itself: cells are replaced, never changed."""
        return self

    @property
    def bare(self) -> bool:
        return self == EMPTY


EMPTY = Cell()


class Row:
    __slots__ = ("cells", "filtered", "hidden", "pixel_size")

    def __init__(self, cells: list[Cell | None] | None = None) -> None:
        self.cells: list[Cell | None] = [] if cells is None else cells
        self.hidden = False
        self.filtered = False
        self.pixel_size = 21


class Column:
    __slots__ = ("blank", "hidden", "pixel_size")

    def __init__(self, blank: Cell = EMPTY) -> None:
        self.blank = blank
        """What an untouched cell of the column is: its format and validation, no value."""
        self.hidden = False
        self.pixel_size = 100


class Sheet:
    """A tab. `rows` reaches only as far down as something was ever touched; `row_count` is the grid's."""

    def __init__(self, book: Spreadsheet, sheet_id: int, title: str, row_count: int = 1000, columns: int = 26) -> None:
        self.book = book
        self.sheet_id = sheet_id
        self.title = title
        self.row_count = row_count
        self.columns: list[Column] = [Column() for _ in range(columns)]
        self.rows: list[Row] = []
        self.hidden = False
        self.right_to_left = False
        self.tab_color: Json | None = None
        self.grid: Json = {}
        self.merges: tuple[Box, ...] = ()
        self.protected: tuple[Json, ...] = ()
        self.basic_filter: Json | None = None
        self.filter_views: tuple[Json, ...] = ()
        self.conditional: tuple[Json, ...] = ()
        self.banding: tuple[Json, ...] = ()
        self.row_groups: tuple[Json, ...] = ()
        self.column_groups: tuple[Json, ...] = ()

    @property
    def column_count(self) -> int:
        return len(self.columns)

    @property
    def box(self) -> Box:
        return Box(0, self.row_count, 0, self.column_count)

    def set(self, name: str, value: Any) -> None:
        self.book.journal.set(self, name, value)

    def at(self, row: int, column: int) -> Cell:
        if row < len(self.rows):
            cells = self.rows[row].cells
            if column < len(cells):
                cell = cells[column]
                if cell is not None:
                    return cell
        return self.columns[column].blank

    def row(self, index: int) -> Row:
        """The row object, made when it was never touched."""
        rows = self.rows
        while index >= len(rows):
            rows.append(Row())
        return rows[index]

    def put(self, row: int, column: int, cell: Cell) -> None:
        if self.protected:
            self.book.guard(self, Box(row, row + 1, column, column + 1))
        if isinstance(cell.value, Formula):
            self.book.has_formulas = True
        self.book.journal.set_cell(self.row(row), column, cell)

    def cells(self, box: Box) -> Iterator[tuple[int, int, Cell]]:
        """The touched cells of a rectangle, row by row."""
        for index in range(box.top, min(box.bottom, len(self.rows))):
            cells = self.rows[index].cells
            for column in range(box.left, min(box.right, len(cells))):
                cell = cells[column]
                if cell is not None:
                    yield index, column, cell

    def last_row(self) -> int:
        """How many rows reach down to the last value."""
        for index in range(len(self.rows) - 1, -1, -1):
            if any(cell is not None and cell.value is not None for cell in self.rows[index].cells):
                return index + 1
        return 0

    def last_column(self) -> int:
        last = 0
        for row in self.rows:
            for column in range(len(row.cells) - 1, last - 1, -1):
                cell = row.cells[column]
                if cell is not None and cell.value is not None:
                    last = column + 1
                    break
        return last

    def written(self, box: Box) -> str:
        return a1.written(self.title, *box)


class Spreadsheet:
    """`actor` is who acts right now: the address of a service account, or empty for a person or a tool."""

    def __init__(self, spreadsheet_id: str, title: str, *, locale: str, time_zone: str, owner: str, at: float) -> None:
        self.spreadsheet_id = spreadsheet_id
        self.title = title
        self.locale = locale
        self.time_zone = time_zone
        self.owner = owner
        self.created = self.modified = at
        self.properties: Json = {"autoRecalc": "ON_CHANGE"}
        self.permissions: tuple[Json, ...] = ()
        self.sheets: tuple[Sheet, ...] = ()
        self.named: tuple[Json, ...] = ()
        self.metadata: dict[int, Any] = {}
        self.journal = Journal()
        self.version = 0
        self.has_formulas = False
        self.actor = ""
        self.results: dict[Any, Any] = {}
        self.results_of: tuple[int, int] = (-1, 0)
        self.chance = random.Random()
        self.protection: Callable[[Sheet, Box], None] | None = None
        self.now: Callable[[], float] = lambda: at
        self.guard_skips_filtered_rows = False

    def set(self, name: str, value: Any) -> None:
        self.journal.set(self, name, value)

    def commit(self, author: str, *, personal: bool = False) -> Change | None:
        """Close what was done into one change; None when nothing changed."""
        change = self.journal.commit(self.now(), author, personal=personal)
        if change is not None:
            self.version += 1
            self.modified = change.at
        return change

    def rollback(self) -> None:
        self.journal.rollback()
        self.version += 1

    def new_id(self, taken: Container[int]) -> int:
        while (found := self.chance.randrange(1, 2**31 - 1)) in taken:
            continue
        return found

    def guard(self, sheet: Sheet, box: Box) -> None:
        if self.protection is not None:
            self.protection(sheet, box)

    def sheet(self, sheet_id: int) -> Sheet:
        for sheet in self.sheets:
            if sheet.sheet_id == sheet_id:
                return sheet
        raise RequestError(f"No grid with id: {sheet_id}")

    def titled(self, title: str) -> Sheet | None:
        for sheet in self.sheets:
            if sheet.title == title:
                return sheet
        folded = title.casefold()
        return next((sheet for sheet in self.sheets if sheet.title.casefold() == folded), None)

    def box(self, raw: Json) -> tuple[Sheet, Box]:
        """Return the sheet and the rectangle of a GridRange, its end cut to the grid.

        RequestError when it begins beyond the grid.
        """
        wanted = GridRange.of(raw)
        sheet = self.sheet(wanted.sheet_id)
        top, left = wanted.top or 0, wanted.left or 0
        bottom = sheet.row_count if wanted.bottom is None else wanted.bottom
        right = sheet.column_count if wanted.right is None else wanted.right
        is_reversed = (wanted.bottom is not None and bottom < top) or (wanted.right is not None and right < left)
        if min(top, left) < 0 or is_reversed:
            raise RequestError(f"Invalid GridRange: {_reversed(wanted)}")
        if top >= sheet.row_count or left >= sheet.column_count:
            shown = a1.written(sheet.title, top, max(bottom, top + 1), left, max(right, left + 1))
            raise RequestError(
                f"Range ({shown}) exceeds grid limits. Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
            )
        return sheet, Box(top, min(bottom, sheet.row_count), left, min(right, sheet.column_count))

    def cut(self, raw: Json) -> Json:
        """Return a GridRange as Google keeps it: ends beyond the grid are cut to it. Raises as `box`."""
        sheet, _ = self.box(raw)
        ends = {"endRowIndex": sheet.row_count, "endColumnIndex": sheet.column_count}
        return {name: min(value, ends.get(name, value)) for name, value in raw.items()}

    def check_size(self, added: int) -> None:
        """RequestError when so many more cells would be too many."""
        if added > 0 and sum(sheet.row_count * sheet.column_count for sheet in self.sheets) + added > MAX_CELLS:
            raise RequestError(
                f"This action would increase the number of cells in the workbook above the limit of {MAX_CELLS} cells."
            )


def _reversed(wanted: GridRange) -> str:
    return f"rows {wanted.top}…{wanted.bottom}, columns {wanted.left}…{wanted.right}"
