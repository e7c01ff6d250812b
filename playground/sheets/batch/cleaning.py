"""Tidying up: spaces, duplicates, text split into columns."""

from __future__ import annotations

from playground.sheets import display
from playground.sheets.batch.dimensions import shift_cells
from playground.sheets.bodies import not_emulated
from playground.sheets.errors import RequestError
from playground.sheets.model import Json, Sheet, Spreadsheet
from playground.sheets.ranges import Box
from playground.sheets.structure import grow
from playground.sheets.writing import as_typed, with_value

_DELIMITERS = {"COMMA": ",", "SEMICOLON": ";", "PERIOD": ".", "SPACE": " "}


def trim_whitespace(book: Spreadsheet, content: Json) -> Json:
    sheet, box = book.box(content.get("range", {}))
    changed = 0
    for row, column, cell in list(sheet.cells(box)):
        if isinstance(cell.value, str) and (text := " ".join(cell.value.split())) != cell.value:
            sheet.put(row, column, with_value(cell, text or None))
            changed += 1
    return {"cellsChangedCount": changed} if changed else {}


def delete_duplicates(book: Spreadsheet, content: Json) -> Json:
    sheet, box = book.box(content.get("range", {}))
    columns = _compared_columns(sheet, box, content.get("comparisonColumns", []))
    seen: set[tuple[object, ...]] = set()
    gone: list[int] = []
    for row in range(box.top, min(box.bottom, len(sheet.rows))):
        key = tuple(_key(display.effective(sheet, sheet.at(row, column), row, column)) for column in columns)
        if key in seen and any(part is not None for part in key):
            gone.append(row)
        seen.add(key)
    for row in reversed(gone):
        line = Box(row, row + 1, box.left, box.right)
        shift_cells(sheet, Box(row + 1, box.bottom, box.left, box.right), -1, 0, cleared=line)
    return {"duplicatesRemovedCount": len(gone)} if gone else {}


def _compared_columns(sheet: Sheet, box: Box, spans: list[Json]) -> list[int]:
    if not spans:
        return list(range(box.left, box.right))
    columns: list[int] = []
    for span in spans:
        if span.get("dimension") != "COLUMNS":
            raise RequestError("comparisonColumns must have the dimension COLUMNS.")
        columns += range(span.get("startIndex", box.left), span.get("endIndex", sheet.column_count))
    return columns


def _key(value: object) -> object:
    return value.casefold() if isinstance(value, str) else value


def text_to_columns(book: Spreadsheet, content: Json) -> None:
    sheet, box = book.box(content.get("source", {}))
    if box.width != 1:
        raise RequestError("The source range must span exactly one column.")
    kind = content.get("delimiterType", "AUTODETECT")
    delimiter = content.get("delimiter") if kind == "CUSTOM" else _DELIMITERS.get(kind)
    if not delimiter:
        raise not_emulated(f"delimiterType {kind}")
    for row, column, cell in list(sheet.cells(box)):
        parts = display.shown(sheet, cell, row, column).split(delimiter)
        grow(sheet, columns=column + len(parts) - sheet.column_count)
        for offset, part in enumerate(parts if len(parts) > 1 else []):
            sheet.put(row, column + offset, as_typed(sheet, sheet.at(row, column + offset), part))


HANDLERS = {
    "trimWhitespace": trim_whitespace,
    "deleteDuplicates": delete_duplicates,
    "textToColumns": text_to_columns,
}
