"""What the cells of a column lack: text format, a drop-down list, clipping. A cell that has its own keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ops.sheets_setup import texts
from ops.sheets_setup.place import Place
from ops.sheets_setup.step import Request, Step, rows_of, runs
from ops.sheets_setup.there import Json
from ops.sheets_setup.wanted import Column

DEFAULT_HEIGHT = 21
_TEXT = {"numberFormat": {"type": "TEXT", "pattern": "@"}}
_CLIPPED = {"wrapStrategy": "CLIP", "verticalAlignment": "TOP"}


def steps(place: Place) -> Iterator[Step]:
    yield from _step(place, texts.as_text, lambda column: _text(place, column) if column.text else ())
    yield from _step(place, texts.choices, lambda column: _choices(place, column) if column.choices else ())
    yield from _step(place, texts.clipped, lambda column: _clipped(place, column) if column.clipped else ())
    if heights := tuple(_heights(place)):
        yield Step(said=texts.ROW_HEIGHT, requests=heights)


def _step(
    place: Place, said: Callable[[list[str]], str], of_column: Callable[[Column], Iterator[Request] | tuple[()]]
) -> Iterator[Step]:
    found = {column.title: tuple(of_column(column)) for column in place.tab.columns}
    titles = [title for title, requests in found.items() if requests]
    if titles:
        yield Step(said=said(titles), requests=tuple(request for requests in found.values() for request in requests))


def _text(place: Place, column: Column) -> Iterator[Request]:
    """A formula is left alone too: under text format it would not be computed after its next edit."""
    fields = "userEnteredFormat.numberFormat"
    lacking = lambda cell: "numberFormat" not in _format(cell) and not _is_formula(cell)  # noqa: E731
    for cells in _lacking(place, column, lacking):
        yield {"repeatCell": {"range": cells, "cell": {"userEnteredFormat": _TEXT}, "fields": fields}}


def _clipped(place: Place, column: Column) -> Iterator[Request]:
    fields = "userEnteredFormat.wrapStrategy,userEnteredFormat.verticalAlignment"
    for cells in _lacking(place, column, lambda cell: "wrapStrategy" not in _format(cell)):
        yield {"repeatCell": {"range": cells, "cell": {"userEnteredFormat": _CLIPPED}, "fields": fields}}


def _choices(place: Place, column: Column) -> Iterator[Request]:
    """Not strict: a value that is not in the list gets a warning mark, and no write of the bot is ever refused."""
    condition = {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": choice} for choice in column.choices]}
    rule = {"condition": condition, "strict": False, "showCustomUi": True}
    if any(_rule(cell) not in ({}, condition) for cell in _column(place, column)):
        return
    for cells in _lacking(place, column, lambda cell: not _rule(cell)):
        yield {"setDataValidation": {"range": cells, "rule": rule, "filteredRowsIncluded": True}}


def _heights(place: Place) -> Iterator[Request]:
    if not place.tab.row_height:
        return
    lacking = (height <= DEFAULT_HEIGHT for height in place.cells.heights)
    for start, end in runs(lacking, place.rows):
        span = {"sheetId": place.sheet.id, "dimension": "ROWS", "startIndex": start}
        span |= {} if end is None else {"endIndex": end}
        properties = {"pixelSize": place.tab.row_height}
        yield {"updateDimensionProperties": {"range": span, "properties": properties, "fields": "pixelSize"}}


def _lacking(place: Place, column: Column, lacks: Callable[[Json], bool]) -> Iterator[dict[str, int]]:
    for start, end in runs(map(lacks, _column(place, column)), place.rows):
        yield rows_of(place.sheet.id, place.at[column.title], start, end)


def _column(place: Place, column: Column) -> list[Json]:
    return [] if column.title in place.added else place.cells.column(place.at[column.title] - 1)


def _format(cell: Json) -> Json:
    found: Json = cell.get("userEnteredFormat", {})
    return found


def _is_formula(cell: Json) -> bool:
    return "formulaValue" in cell.get("userEnteredValue", {})


def _rule(cell: Json) -> Json:
    found: Json = cell.get("dataValidation", {}).get("condition", {})
    return found
