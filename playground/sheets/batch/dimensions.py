"""Rows and columns: inserted, deleted, moved, appended, sized; and cells pushed aside by a range."""

from __future__ import annotations

from playground.sheets.bodies import not_emulated
from playground.sheets.display import shown
from playground.sheets.errors import RequestError
from playground.sheets.masks import for_change
from playground.sheets.model import EMPTY, Cell, Json, Sheet, Spreadsheet
from playground.sheets.ranges import Box, Span
from playground.sheets.structure import count, delete, grow, insert, move, stretch
from playground.sheets.text_width import column_width


def _range(book: Spreadsheet, raw: Json) -> tuple[Sheet, str, Span]:
    sheet = book.sheet(raw.get("sheetId", 0))
    dimension = dimension_of(raw)
    return sheet, dimension, stretch(sheet, dimension, raw.get("startIndex"), raw.get("endIndex"))


def dimension_of(raw: Json, name: str = "dimension") -> str:
    dimension: str = raw.get(name, "DIMENSION_UNSPECIFIED")
    if dimension not in {"ROWS", "COLUMNS"}:
        raise RequestError(f"{name} must be specified.")
    return dimension


def insert_dimension(book: Spreadsheet, content: Json) -> None:
    raw = content.get("range", {})
    sheet, dimension = book.sheet(raw.get("sheetId", 0)), dimension_of(raw)
    start, end = raw.get("startIndex", 0), raw.get("endIndex", 0)
    if end <= start or start < 0:
        raise RequestError(f"startIndex[{start}] must be less than endIndex[{end}]")
    if start > count(sheet, dimension):
        raise RequestError(f"range.startIndex[{start}] is after the last index of the grid[{count(sheet, dimension)}]")
    before = bool(content.get("inheritFromBefore"))
    if before and start == 0:
        raise RequestError("inheritFromBefore cannot be true when inserting at index 0.")
    insert(sheet, dimension, start, end - start, inherit_from_before=before)


def delete_dimension(book: Spreadsheet, content: Json) -> None:
    sheet, dimension, span = _range(book, content.get("range", {}))
    delete(sheet, dimension, *span)


def move_dimension(book: Spreadsheet, content: Json) -> None:
    sheet, dimension, span = _range(book, content.get("source", {}))
    to = content.get("destinationIndex", 0)
    if to < 0 or to > count(sheet, dimension):
        raise RequestError(f"destinationIndex[{to}] is after the last index of the grid[{count(sheet, dimension)}]")
    move(sheet, dimension, *span, to)


def append_dimension(book: Spreadsheet, content: Json) -> None:
    sheet, dimension = book.sheet(content.get("sheetId", 0)), dimension_of(content)
    length = content.get("length", 0)
    if length <= 0:
        raise RequestError("length must be greater than 0.")
    grow(sheet, **{dimension.lower(): length})


def update_properties(book: Spreadsheet, content: Json) -> None:
    mask = for_change(content.get("fields"), "DimensionProperties")
    sheet, dimension, span = _range(book, content.get("range", {}))
    raw = content.get("properties", {})
    names = list(raw) if "*" in mask else list(mask)
    for index in range(*span):
        line = sheet.row(index) if dimension == "ROWS" else sheet.columns[index]
        for name in names:
            match name:
                case "pixelSize":
                    book.journal.set(line, "pixel_size", raw.get("pixelSize", 21 if dimension == "ROWS" else 100))
                case "hiddenByUser":
                    book.journal.set(line, "hidden", bool(raw.get("hiddenByUser")))
                case _:
                    raise not_emulated(f"DimensionProperties.{name}")


def auto_resize(book: Spreadsheet, content: Json) -> None:
    if "dimensions" not in content:
        raise not_emulated("AutoResizeDimensionsRequest.dataSourceSheetDimensions")
    sheet, dimension, span = _range(book, content["dimensions"])
    for index in range(*span):
        if dimension == "ROWS":
            book.journal.set(sheet.row(index), "pixel_size", 21)
            continue
        box = Box(0, sheet.row_count, index, index + 1)
        texts = [(shown(sheet, cell, row, column), cell.format or {}) for row, column, cell in sheet.cells(box)]
        widths = [column_width(text, look.get("textFormat", {})) for text, look in texts if text]
        if widths:
            book.journal.set(sheet.columns[index], "pixel_size", max(widths))


def insert_range(book: Spreadsheet, content: Json) -> None:
    sheet, box = book.box(content.get("range", {}))
    down = dimension_of(content, "shiftDimension") == "ROWS"
    if down:
        last = _last_filled(sheet, Box(box.top, sheet.row_count, box.left, box.right)).bottom
        grow(sheet, rows=last + box.height - sheet.row_count)
        rest = Box(box.top, sheet.row_count - box.height, box.left, box.right)
        shift_cells(sheet, rest, box.height, 0)
    else:
        last = _last_filled(sheet, Box(box.top, box.bottom, box.left, sheet.column_count)).right
        grow(sheet, columns=last + box.width - sheet.column_count)
        rest = Box(box.top, box.bottom, box.left, sheet.column_count - box.width)
        shift_cells(sheet, rest, 0, box.width)


def delete_range(book: Spreadsheet, content: Json) -> None:
    sheet, box = book.box(content.get("range", {}))
    if dimension_of(content, "shiftDimension") == "ROWS":
        shift_cells(sheet, Box(box.bottom, sheet.row_count, box.left, box.right), -box.height, 0, cleared=box)
    else:
        shift_cells(sheet, Box(box.top, box.bottom, box.right, sheet.column_count), 0, -box.width, cleared=box)


def _last_filled(sheet: Sheet, box: Box) -> Box:
    bottom, right = 0, 0
    for row, column, cell in sheet.cells(box):
        if cell != EMPTY:
            bottom, right = max(bottom, row + 1), max(right, column + 1)
    return Box(box.top, bottom, box.left, right)


def shift_cells(sheet: Sheet, box: Box, rows: int, columns: int, cleared: Box | None = None) -> None:
    """Move the cells of a rectangle; where they came from and `cleared` is empty afterwards."""
    taken: dict[tuple[int, int], Cell] = {}
    for area in [box] if cleared is None else [box, cleared]:
        for row, column, cell in list(sheet.cells(area)):
            if area is box:
                taken[row + rows, column + columns] = cell
            sheet.put(row, column, EMPTY)
    for (row, column), cell in taken.items():
        sheet.put(row, column, cell)


HANDLERS = {
    "insertDimension": insert_dimension,
    "deleteDimension": delete_dimension,
    "moveDimension": move_dimension,
    "appendDimension": append_dimension,
    "updateDimensionProperties": update_properties,
    "autoResizeDimensions": auto_resize,
    "insertRange": insert_range,
    "deleteRange": delete_range,
}
