"""What a cell shows, and what it is worth."""

from __future__ import annotations

from playground.sheets.formats import is_date, number_shown, text_shown
from playground.sheets.formulas.evaluate import result
from playground.sheets.formulas.grammar import shown_formula
from playground.sheets.formulas.inferred import result_format
from playground.sheets.locales import locale
from playground.sheets.model import Cell, ErrorValue, Formula, Json, Scalar, Sheet


def number_format(sheet: Sheet, cell: Cell) -> Json | None:
    """The number format in force: the cell's own, else the one a formula's result brings along."""
    own: Json | None = cell.format.get("numberFormat") if cell.format else None
    if own is None and isinstance(cell.value, Formula):
        return result_format(sheet.book, sheet, cell.value)
    return own


def effective(sheet: Sheet, cell: Cell, row: int, column: int) -> Scalar:
    """The value, with formulas computed."""
    if isinstance(cell.value, Formula):
        return result(sheet.book, sheet, cell.value, row, column)
    return cell.value


def shown(sheet: Sheet, cell: Cell, row: int, column: int) -> str:
    """FORMATTED_VALUE: the text a person sees; the empty text for an empty cell."""
    value = effective(sheet, cell, row, column)
    if isinstance(value, str):
        return text_shown(value, cell.format.get("numberFormat")) if cell.format else value
    if value is None:
        return ""
    if isinstance(value, bool):
        words = locale(sheet.book.locale)
        return words.true if value else words.false
    if isinstance(value, ErrorValue):
        return value.shown
    return number_shown(value, number_format(sheet, cell), sheet.book.locale)


def unformatted(sheet: Sheet, cell: Cell, row: int, column: int, *, dates_as_text: bool) -> str | int | float | bool:
    """UNFORMATTED_VALUE: numbers as numbers; dates as serials, or as shown."""
    value = effective(sheet, cell, row, column)
    if value is None:
        return ""
    if isinstance(value, ErrorValue):
        return value.shown
    dated = dates_as_text and isinstance(value, int | float) and not isinstance(value, bool)
    if dated and is_date(number_format(sheet, cell)):
        return shown(sheet, cell, row, column)
    return value


def written(sheet: Sheet, cell: Cell, row: int, column: int, *, dates_as_text: bool) -> str | int | float | bool:
    """FORMULA: the formula where there is one, in the grammar of the spreadsheet's locale."""
    if isinstance(cell.value, Formula):
        return shown_formula(cell.value.text, locale(sheet.book.locale))
    return unformatted(sheet, cell, row, column, dates_as_text=dates_as_text)
