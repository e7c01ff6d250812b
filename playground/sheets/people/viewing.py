"""What a person sees."""

from __future__ import annotations

from playground.sheets import display
from playground.sheets.batch.filters import visible
from playground.sheets.colours import to_hex
from playground.sheets.conditional_formats import row_background
from playground.sheets.model import Json, Sheet, Spreadsheet
from playground.sheets.people import places
from playground.sheets.people.places import Body, Done


def view(book: Spreadsheet, body: Body) -> Done:
    """Header, rows down to the last one with content, and the filter views with the rows they show, in their order.

    Values are as shown, from column A, hidden columns and rows hidden by a filter included; `hidden_columns` counts
    from 0. `colour` is what conditional formatting gives the row, `#rrggbb` or null: its first coloured cell's.
    """
    places.only(body, "sheet")
    sheet = places.tab(book, body)
    width, height = sheet.last_column(), sheet.last_row()
    rows = [_row(sheet, index, width) for index in range(1, height)]
    answer: Json = {
        "header": _values(sheet, 0, width) if height else [],
        "hidden_columns": [index for index in range(width) if sheet.columns[index].hidden],
        "rows": rows,
        "views": [_view(sheet, raw) for raw in sheet.filter_views],
    }
    return Done(answer=answer, told={"sheet": sheet.title}, undoable=False)


def _values(sheet: Sheet, row: int, width: int) -> list[str]:
    return [display.shown(sheet, sheet.at(row, column), row, column) for column in range(width)]


def _row(sheet: Sheet, index: int, width: int) -> Json:
    return {
        "row": index + 1,
        "values": _values(sheet, index, width),
        "colour": _colour(sheet, index, width),
        "hidden": index < len(sheet.rows) and (sheet.rows[index].filtered or sheet.rows[index].hidden),
    }


def _colour(sheet: Sheet, row: int, width: int) -> str | None:
    colour = row_background(sheet, row, width)
    return None if colour is None else to_hex(colour)


def _view(sheet: Sheet, raw: Json) -> Json:
    _, box = sheet.book.box(raw["range"])
    return {
        "title": raw.get("title", ""),
        "range": sheet.written(box),
        "rows": [row + 1 for row in visible(sheet, raw) if row < sheet.last_row()],
    }
