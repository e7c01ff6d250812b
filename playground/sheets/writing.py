"""Putting values into cells: as given, as if typed, and as the API's own message."""

from __future__ import annotations

import datetime as dt
from typing import Any

from playground.sheets import addresses
from playground.sheets.a1 import letters
from playground.sheets.entered import typed
from playground.sheets.errors import RequestError
from playground.sheets.model import Cell, Json, Sheet, Value
from playground.sheets.ranges import Box

MAX_CHARACTERS = 50_000
TOO_LONG = f"Your input contains more than the maximum of {MAX_CHARACTERS} characters in a single cell."


def checked(text: str) -> str:
    """RequestError when a cell cannot hold it."""
    if len(text) > MAX_CHARACTERS // 2 and len(text.encode("utf-16-le", "surrogatepass")) // 2 > MAX_CHARACTERS:
        raise RequestError(TOO_LONG)
    return text


def is_text(cell: Cell) -> bool:
    """Whether the cell has the plain-text format, under which nothing is parsed."""
    number_format = cell.format.get("numberFormat") if cell.format else None
    return number_format is not None and (number_format.get("type") == "TEXT" or number_format.get("pattern") == "@")


def with_value(cell: Cell, value: Value) -> Cell:
    """The cell with another value; styled stretches of its text are lost."""
    return Cell(value, cell.format, cell.note, cell.validation)


def put_raw(sheet: Sheet, row: int, column: int, value: Any) -> None:
    """A string, number or truth value as it is; the empty string empties the cell."""
    if isinstance(value, str):
        value = checked(value) or None
    sheet.put(row, column, with_value(sheet.at(row, column), value))


def put_typed(sheet: Sheet, row: int, column: int, value: Any) -> None:
    """As if a person typed it."""
    cell = sheet.at(row, column)
    sheet.put(row, column, as_typed(sheet, cell, value))


def as_typed(sheet: Sheet, cell: Cell, value: Any) -> Cell:
    """The cell after a person typed the value into it."""
    if not isinstance(value, str):
        return with_value(cell, value)
    checked(value)
    if is_text(cell):
        return with_value(cell, value or None)
    entered = typed(value, sheet.book.locale, _year(sheet))
    changed = with_value(cell, entered.value)
    if entered.format is not None and "numberFormat" not in (cell.format or {}):
        return changed._replace(format={**(cell.format or {}), "numberFormat": entered.format})
    return changed


def _year(sheet: Sheet) -> int:
    return dt.datetime.fromtimestamp(sheet.book.now(), dt.UTC).year


class Written:
    """What a write did, for the answer."""

    def __init__(self, sheet: Sheet, box: Box) -> None:
        self.sheet = sheet
        self.box = box
        self.rows: set[int] = set()
        self.columns: set[int] = set()
        self.cells = 0

    def json(self) -> Json:
        counts = {"updatedRows": len(self.rows), "updatedColumns": len(self.columns), "updatedCells": self.cells}
        return {
            "spreadsheetId": self.sheet.book.spreadsheet_id,
            "updatedRange": self.sheet.written(self.box),
            **{name: count for name, count in counts.items() if count},
        }


def by_rows(values: list[list[Any]], dimension: str | None) -> list[list[Any]]:
    """The values of a ValueRange row by row; RequestError for anything but scalars."""
    for first, line in enumerate(values):
        for second, value in enumerate(line):
            if isinstance(value, dict | list):
                kind = "struct_value" if isinstance(value, dict) else "list_value"
                raise RequestError(f"Invalid values[{first}][{second}]: {kind} {{\n}}\n")
    if dimension != "COLUMNS":
        return values
    width = max((len(line) for line in values), default=0)
    return [[line[index] if index < len(line) else None for line in values] for index in range(width)]


def write(sheet: Sheet, box: Box, rows: list[list[Any]], *, entered: bool, open_end: bool) -> Written:
    """Values from the rectangle's first cell on. None leaves a cell as it is.

    RequestError when they reach out of the rectangle (unless its end is open) or off the grid.
    """
    height, width = len(rows), max((len(row) for row in rows), default=0)
    if not open_end:
        _check_within(sheet, box, height, width)
    target = Box(box.top, box.top + max(height, 1), box.left, box.left + max(width, 1))
    if not sheet.box.covers(target):
        raise RequestError(addresses.exceeds(sheet, target).message)
    put = put_typed if entered else put_raw
    written = Written(sheet, target)
    for index, row in enumerate(rows):
        for offset, value in enumerate(row):
            if value is None:
                continue
            place = (box.top + index, box.left + offset)
            put(sheet, *place, value)
            written.rows.add(place[0])
            written.columns.add(place[1])
            written.cells += 1
    return written


def _check_within(sheet: Sheet, box: Box, height: int, width: int) -> None:
    asked = sheet.written(box)
    if height > box.height:
        raise RequestError(f"Requested writing within range [{asked}], but tried writing to row [{box.bottom + 1}]")
    if width > box.width:
        raise RequestError(
            f"Requested writing within range [{asked}], but tried writing to column [{letters(box.right)}]"
        )


def clear_values(sheet: Sheet, box: Box) -> None:
    """Values only: formats, notes and validation stay."""
    for row, column, cell in list(sheet.cells(box)):
        if cell.value is not None:
            sheet.put(row, column, with_value(cell, None))
