"""Properties of tabs and of the spreadsheet."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from playground.sheets.bodies import not_emulated
from playground.sheets.colours import normal
from playground.sheets.errors import RequestError
from playground.sheets.formulas.references import renamed
from playground.sheets.locales import LANGUAGES
from playground.sheets.masks import Mask, for_change
from playground.sheets.model import Formula, Json, Sheet, Spreadsheet
from playground.sheets.structure import delete, grow

GRID_FLAGS = {
    "frozenRowCount",
    "frozenColumnCount",
    "hideGridlines",
    "rowGroupControlAfter",
    "columnGroupControlAfter",
}


def check_title(book: Spreadsheet, title: str, but: Sheet | None = None) -> None:
    if len(title) > 100:
        raise RequestError("Sheet titles can't be longer than 100 characters.")
    known = book.titled(title)
    if known is not None and known is not but:
        raise RequestError(f'A sheet with the name "{title}" already exists. Please enter another name.')


def update(book: Spreadsheet, content: Json) -> None:
    mask = for_change(content.get("fields"), "SheetProperties")
    raw = content.get("properties", {})
    sheet = book.sheet(raw.get("sheetId", 0))
    if "*" in mask:
        mask = {"title": {}, "index": {}, "hidden": {}, "rightToLeft": {}, "tabColor": {}, "gridProperties": {}}
    apply(sheet, raw, mask)


def apply(sheet: Sheet, raw: Json, mask: Mask) -> None:
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
                sheet.set("tab_color", normal(given) or None)
            case "gridProperties":
                grid = raw.get("gridProperties", {})
                apply_grid(sheet, grid, inner if inner and "*" not in inner else {key: {} for key in grid})
            case "sheetId" | "sheetType":
                continue
            case _:
                raise not_emulated(f"SheetProperties.{name}")


def _rename(sheet: Sheet, title: str) -> None:
    if not title:
        raise RequestError("Sheet title can't be empty.")
    check_title(sheet.book, title, but=sheet)
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


def apply_grid(sheet: Sheet, raw: Json, mask: Mask) -> None:
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
    flags = {name: raw.get(name) for name in mask if name in GRID_FLAGS}
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
    if not re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", name) or name.partition("_")[0] not in LANGUAGES:
        raise RequestError(f"Unsupported locale: {name}")
    return name


def checked_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        if not re.fullmatch(r"GMT[+-](0\d|1[0-4]):[0-5]\d", name):
            raise RequestError(f"Invalid time zone: {name}") from None
    return name


HANDLERS = {"updateSheetProperties": update, "updateSpreadsheetProperties": update_spreadsheet}
