"""Tabs: added, duplicated, removed."""

from __future__ import annotations

from playground.sheets.batch.properties import GRID_FLAGS, apply, apply_grid, check_title
from playground.sheets.bodies import not_emulated
from playground.sheets.errors import RequestError
from playground.sheets.masks import Mask
from playground.sheets.metadata import forget_sheet
from playground.sheets.model import Column, Json, Row, Sheet, Spreadsheet
from playground.sheets.rendering import sheet_properties


def add(book: Spreadsheet, content: Json) -> Json:
    raw = content.get("properties", {})
    if raw.get("sheetType", "GRID") not in {"GRID", "SHEET_TYPE_UNSPECIFIED"}:
        raise not_emulated(f"sheetType {raw['sheetType']}")
    grid = raw.get("gridProperties", {})
    title = raw.get("title") or _free_title(book)
    check_title(book, title)
    sheet = Sheet(book, _sheet_id(book, raw), title, grid.get("rowCount", 1000), grid.get("columnCount", 26))
    book.check_size(sheet.row_count * sheet.column_count)
    insert_sheet(book, sheet, raw.get("index"))
    rest: Mask = {name: {} for name in raw if name in {"hidden", "rightToLeft", "tabColor", "tabColorStyle"}}
    apply(sheet, raw, rest)
    apply_grid(sheet, grid, {name: {} for name in grid if name in GRID_FLAGS})
    return {"properties": sheet_properties(sheet)}


def insert_sheet(book: Spreadsheet, sheet: Sheet, index: int | None) -> None:
    at = len(book.sheets) if index is None else min(max(index, 0), len(book.sheets))
    book.set("sheets", (*book.sheets[:at], sheet, *book.sheets[at:]))


def _free_title(book: Spreadsheet) -> str:
    word = "Лист" if book.locale.startswith("ru") else "Sheet"
    number = len(book.sheets) + 1
    while book.titled(f"{word}{number}"):
        number += 1
    return f"{word}{number}"


def _sheet_id(book: Spreadsheet, raw: Json, name: str = "sheetId") -> int:
    taken = {sheet.sheet_id for sheet in book.sheets}
    wanted: int | None = raw.get(name)
    if wanted is None:
        return book.new_id(taken)
    if wanted < 0:
        raise RequestError(f"Sheet ID must be non-negative: {wanted}")
    if wanted in taken:
        raise RequestError(f"A sheet with the ID {wanted} already exists.")
    return wanted


def remove(book: Spreadsheet, content: Json) -> None:
    sheet = book.sheet(content.get("sheetId", 0))
    rest = tuple(other for other in book.sheets if other is not sheet)
    if not rest:
        raise RequestError("You can't remove all the sheets in a document.")
    if all(other.hidden for other in rest):
        raise RequestError("You can't remove all the visible sheets in a document.")
    if sheet.protected:
        book.guard(sheet, sheet.box)
    forget_sheet(sheet)
    book.set("sheets", rest)
    names = tuple(named for named in book.named if named["range"].get("sheetId", 0) != sheet.sheet_id)
    if names != book.named:
        book.set("named", names)


def duplicate(book: Spreadsheet, content: Json) -> Json:
    source = book.sheet(content.get("sourceSheetId", 0))
    title = content.get("newSheetName") or copy_title(book, source.title)
    check_title(book, title)
    copy = copied_sheet(book, source, title, _sheet_id(book, content, "newSheetId"))
    book.check_size(copy.row_count * copy.column_count)
    insert_sheet(book, copy, content.get("insertSheetIndex", 0))
    return {"properties": sheet_properties(copy)}


def copy_title(book: Spreadsheet, title: str) -> str:
    """The second copy is `Copy of Sheet1 1`."""
    number, name = 0, f"Copy of {title}"
    while book.titled(name):
        number += 1
        name = f"Copy of {title} {number}"
    return name


def copied_sheet(book: Spreadsheet, source: Sheet, title: str, sheet_id: int) -> Sheet:
    """The sheet again in a spreadsheet, with everything that belongs to it."""
    copy = Sheet(book, sheet_id, title, source.row_count, 0)
    copy.columns = [_copied_column(column) for column in source.columns]
    copy.rows = [_copied_row(row) for row in source.rows]
    for name in ("hidden", "right_to_left", "tab_color", "grid", "merges", "row_groups", "column_groups"):
        setattr(copy, name, getattr(source, name))
    for name, key in (
        ("protected", "protectedRangeId"),
        ("filter_views", "filterViewId"),
        ("banding", "bandedRangeId"),
    ):
        items = tuple({**_at(raw, sheet_id), key: book.new_id(())} for raw in getattr(source, name))
        setattr(copy, name, items)
    copy.conditional = tuple(
        {**rule, "ranges": [_at_range(raw, sheet_id) for raw in rule["ranges"]]} for rule in source.conditional
    )
    copy.basic_filter = None if source.basic_filter is None else _at(source.basic_filter, sheet_id)
    book.has_formulas = book.has_formulas or source.book.has_formulas
    return copy


def _copied_column(old: Column) -> Column:
    new = Column(old.blank)
    new.hidden, new.pixel_size = old.hidden, old.pixel_size
    return new


def _copied_row(old: Row) -> Row:
    new = Row(list(old.cells))
    new.hidden, new.pixel_size, new.filtered = old.hidden, old.pixel_size, old.filtered
    return new


def _at(raw: Json, sheet_id: int) -> Json:
    return {**raw, "range": _at_range(raw["range"], sheet_id)} if "range" in raw else dict(raw)


def _at_range(raw: Json, sheet_id: int) -> Json:
    moved = {name: value for name, value in raw.items() if name != "sheetId"}
    return {"sheetId": sheet_id, **moved} if sheet_id else moved


HANDLERS = {
    "addSheet": add,
    "deleteSheet": remove,
    "duplicateSheet": duplicate,
}
