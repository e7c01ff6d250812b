"""Requests about developer metadata."""

from __future__ import annotations

from playground.sheets.bodies import not_emulated
from playground.sheets.data_filters import entries
from playground.sheets.errors import RequestError
from playground.sheets.masks import for_change
from playground.sheets.metadata import Metadata, Places, as_json, check_storage, located
from playground.sheets.metadata import create as create_entry
from playground.sheets.model import Json, Spreadsheet


def create(book: Spreadsheet, content: Json) -> Json:
    entry = create_entry(book, content.get("developerMetadata", {}))
    return {"developerMetadata": as_json(entry, Places())}


def _selected(book: Spreadsheet, filters: list[Json]) -> list[Metadata]:
    if not filters:
        raise RequestError("At least one data filter must be specified.")
    found: dict[int, Metadata] = {}
    for data_filter in filters:
        found |= {entry.metadata_id: entry for entry in entries(book, data_filter)}
    return list(found.values())


def update(book: Spreadsheet, content: Json) -> Json:
    mask = for_change(content.get("fields"), "DeveloperMetadata")
    raw = content.get("developerMetadata", {})
    changed: list[Metadata] = []
    for entry in _selected(book, content.get("dataFilters", [])):
        for name in mask:
            match name:
                case "metadataKey":
                    entry = entry._replace(key=raw.get("metadataKey", ""))
                case "metadataValue":
                    entry = entry._replace(value=raw.get("metadataValue", ""))
                case "visibility":
                    entry = entry._replace(visibility=raw.get("visibility", entry.visibility))
                case "location":
                    kind, sheet, anchor = located(book, raw.get("location", {}))
                    entry = entry._replace(kind=kind, sheet=sheet, anchor=anchor)
                case _:
                    raise not_emulated(f"Updating DeveloperMetadata.{name}")
        if not entry.key:
            raise RequestError("Developer metadata must have a non-empty metadataKey.")
        check_storage(book, entry)
        book.set("metadata", {**book.metadata, entry.metadata_id: entry})
        changed.append(entry)
    places = Places()
    return {"developerMetadata": [as_json(entry, places) for entry in changed]} if changed else {}


def delete(book: Spreadsheet, content: Json) -> Json:
    data_filter = content.get("dataFilter")
    if not data_filter:
        raise RequestError("A data filter must be specified.")
    gone = entries(book, data_filter)
    places = Places()
    shown = [as_json(entry, places) for entry in gone]
    if gone:
        numbers = {entry.metadata_id for entry in gone}
        book.set("metadata", {number: entry for number, entry in book.metadata.items() if number not in numbers})
    return {"deletedDeveloperMetadata": shown} if shown else {}


HANDLERS = {
    "createDeveloperMetadata": create,
    "updateDeveloperMetadata": update,
    "deleteDeveloperMetadata": delete,
}
