"""Rows copied, and rows cut and pasted."""

from __future__ import annotations

from playground.sheets.batch.paste import pasted
from playground.sheets.model import EMPTY, Json, Sheet, Spreadsheet
from playground.sheets.people import places
from playground.sheets.people.keyboard import fired
from playground.sheets.people.places import Body, Done
from playground.sheets.ranges import Box
from playground.sheets.structure import grow


def copy_row(book: Spreadsheet, body: Body) -> Done:
    """Row `row` is pasted over row `to`, by default below the last row with content."""
    return _carried(book, body, cut=False)


def cut_row(book: Spreadsheet, body: Body) -> Done:
    """Row `row` is cut and pasted over row `to`, also of another tab; an empty row stays behind."""
    return _carried(book, body, cut=True)


def _carried(book: Spreadsheet, body: Body, *, cut: bool) -> Done:
    places.only(body, "sheet", "row", "to", "to_sheet", "trigger")
    source = places.tab(book, body)
    target = source if body.get("to_sheet") is None else places.tab(book, {"sheet": body["to_sheet"]})
    at = places.row(source, body)
    to = target.last_row() if body.get("to") is None else places.whole(body, "to") - 1
    grow(target, rows=to + 1 - target.row_count, columns=_width(source, at) - target.column_count)
    _carry(source, at, target, to, cut=cut)
    box = Box(to, to + 1, 0, target.column_count)
    told: Json = {"sheet": target.title, "row": at + 1, "to": to + 1}
    return Done(answer={"row": to + 1}, event=fired(target, box, body), told=told)


def _width(sheet: Sheet, row: int) -> int:
    return len(sheet.rows[row].cells) if row < len(sheet.rows) else 0


def _carry(source: Sheet, at: int, target: Sheet, to: int, *, cut: bool) -> None:
    width = min(source.column_count, target.column_count)
    taken = [source.at(at, column) for column in range(width)]
    if cut:
        for column in range(_width(source, at)):
            source.put(at, column, EMPTY)
    offset = (0, 0) if cut else (to - at, 0)
    for column, cell in enumerate(taken):
        old = target.at(to, column)
        if cell != old:
            target.put(to, column, pasted(old, cell, "PASTE_NORMAL", offset))
