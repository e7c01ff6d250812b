"""A spreadsheet as `spreadsheets.get` answers it."""

from __future__ import annotations

from playground.sheets.celldata import as_json, tidy_rows
from playground.sheets.colours import default_format, theme
from playground.sheets.conditional_formats import boxes
from playground.sheets.masks import Mask, asks, below
from playground.sheets.metadata import Metadata, Places
from playground.sheets.metadata import as_json as metadata_json
from playground.sheets.model import Json, Row, Sheet, Spreadsheet
from playground.sheets.protection import may_edit
from playground.sheets.ranges import Box

Place = tuple[Sheet, Box]


def spreadsheet(book: Spreadsheet, places: list[Place] | None, *, grid: bool, mask: Mask | None = None) -> Json:
    """`places` narrows the answer to these rectangles; `grid` says whether cells are wanted."""
    answer: Json = {"spreadsheetId": book.spreadsheet_id, "properties": properties(book)}
    chosen = [sheet for sheet in book.sheets if places is None or any(sheet is other for other, _ in places)]
    if asks(mask, "sheets"):
        inner = below(mask, "sheets")
        anchors = Places()
        answer["sheets"] = [
            _sheet(
                sheet,
                None if places is None else [box for other, box in places if other is sheet],
                grid,
                inner,
                anchors,
            )
            for sheet in chosen
        ]
    if book.named:
        answer["namedRanges"] = list(book.named)
    answer["spreadsheetUrl"] = f"https://docs.google.com/spreadsheets/d/{book.spreadsheet_id}/edit"
    general = [entry for entry in book.metadata.values() if entry.kind == "SPREADSHEET"]
    if general:
        answer["developerMetadata"] = [metadata_json(entry, Places()) for entry in general]
    return answer


def properties(book: Spreadsheet) -> Json:
    return {
        "title": book.title,
        "locale": book.locale,
        "autoRecalc": "ON_CHANGE",
        "timeZone": book.time_zone,
        "defaultFormat": default_format(),
        "spreadsheetTheme": theme(),
        **book.properties,
    }


def sheet_properties(sheet: Sheet) -> Json:
    shown: Json = {
        "sheetId": sheet.sheet_id,
        "title": sheet.title,
        "index": next(index for index, other in enumerate(sheet.book.sheets) if other is sheet),
        "sheetType": "GRID",
        "gridProperties": {
            "rowCount": sheet.row_count,
            "columnCount": sheet.column_count,
            **{name: value for name, value in sheet.grid.items() if value},
        },
    }
    if sheet.hidden:
        shown["hidden"] = True
    if sheet.tab_color is not None:
        shown |= sheet.tab_color
    if sheet.right_to_left:
        shown["rightToLeft"] = True
    return shown


def _sheet(sheet: Sheet, boxes: list[Box] | None, grid: bool, mask: Mask | None, anchors: Places) -> Json:
    answer: Json = {"properties": sheet_properties(sheet)}
    if grid and asks(mask, "data"):
        inner = below(mask, "data")
        answer["data"] = [grid_data(sheet, box, inner, anchors) for box in boxes or [sheet.box]]
    merges = [box for box in sheet.merges if boxes is None or any(box.meets(other) for other in boxes)]
    listed: Json = {
        "merges": [box.on(sheet.sheet_id).json() for box in merges],
        "conditionalFormats": list(sheet.conditional),
        "filterViews": list(sheet.filter_views),
        "protectedRanges": [protected_json(sheet, raw) for raw in sheet.protected],
        "basicFilter": sheet.basic_filter,
        "bandedRanges": list(sheet.banding),
        "rowGroups": list(sheet.row_groups),
        "columnGroups": list(sheet.column_groups),
        "developerMetadata": [
            metadata_json(entry, anchors)
            for entry in sheet.book.metadata.values()
            if entry.sheet is sheet and entry.kind == "SHEET"
        ],
    }
    return answer | {name: value for name, value in listed.items() if value}


def protected_json(sheet: Sheet, raw: Json) -> Json:
    """A protected range for whoever asks."""
    shown = {name: value for name, value in raw.items() if name != "editors"}
    allowed = may_edit(sheet.book, raw)
    shown["requestingUserCanEdit"] = allowed
    if allowed and "editors" in raw:
        shown["editors"] = raw["editors"]
    return shown


def grid_data(sheet: Sheet, box: Box, mask: Mask | None, anchors: Places) -> Json:
    """A GridData; rows and cells with nothing in them are left out at the end."""
    data: Json = {}
    if box.top:
        data["startRow"] = box.top
    if box.left:
        data["startColumn"] = box.left
    if asks(mask, "rowData"):
        inner = below(mask, "rowData", "values")
        rows = tidy_rows([_row(sheet, index, box, inner) for index in range(box.top, _last(sheet, box, inner))])
        if rows:
            data["rowData"] = rows
    bound = _bound(sheet, anchors)
    if asks(mask, "rowMetadata"):
        untouched = Row()
        data["rowMetadata"] = [
            _row_properties(
                sheet.rows[index] if index < len(sheet.rows) else untouched, bound.get(("ROW", index), []), anchors
            )
            for index in range(box.top, box.bottom)
        ]
    if asks(mask, "columnMetadata"):
        data["columnMetadata"] = [
            _properties(sheet.columns[index], bound.get(("COLUMN", index), []), anchors)
            for index in range(box.left, box.right)
        ]
    return data


def _last(sheet: Sheet, box: Box, mask: Mask | None) -> int:
    """The row below which no cell of the rectangle shows anything."""
    if any(column.blank.format or column.blank.validation for column in sheet.columns[box.left : box.right]):
        return box.bottom
    coloured = asks(mask, "effectiveFormat") and any(
        area.meets(box) for rule in sheet.conditional for area in boxes(sheet, rule)
    )
    return box.bottom if coloured else min(box.bottom, len(sheet.rows))


def _row(sheet: Sheet, index: int, box: Box, mask: Mask | None) -> Json:
    values = [as_json(sheet, sheet.at(index, column), index, column, mask) for column in range(box.left, box.right)]
    values = tidy_rows(values)
    return {"values": values} if values else {}


def _bound(sheet: Sheet, anchors: Places) -> dict[tuple[str, int], list[Metadata]]:
    bound: dict[tuple[str, int], list[Metadata]] = {}
    for entry in sheet.book.metadata.values():
        if entry.sheet is sheet and (index := anchors.of(entry)) is not None:
            bound.setdefault((entry.kind, index), []).append(entry)
    return bound


def _row_properties(row: Row, entries: list[Metadata], anchors: Places) -> Json:
    shown = _properties(row, entries, anchors)
    if row.filtered:
        shown["hiddenByFilter"] = True
    return shown


def _properties(line: object, entries: list[Metadata], anchors: Places) -> Json:
    shown: Json = {"pixelSize": getattr(line, "pixel_size")}  # noqa: B009 - a row or a column
    if getattr(line, "hidden"):  # noqa: B009
        shown["hiddenByUser"] = True
    if entries:
        shown["developerMetadata"] = [metadata_json(entry, anchors) for entry in entries]
    return shown
