"""Data filters: what part of a spreadsheet a caller means, by range or by developer metadata."""

from __future__ import annotations

from playground.sheets import addresses
from playground.sheets.errors import RequestError, invalid
from playground.sheets.metadata import Metadata, Places
from playground.sheets.model import Json, Sheet, Spreadsheet
from playground.sheets.ranges import Box

Place = tuple[Sheet, Box]


def location_of(book: Spreadsheet, data_filter: Json) -> list[Place]:
    """The rectangles a data filter selects."""
    if "a1Range" in data_filter:
        return [addresses.found(book, data_filter["a1Range"])]
    if "gridRange" in data_filter:
        try:
            return [book.box(data_filter["gridRange"])]
        except RequestError as error:
            raise invalid(str(error)) from None
    places = Places()
    found: list[Place] = []
    for entry in entries(book, data_filter):
        for place in _rectangles(book, entry, places):
            if place not in found:
                found.append(place)
    return found


def filtered(book: Spreadsheet, filters: list[Json]) -> list[tuple[Place, list[Json]]]:
    """Every selected rectangle once, with the filters that selected it."""
    found: list[tuple[Place, list[Json]]] = []
    for data_filter in filters:
        for place in location_of(book, data_filter):
            known = next((matched for old, matched in found if old == place), None)
            if known is None:
                found.append((place, [data_filter]))
            elif data_filter not in known:
                known.append(data_filter)
    return found


def entries(book: Spreadsheet, data_filter: Json) -> list[Metadata]:
    """The metadata a data filter selects: by lookup, or what stands in a range."""
    places = Places()
    if "developerMetadataLookup" in data_filter:
        lookup = data_filter["developerMetadataLookup"]
        if "metadataId" in lookup:
            known = book.metadata.get(lookup["metadataId"])
            candidates = [known] if known is not None else []
        else:
            candidates = list(book.metadata.values())
        return [entry for entry in candidates if _matches(entry, lookup, places)]
    if not data_filter:
        raise invalid("A data filter must be specified.")
    found = location_of(book, data_filter)
    return [
        entry
        for entry in book.metadata.values()
        if entry.sheet is not None and any(sheet is entry.sheet and _meets(box, entry, places) for sheet, box in found)
    ]


def _matches(entry: Metadata, lookup: Json, places: Places) -> bool:
    wanted = {
        "metadataKey": entry.key,
        "metadataValue": entry.value,
        "visibility": entry.visibility,
        "metadataId": entry.metadata_id,
    }
    if any(lookup[name] != value for name, value in wanted.items() if name in lookup):
        return False
    if "metadataLocation" in lookup:
        exact = lookup.get("locationMatchingStrategy") == "EXACT_LOCATION"
        if not _at(entry, lookup["metadataLocation"], places, exact=exact):
            return False
    kind = lookup.get("locationType", "DEVELOPER_METADATA_LOCATION_TYPE_UNSPECIFIED")
    return bool(kind.endswith("UNSPECIFIED") or kind == entry.kind)


def _at(entry: Metadata, raw: Json, places: Places, *, exact: bool) -> bool:
    if raw.get("spreadsheet"):
        return entry.kind == "SPREADSHEET" if exact else True
    span = raw.get("dimensionRange")
    sheet_id = (span or raw).get("sheetId", 0)
    if entry.sheet is None or entry.sheet.sheet_id != sheet_id:
        return False
    if span is None:
        return entry.kind == "SHEET" if exact else True
    kind = "ROW" if span.get("dimension") == "ROWS" else "COLUMN"
    if entry.kind != kind:
        return not exact
    index = places.of(entry)
    start, end = span.get("startIndex", 0), span.get("endIndex")
    return index is not None and start <= index and (end is None or index < end)


def _meets(box: Box, entry: Metadata, places: Places) -> bool:
    index = places.of(entry)
    if index is None:
        return False
    return box.top <= index < box.bottom if entry.kind == "ROW" else box.left <= index < box.right


def _rectangles(book: Spreadsheet, entry: Metadata, places: Places) -> list[Place]:
    if entry.sheet is None:
        return [(sheet, sheet.box) for sheet in book.sheets]
    whole = entry.sheet.box
    if entry.anchor is None:
        return [(entry.sheet, whole)]
    index = places.of(entry)
    if index is None:
        return []
    if entry.kind == "ROW":
        return [(entry.sheet, Box(index, index + 1, whole.left, whole.right))]
    return [(entry.sheet, Box(whole.top, whole.bottom, index, index + 1))]
