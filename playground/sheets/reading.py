"""Values of a rectangle, as `values.get` renders them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playground.sheets import display
from playground.sheets.model import Cell, Json, Sheet
from playground.sheets.ranges import Box

Rendered = str | int | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """The render options of a call."""

    value: str = "FORMATTED_VALUE"
    date_time: str = "SERIAL_NUMBER"
    dimension: str = "ROWS"

    @classmethod
    def of(cls, options: Json, prefix: str = "") -> Rendering:
        def option(name: str, default: str) -> str:
            key = prefix + name[0].upper() + name[1:] if prefix else name
            return str(options.get(key) or default)

        dimension = str(options.get("majorDimension") or "ROWS")
        return cls(
            value=option("valueRenderOption", "FORMATTED_VALUE"),
            date_time=option("dateTimeRenderOption", "SERIAL_NUMBER"),
            dimension="COLUMNS" if dimension == "COLUMNS" else "ROWS",
        )


def value_range(sheet: Sheet, box: Box, rendering: Rendering) -> Json:
    """A ValueRange; empty rows and cells at the end are left out."""
    answer: Json = {"range": sheet.written(box), "majorDimension": rendering.dimension}
    rows = rendered(sheet, box, rendering)
    if rendering.dimension == "COLUMNS":
        rows = _turned(rows)
    if rows:
        answer["values"] = rows
    return answer


def rendered(sheet: Sheet, box: Box, rendering: Rendering) -> list[list[Rendered]]:
    render = _renderer(sheet, rendering)
    rows = [_row(sheet, index, box, render) for index in range(box.top, min(box.bottom, len(sheet.rows)))]
    while rows and not rows[-1]:
        rows.pop()
    return rows


Render = Callable[[Cell, int, int], Rendered]


def _row(sheet: Sheet, index: int, box: Box, render: Render) -> list[Rendered]:
    cells = sheet.rows[index].cells
    row: list[Rendered] = []
    for column in range(box.left, min(box.right, len(cells))):
        cell = cells[column]
        if cell is None or cell.value is None:
            row.append("")
        elif cell.format is None and type(cell.value) is str:
            row.append(cell.value)
        else:
            row.append(render(cell, index, column))
    while row and row[-1] == "" and type(row[-1]) is str:
        row.pop()
    return row


def _renderer(sheet: Sheet, rendering: Rendering) -> Render:
    dates_as_text = rendering.date_time == "FORMATTED_STRING"
    match rendering.value:
        case "UNFORMATTED_VALUE":
            return lambda cell, row, column: display.unformatted(sheet, cell, row, column, dates_as_text=dates_as_text)
        case "FORMULA":
            return lambda cell, row, column: display.written(sheet, cell, row, column, dates_as_text=dates_as_text)
        case _:
            return lambda cell, row, column: display.shown(sheet, cell, row, column)


def _turned(rows: list[list[Rendered]]) -> list[list[Rendered]]:
    width = max((len(row) for row in rows), default=0)
    columns: list[list[Rendered]] = []
    for column in range(width):
        values: list[Rendered] = [row[column] if column < len(row) else "" for row in rows]
        while values and values[-1] == "" and type(values[-1]) is str:
            values.pop()
        columns.append(values)
    return columns
