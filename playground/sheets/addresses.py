"""Ranges of `values.*` calls: A1 texts and data filters, found on the sheets."""

from __future__ import annotations

from playground.sheets import a1
from playground.sheets.errors import ApiError, invalid
from playground.sheets.model import Sheet, Spreadsheet
from playground.sheets.ranges import Box


def found(book: Spreadsheet, text: str) -> tuple[Sheet, Box]:
    """Sheet and rectangle of a range, its end cut to the grid; ApiError 400 when there is none."""
    sheet, area = _sheet_and_area(book, text)
    top, left = area.top or 0, area.left or 0
    bottom = sheet.row_count if area.bottom is None else area.bottom
    right = sheet.column_count if area.right is None else area.right
    if top >= sheet.row_count or left >= sheet.column_count:
        raise exceeds(sheet, Box(top, max(bottom, top + 1), left, max(right, left + 1)))
    return sheet, Box(top, min(bottom, sheet.row_count), left, min(right, sheet.column_count))


def to_write(book: Spreadsheet, text: str) -> tuple[Sheet, Box, bool]:
    """As `found`, but nothing is cut; the flag says that only a first cell was named."""
    sheet, area = _sheet_and_area(book, text)
    box = Box(
        area.top or 0,
        sheet.row_count if area.bottom is None else area.bottom,
        area.left or 0,
        sheet.column_count if area.right is None else area.right,
    )
    if not sheet.box.covers(box):
        raise exceeds(sheet, box)
    return sheet, box, box.height == box.width == 1


def exceeds(sheet: Sheet, box: Box) -> ApiError:
    return invalid(
        f"Range ({sheet.written(box)}) exceeds grid limits. "
        f"Max rows: {sheet.row_count}, max columns: {sheet.column_count}"
    )


def _sheet_and_area(book: Spreadsheet, text: str) -> tuple[Sheet, a1.Area]:
    title, rest = a1.split(text)
    if title is None:
        area = a1.area(text)
        if area is not None:
            return _first_visible(book), area
        named = _named(book, text)
        if named is not None:
            return named
        whole = book.titled(text)
        if whole is None:
            raise invalid(f"Unable to parse range: {text}")
        return whole, a1.Area()
    sheet = book.titled(title)
    if sheet is None:
        raise invalid(f"Unable to parse range: {text}")
    if not rest:
        return sheet, a1.Area()
    area = a1.area(rest)
    if area is not None:
        return sheet, area
    named = _named(book, rest)
    if named is None:
        raise invalid(f"Unable to parse range: {text}")
    return named


def _named(book: Spreadsheet, name: str) -> tuple[Sheet, a1.Area] | None:
    for named in book.named:
        if named["name"].casefold() == name.casefold():
            raw = named["range"]
            sheet = book.sheet(raw.get("sheetId", 0))
            return sheet, a1.Area(
                raw.get("startRowIndex"),
                raw.get("endRowIndex"),
                raw.get("startColumnIndex"),
                raw.get("endColumnIndex"),
            )
    return None


def _first_visible(book: Spreadsheet) -> Sheet:
    return next((sheet for sheet in book.sheets if not sheet.hidden), book.sheets[0])
