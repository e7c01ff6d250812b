"""Rows put in order."""

from __future__ import annotations

from typing import Any

from playground.sheets import display
from playground.sheets.bodies import not_emulated
from playground.sheets.errors import RequestError
from playground.sheets.formulas.references import copied
from playground.sheets.formulas.scalars import rank
from playground.sheets.model import Cell, ErrorValue, Formula, Json, Row, Scalar, Sheet, Spreadsheet
from playground.sheets.ranges import Box


def sort_range(book: Spreadsheet, content: Json) -> None:
    sheet, box = book.box(content.get("range", {}))
    specs = content.get("sortSpecs", [])
    if not specs:
        raise RequestError("Must specify at least one sort spec.")
    for spec in specs:
        if set(spec) - {"dimensionIndex", "sortOrder"}:
            raise not_emulated("Sorting by colour")
        if not box.left <= spec.get("dimensionIndex", 0) < box.right:
            raise RequestError(
                f"sortSpecs.dimensionIndex[{spec.get('dimensionIndex', 0)}] is outside of the range to sort"
            )
    rearrange(sheet, box, sorted_rows(sheet, box, specs))


def sorted_rows(sheet: Sheet, box: Box, specs: list[Json]) -> list[int]:
    """The row numbers of the rectangle in their new order. Numbers before texts, empty cells last in any order."""
    bottom = max(min(box.bottom, len(sheet.rows)), box.top)
    order = list(range(box.top, bottom))
    for spec in reversed(specs):
        column = spec.get("dimensionIndex", 0)
        values = {row: display.effective(sheet, sheet.at(row, column), row, column) for row in order}
        keys = {row: _key(value) for row, value in values.items() if value is not None}
        filled = sorted((row for row in order if row in keys), key=keys.__getitem__, reverse=_descending(spec))
        order = filled + [row for row in order if row not in keys]
    return [*order, *range(bottom, box.bottom)]


def _descending(spec: Json) -> bool:
    return bool(spec.get("sortOrder") == "DESCENDING")


def _key(value: Scalar) -> tuple[int, Any]:
    if isinstance(value, str):
        return rank(value), value.casefold()
    return rank(value), value.shown if isinstance(value, ErrorValue) else value


def rearrange(sheet: Sheet, box: Box, order: list[int]) -> None:
    """Put the rows of a rectangle into the order given by their numbers.

    Whole rows move as such, with what is bound to them; of a narrower rectangle only its cells do.
    """
    if order == list(range(box.top, box.bottom)):
        return
    if sheet.protected:
        sheet.book.guard(sheet, box)
    if box.left == 0 and _nothing_right(sheet, box):
        _rearrange_rows(sheet, box, order)
    else:
        _rearrange_cells(sheet, box, order)


def _nothing_right(sheet: Sheet, box: Box) -> bool:
    rest = Box(box.top, box.bottom, box.right, sheet.column_count)
    return rest.empty or all(cell.value is None for _, _, cell in sheet.cells(rest))


def _rearrange_rows(sheet: Sheet, box: Box, order: list[int]) -> None:
    rows: list[Row] = list(sheet.rows)
    for place, row in enumerate(order, box.top):
        if row < len(rows):
            rows[place] = sheet.rows[row]
            if sheet.book.has_formulas and place != row:
                cells = [_moved(cell, place - row) for cell in rows[place].cells]
                sheet.book.journal.set(rows[place], "cells", cells)
    sheet.set("rows", rows)


def _rearrange_cells(sheet: Sheet, box: Box, order: list[int]) -> None:
    taken = {row: list(sheet.rows[row].cells) for row in order if row < len(sheet.rows)}
    for cells in taken.values():
        cells.extend([None] * (box.right - len(cells)))
    for place, row in enumerate(order, box.top):
        if row == place or row not in taken:
            continue
        moved = [_moved(cell, place - row) for cell in taken[row][box.left : box.right]]
        old = taken[place]
        sheet.book.journal.set(sheet.rows[place], "cells", [*old[: box.left], *moved, *old[box.right :]])


def _moved(cell: Cell | None, by: int) -> Cell | None:
    if cell is None or not isinstance(cell.value, Formula):
        return cell
    return cell._replace(value=Formula(copied(cell.value.text, by, 0)))


def randomize(book: Spreadsheet, content: Json) -> None:
    sheet, box = book.box(content.get("range", {}))
    sheet.row(box.bottom - 1)
    order = list(range(box.top, box.bottom))
    book.chance.shuffle(order)
    rearrange(sheet, box, order)


HANDLERS = {"sortRange": sort_range, "randomizeRange": randomize}
