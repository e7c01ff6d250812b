"""Banding: alternating colours of a range."""

from __future__ import annotations

from playground.sheets.colours import normal
from playground.sheets.errors import RequestError
from playground.sheets.masks import changed, for_change
from playground.sheets.model import Json, Sheet, Spreadsheet


def add(book: Spreadsheet, content: Json) -> Json:
    raw = content.get("bandedRange", {})
    sheet, box = book.box(raw.get("range", {}))
    taken = {band["bandedRangeId"] for other in book.sheets for band in other.banding}
    band_id = raw.get("bandedRangeId")
    if band_id in taken:
        raise RequestError(f"A banded range with ID {band_id} already exists.")
    if any(book.box(band["range"])[1].meets(box) for band in sheet.banding):
        raise RequestError("You cannot add alternating background colors to a range that already has them.")
    kept = {**normal(raw), "range": book.cut(raw.get("range", {}))}
    band = {**kept, "bandedRangeId": band_id if band_id is not None else book.new_id(taken)}
    sheet.set("banding", (*sheet.banding, band))
    return {"bandedRange": band}


def _place(book: Spreadsheet, band_id: int) -> tuple[Sheet, int]:
    for sheet in book.sheets:
        for place, band in enumerate(sheet.banding):
            if band["bandedRangeId"] == band_id:
                return sheet, place
    raise RequestError(f"No banding with id: {band_id}")


def update(book: Spreadsheet, content: Json) -> None:
    mask = for_change(content.get("fields"), "BandedRange")
    raw = content.get("bandedRange", {})
    sheet, place = _place(book, raw.get("bandedRangeId", 0))
    old = sheet.banding[place]
    band = {**normal(changed(old, raw, mask)), "bandedRangeId": old["bandedRangeId"]}
    band["range"] = book.cut(band["range"])
    sheet.set("banding", (*sheet.banding[:place], band, *sheet.banding[place + 1 :]))


def delete(book: Spreadsheet, content: Json) -> None:
    sheet, place = _place(book, content.get("bandedRangeId", 0))
    sheet.set("banding", sheet.banding[:place] + sheet.banding[place + 1 :])


HANDLERS = {"addBanding": add, "updateBanding": update, "deleteBanding": delete}
