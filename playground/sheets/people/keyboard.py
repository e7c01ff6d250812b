"""Typing into cells and emptying them; the trigger fires afterwards."""

from __future__ import annotations

from playground.sheets import display
from playground.sheets.errors import invalid
from playground.sheets.model import Sheet, Spreadsheet
from playground.sheets.people import places
from playground.sheets.people.edits import EditEvent
from playground.sheets.people.places import Body, Done
from playground.sheets.ranges import Box
from playground.sheets.structure import grow
from playground.sheets.workbook import check_validation
from playground.sheets.writing import clear_values, put_typed

DEFAULT_USER = "specialist@playground.example"


def user(body: Body) -> str:
    return str(body.get("user") or DEFAULT_USER)


def edit(book: Spreadsheet, body: Body) -> Done:
    """`values` extend from the first cell of `range`; "" clears, null leaves a cell as it is; the grid grows."""
    places.only(body, "range", "sheet", "values", "trigger")
    sheet, area = places.area(book, body)
    values = _rows(body)
    top, left = area.top or 0, area.left or 0
    height, width = len(values), max(len(line) for line in values)
    grow(sheet, rows=top + height - sheet.row_count, columns=left + width - sheet.column_count)
    single = height == width == 1
    old = display.shown(sheet, sheet.at(top, left), top, left) if single else ""
    for r, line in enumerate(values, top):
        for c, value in enumerate(line, left):
            if value is not None:
                put_typed(sheet, r, c, value)
                check_validation(sheet, r, c)
    box = Box(top, top + height, left, left + max(width, 1))
    new = display.shown(sheet, sheet.at(top, left), top, left) if single else ""
    event = fired(sheet, box, body, value=new or None, old_value=old or None)
    return Done(answer={"range": sheet.written(box)}, event=event, told={"range": sheet.written(box)})


def fired(
    sheet: Sheet, box: Box, body: Body, *, value: str | None = None, old_value: str | None = None
) -> EditEvent | None:
    """The event of an edit, None when the call asks for silence."""
    if body.get("trigger") is False:
        return None
    return EditEvent(
        spreadsheet_id=sheet.book.spreadsheet_id,
        title=sheet.title,
        row=box.top + 1,
        column=box.left + 1,
        rows=box.height,
        columns=box.width,
        user=user(body),
        value=value,
        old_value=old_value,
    )


def _rows(body: Body) -> list[list[object]]:
    values = body.get("values")
    if isinstance(values, str | int | float | bool):
        values = [[values]]
    good = isinstance(values, list) and values and all(isinstance(line, list) and line for line in values)
    if not good or any(isinstance(value, dict | list) for line in values or [] for value in line):
        raise invalid(f"values: a list of rows is needed, got {values!r}")
    return values  # type: ignore[return-value]


def clear(book: Spreadsheet, body: Body) -> Done:
    """The Delete key: values go, formats stay."""
    places.only(body, "range", "sheet", "trigger")
    sheet, box = places.box(book, body)
    single = box.height == box.width == 1
    old = display.shown(sheet, sheet.at(box.top, box.left), box.top, box.left) if single else ""
    clear_values(sheet, box)
    written = sheet.written(box)
    return Done(
        answer={"range": written}, event=fired(sheet, box, body, old_value=old or None), told={"range": written}
    )
