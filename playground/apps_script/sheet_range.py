"""Range: reading and writing cells."""

from __future__ import annotations

import math
from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from playground.apps_script.execution import Execution
from playground.apps_script.fakes import Fake, ScriptError, method


def whole(number: float) -> int:
    if not math.isfinite(number):
        raise ScriptError(f"Cannot convert {'NaN' if math.isnan(number) else number} to int.")
    return int(number)


class Range(Fake):
    """Rows and columns count from 1."""

    google = "SpreadsheetApp.Range"
    scopes: ClassVar = ("spreadsheets.currentonly", "spreadsheets")

    def __init__(
        self,
        execution: Execution,
        *,
        spreadsheet_id: str,
        sheet: Fake,
        title: str,
        row: int,
        column: int,
        rows: int,
        columns: int,
    ) -> None:
        self._execution = execution
        self._spreadsheet_id = spreadsheet_id
        self._sheet = sheet
        self._title = title
        self._row, self._column, self._rows, self._columns = row, column, rows, columns

    @method("getSheet")
    def sheet(self) -> Fake:
        return self._sheet

    @method("getRow")
    def row(self) -> int:
        return self._row

    @method("getColumn")
    def column(self) -> int:
        return self._column

    @method("getNumRows")
    def rows(self) -> int:
        return self._rows

    @method("getNumColumns")
    def columns(self) -> int:
        return self._columns

    @method("getHeight")
    def height(self) -> int:
        return self._rows

    @method("getWidth")
    def width(self) -> int:
        return self._columns

    @method("getLastRow")
    def last_row(self) -> int:
        return self._row + self._rows - 1

    @method("getLastColumn")
    def last_column(self) -> int:
        return self._column + self._columns - 1

    @method("getA1Notation")
    def a1(self) -> str:
        first = f"{letters(self._column)}{self._row}"
        if self._rows == self._columns == 1:
            return first
        return f"{first}:{letters(self.last_column())}{self.last_row()}"

    @method("getValues")
    def values(self) -> list[list[object]]:
        area = (self._row, self._column, self._rows, self._columns)
        found = self._execution.workbook(self._spreadsheet_id, lambda workbook: workbook.values(self._title, *area))
        return [[self._to_script(value) for value in row] for row in found]

    @method("getValue")
    def value(self) -> object:
        return self.values()[0][0]

    @method("getDisplayValues")
    def display_values(self) -> list[list[str]]:
        area = (self._row, self._column, self._rows, self._columns)
        return self._execution.workbook(
            self._spreadsheet_id, lambda workbook: workbook.display_values(self._title, *area)
        )

    @method("getDisplayValue")
    def display_value(self) -> str:
        return self.display_values()[0][0]

    @method("setValues", ("any[][]",))
    def set_values(self, values: list[list[object]]) -> Range:
        self._check_size("rows", len(values), self._rows)
        for row in values:
            self._check_size("columns", len(row), self._columns)
        cells = [[self._to_sheet(value) for value in row] for row in values]
        self._execution.workbook(
            self._spreadsheet_id,
            lambda workbook: workbook.set_values(self._title, self._row, self._column, cells),
        )
        return self

    @method("setValue", ("String",), ("number",), ("Boolean",), ("Date",), ("null",))
    def set_value(self, value: object) -> Range:
        return self.set_values([[value] * self._columns for _ in range(self._rows)])

    def _to_script(self, value: object) -> object:
        return value.replace(tzinfo=self._zone()) if isinstance(value, datetime) else value

    def _to_sheet(self, value: object) -> object:
        if isinstance(value, datetime):
            return value.astimezone(self._zone()).replace(tzinfo=None)
        return "" if value is None else value

    def _zone(self) -> ZoneInfo:
        """Of the script; the spreadsheet is set to the same."""
        return ZoneInfo(self._execution.project.manifest.time_zone)

    def _check_size(self, what: str, data: int, area: int) -> None:
        if data != area:
            raise ScriptError(
                f"The number of {what} in the data does not match the number of {what} in the range. "
                f"The data has {data} but the range has {area}."
            )


def letters(column: int) -> str:
    """28 is AB."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
