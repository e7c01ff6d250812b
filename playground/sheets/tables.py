"""Where `values.append` writes: the last table in a range, as Google's guide describes it."""

from __future__ import annotations

from playground.sheets.model import Sheet
from playground.sheets.ranges import Box


def last_table(sheet: Sheet, box: Box) -> Box | None:
    """The region around the last value in the rectangle, bounded by empty rows and columns; None without a value."""
    for row in range(min(box.bottom, len(sheet.rows)) - 1, box.top - 1, -1):
        cells = sheet.rows[row].cells
        for column in range(min(box.right, len(cells)) - 1, box.left - 1, -1):
            if _filled(sheet, row, column):
                return _region(sheet, Box(row, row + 1, column, column + 1))
    return None


def _filled(sheet: Sheet, row: int, column: int) -> bool:
    if not (0 <= row < len(sheet.rows) and 0 <= column < len(sheet.rows[row].cells)):
        return False
    cell = sheet.rows[row].cells[column]
    return cell is not None and cell.value is not None


def _region(sheet: Sheet, box: Box) -> Box:
    while True:
        grown = _grown(sheet, box)
        if grown == box:
            return box
        box = grown


def _grown(sheet: Sheet, box: Box) -> Box:
    top, bottom, left, right = box
    columns, rows = range(left - 1, right + 1), range(top - 1, bottom + 1)
    if any(_filled(sheet, top - 1, column) for column in columns):
        top -= 1
    if any(_filled(sheet, bottom, column) for column in columns):
        bottom += 1
    if any(_filled(sheet, row, left - 1) for row in rows):
        left -= 1
    if any(_filled(sheet, row, right) for row in rows):
        right += 1
    return Box(top, bottom, left, right)
