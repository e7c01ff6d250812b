"""Tabs and the properties of tabs and of the spreadsheet."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from playground.sheets.bodies import not_emulated
from playground.sheets.colours import normal
from playground.sheets.errors import RequestError
from playground.sheets.formulas.references import renamed
from playground.sheets.masks import Mask, for_change
from playground.sheets.metadata import forget_sheet
from playground.sheets.model import Column, Formula, Json, Row, Sheet, Spreadsheet
from playground.sheets.rendering import sheet_properties
from playground.sheets.structure import delete, grow

_GRID_FLAGS = {
    "frozenRowCount",
    "frozenColumnCount",
    "hideGridlines",
    "rowGroupControlAfter",
    "columnGroupControlAfter",
}


def add(book: Spreadsheet, content: Json) -> Json:
    raw = content.get("properties", {})
    if raw.get("sheetType", "GRID") not in {"GRID", "SHEET_TYPE_UNSPECIFIED"}:
        raise not_emulated(f"sheetType {raw['sheetType']}")
    grid = raw.get("gridProperties", {})
    title = raw.get("title") or _free_title(book)
    _check_title(book, title)
    sheet = Sheet(book, _sheet_id(book, raw), title, grid.get("rowCount", 1000), grid.get("columnCount", 26))
    book.check_size(sheet.row_count * sheet.column_count)
    insert_sheet(book, sheet, raw.get("index"))
    rest: Mask = {name: {} for name in raw if name in {"hidden", "rightToLeft", "tabColor", "tabColorStyle"}}
    _apply(sheet, raw, rest)
    _apply_grid(sheet, grid, {name: {} for name in grid if name in _GRID_FLAGS})
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


def _check_title(book: Spreadsheet, title: str, but: Sheet | None = None) -> None:
    if len(title) > 100:
        raise RequestError("Sheet titles can't be longer than 100 characters.")
    known = book.titled(title)
    if known is not None and known is not but:
        raise RequestError(f'A sheet with the name "{title}" already exists. Please enter another name.')


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
    title = content.get("newSheetName") or _copy_title(book, source.title)
    _check_title(book, title)
    copy = copied_sheet(book, source, title, _sheet_id(book, content, "newSheetId"))
    book.check_size(copy.row_count * copy.column_count)
    insert_sheet(book, copy, content.get("insertSheetIndex", 0))
    return {"properties": sheet_properties(copy)}


def _copy_title(book: Spreadsheet, title: str) -> str:
    number, name = 1, f"Copy of {title}"
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


def update(book: Spreadsheet, content: Json) -> None:
    mask = for_change(content.get("fields"), "SheetProperties")
    raw = content.get("properties", {})
    sheet = book.sheet(raw.get("sheetId", 0))
    if "*" in mask:
        mask = {"title": {}, "index": {}, "hidden": {}, "rightToLeft": {}, "tabColor": {}, "gridProperties": {}}
    _apply(sheet, raw, mask)


def _apply(sheet: Sheet, raw: Json, mask: Mask) -> None:
    for name, inner in mask.items():
        match name:
            case "title":
                _rename(sheet, raw.get("title", ""))
            case "index":
                _move(sheet, raw.get("index", 0))
            case "hidden":
                _hide(sheet, bool(raw.get("hidden")))
            case "rightToLeft":
                sheet.set("right_to_left", bool(raw.get("rightToLeft")))
            case "tabColor" | "tabColorStyle":
                given = {key: raw[key] for key in ("tabColor", "tabColorStyle") if key in raw}
                sheet.set("tab_color", normal(given) if given else None)
            case "gridProperties":
                grid = raw.get("gridProperties", {})
                _apply_grid(sheet, grid, inner if inner and "*" not in inner else {key: {} for key in grid})
            case "sheetId" | "sheetType":
                continue
            case _:
                raise not_emulated(f"SheetProperties.{name}")


def _rename(sheet: Sheet, title: str) -> None:
    if not title:
        raise RequestError("Sheet title can't be empty.")
    _check_title(sheet.book, title, but=sheet)
    old = sheet.title
    sheet.set("title", title)
    if not sheet.book.has_formulas:
        return
    for home in sheet.book.sheets:
        for row in home.rows:
            for column, cell in enumerate(row.cells):
                if cell is not None and isinstance(cell.value, Formula):
                    text = renamed(cell.value.text, old, title)
                    if text != cell.value.text:
                        sheet.book.journal.set_cell(row, column, cell._replace(value=Formula(text)))


def _move(sheet: Sheet, index: int) -> None:
    book = sheet.book
    if index > len(book.sheets) or index < 0:
        raise RequestError(f"Index is out of bounds: {index}")
    current = next(place for place, other in enumerate(book.sheets) if other is sheet)
    rest = [other for other in book.sheets if other is not sheet]
    at = index - 1 if index > current else index
    book.set("sheets", (*rest[:at], sheet, *rest[at:]))


def _hide(sheet: Sheet, hidden: bool) -> None:
    if hidden and all(other.hidden or other is sheet for other in sheet.book.sheets):
        raise RequestError("You can't hide all the sheets in a document.")
    sheet.set("hidden", hidden)


def _apply_grid(sheet: Sheet, raw: Json, mask: Mask) -> None:
    for name, dimension, total in (
        ("rowCount", "ROWS", sheet.row_count),
        ("columnCount", "COLUMNS", sheet.column_count),
    ):
        if name not in mask:
            continue
        wanted = raw.get(name, 0)
        if wanted <= 0:
            raise RequestError(f"You can't delete all the {dimension.lower()} on the sheet.")
        if wanted > total:
            grow(sheet, **{dimension.lower(): wanted - total})
        elif wanted < total:
            delete(sheet, dimension, wanted, total)
    flags = {name: raw.get(name) for name in mask if name in _GRID_FLAGS}
    if flags:
        grid = {**sheet.grid, **flags}
        for name, word, total in (
            ("frozenRowCount", "rows", sheet.row_count),
            ("frozenColumnCount", "columns", sheet.column_count),
        ):
            if (grid.get(name) or 0) >= total:
                raise RequestError(f"You can't freeze all visible {word} on the sheet.")
        sheet.set("grid", {name: value for name, value in grid.items() if value})


def update_spreadsheet(book: Spreadsheet, content: Json) -> None:
    mask = for_change(content.get("fields"), "SpreadsheetProperties")
    raw = content.get("properties", {})
    names = list(raw) if "*" in mask else list(mask)
    for name in names:
        match name:
            case "title":
                book.set("title", raw.get("title", ""))
            case "locale":
                book.set("locale", checked_locale(raw.get("locale", "")))
            case "timeZone":
                book.set("time_zone", checked_zone(raw.get("timeZone", "")))
            case "autoRecalc" | "iterativeCalculationSettings" | "importFunctionsExternalUrlAccessAllowed":
                book.set("properties", {**book.properties, name: raw.get(name)})
            case _:
                raise not_emulated(f"SpreadsheetProperties.{name}")


def checked_locale(name: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", name):
        raise RequestError(f"Unsupported locale: {name}")
    return name


def checked_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        if not re.fullmatch(r"[A-Z][A-Za-z_]+(/[A-Za-z_+\-0-9]+)+", name):
            raise RequestError(f"Invalid time zone: {name}") from None
    return name


HANDLERS = {
    "addSheet": add,
    "deleteSheet": remove,
    "duplicateSheet": duplicate,
    "updateSheetProperties": update,
    "updateSpreadsheetProperties": update_spreadsheet,
}
