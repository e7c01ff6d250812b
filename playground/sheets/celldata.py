"""One cell as the API's CellData, and back."""

from __future__ import annotations

import re
from typing import Any

from playground.sheets import display
from playground.sheets.bodies import not_emulated
from playground.sheets.colours import default_format, drawn, normal
from playground.sheets.conditional_formats import format_at, layered
from playground.sheets.entered import ERRORS
from playground.sheets.errors import RequestError
from playground.sheets.formulas.grammar import shown_formula, stored_formula
from playground.sheets.locales import locale
from playground.sheets.masks import Mask, asks, changed
from playground.sheets.model import Cell, ErrorValue, Formula, Json, Scalar, Sheet, Value
from playground.sheets.writing import checked

WRITABLE = ("userEnteredValue", "userEnteredFormat", "note", "dataValidation", "textFormatRuns")
READ_ONLY = {"effectiveValue", "formattedValue", "effectiveFormat", "hyperlink"}
_LINK = re.compile(r"https?://\S+")
_HYPERLINK = re.compile(r'=HYPERLINK\(\s*"([^"]*)"', re.IGNORECASE)


def extended(value: Scalar) -> Json:
    """A computed value as ExtendedValue."""
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int | float):
        return {"numberValue": value}
    if isinstance(value, ErrorValue):
        return {"errorValue": {"type": value.kind, **({"message": value.message} if value.message else {})}}
    return {"stringValue": value}


def as_json(sheet: Sheet, cell: Cell, row: int, column: int, mask: Mask | None) -> Json:
    """The CellData of a cell; what the mask does not ask for is not computed."""
    data: Json = {}
    if cell.value is not None:
        _add_values(data, sheet, cell, row, column, mask)
    if cell.format:
        data["userEnteredFormat"] = cell.format
    if asks(mask, "effectiveFormat"):
        by_rules = format_at(sheet, row, column) if sheet.conditional else {}
        if cell.format or cell.value is not None or by_rules:
            data["effectiveFormat"] = layered(_effective_format(sheet, cell, row, column), by_rules)
    if cell.note:
        data["note"] = cell.note
    if cell.runs:
        data["textFormatRuns"] = list(cell.runs)
    if cell.validation:
        data["dataValidation"] = cell.validation
    return data


def _add_values(data: Json, sheet: Sheet, cell: Cell, row: int, column: int, mask: Mask | None) -> None:
    if isinstance(cell.value, Formula):
        data["userEnteredValue"] = {"formulaValue": shown_formula(cell.value.text, locale(sheet.book.locale))}
    else:
        data["userEnteredValue"] = extended(cell.value)
    if asks(mask, "effectiveValue"):
        data["effectiveValue"] = extended(display.effective(sheet, cell, row, column))
    if asks(mask, "formattedValue"):
        data["formattedValue"] = display.shown(sheet, cell, row, column)
    link = _link(cell.value)
    if link:
        data["hyperlink"] = link


def _link(value: Value) -> str | None:
    if isinstance(value, Formula):
        found = _HYPERLINK.match(value.text)
        return found.group(1) if found else None
    return value if isinstance(value, str) and _LINK.fullmatch(value) else None


def _effective_format(sheet: Sheet, cell: Cell, row: int, column: int) -> Json:
    base = default_format()
    base["textFormat"]["fontFamily"] = "Arial"
    base["hyperlinkDisplayType"] = "LINKED" if _link(cell.value) else "PLAIN_TEXT"
    value = display.effective(sheet, cell, row, column)
    if value is not None:
        centred = isinstance(value, bool | ErrorValue)
        base["horizontalAlignment"] = "CENTER" if centred else "LEFT" if isinstance(value, str) else "RIGHT"
    return layered(base, cell.format or {})


def updated(sheet: Sheet, cell: Cell, data: Json, mask: Mask) -> Cell:
    """The cell with the masked fields taken from a CellData; absent ones are cleared."""
    if not mask or "*" in mask:
        mask = {name: {} for name in WRITABLE}
    for name in mask:
        if name in READ_ONLY:
            continue
        if name not in WRITABLE:
            raise not_emulated(f"CellData.{name}")
    if "userEnteredValue" in mask:
        cell = Cell(_value(sheet, data.get("userEnteredValue", {})), cell.format, cell.note, cell.validation)
    if "userEnteredFormat" in mask:
        wanted = normal(data.get("userEnteredFormat", {}))
        new = changed(cell.format or {}, wanted, _both_spellings(mask["userEnteredFormat"]))
        if "borders" in new:
            new = {**new, "borders": drawn(new["borders"])}
        cell = cell._replace(format=new)
    if "note" in mask:
        cell = cell._replace(note=data.get("note") or None)
    if "dataValidation" in mask:
        cell = cell._replace(validation=data.get("dataValidation"))
    if "textFormatRuns" in mask:
        runs = tuple(normal(run) for run in data.get("textFormatRuns", []))
        cell = cell._replace(runs=runs or None)
    return cell


def _both_spellings(mask: Mask) -> Mask:
    """A mask that names a colour names its style too."""
    result: Mask = {}
    for name, inner in mask.items():
        if name.endswith(("Color", "ColorStyle")) or name in {"color", "colorStyle"}:
            plain = name.removesuffix("Style")
            result |= {plain: {}, f"{plain}Style": {}}
        else:
            result[name] = _both_spellings(inner)
    return result


def _value(sheet: Sheet, raw: Json) -> Value:
    if "stringValue" in raw:
        return checked(raw["stringValue"]) or None
    if "numberValue" in raw:
        number: float = raw["numberValue"]
        return int(number) if number == int(number) and abs(number) < 1e15 else number
    if "boolValue" in raw:
        return bool(raw["boolValue"])
    if "formulaValue" in raw:
        text: str = checked(raw["formulaValue"])
        if not text.startswith("="):
            raise RequestError(f"Formula must start with '=': {text}")
        return Formula(stored_formula(text, locale(sheet.book.locale)))
    if "errorValue" in raw:
        kind = raw["errorValue"].get("type", "ERROR")
        shown = next((text for text, name in ERRORS.items() if name == kind), "#ERROR!")
        return ErrorValue(kind, shown, raw["errorValue"].get("message", ""))
    return None


def tidy_rows(rows: list[Any]) -> list[Any]:
    """Without the empty messages at the end."""
    while rows and not rows[-1]:
        rows.pop()
    return rows
