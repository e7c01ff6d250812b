"""Cells written as CellData, repeated, appended, merged; validation set on them."""

from __future__ import annotations

from collections.abc import Callable

from playground.sheets import condition_shape
from playground.sheets.celldata import updated
from playground.sheets.colours import drawn, normal
from playground.sheets.errors import RequestError
from playground.sheets.formulas.references import copied
from playground.sheets.masks import Mask, for_change
from playground.sheets.model import EMPTY, Cell, Formula, Json, Sheet, Spreadsheet
from playground.sheets.ranges import Box
from playground.sheets.structure import grow
from playground.sheets.writing import with_value

_HEAD_ROWS = 100


def update(book: Spreadsheet, content: Json) -> None:
    mask = for_change(content.get("fields"), "CellData")
    rows = content.get("rows", [])
    if "range" in content:
        sheet, box = book.box(content["range"])
        _check_extent(rows, box)
        for row in range(box.height):
            given = rows[row].get("values", []) if row < len(rows) else []
            for column in range(box.width):
                data = given[column] if column < len(given) else {}
                _put(sheet, box.top + row, box.left + column, data, mask)
        return
    sheet, row, column = coordinate(book, content.get("start", {}))
    _check_extent(rows, Box(row, sheet.row_count, column, sheet.column_count))
    _put_rows(sheet, row, column, rows, mask)


def append(book: Spreadsheet, content: Json) -> None:
    mask = for_change(content.get("fields"), "CellData")
    sheet = book.sheet(content.get("sheetId", 0))
    rows = content.get("rows", [])
    first = sheet.last_row()
    _check_extent(rows, Box(first, first + len(rows), 0, sheet.column_count))
    grow(sheet, rows=first + len(rows) - sheet.row_count)
    _put_rows(sheet, first, 0, rows, mask)


def coordinate(book: Spreadsheet, raw: Json) -> tuple[Sheet, int, int]:
    """A GridCoordinate on its sheet; RequestError when it is off the grid."""
    sheet = book.sheet(raw.get("sheetId", 0))
    row, column = raw.get("rowIndex", 0), raw.get("columnIndex", 0)
    if row < 0 or row >= sheet.row_count:
        raise RequestError(f"GridCoordinate.rowIndex[{row}] is after last row in grid[{sheet.row_count}]")
    if column < 0 or column >= sheet.column_count:
        raise RequestError(f"GridCoordinate.columnIndex[{column}] is after last column in grid[{sheet.column_count}]")
    return sheet, row, column


def _check_extent(rows: list[Json], box: Box) -> None:
    if len(rows) > box.height:
        raise RequestError(f"Attempting to write row: {box.bottom}, beyond the last requested row of: {box.bottom - 1}")
    if any(len(row.get("values", [])) > box.width for row in rows):
        raise RequestError(
            f"Attempting to write column: {box.right}, beyond the last requested column of: {box.right - 1}"
        )


def _put_rows(sheet: Sheet, top: int, left: int, rows: list[Json], mask: Mask) -> None:
    for row, line in enumerate(rows):
        for column, data in enumerate(line.get("values", [])):
            _put(sheet, top + row, left + column, data, mask)


def _put(sheet: Sheet, row: int, column: int, data: Json, mask: Mask) -> None:
    sheet.put(row, column, updated(sheet, sheet.at(row, column), data, mask))


def repeat(book: Spreadsheet, content: Json) -> None:
    mask = for_change(content.get("fields"), "CellData")
    sheet, box = book.box(content.get("range", {}))
    data = content.get("cell", {})
    if set(mask) <= {"userEnteredFormat", "dataValidation"}:
        restyle(sheet, box, lambda cell: updated(sheet, cell, data, mask))
        return
    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            cell = updated(sheet, sheet.at(row, column), data, mask)
            if isinstance(cell.value, Formula) and "userEnteredValue" in data:
                text = copied(cell.value.text, row - box.top, column - box.left)
                cell = cell._replace(value=Formula(text))
            sheet.put(row, column, cell)


def restyle(sheet: Sheet, box: Box, change: Callable[[Cell], Cell], *, skip_filtered: bool = False) -> None:
    """Change the look or the rule of every cell. Down to the end of the grid it holds for rows to come as well."""
    endless = box.bottom == sheet.row_count and box.top <= _HEAD_ROWS and not skip_filtered
    if endless:
        _restyle_columns(sheet, box, change)
        return
    for row in range(box.top, box.bottom):
        if skip_filtered and row < len(sheet.rows) and sheet.rows[row].filtered:
            continue
        for column in range(box.left, box.right):
            sheet.put(row, column, change(sheet.at(row, column)))


def _restyle_columns(sheet: Sheet, box: Box, change: Callable[[Cell], Cell]) -> None:
    for row in range(box.top):
        for column in range(box.left, box.right):
            cells = sheet.row(row).cells
            if column >= len(cells) or cells[column] is None:
                sheet.put(row, column, sheet.columns[column].blank)
    for row, column, cell in list(sheet.cells(box)):
        sheet.put(row, column, change(cell))
    for column in range(box.left, box.right):
        sheet.book.journal.set(sheet.columns[column], "blank", change(sheet.columns[column].blank))


def set_validation(book: Spreadsheet, content: Json) -> None:
    sheet, box = book.box(content.get("range", {}))
    rule = content.get("rule")
    if rule is not None:
        if "condition" not in rule:
            raise RequestError("A data validation rule must have a condition.")
        condition_shape.check(rule["condition"], validation=True)
    hidden = any(row.filtered for row in sheet.rows[box.top : box.bottom])
    skip = hidden and not content.get("filteredRowsIncluded")
    restyle(sheet, box, lambda cell: cell._replace(validation=rule), skip_filtered=skip)


def merge(book: Spreadsheet, content: Json) -> None:
    sheet, box = book.box(content.get("range", {}))
    match content.get("mergeType", "MERGE_ALL"):
        case "MERGE_COLUMNS":
            boxes = [Box(box.top, box.bottom, column, column + 1) for column in range(box.left, box.right)]
        case "MERGE_ROWS":
            boxes = [Box(row, row + 1, box.left, box.right) for row in range(box.top, box.bottom)]
        case _:
            boxes = [box]
    kept = _unmerged(sheet, box)
    for one in boxes:
        for row, column, cell in list(sheet.cells(one)):
            if (row, column) != (one.top, one.left) and cell != EMPTY:
                sheet.put(row, column, with_value(cell, None))
    sheet.set("merges", (*kept, *(one for one in boxes if one.height * one.width > 1)))


def unmerge(book: Spreadsheet, content: Json) -> None:
    sheet, box = book.box(content.get("range", {}))
    sheet.set("merges", _unmerged(sheet, box))


def _unmerged(sheet: Sheet, box: Box) -> tuple[Box, ...]:
    for merge_box in sheet.merges:
        if box.meets(merge_box) and not box.covers(merge_box):
            raise RequestError("You must select all cells in a merged range to merge or unmerge them.")
    return tuple(merge_box for merge_box in sheet.merges if not box.covers(merge_box))


def update_borders(book: Spreadsheet, content: Json) -> None:
    sheet, box = book.box(content.get("range", {}))
    sides = {name: normal(content[name]) for name in content if name != "range"}

    def bordered(cell: Cell, row: int, column: int) -> Cell:
        edges = {
            "top": "top" if row == box.top else "innerHorizontal",
            "bottom": "bottom" if row == box.bottom - 1 else "innerHorizontal",
            "left": "left" if column == box.left else "innerVertical",
            "right": "right" if column == box.right - 1 else "innerVertical",
        }
        given = {edge: sides[name] for edge, name in edges.items() if name in sides}
        borders = {**(cell.format or {}).get("borders", {}), **given}
        shown = drawn(borders)
        rest = {name: value for name, value in (cell.format or {}).items() if name != "borders"}
        return cell._replace(format={**rest, "borders": shown} if shown else rest)

    for row in range(box.top, box.bottom):
        for column in range(box.left, box.right):
            sheet.put(row, column, bordered(sheet.at(row, column), row, column))


HANDLERS = {
    "updateCells": update,
    "appendCells": append,
    "repeatCell": repeat,
    "setDataValidation": set_validation,
    "mergeCells": merge,
    "unmergeCells": unmerge,
    "updateBorders": update_borders,
}
