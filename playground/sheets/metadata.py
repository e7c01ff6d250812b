"""Developer metadata: keys and values bound to a row, a column, a sheet or the spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from playground.sheets.errors import RequestError
from playground.sheets.model import Column, Json, Row, Sheet, Spreadsheet

STORAGE_LIMIT = 30_000


class Metadata(NamedTuple):
    """`kind` is ROW, COLUMN, SHEET or SPREADSHEET; `anchor` the row or column itself, wherever it moves."""

    metadata_id: int
    key: str
    value: str
    visibility: str
    kind: str
    sheet: Sheet | None = None
    anchor: Row | Column | None = None


class Places:
    """Where anchors stand, looked up many times at one moment."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, str], dict[int, int]] = {}

    def of(self, entry: Metadata) -> int | None:
        """The index of the entry's row or column; None when it has none."""
        if entry.anchor is None or entry.sheet is None:
            return None
        key = (id(entry.sheet), entry.kind)
        if key not in self._known:
            items: list[Row] | list[Column] = entry.sheet.rows if entry.kind == "ROW" else entry.sheet.columns
            self._known[key] = {id(item): index for index, item in enumerate(items)}
        return self._known[key].get(id(entry.anchor))


def create(book: Spreadsheet, raw: Json) -> Metadata:
    """RequestError when the id is taken, the storage is full or something is missing."""
    key = raw.get("metadataKey", "")
    if not key:
        raise RequestError("Developer metadata must have a non-empty metadataKey.")
    if raw.get("visibility", "DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED").endswith("UNSPECIFIED"):
        raise RequestError("Developer metadata visibility must be specified.")
    metadata_id = raw.get("metadataId", 0)
    if metadata_id < 0:
        raise RequestError(f"Developer metadata ID must be positive: {metadata_id}")
    if metadata_id in book.metadata:
        raise RequestError(f"Developer metadata with ID {metadata_id} already exists.")
    kind, sheet, anchor = located(book, raw.get("location", {}))
    entry = Metadata(
        metadata_id or book.new_id(book.metadata),
        key,
        raw.get("metadataValue", ""),
        raw["visibility"],
        kind,
        sheet,
        anchor,
    )
    check_storage(book, entry)
    book.set("metadata", {**book.metadata, entry.metadata_id: entry})
    return entry


def check_storage(book: Spreadsheet, entry: Metadata) -> None:
    kept = (other for other in book.metadata.values() if other.metadata_id != entry.metadata_id)
    used = sum(len(other.key) + len(other.value) for other in kept if other.sheet is entry.sheet)
    if used + len(entry.key) + len(entry.value) > STORAGE_LIMIT:
        raise RequestError("Creating this developer metadata would exceed the allowed storage limit.")


def located(book: Spreadsheet, raw: Json) -> tuple[str, Sheet | None, Row | Column | None]:
    """Kind, sheet and anchor of a DeveloperMetadataLocation."""
    if raw.get("spreadsheet"):
        return "SPREADSHEET", None, None
    if "dimensionRange" in raw:
        span = raw["dimensionRange"]
        sheet = book.sheet(span.get("sheetId", 0))
        start, end = span.get("startIndex", 0), span.get("endIndex")
        if end is None or end - start != 1:
            raise RequestError("Developer metadata can only be associated with a single row or column.")
        rows = span.get("dimension") == "ROWS"
        if not rows and span.get("dimension") != "COLUMNS":
            raise RequestError("Developer metadata location dimension must be specified.")
        if start < 0 or end > (sheet.row_count if rows else sheet.column_count):
            raise RequestError(f"dimensionRange startIndex[{start}] is after the last index of the grid")
        return ("ROW", sheet, sheet.row(start)) if rows else ("COLUMN", sheet, sheet.columns[start])
    if "sheetId" in raw:
        return "SHEET", book.sheet(raw["sheetId"]), None
    raise RequestError("Developer metadata must have a location.")


def location(entry: Metadata, places: Places) -> Json:
    """The DeveloperMetadataLocation of an entry."""
    if entry.sheet is None:
        return {"locationType": "SPREADSHEET", "spreadsheet": True}
    if entry.anchor is None:
        return {"locationType": "SHEET", "sheetId": entry.sheet.sheet_id}
    index = places.of(entry)
    if index is None:
        return {"locationType": entry.kind}
    span = {
        "sheetId": entry.sheet.sheet_id,
        "dimension": "ROWS" if entry.kind == "ROW" else "COLUMNS",
        "startIndex": index,
        "endIndex": index + 1,
    }
    return {"locationType": entry.kind, "dimensionRange": span}


def as_json(entry: Metadata, places: Places) -> Json:
    raw: Json = {"metadataId": entry.metadata_id, "metadataKey": entry.key}
    if entry.value:
        raw["metadataValue"] = entry.value
    return {**raw, "location": location(entry, places), "visibility": entry.visibility}


def forget_anchors(sheet: Sheet, anchors: Iterable[Row | Column]) -> None:
    """The rows or columns are deleted, and what was bound to them with them."""
    metadata = sheet.book.metadata
    if not metadata:
        return
    gone = {id(anchor) for anchor in anchors}
    kept = {number: entry for number, entry in metadata.items() if entry.anchor is None or id(entry.anchor) not in gone}
    if len(kept) != len(metadata):
        sheet.book.set("metadata", kept)


def forget_sheet(sheet: Sheet) -> None:
    kept = {number: entry for number, entry in sheet.book.metadata.items() if entry.sheet is not sheet}
    if len(kept) != len(sheet.book.metadata):
        sheet.book.set("metadata", kept)
