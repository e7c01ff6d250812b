"""A tab replaced by what another system exports."""

from __future__ import annotations

from playground.sheets.errors import invalid
from playground.sheets.model import Spreadsheet
from playground.sheets.people import places
from playground.sheets.people.places import Body, Done
from playground.sheets.structure import grow
from playground.sheets.writing import clear_values, put_raw, put_typed


def replace_tab(book: Spreadsheet, body: Body) -> Done:
    """All values of `sheet` give way to `values`, the header first; formats stay. As an import does, texts are parsed
    as if typed, unless `raw`. No trigger fires."""
    places.only(body, "sheet", "values", "raw")
    sheet = places.tab(book, body)
    values = body.get("values")
    if not isinstance(values, list) or not all(isinstance(line, list) for line in values):
        raise invalid(f"values: a list of rows is needed, got {values!r}")
    clear_values(sheet, sheet.box)
    width = max((len(line) for line in values), default=0)
    grow(sheet, rows=len(values) - sheet.row_count, columns=width - sheet.column_count)
    put = put_raw if body.get("raw") else put_typed
    for row, line in enumerate(values):
        for column, value in enumerate(line):
            if value not in (None, ""):
                put(sheet, row, column, value)
    return Done(answer={"rows": len(values)}, told={"sheet": sheet.title, "rows": len(values)})
