"""One call of the Sheets API, from its path and body to its answer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from playground.sheets import addresses, rendering, values
from playground.sheets.batch import batch_update
from playground.sheets.batch.properties import update_spreadsheet
from playground.sheets.batch.sheets import copied_sheet, copy_title, insert_sheet
from playground.sheets.bodies import body_of, not_emulated, query_of
from playground.sheets.data_filters import Place, entries, filtered
from playground.sheets.discovery import Method
from playground.sheets.errors import ApiError, RequestError, bad_request, invalid
from playground.sheets.library import Library
from playground.sheets.masks import Mask, asks, for_answer, shown
from playground.sheets.metadata import Places, as_json
from playground.sheets.model import Json, Spreadsheet

_POST_READS = {
    "spreadsheets.getByDataFilter",
    "spreadsheets.developerMetadata.search",
    "spreadsheets.values.batchGetByDataFilter",
}


def is_read(method: Method) -> bool:
    return method.verb == "GET" or method.name in _POST_READS


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call whose sender is known and whose quota is taken."""

    method: Method
    path: dict[str, str]
    query: Sequence[tuple[str, str]]
    body: bytes
    account: str


def answered(library: Library, call: Call, *, guard_skips_filtered_rows: bool = False) -> Json:
    """The answer's JSON. ApiError otherwise, and nothing is changed then."""
    query = query_of(call.method, list(call.query))
    for name in ("callback", "alt"):
        if query.get(name, "json") != "json":
            raise not_emulated(f"The parameter {name}={query[name]}")
    mask = for_answer(query["fields"], call.method.response) if query.get("fields") else None
    body = body_of(call.method, _parsed(call.body))
    if call.method.name == "spreadsheets.create":
        answer = _create(library, body, call.account)
    else:
        book = library.opened(call.path["spreadsheetId"], call.account, writes=not is_read(call.method))
        book.guard_skips_filtered_rows = guard_skips_filtered_rows
        answer = _on_book(library, book, call, query, body, mask)
    return answer if mask is None else shown(answer, mask)


def _parsed(body: bytes) -> Any:
    if not body.strip():
        return None
    try:
        return json.loads(body)
    except ValueError as error:
        position = getattr(error, "pos", 0)
        text = body.decode("utf-8", "replace")
        snippet = text[max(position - 20, 0) : position + 20]
        what = f"Invalid JSON payload received. Unexpected token.\n{snippet}\n{' ' * min(position, 20)}^"
        raise bad_request([("", what)]) from None


def _on_book(library: Library, book: Spreadsheet, call: Call, query: Json, body: Json, mask: Mask | None) -> Json:
    book.actor = call.account
    name = call.method.name
    try:
        if name in values.READS:
            return values.READS[name](book, call.path, query, body)  # type: ignore[no-any-return]
        if name in _READS:
            return _READS[name](book, call.path, query, body, mask)
        answer = _written(library, book, call, query, body, mask)
    except RequestError as error:
        book.rollback()
        raise invalid(str(error)) from None
    except BaseException:
        book.rollback()
        raise
    finally:
        book.actor = ""
    book.commit(call.account)
    return answer


def _written(library: Library, book: Spreadsheet, call: Call, query: Json, body: Json, mask: Mask | None) -> Json:
    name = call.method.name
    if name in values.WRITES:
        return values.WRITES[name](book, call.path, query, body)  # type: ignore[no-any-return]
    if name == "spreadsheets.batchUpdate":
        return batch_update(book, body, mask)
    if name == "spreadsheets.sheets.copyTo":
        return _copy_to(library, book, call, body)
    raise not_emulated(f"The method {name}")


def _get(book: Spreadsheet, _path: Json, query: Json, _body: Json, mask: Mask | None) -> Json:
    texts = query.get("ranges")
    places = [addresses.found(book, text) for text in texts] if texts else None
    grid = bool(query.get("includeGridData")) if mask is None else asks(mask, "sheets", "data")
    return rendering.spreadsheet(book, places, grid=grid, mask=mask)


def _get_by_data_filter(book: Spreadsheet, _path: Json, _query: Json, body: Json, mask: Mask | None) -> Json:
    filters = body.get("dataFilters", [])
    places: list[Place] | None = [place for place, _ in filtered(book, filters)] if filters else None
    grid = bool(body.get("includeGridData")) if mask is None else asks(mask, "sheets", "data")
    return rendering.spreadsheet(book, places, grid=grid, mask=mask)


def _metadata_get(book: Spreadsheet, path: Json, _query: Json, _body: Json, _mask: Mask | None) -> Json:
    try:
        entry = book.metadata.get(int(path["metadataId"]))
    except ValueError:
        raise invalid(f"Invalid value at 'metadata_id' (TYPE_INT32), \"{path['metadataId']}\"") from None
    if entry is None:
        raise ApiError(404, f"No developer metadata with ID {path['metadataId']}")
    return as_json(entry, Places())


def _metadata_search(book: Spreadsheet, _path: Json, _query: Json, body: Json, _mask: Mask | None) -> Json:
    matched: dict[int, Json] = {}
    places = Places()
    for data_filter in body.get("dataFilters", []):
        for entry in entries(book, data_filter):
            raw = as_json(entry, places)
            known = matched.setdefault(entry.metadata_id, {"developerMetadata": raw, "dataFilters": []})
            known["dataFilters"].append(data_filter)
    return {"matchedDeveloperMetadata": list(matched.values())} if matched else {}


_READS = {
    "spreadsheets.get": _get,
    "spreadsheets.getByDataFilter": _get_by_data_filter,
    "spreadsheets.developerMetadata.get": _metadata_get,
    "spreadsheets.developerMetadata.search": _metadata_search,
}


def _copy_to(library: Library, book: Spreadsheet, call: Call, body: Json) -> Json:
    try:
        source = book.sheet(int(call.path["sheetId"]))
    except ValueError:
        raise invalid(f"Invalid value at 'sheet_id' (TYPE_INT32), \"{call.path['sheetId']}\"") from None
    target = library.opened(body.get("destinationSpreadsheetId", ""), call.account, writes=True)
    title = copy_title(target, source.title)
    copy = copied_sheet(target, source, title, target.new_id({sheet.sheet_id for sheet in target.sheets}))
    target.check_size(copy.row_count * copy.column_count)
    insert_sheet(target, copy, None)
    if target is not book:
        target.commit(call.account)
    return rendering.sheet_properties(copy)


def _create(library: Library, body: Json, account: str) -> Json:
    wanted = body.get("properties", {})
    book = library.blank(wanted.get("title") or "Untitled spreadsheet", owner=account or "tool")
    settable = {name: wanted[name] for name in ("locale", "timeZone", "autoRecalc") if name in wanted}
    try:
        if settable:
            update_spreadsheet(book, {"properties": settable, "fields": ",".join(settable)})
        if body.get("sheets"):
            _fill(book, body["sheets"])
        if "namedRanges" in body:
            batch_update(
                book, {"requests": [{"addNamedRange": {"namedRange": raw}} for raw in body["namedRanges"]]}, None
            )
    except (RequestError, ApiError) as error:
        del library.books[book.spreadsheet_id]
        raise error if isinstance(error, ApiError) else invalid(str(error)) from None
    book.commit(account)
    return rendering.spreadsheet(book, None, grid=False)


def _fill(book: Spreadsheet, sheets: list[Json]) -> None:
    """The tabs a new spreadsheet is asked to have, with their cells."""
    book.sheets = ()
    for raw in sheets:
        unknown = set(raw) - {"properties", "data", "merges"}
        if unknown:
            raise not_emulated(f"Creating a sheet with {', '.join(sorted(unknown))}")
        reply = batch_update(book, {"requests": [{"addSheet": {"properties": raw.get("properties", {})}}]}, None)
        sheet_id = reply["replies"][0]["addSheet"]["properties"]["sheetId"]
        for data in raw.get("data", []):
            start = {
                "sheetId": sheet_id,
                "rowIndex": data.get("startRow", 0),
                "columnIndex": data.get("startColumn", 0),
            }
            request = {"updateCells": {"start": start, "rows": data.get("rowData", []), "fields": "*"}}
            batch_update(book, {"requests": [request]}, None)
        for merge in raw.get("merges", []):
            batch_update(book, {"requests": [{"mergeCells": {"range": {**merge, "sheetId": sheet_id}}}]}, None)
