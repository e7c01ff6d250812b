"""The basic filter, which hides rows, and filter views, which show a person some of them."""

from __future__ import annotations

from playground.sheets import display
from playground.sheets.batch.sorting import rearrange, sorted_rows
from playground.sheets.bodies import not_emulated
from playground.sheets.colours import normal
from playground.sheets.conditions import Place, holds
from playground.sheets.errors import RequestError
from playground.sheets.masks import changed, for_change
from playground.sheets.model import Json, Sheet, Spreadsheet
from playground.sheets.ranges import Box


def set_basic(book: Spreadsheet, content: Json) -> None:
    raw = content.get("filter", {})
    if "tableId" in raw:
        raise not_emulated("BasicFilter.tableId")
    sheet, box = book.box(raw.get("range", {}))
    kept = {**normal(raw), "range": box.on(sheet.sheet_id).json()}
    sheet.set("basic_filter", _both_criteria(kept))
    if raw.get("sortSpecs"):
        body = Box(box.top + 1, box.bottom, box.left, box.right)
        rearrange(sheet, body, sorted_rows(sheet, body, raw["sortSpecs"]))
    apply(sheet)


def clear_basic(book: Spreadsheet, content: Json) -> None:
    sheet = book.sheet(content.get("sheetId", 0))
    if sheet.basic_filter is not None:
        sheet.set("basic_filter", None)
    apply(sheet)


def apply(sheet: Sheet) -> None:
    """Hide and show rows as the basic filter says now; later edits do not move them."""
    passing = None if sheet.basic_filter is None else set(visible(sheet, sheet.basic_filter))
    body = None if sheet.basic_filter is None else _body(sheet, sheet.basic_filter)
    for index, row in enumerate(sheet.rows):
        filtered = passing is not None and body is not None and body.top <= index < body.bottom and index not in passing
        if row.filtered != filtered:
            sheet.book.journal.set(row, "filtered", filtered)


def _body(sheet: Sheet, holder: Json) -> Box:
    _, box = sheet.book.box(holder["range"])
    return Box(box.top + 1, box.bottom, box.left, box.right)


def visible(sheet: Sheet, holder: Json) -> list[int]:
    """The touched rows under the filter's header that pass, in the order of the filter's sort."""
    body = _body(sheet, holder)
    criteria = _criteria(holder)
    last = min(body.bottom, len(sheet.rows))
    rows = range(body.top, last)
    if holder.get("sortSpecs"):
        rows_in_order = sorted_rows(sheet, Box(body.top, last, body.left, body.right), holder["sortSpecs"])
    else:
        rows_in_order = list(rows)
    return [row for row in rows_in_order if all(_passes(sheet, row, column, rule) for column, rule in criteria)]


def _criteria(holder: Json) -> list[tuple[int, Json]]:
    if holder.get("filterSpecs"):
        return [(spec.get("columnIndex", 0), spec.get("filterCriteria", {})) for spec in holder["filterSpecs"]]
    return [(int(column), rule) for column, rule in holder.get("criteria", {}).items()]


def _passes(sheet: Sheet, row: int, column: int, rule: Json) -> bool:
    if "visibleBackgroundColor" in rule or "visibleForegroundColor" in rule:
        raise not_emulated("Filtering by colour")
    if rule.get("hiddenValues"):
        shown = display.shown(sheet, sheet.at(row, column), row, column)
        if shown in rule["hiddenValues"]:
            return False
    return "condition" not in rule or holds(Place(sheet, row, column, (row, column)), rule["condition"])


def _both_criteria(holder: Json) -> Json:
    """Google gives criteria and filterSpecs back together, whichever was sent."""
    pairs = _criteria(holder)
    if not pairs:
        return holder
    return {
        **holder,
        "criteria": {str(column): rule for column, rule in pairs},
        "filterSpecs": [{"columnIndex": column, "filterCriteria": rule} for column, rule in pairs],
    }


def _view_place(book: Spreadsheet, view_id: int) -> tuple[Sheet, int]:
    for sheet in book.sheets:
        for place, view in enumerate(sheet.filter_views):
            if view["filterViewId"] == view_id:
                return sheet, place
    raise RequestError(f"No filter view with id: {view_id}")


def _taken(book: Spreadsheet) -> set[int]:
    return {view["filterViewId"] for sheet in book.sheets for view in sheet.filter_views}


def _view(book: Spreadsheet, raw: Json) -> tuple[Sheet, Json]:
    if "namedRangeId" in raw:
        raise not_emulated("FilterView.namedRangeId")
    sheet, box = book.box(raw.get("range", {}))
    return sheet, _both_criteria({**normal(raw), "range": box.on(sheet.sheet_id).json()})


def add_view(book: Spreadsheet, content: Json) -> Json:
    raw = content.get("filter", {})
    view_id = raw.get("filterViewId")
    if view_id is not None and view_id in _taken(book):
        raise RequestError(f"A filter view with ID {view_id} already exists.")
    sheet, view = _view(book, raw)
    view["filterViewId"] = view_id if view_id is not None else book.new_id(_taken(book))
    view.setdefault("title", f"Filter {len(sheet.filter_views) + 1}")
    sheet.set("filter_views", (*sheet.filter_views, view))
    return {"filter": view}


def update_view(book: Spreadsheet, content: Json) -> None:
    mask = for_change(content.get("fields"), "FilterView")
    raw = content.get("filter", {})
    sheet, place = _view_place(book, raw.get("filterViewId", 0))
    old = sheet.filter_views[place]
    if "criteria" in mask and "filterSpecs" not in mask:
        old = {name: value for name, value in old.items() if name != "filterSpecs"}
    if "filterSpecs" in mask and "criteria" not in mask:
        old = {name: value for name, value in old.items() if name != "criteria"}
    new = {**changed(old, raw, mask), "filterViewId": old["filterViewId"]}
    target, view = _view(book, new)
    if target is not sheet:
        raise RequestError("A filter view can't be moved to another sheet.")
    views = [*sheet.filter_views]
    views[place] = view
    sheet.set("filter_views", tuple(views))


def delete_view(book: Spreadsheet, content: Json) -> None:
    sheet, place = _view_place(book, content.get("filterId", 0))
    sheet.set("filter_views", sheet.filter_views[:place] + sheet.filter_views[place + 1 :])


def duplicate_view(book: Spreadsheet, content: Json) -> Json:
    sheet, place = _view_place(book, content.get("filterId", 0))
    old = sheet.filter_views[place]
    view = {**old, "filterViewId": book.new_id(_taken(book)), "title": f"Copy of {old['title']}"}
    sheet.set("filter_views", (*sheet.filter_views, view))
    return {"filter": view}


HANDLERS = {
    "setBasicFilter": set_basic,
    "clearBasicFilter": clear_basic,
    "addFilterView": add_view,
    "updateFilterView": update_view,
    "deleteFilterView": delete_view,
    "duplicateFilterView": duplicate_view,
}
