"""The `spreadsheets.values.*` methods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.sheets import addresses
from playground.sheets.data_filters import filtered, location_of
from playground.sheets.errors import ApiError, RequestError, invalid
from playground.sheets.model import Json, Spreadsheet
from playground.sheets.ranges import Box
from playground.sheets.reading import Rendering, value_range
from playground.sheets.structure import grow, insert
from playground.sheets.tables import last_table
from playground.sheets.writing import Written, by_rows, clear_values, write


def get(book: Spreadsheet, path: Json, query: Json, _body: Json) -> Json:
    sheet, box = addresses.found(book, path["range"])
    return value_range(sheet, box, Rendering.of(query))


def batch_get(book: Spreadsheet, _path: Json, query: Json, _body: Json) -> Json:
    rendering = Rendering.of(query)
    found = [addresses.found(book, text) for text in query.get("ranges", [])]
    matched = [value_range(sheet, box, rendering) for sheet, box in found]
    return {"spreadsheetId": book.spreadsheet_id, **({"valueRanges": matched} if matched else {})}


def batch_get_by_data_filter(book: Spreadsheet, _path: Json, _query: Json, body: Json) -> Json:
    rendering = Rendering.of(body)
    matched: list[Json] = []
    for place, filters in filtered(book, body.get("dataFilters", [])):
        matched.append({"valueRange": value_range(*place, rendering), "dataFilters": filters})
    return {"spreadsheetId": book.spreadsheet_id, **({"valueRanges": matched} if matched else {})}


def update(book: Spreadsheet, path: Json, query: Json, body: Json) -> Json:
    entered = _entered(query)
    written = _update(book, path["range"], body, entered)
    return _answer(written, query)


def batch_update(book: Spreadsheet, _path: Json, _query: Json, body: Json) -> Json:
    entered = _entered(body)
    written: list[Written] = []
    for index, data in enumerate(body.get("data", [])):
        try:
            written.append(_update(book, data.get("range", ""), data, entered))
        except (ApiError, RequestError) as error:
            raise invalid(f"Invalid data[{index}]: {_message(error)}") from None
    responses = [_answer(one, body) for one in written]
    return {"spreadsheetId": book.spreadsheet_id, **_totals(written), **({"responses": responses} if responses else {})}


def batch_update_by_data_filter(book: Spreadsheet, _path: Json, _query: Json, body: Json) -> Json:
    entered = _entered(body)
    written: list[Written] = []
    responses: list[Json] = []
    for index, data in enumerate(body.get("data", [])):
        try:
            rows = by_rows(data.get("values", []), data.get("majorDimension"))
            places = location_of(book, data.get("dataFilter", {}))
            for sheet, box in places:
                one = write(sheet, box, rows, entered=entered, open_end=False)
                written.append(one)
                responses.append({**_answer(one, body), "dataFilter": data["dataFilter"]})
        except (ApiError, RequestError) as error:
            raise invalid(f"Invalid data[{index}]: {_message(error)}") from None
    for response in responses:
        response.pop("spreadsheetId", None)
    return {"spreadsheetId": book.spreadsheet_id, **_totals(written), **({"responses": responses} if responses else {})}


def append(book: Spreadsheet, path: Json, query: Json, body: Json) -> Json:
    entered = _entered(query)
    sheet, box = addresses.found(book, body.get("range") or path["range"])
    rows = by_rows(body.get("values", []), body.get("majorDimension"))
    table = last_table(sheet, box)
    top, left = (table.bottom, table.left) if table else (box.top, box.left)
    height, width = len(rows), max((len(row) for row in rows), default=0)
    if query.get("insertDataOption") == "INSERT_ROWS" and table is not None and height:
        insert(sheet, "ROWS", top, height, inherit_from_before=True)
    grow(sheet, rows=top + max(height, 1) - sheet.row_count, columns=left + width - sheet.column_count)
    target = Box(top, top + max(height, 1), left, left + max(width, 1))
    written = write(sheet, target, rows, entered=entered, open_end=False)
    answer: Json = {"spreadsheetId": book.spreadsheet_id}
    if table is not None:
        answer["tableRange"] = sheet.written(table)
    return {**answer, "updates": _answer(written, query)}


def clear(book: Spreadsheet, path: Json, _query: Json, _body: Json) -> Json:
    sheet, box = addresses.found(book, path["range"])
    clear_values(sheet, box)
    return {"spreadsheetId": book.spreadsheet_id, "clearedRange": sheet.written(box)}


def batch_clear(book: Spreadsheet, _path: Json, _query: Json, body: Json) -> Json:
    found = [addresses.found(book, text) for text in body.get("ranges", [])]
    for sheet, box in found:
        clear_values(sheet, box)
    cleared = [sheet.written(box) for sheet, box in found]
    return {"spreadsheetId": book.spreadsheet_id, **({"clearedRanges": cleared} if cleared else {})}


def batch_clear_by_data_filter(book: Spreadsheet, _path: Json, _query: Json, body: Json) -> Json:
    cleared: list[str] = []
    for (sheet, box), _ in filtered(book, body.get("dataFilters", [])):
        clear_values(sheet, box)
        cleared.append(sheet.written(box))
    return {"spreadsheetId": book.spreadsheet_id, **({"clearedRanges": cleared} if cleared else {})}


def _entered(options: Json) -> bool:
    option = options.get("valueInputOption")
    if option in (None, "INPUT_VALUE_OPTION_UNSPECIFIED"):
        raise invalid("'valueInputOption' is required but not specified")
    return bool(option == "USER_ENTERED")


def _update(book: Spreadsheet, text: str, data: Json, entered: bool) -> Written:
    named = data.get("range")
    if named and named != text and addresses.to_write(book, named)[:2] != addresses.to_write(book, text)[:2]:
        raise invalid(f"Requested writing within range [{text}], but the body says range [{named}]")
    sheet, box, open_end = addresses.to_write(book, text)
    rows = by_rows(data.get("values", []), data.get("majorDimension"))
    return write(sheet, box, rows, entered=entered, open_end=open_end)


def _answer(written: Written, options: Json) -> Json:
    answer = written.json()
    if options.get("includeValuesInResponse"):
        answer["updatedData"] = value_range(written.sheet, written.box, Rendering.of(options, prefix="response"))
    return answer


def _totals(written: list[Written]) -> Json:
    sheets = {one.sheet.sheet_id for one in written}
    rows = {(one.sheet.sheet_id, row) for one in written for row in one.rows}
    columns = {(one.sheet.sheet_id, column) for one in written for column in one.columns}
    counts = {
        "totalUpdatedRows": len(rows),
        "totalUpdatedColumns": len(columns),
        "totalUpdatedCells": sum(one.cells for one in written),
        "totalUpdatedSheets": len(sheets),
    }
    return {name: count for name, count in counts.items() if count}


def _message(error: ApiError | RequestError) -> str:
    return error.message if isinstance(error, ApiError) else str(error)


Handler = Callable[[Spreadsheet, Json, Json, Json], Any]
READS: dict[str, Handler] = {
    "spreadsheets.values.get": get,
    "spreadsheets.values.batchGet": batch_get,
    "spreadsheets.values.batchGetByDataFilter": batch_get_by_data_filter,
}
WRITES: dict[str, Handler] = {
    "spreadsheets.values.update": update,
    "spreadsheets.values.batchUpdate": batch_update,
    "spreadsheets.values.batchUpdateByDataFilter": batch_update_by_data_filter,
    "spreadsheets.values.append": append,
    "spreadsheets.values.clear": clear,
    "spreadsheets.values.batchClear": batch_clear,
    "spreadsheets.values.batchClearByDataFilter": batch_clear_by_data_filter,
}
