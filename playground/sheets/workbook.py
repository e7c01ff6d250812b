"""A spreadsheet as a script sees it. Rows and columns are counted from 1; nothing here fires a trigger."""

from __future__ import annotations

from collections.abc import Sequence

from playground.sheets import display, serials
from playground.sheets.conditions import Place, holds
from playground.sheets.errors import RequestError
from playground.sheets.formats import is_date
from playground.sheets.model import Sheet, Spreadsheet
from playground.sheets.writing import put_typed


class Workbook:
    """Unknown titles raise KeyError, cells off the grid IndexError, refused values ValueError with Google's text."""

    def __init__(self, book: Spreadsheet) -> None:
        self._book = book

    @property
    def spreadsheet_id(self) -> str:
        return self._book.spreadsheet_id

    @property
    def title(self) -> str:
        return self._book.title

    @property
    def time_zone(self) -> str:
        return self._book.time_zone

    @property
    def locale(self) -> str:
        return self._book.locale

    def titles(self) -> list[str]:
        return [sheet.title for sheet in self._book.sheets]

    def sheet_id(self, title: str) -> int:
        return self._sheet(title).sheet_id

    def last_row(self, title: str) -> int:
        """The last row with content, 0 when there is none."""
        return self._sheet(title).last_row()

    def last_column(self, title: str) -> int:
        return self._sheet(title).last_column()

    def max_rows(self, title: str) -> int:
        return self._sheet(title).row_count

    def max_columns(self, title: str) -> int:
        return self._sheet(title).column_count

    def display_values(self, title: str, row: int, column: int, rows: int, columns: int) -> list[list[str]]:
        sheet = self._sheet(title)
        return [
            [display.shown(sheet, sheet.at(r, c), r, c) for c in range(column - 1, column - 1 + columns)]
            for r in self._rows(sheet, row, column, rows, columns)
        ]

    def values(self, title: str, row: int, column: int, rows: int, columns: int) -> list[list[object]]:
        """Texts, numbers, truth values; a date is a `datetime` without a zone, an empty cell the empty text."""
        sheet = self._sheet(title)
        return [
            [_value(sheet, r, c) for c in range(column - 1, column - 1 + columns)]
            for r in self._rows(sheet, row, column, rows, columns)
        ]

    def set_values(self, title: str, row: int, column: int, values: Sequence[Sequence[object]]) -> None:
        """As `Range.setValues`: texts are parsed as if typed, strict validation refuses."""
        sheet = self._sheet(title)
        width = max((len(line) for line in values), default=0)
        self._rows(sheet, row, column, len(values), width)
        try:
            for r, line in enumerate(values, row - 1):
                for c, value in enumerate(line, column - 1):
                    put_typed(sheet, r, c, "" if value is None else value)
                    check_validation(sheet, r, c)
        except RequestError as error:
            self._book.rollback()
            raise ValueError(str(error)) from None
        self._book.commit("script")

    def _sheet(self, title: str) -> Sheet:
        sheet = next((sheet for sheet in self._book.sheets if sheet.title == title), None)
        if sheet is None:
            raise KeyError(title)
        return sheet

    def _rows(self, sheet: Sheet, row: int, column: int, rows: int, columns: int) -> range:
        inside = row >= 1 and column >= 1 and row - 1 + rows <= sheet.row_count
        if not inside or column - 1 + columns > sheet.column_count:
            raise IndexError("The coordinates of the range are outside the dimensions of the sheet.")
        return range(row - 1, row - 1 + rows)


def _value(sheet: Sheet, row: int, column: int) -> object:
    cell = sheet.at(row, column)
    value = display.unformatted(sheet, cell, row, column, dates_as_text=False)
    dated = isinstance(value, int | float) and not isinstance(value, bool)
    if dated and is_date(display.number_format(sheet, cell)):
        return serials.moment(float(value)) or value
    return value


def check_validation(sheet: Sheet, row: int, column: int) -> None:
    """RequestError when the cell's strict validation refuses what stands in it."""
    cell = sheet.at(row, column)
    rule = cell.validation
    if not rule or not rule.get("strict") or cell.value is None:
        return
    if not holds(Place(sheet, row, column, (row, column)), rule["condition"]):
        address = sheet.written(sheet.box._replace(top=row, bottom=row + 1, left=column, right=column + 1))
        place = address.rpartition("!")[2]
        raise RequestError(f"The data you entered in cell {place} violates the data validation rules set on this cell.")
