"""What refers to rows and columns by number follows them when they move: merges, filters, rules, names, formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from playground.sheets.formulas.grammar import shown_formula, stored_formula
from playground.sheets.formulas.references import copied, reshaped
from playground.sheets.locales import locale
from playground.sheets.model import Formula, Json, Sheet
from playground.sheets.ranges import Box, Span, resized

Change = Callable[[Span], "Span | None"]


def follow(sheet: Sheet, dimension: str, change: Change) -> None:
    """`change` says where a stretch of rows or columns is now, None that it is gone."""
    merges = tuple(box for old in sheet.merges if (box := _box(old, dimension, change)) is not None)
    _set(sheet, "merges", tuple(box for box in merges if box.height * box.width > 1))
    for name in ("protected", "banding", "filter_views"):
        _set(sheet, name, _holders(getattr(sheet, name), dimension, change))
    _set(sheet, "conditional", _rules(sheet, dimension, change))
    if sheet.basic_filter is not None:
        kept = _holders([sheet.basic_filter], dimension, change)
        _set(sheet, "basic_filter", kept[0] if kept else None)
    groups = "row_groups" if dimension == "ROWS" else "column_groups"
    _set(sheet, groups, _groups(getattr(sheet, groups), change))
    _follow_names(sheet, dimension, change)
    if sheet.book.has_formulas:
        _follow_formulas(sheet, dimension, change)


def _set(sheet: Sheet, name: str, value: object) -> None:
    if getattr(sheet, name) != value:
        sheet.set(name, value)


def _box(box: Box, dimension: str, change: Change) -> Box | None:
    span = change(Span(box.top, box.bottom) if dimension == "ROWS" else Span(box.left, box.right))
    if span is None:
        return None
    return Box(*span, box.left, box.right) if dimension == "ROWS" else Box(box.top, box.bottom, *span)


def _holders(holders: Iterable[Json], dimension: str, change: Change) -> tuple[Json, ...]:
    kept: list[Json] = []
    for holder in holders:
        if "range" not in holder:
            kept.append(holder)
            continue
        moved = resized(holder["range"], dimension, change)
        if moved is not None:
            kept.append(_with_columns({**holder, "range": moved}, dimension, change))
    return tuple(kept)


def _with_columns(holder: Json, dimension: str, change: Change) -> Json:
    """Filters name columns of the sheet, which move too."""
    if dimension != "COLUMNS":
        return holder

    def place(column: int) -> int | None:
        span = change(Span(column, column + 1))
        return None if span is None else span.start

    result = dict(holder)
    if "criteria" in result:
        moved = {place(int(column)): rule for column, rule in result["criteria"].items()}
        result["criteria"] = {str(column): rule for column, rule in moved.items() if column is not None}
    for name, key in (("sortSpecs", "dimensionIndex"), ("filterSpecs", "columnIndex")):
        if name in result:
            specs = [{**spec, key: place(spec.get(key, 0))} for spec in result[name]]
            result[name] = [spec for spec in specs if spec[key] is not None]
    return result


def _rules(sheet: Sheet, dimension: str, change: Change) -> tuple[Json, ...]:
    kept: list[Json] = []
    for rule in sheet.conditional:
        ranges = [moved for raw in rule["ranges"] if (moved := resized(raw, dimension, change)) is not None]
        if ranges:
            down = ranges[0].get("startRowIndex", 0) - rule["ranges"][0].get("startRowIndex", 0)
            kept.append({**_with_formula(sheet, rule, dimension, change, down), "ranges": ranges})
    return tuple(kept)


def _with_formula(sheet: Sheet, rule: Json, dimension: str, change: Change, down: int) -> Json:
    """A rule's own formula names columns, which move; its rows are counted from where its range begins."""
    condition = rule.get("booleanRule", {}).get("condition", {})
    if condition.get("type") != "CUSTOM_FORMULA":
        return rule
    words = locale(sheet.book.locale)
    stored = stored_formula(condition["values"][0].get("userEnteredValue", ""), words)
    if dimension == "COLUMNS":
        moved = reshaped(stored, sheet.title, sheet.title, dimension, change)
    else:
        moved = copied(stored, down, 0)
    values = [{"userEnteredValue": shown_formula(moved, words)}]
    return {**rule, "booleanRule": {**rule["booleanRule"], "condition": {**condition, "values": values}}}


def _groups(groups: Iterable[Json], change: Change) -> tuple[Json, ...]:
    kept: list[Json] = []
    for group in groups:
        span = change(Span(group["range"].get("startIndex", 0), group["range"]["endIndex"]))
        if span is not None:
            kept.append({**group, "range": {**group["range"], "startIndex": span.start, "endIndex": span.end}})
    return tuple(kept)


def _follow_names(sheet: Sheet, dimension: str, change: Change) -> None:
    own = [named for named in sheet.book.named if named["range"].get("sheetId", 0) == sheet.sheet_id]
    if not own:
        return
    kept: list[Json] = []
    for named in sheet.book.named:
        kept += _holders([named], dimension, change) if named in own else [named]
    sheet.book.set("named", tuple(kept))


def _follow_formulas(sheet: Sheet, dimension: str, change: Change) -> None:
    for home in sheet.book.sheets:
        for row in home.rows:
            for column, cell in enumerate(row.cells):
                if cell is None or not isinstance(cell.value, Formula):
                    continue
                text = reshaped(cell.value.text, home.title, sheet.title, dimension, change)
                if text != cell.value.text:
                    sheet.book.journal.set_cell(row, column, cell._replace(value=Formula(text)))
