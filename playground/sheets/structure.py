"""Rows and columns come, go and move; everything that refers to them follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from playground.sheets.errors import RequestError
from playground.sheets.followers import follow
from playground.sheets.metadata import forget_anchors
from playground.sheets.model import EMPTY, Cell, Column, Row, Sheet
from playground.sheets.ranges import Box, Span

T = TypeVar("T")
FROZEN = {"ROWS": "frozenRowCount", "COLUMNS": "frozenColumnCount"}


def count(sheet: Sheet, dimension: str) -> int:
    return sheet.row_count if dimension == "ROWS" else sheet.column_count


def grow(sheet: Sheet, *, rows: int = 0, columns: int = 0) -> None:
    """Add so many rows and columns at the end; nothing for zero and less."""
    rows, columns = max(rows, 0), max(columns, 0)
    if not rows and not columns:
        return
    sheet.book.check_size(
        (sheet.row_count + rows) * (sheet.column_count + columns) - sheet.row_count * sheet.column_count
    )
    if rows:
        sheet.set("row_count", sheet.row_count + rows)
    if columns:
        sheet.set("columns", [*sheet.columns, *(Column() for _ in range(columns))])


def insert(sheet: Sheet, dimension: str, at: int, number: int, *, inherit_from_before: bool) -> None:
    """New empty rows or columns before index `at`, formatted like their neighbour."""
    sheet.book.check_size(number * (sheet.column_count if dimension == "ROWS" else sheet.row_count))
    _guard(sheet, dimension, at, at)
    neighbour = at - 1 if inherit_from_before and at > 0 else at
    if dimension == "ROWS":
        _insert_rows(sheet, at, number, neighbour)
    else:
        _insert_columns(sheet, at, number, neighbour)
    frozen = sheet.grid.get(FROZEN[dimension], 0)
    if at < frozen:
        sheet.set("grid", {**sheet.grid, FROZEN[dimension]: frozen + number})
    follow(sheet, dimension, lambda span: span.after_insert(at, number))


def _insert_rows(sheet: Sheet, at: int, number: int, neighbour: int) -> None:
    if at < len(sheet.rows):
        like = sheet.rows[neighbour].cells if neighbour < len(sheet.rows) else []
        added = [Row([_like(cell) for cell in like]) for _ in range(number)]
        sheet.set("rows", [*sheet.rows[:at], *added, *sheet.rows[at:]])
    sheet.set("row_count", sheet.row_count + number)


def _insert_columns(sheet: Sheet, at: int, number: int, neighbour: int) -> None:
    model = sheet.columns[min(neighbour, sheet.column_count - 1)]
    for row in sheet.rows:
        if len(row.cells) > at:
            like = _like(row.cells[neighbour])
            sheet.book.journal.set(row, "cells", [*row.cells[:at], *[like] * number, *row.cells[at:]])
    sheet.set("columns", [*sheet.columns[:at], *(Column(model.blank) for _ in range(number)), *sheet.columns[at:]])


def _like(cell: Cell | None) -> Cell | None:
    if cell is None:
        return None
    like = Cell(None, cell.format, None, cell.validation)
    return None if like == EMPTY else like


def delete(sheet: Sheet, dimension: str, start: int, end: int) -> None:
    total = count(sheet, dimension)
    if end - start >= total:
        raise RequestError(f"You can't delete all the {dimension.lower()} on the sheet.")
    frozen = sheet.grid.get(FROZEN[dimension], 0)
    if start <= frozen and end >= total:
        raise RequestError(f"Sorry, it is not possible to delete all non-frozen {dimension.lower()}.")
    _guard(sheet, dimension, start, end)
    if dimension == "ROWS":
        forget_anchors(sheet, sheet.rows[start:end])
        sheet.set("rows", [*sheet.rows[:start], *sheet.rows[end:]])
        sheet.set("row_count", sheet.row_count - (end - start))
    else:
        forget_anchors(sheet, sheet.columns[start:end])
        _splice_columns(sheet, lambda cells: [*cells[:start], *cells[end:]], start)
    if start < frozen:
        sheet.set("grid", {**sheet.grid, FROZEN[dimension]: frozen - (min(end, frozen) - start)})
    follow(sheet, dimension, lambda span: span.after_delete(start, end))


def move(sheet: Sheet, dimension: str, start: int, end: int, to: int) -> None:
    """Rows or columns start…end go before index `to`, counted before the move."""
    if start <= to <= end:
        return
    low, high = min(start, to), max(end, to)
    _guard(sheet, dimension, low, high)
    if dimension == "ROWS":
        sheet.row(high - 1)
        sheet.set("rows", _moved(sheet.rows, start, end, to))
    else:
        width = sheet.column_count
        _splice_columns(sheet, lambda cells: _moved(_padded(cells, width), start, end, to), low)
    follow(sheet, dimension, lambda span: span.after_move(start, end, to))


def _splice_columns(sheet: Sheet, change: Callable[[list[Cell | None]], list[Cell | None]], first: int) -> None:
    for row in sheet.rows:
        if len(row.cells) > first:
            sheet.book.journal.set(row, "cells", change(row.cells))
    columns: list[Column] = change(sheet.columns)  # type: ignore[arg-type, assignment]
    sheet.set("columns", columns)


def _padded(cells: list[Cell | None], width: int) -> list[Cell | None]:
    return cells if len(cells) >= width else [*cells, *[None] * (width - len(cells))]


def _moved(items: list[T], start: int, end: int, to: int) -> list[T]:
    block = items[start:end]
    rest = [*items[:start], *items[end:]]
    place = to if to <= start else to - len(block)
    return [*rest[:place], *block, *rest[place:]]


def _guard(sheet: Sheet, dimension: str, start: int, end: int) -> None:
    if sheet.protected:
        whole = sheet.box
        box = (
            Box(start, end, whole.left, whole.right)
            if dimension == "ROWS"
            else Box(whole.top, whole.bottom, start, end)
        )
        sheet.book.guard(sheet, box)


def stretch(sheet: Sheet, dimension: str, raw_start: int | None, raw_end: int | None) -> Span:
    """Start and end of a DimensionRange on the grid; RequestError when it is off it."""
    total = count(sheet, dimension)
    start, end = raw_start or 0, total if raw_end is None else raw_end
    word = "row" if dimension == "ROWS" else "column"
    if start < 0 or end < 0:
        raise RequestError(f"startIndex[{start}] and endIndex[{end}] must not be negative")
    if end <= start:
        raise RequestError(f"startIndex[{start}] must be less than endIndex[{end}]")
    if end > total:
        raise RequestError(f"Cannot act on {word} {end - 1}: the sheet has {total} {word}s (endIndex[{end}])")
    return Span(start, end)
