"""SpreadsheetApp, Spreadsheet and Sheet."""

from __future__ import annotations

from typing import ClassVar

from playground.apps_script.execution import Execution
from playground.apps_script.fakes import EnumValue, Fake, ScriptError, method
from playground.apps_script.sheet_range import Range, whole
from playground.apps_script.ui import Ui

CURRENT = ("spreadsheets.currentonly", "spreadsheets")


class SpreadsheetApp(Fake):
    google = "SpreadsheetApp"
    scopes: ClassVar = CURRENT

    def __init__(self, execution: Execution) -> None:
        self._execution = execution
        self._active = Spreadsheet(execution, execution.spreadsheet_id)

    @method("getActive")
    def active(self) -> Spreadsheet:
        return self._active

    @method("getActiveSpreadsheet")
    def active_spreadsheet(self) -> Spreadsheet:
        return self._active

    @method("openById", ("String",), scopes=("spreadsheets",), in_simple_triggers=False)
    def open_by_id(self, spreadsheet_id: str) -> Spreadsheet:
        return Spreadsheet(self._execution, spreadsheet_id)

    @method("getUi", scopes=())
    def ui(self) -> Ui:
        if not self._execution.has_ui:
            raise ScriptError("Cannot call SpreadsheetApp.getUi() from this context.")
        return Ui(self._execution)

    @method("flush", scopes=())
    def flush(self) -> None:
        """Writes are seen at once here."""


class Spreadsheet(Fake):
    google = "SpreadsheetApp.Spreadsheet"
    scopes: ClassVar = CURRENT

    def __init__(self, execution: Execution, spreadsheet_id: str) -> None:
        self._execution = execution
        self.id = spreadsheet_id

    @method("getId")
    def get_id(self) -> str:
        return self.id

    @method("getSheets")
    def sheets(self) -> list[Sheet]:
        return [Sheet(self._execution, self, title) for title in self._titles()]

    @method("getSheetByName", ("String",))
    def sheet(self, title: str) -> Sheet | None:
        return Sheet(self._execution, self, title) if title in self._titles() else None

    @method("getSpreadsheetTimeZone")
    def time_zone(self) -> str:
        return self._execution.project.manifest.time_zone

    @method("toast", ("String",), ("String", "String"), ("String", "String", "number"))
    def toast(self, message: str, title: str = "", seconds: float = 5) -> None:
        self._execution.record("toast", title=title, message=message, seconds=seconds)

    def _titles(self) -> list[str]:
        return self._execution.workbook(self.id, lambda workbook: workbook.titles())


class Sheet(Fake):
    google = "SpreadsheetApp.Sheet"
    scopes: ClassVar = CURRENT

    def __init__(self, execution: Execution, spreadsheet: Spreadsheet, title: str) -> None:
        self._execution = execution
        self._spreadsheet = spreadsheet
        self.title = title

    @method("getName")
    def name(self) -> str:
        return self.title

    @method("getSheetName")
    def sheet_name(self) -> str:
        return self.title

    @method("getParent")
    def parent(self) -> Spreadsheet:
        return self._spreadsheet

    @method("getType")
    def type(self) -> EnumValue:
        return EnumValue("SpreadsheetApp.SheetType", "GRID")

    @method("getSheetId")
    def sheet_id(self) -> int:
        return self._execution.workbook(self._spreadsheet.id, lambda workbook: workbook.sheet_id(self.title))

    @method("getLastRow")
    def last_row(self) -> int:
        return self._execution.workbook(self._spreadsheet.id, lambda workbook: workbook.last_row(self.title))

    @method("getLastColumn")
    def last_column(self) -> int:
        return self._execution.workbook(self._spreadsheet.id, lambda workbook: workbook.last_column(self.title))

    @method("getDataRange")
    def data_range(self) -> Range:
        return self.part(1, 1, max(self.last_row(), 1), max(self.last_column(), 1))

    @method("getRange", ("number", "number"), ("number",) * 3, ("number",) * 4)
    def part(self, row: float, column: float, rows: float = 1, columns: float = 1) -> Range:
        first_row, first_column, height, width = whole(row), whole(column), whole(rows), whole(columns)
        if first_row < 1:
            raise ScriptError("The starting row of the range is too small.")
        if first_column < 1:
            raise ScriptError("The starting column of the range is too small.")
        if height < 1:
            raise ScriptError("The number of rows in the range must be at least 1.")
        if width < 1:
            raise ScriptError("The number of columns in the range must be at least 1.")
        return Range(
            self._execution,
            spreadsheet_id=self._spreadsheet.id,
            sheet=self,
            title=self.title,
            row=first_row,
            column=first_column,
            rows=height,
            columns=width,
        )
