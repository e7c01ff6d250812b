"""Conditional formatting: rules in order, the first that holds wins."""

from __future__ import annotations

from playground.sheets import condition_shape
from playground.sheets.colours import normal
from playground.sheets.errors import RequestError
from playground.sheets.model import Json, Sheet, Spreadsheet


def add(book: Spreadsheet, content: Json) -> None:
    sheet, rule = _checked(book, content.get("rule", {}))
    index = content.get("index", 0)
    if not 0 <= index <= len(sheet.conditional):
        raise RequestError(f"index[{index}] is out of bounds: the sheet has {len(sheet.conditional)} rules")
    sheet.set("conditional", (*sheet.conditional[:index], rule, *sheet.conditional[index:]))


def _checked(book: Spreadsheet, raw: Json) -> tuple[Sheet, Json]:
    ranges = raw.get("ranges", [])
    if not ranges:
        raise RequestError("A conditional format rule must have at least one range.")
    sheets = [book.box(one)[0] for one in ranges]
    if any(sheet is not sheets[0] for sheet in sheets):
        raise RequestError("All ranges of a conditional format rule must be on the same sheet.")
    if "booleanRule" in raw:
        if "condition" not in raw["booleanRule"]:
            raise RequestError("A boolean rule must have a condition.")
        condition_shape.check(raw["booleanRule"]["condition"], validation=False)
    elif "gradientRule" not in raw:
        raise RequestError("A conditional format rule must have a boolean rule or a gradient rule.")
    return sheets[0], {**normal(raw), "ranges": [book.cut(one) for one in ranges]}


def _at(sheet: Sheet, content: Json) -> int:
    index: int = content.get("index", 0)
    if not 0 <= index < len(sheet.conditional):
        raise RequestError(f"No conditional format on sheet: {sheet.sheet_id} at index: {index}")
    return index


def update(book: Spreadsheet, content: Json) -> Json:
    if "rule" in content:
        sheet, rule = _checked(book, content["rule"])
        index = _at(sheet, content)
        old = sheet.conditional[index]
        sheet.set("conditional", (*sheet.conditional[:index], rule, *sheet.conditional[index + 1 :]))
        return _places({"newRule": rule, "oldRule": old}, index, index)
    sheet = book.sheet(content.get("sheetId", 0))
    index = _at(sheet, content)
    rule = sheet.conditional[index]
    rest = [*sheet.conditional[:index], *sheet.conditional[index + 1 :]]
    new = content.get("newIndex", 0)
    if not 0 <= new <= len(rest):
        raise RequestError(f"newIndex[{new}] is out of bounds: the sheet has {len(sheet.conditional)} rules")
    sheet.set("conditional", (*rest[:new], rule, *rest[new:]))
    return _places({"newRule": rule}, index, new)


def _places(reply: Json, old: int, new: int) -> Json:
    return reply | {name: place for name, place in (("oldIndex", old), ("newIndex", new)) if place}


def delete(book: Spreadsheet, content: Json) -> Json:
    sheet = book.sheet(content.get("sheetId", 0))
    index = _at(sheet, content)
    rule = sheet.conditional[index]
    sheet.set("conditional", sheet.conditional[:index] + sheet.conditional[index + 1 :])
    return {"rule": rule}


HANDLERS = {
    "addConditionalFormatRule": add,
    "updateConditionalFormatRule": update,
    "deleteConditionalFormatRule": delete,
}
