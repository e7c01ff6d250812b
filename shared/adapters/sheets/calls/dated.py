"""A read that also tells which cells are dates: `spreadsheets.getByDataFilter` with the cells, one call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from shared.domain.dates import DateCell, parse_date

if TYPE_CHECKING:
    from shared.adapters.sheets.calls.transport import Area, Grid

CELLS = "rowData.values(formattedValue,effectiveValue.numberValue,effectiveFormat.numberFormat.type)"
FIELDS = f"properties.locale,sheets(properties(sheetId,title),data(startRow,startColumn,{CELLS}))"
_EPOCH = date(1899, 12, 30)
_DATES = frozenset({"DATE", "DATE_TIME"})

Cells = dict[tuple[int, int, int], str]


def body_of(areas: Sequence[Area]) -> dict[str, object]:
    return {"dataFilters": [{"gridRange": area.grid_range()} for area in areas], "includeGridData": True}


def grids_of(areas: Sequence[Area], answer: Mapping[str, Any]) -> list[Grid]:
    """Return the areas as shown, each without its trailing empty rows and cells. What is a date is a DateCell.

    Text is a date as `parse_date` reads it with the workbook's locale, which comes in the answer.
    """
    cells = _cells(answer)
    return [_grid(area, cells) for area in areas]


def titles_of(answer: Mapping[str, Any]) -> dict[int, str]:
    """Return the titles of the tabs in the answer, by sheet id."""
    properties = (sheet["properties"] for sheet in answer.get("sheets", []))
    return {tab.get("sheetId", 0): tab["title"] for tab in properties}


def _cells(answer: Mapping[str, Any]) -> Cells:
    """Return the cells that show something, by sheet id, row and column from 1. Overlapping areas bring them twice."""
    found: Cells = {}
    locale = answer.get("properties", {}).get("locale", "")
    for sheet in answer.get("sheets", []):
        for block in sheet.get("data", []):
            for row, values in enumerate(block.get("rowData", []), start=block.get("startRow", 0) + 1):
                for column, cell in enumerate(values.get("values", []), start=block.get("startColumn", 0) + 1):
                    if cell.get("formattedValue"):
                        found[sheet["properties"].get("sheetId", 0), row, column] = _shown(cell, locale)
    return found


def _shown(cell: Mapping[str, Any], locale: str) -> str:
    shown = str(cell["formattedValue"])
    serial = cell.get("effectiveValue", {}).get("numberValue")
    day = parse_date(shown, locale) if serial is None else _day(cell, serial)
    return shown if day is None else DateCell(shown, day)


def _day(cell: Mapping[str, Any], serial: float) -> date | None:
    if cell.get("effectiveFormat", {}).get("numberFormat", {}).get("type") not in _DATES:
        return None
    try:
        return _EPOCH + timedelta(days=int(serial // 1))
    except OverflowError:
        return None


def _grid(area: Area, cells: Cells) -> Grid:
    inside = {place: cell for place, cell in cells.items() if _is_inside(area, place)}
    last_row = max((row for _, row, _ in inside), default=area.first_row - 1)
    grid: Grid = [[] for _ in range(area.first_row, last_row + 1)]
    for (_, row, column), cell in sorted(inside.items()):
        line = grid[row - area.first_row]
        line += [""] * (column - area.first_column - len(line))
        line.append(cell)
    return grid


def _is_inside(area: Area, place: tuple[int, int, int]) -> bool:
    sheet, row, column = place
    rows = area.first_row <= row and (area.last_row is None or row <= area.last_row)
    columns = area.first_column <= column and (area.last_column is None or column <= area.last_column)
    return sheet == area.sheet and rows and columns
