"""Groups of rows and columns: depths along the grid, from which the groups are read off."""

from __future__ import annotations

from playground.sheets.batch.dimensions import dimension_of
from playground.sheets.bodies import not_emulated
from playground.sheets.errors import RequestError
from playground.sheets.masks import for_change
from playground.sheets.model import Json, Sheet, Spreadsheet
from playground.sheets.ranges import Span
from playground.sheets.structure import count, stretch

MAX_DEPTH = 8
_NAMES = {"ROWS": ("row_groups", "rowGroupControlAfter"), "COLUMNS": ("column_groups", "columnGroupControlAfter")}


def add(book: Spreadsheet, content: Json) -> Json:
    sheet, dimension, span = _range(book, content)
    groups = _changed(sheet, dimension, span, 1)
    name, flag = _NAMES[dimension]
    sheet.set(name, groups)
    sheet.set("grid", {flag: True} | sheet.grid)
    return {"dimensionGroups": list(groups)}


def remove(book: Spreadsheet, content: Json) -> Json:
    sheet, dimension, span = _range(book, content)
    depths = _depths(sheet, dimension)
    if not any(depths[index] for index in range(*span)):
        raise RequestError(f"There is no {dimension.lower()[:-1]} group with the specified range.")
    groups = _changed(sheet, dimension, span, -1)
    sheet.set(_NAMES[dimension][0], groups)
    return {"dimensionGroups": list(groups)} if groups else {}


def update(book: Spreadsheet, content: Json) -> None:
    mask = for_change(content.get("fields"), "DimensionGroup")
    wanted = content.get("dimensionGroup", {})
    if set(mask) - {"collapsed", "*"}:
        raise not_emulated(f"DimensionGroup.{next(iter(set(mask) - {'collapsed', '*'}))}")
    sheet, dimension, span = _range(book, wanted)
    name = _NAMES[dimension][0]
    depth = wanted.get("depth", 1)
    groups: tuple[Json, ...] = getattr(sheet, name)
    key = (span.start, span.end, depth)
    if all(_key(group) != key for group in groups):
        raise RequestError("There is no dimension group with the specified range and depth.")
    collapsed = bool(wanted.get("collapsed"))
    sheet.set(name, tuple(_collapsed(group, collapsed) if _key(group) == key else group for group in groups))
    for index in range(*span):
        line = sheet.row(index) if dimension == "ROWS" else sheet.columns[index]
        book.journal.set(line, "hidden", collapsed)


def _collapsed(group: Json, collapsed: bool) -> Json:
    rest = {name: value for name, value in group.items() if name != "collapsed"}
    return {**rest, "collapsed": True} if collapsed else rest


def _range(book: Spreadsheet, content: Json) -> tuple[Sheet, str, Span]:
    raw = content.get("range", {})
    sheet = book.sheet(raw.get("sheetId", 0))
    dimension = dimension_of(raw)
    return sheet, dimension, stretch(sheet, dimension, raw.get("startIndex"), raw.get("endIndex"))


def _key(group: Json) -> tuple[int, int, int]:
    return group["range"].get("startIndex", 0), group["range"]["endIndex"], group["depth"]


def _depths(sheet: Sheet, dimension: str) -> list[int]:
    depths = [0] * count(sheet, dimension)
    for group in getattr(sheet, _NAMES[dimension][0]):
        for index in range(group["range"].get("startIndex", 0), min(group["range"]["endIndex"], len(depths))):
            depths[index] = max(depths[index], group["depth"])
    return depths


def _changed(sheet: Sheet, dimension: str, span: Span, by: int) -> tuple[Json, ...]:
    depths = _depths(sheet, dimension)
    for index in range(*span):
        depths[index] = max(depths[index] + by, 0)
    if max(depths) > MAX_DEPTH:
        raise RequestError(f"Dimension groups can't be nested more than {MAX_DEPTH} deep.")
    collapsed = {_key(group) for group in getattr(sheet, _NAMES[dimension][0]) if group.get("collapsed")}
    found: list[Json] = []
    for depth in range(1, max(depths) + 1):
        for start, end in _stretches(depths, depth):
            bounds: Json = {"dimension": dimension, "startIndex": start, "endIndex": end}
            if sheet.sheet_id:
                bounds = {"sheetId": sheet.sheet_id, **bounds}
            found.append(_collapsed({"range": bounds, "depth": depth}, (start, end, depth) in collapsed))
    return tuple(found)


def _stretches(depths: list[int], depth: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start: int | None = None
    for index, value in enumerate([*depths, 0]):
        if value >= depth and start is None:
            start = index
        elif value < depth and start is not None:
            found.append((start, index))
            start = None
    return found


HANDLERS = {"addDimensionGroup": add, "deleteDimensionGroup": remove, "updateDimensionGroup": update}
