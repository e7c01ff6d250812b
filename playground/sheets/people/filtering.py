"""The basic filter as a person sets it: some values of a column shown or hidden."""

from __future__ import annotations

from playground.sheets import display
from playground.sheets.batch.filters import clear_basic, set_basic
from playground.sheets.errors import invalid
from playground.sheets.model import Json, Sheet, Spreadsheet
from playground.sheets.people import places
from playground.sheets.people.places import Body, Done
from playground.sheets.ranges import Box


def filter_rows(book: Spreadsheet, body: Body) -> Done:
    """`column` with `show` or `hide` (lists of shown values); `clear` takes the filter away."""
    places.only(body, "sheet", "range", "column", "show", "hide", "clear")
    sheet = places.tab(book, body)
    if body.get("clear"):
        clear_basic(book, {"sheetId": sheet.sheet_id})
        return Done(answer={"hidden": []}, told={"sheet": sheet.title})
    box = places.box(book, body)[1] if "range" in body else _data(sheet)
    column = places.column(sheet, body.get("column"))
    hidden = _hidden(sheet, box, column, body)
    raw: Json = {"range": box.on(sheet.sheet_id).json(), "criteria": {str(column): {"hiddenValues": hidden}}}
    set_basic(book, {"filter": raw})
    rows = [index + 1 for index, row in enumerate(sheet.rows) if row.filtered]
    return Done(answer={"hidden": rows}, told={"sheet": sheet.title, "hidden": len(rows)})


def _data(sheet: Sheet) -> Box:
    return Box(0, max(sheet.last_row(), 1), 0, max(sheet.last_column(), 1))


def _hidden(sheet: Sheet, box: Box, column: int, body: Body) -> list[str]:
    for name in ("show", "hide"):
        if name in body and not isinstance(body[name], list):
            raise invalid(f"{name}: a list of values is needed, got {body[name]!r}")
    if "hide" in body:
        return [str(value) for value in body["hide"]]
    if "show" not in body:
        raise invalid("show or hide is needed")
    present = {
        display.shown(sheet, sheet.at(row, column), row, column)
        for row in range(box.top + 1, min(box.bottom, len(sheet.rows)))
    }
    return sorted(present - {str(value) for value in body["show"]})
