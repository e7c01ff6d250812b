"""The tab itself, its grid and its titles; what is new goes to the right of everything that stands there."""

from __future__ import annotations

from collections.abc import Iterator

from ops.sheets_setup import texts
from ops.sheets_setup.place import NEW_ROWS, Place
from ops.sheets_setup.step import Step

_TITLE_STYLE = {"textFormat": {"bold": True}, "numberFormat": {"type": "TEXT", "pattern": "@"}}


def steps(place: Place) -> Iterator[Step]:
    if place.made:
        properties = {"sheetId": place.sheet.id, "title": place.tab.title}
        said = texts.tab_made(len(place.tab.columns))
        yield Step(said=said, requests=({"addSheet": {"properties": properties}},))
    yield from _grid(place)
    if place.added:
        said = "" if place.made else texts.columns_added(place.added)
        yield Step(said=said, requests=(_titles(place), *_widths(place)))
    if not place.sheet.frozen:
        yield Step(said="" if place.made else texts.FROZEN, requests=(_freeze(place),))
    if place.tab.rows and place.empty:
        yield Step(said=texts.first_rows(len(place.tab.rows)), requests=(_first_rows(place),))


def _grid(place: Place) -> Iterator[Step]:
    missing = {"COLUMNS": place.width - place.sheet.columns, "ROWS": NEW_ROWS - 1 if place.sheet.rows < 2 else 0}
    requests = tuple(
        {"appendDimension": {"sheetId": place.sheet.id, "dimension": dimension, "length": length}}
        for dimension, length in missing.items()
        if length > 0
    )
    if requests:
        yield Step(said="", requests=requests)


def _titles(place: Place) -> dict[str, object]:
    cells = [{"userEnteredValue": {"stringValue": title}, "userEnteredFormat": _TITLE_STYLE} for title in place.added]
    start = {"sheetId": place.sheet.id, "rowIndex": 0, "columnIndex": place.at[place.added[0]] - 1}
    fields = "userEnteredValue,userEnteredFormat.numberFormat,userEnteredFormat.textFormat.bold"
    return {"updateCells": {"start": start, "rows": [{"values": cells}], "fields": fields}}


def _widths(place: Place) -> Iterator[dict[str, object]]:
    for column in place.tab.columns:
        if column.width and column.title in place.added:
            index = place.at[column.title] - 1
            span = {"sheetId": place.sheet.id, "dimension": "COLUMNS", "startIndex": index, "endIndex": index + 1}
            properties = {"pixelSize": column.width}
            yield {"updateDimensionProperties": {"range": span, "properties": properties, "fields": "pixelSize"}}


def _freeze(place: Place) -> dict[str, object]:
    properties = {"sheetId": place.sheet.id, "gridProperties": {"frozenRowCount": 1}}
    return {"updateSheetProperties": {"properties": properties, "fields": "gridProperties.frozenRowCount"}}


def _first_rows(place: Place) -> dict[str, object]:
    wanted = [column.title for column in place.tab.columns]
    left = min(place.at.values())
    rows = []
    for row in place.tab.rows:
        by_column = {place.at[title]: value for title, value in zip(wanted, row, strict=True)}
        cells = [by_column.get(column) for column in range(left, place.width + 1)]
        rows.append({"values": [{"userEnteredValue": {"stringValue": cell}} if cell else {} for cell in cells]})
    start = {"sheetId": place.sheet.id, "rowIndex": 1, "columnIndex": left - 1}
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue"}}
