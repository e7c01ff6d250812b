"""Sorting, and rows and columns that come, go and move."""

from __future__ import annotations

from playground.sheets import a1
from playground.sheets.batch.properties import update as update_sheet
from playground.sheets.batch.sorting import rearrange, sorted_rows
from playground.sheets.errors import RequestError, invalid
from playground.sheets.model import Spreadsheet
from playground.sheets.people import places
from playground.sheets.people.places import Body, Done
from playground.sheets.structure import delete, insert
from playground.sheets.structure import move as move_lines


def sort(book: Spreadsheet, body: Body) -> Done:
    """Rows of `range` by `column`; a frozen header never takes part. Only the range's own columns move."""
    places.only(body, "range", "sheet", "column", "descending")
    sheet, box = places.box(book, body)
    column = places.column(sheet, body.get("column"))
    box = box._replace(top=max(box.top, sheet.grid.get("frozenRowCount", 0)))
    if not box.left <= column < box.right:
        raise invalid(f"column: {a1.letters(column)} is outside of {body['range']}")
    if any(merge.meets(box) and merge.height > 1 for merge in sheet.merges):
        raise RequestError("You can't sort a range with vertical merges.")
    order = "DESCENDING" if body.get("descending") else "ASCENDING"
    rearrange(sheet, box, sorted_rows(sheet, box, [{"dimensionIndex": column, "sortOrder": order}]))
    return Done(told={"range": body["range"], "column": body["column"]})


def insert_rows(book: Spreadsheet, body: Body) -> Done:
    """`count` empty rows above row `row`."""
    places.only(body, "sheet", "row", "count")
    sheet = places.tab(book, body)
    at, count = places.whole(body, "row") - 1, places.whole(body, "count", 1)
    if at > sheet.row_count:
        raise invalid(f"row: the sheet has {sheet.row_count} rows, got {at + 1}")
    insert(sheet, "ROWS", at, count, inherit_from_before=at > sheet.grid.get("frozenRowCount", 0))
    return Done(told={"sheet": sheet.title, "row": at + 1, "count": count})


def delete_rows(book: Spreadsheet, body: Body) -> Done:
    """`count` rows from row `row` on."""
    places.only(body, "sheet", "row", "count")
    sheet = places.tab(book, body)
    at, count = places.row(sheet, body), places.whole(body, "count", 1)
    if at + count > sheet.row_count:
        raise invalid(f"count: the sheet has {sheet.row_count} rows")
    delete(sheet, "ROWS", at, at + count)
    return Done(told={"sheet": sheet.title, "row": at + 1, "count": count})


def move_rows(book: Spreadsheet, body: Body) -> Done:
    """`count` rows from row `row` on are dragged to stand above row `to`, as counted before."""
    places.only(body, "sheet", "row", "count", "to")
    sheet = places.tab(book, body)
    at, count = places.row(sheet, body), places.whole(body, "count", 1)
    to = places.whole(body, "to") - 1
    if max(at + count, to) > sheet.row_count:
        raise invalid(f"to: the sheet has {sheet.row_count} rows")
    move_lines(sheet, "ROWS", at, at + count, to)
    return Done(told={"sheet": sheet.title, "row": at + 1, "count": count, "to": to + 1})


def insert_columns(book: Spreadsheet, body: Body) -> Done:
    """`count` empty columns left of `column`."""
    places.only(body, "sheet", "column", "count")
    sheet = places.tab(book, body)
    at, count = places.column(sheet, body.get("column")), places.whole(body, "count", 1)
    insert(sheet, "COLUMNS", at, count, inherit_from_before=at > 0)
    return Done(told={"sheet": sheet.title, "column": a1.letters(at), "count": count})


def move_columns(book: Spreadsheet, body: Body) -> Done:
    """`count` columns from `column` on are dragged to stand left of `to`, as counted before."""
    places.only(body, "sheet", "column", "count", "to")
    sheet = places.tab(book, body)
    at, count = places.column(sheet, body.get("column")), places.whole(body, "count", 1)
    raw = body.get("to")
    to = sheet.column_count if raw == sheet.column_count + 1 else places.column(sheet, raw, "to")
    if at + count > sheet.column_count:
        raise invalid(f"count: the sheet has {sheet.column_count} columns")
    move_lines(sheet, "COLUMNS", at, at + count, to)
    return Done(told={"sheet": sheet.title, "column": a1.letters(at), "to": a1.letters(to)})


def delete_columns(book: Spreadsheet, body: Body) -> Done:
    """`count` columns from `column` on."""
    places.only(body, "sheet", "column", "count")
    sheet = places.tab(book, body)
    at, count = places.column(sheet, body.get("column")), places.whole(body, "count", 1)
    if at + count > sheet.column_count:
        raise invalid(f"count: the sheet has {sheet.column_count} columns")
    delete(sheet, "COLUMNS", at, at + count)
    return Done(told={"sheet": sheet.title, "column": a1.letters(at), "count": count})


def rename_tab(book: Spreadsheet, body: Body) -> Done:
    """The tab `sheet` gets the name `title`."""
    places.only(body, "sheet", "title")
    sheet = places.tab(book, body)
    properties = {"sheetId": sheet.sheet_id, "title": places.text(body, "title")}
    update_sheet(book, {"properties": properties, "fields": "title"})
    return Done(told={"title": sheet.title})
