"""What conditional formatting gives a cell: rules in order; of two that hold, the first decides what both set."""

from __future__ import annotations

import re
from collections.abc import Iterator

from playground.sheets.bodies import not_emulated
from playground.sheets.colours import normal
from playground.sheets.conditions import Place, holds
from playground.sheets.formulas.evaluate import value_at
from playground.sheets.model import Json, Sheet
from playground.sheets.ranges import Box, GridRange

_RELATIVE_COLUMN = re.compile(r"(?<![$\w\"'])[A-Za-z]{1,3}\$?\d|(?<![$\w])[A-Za-z]{1,3}:|COLUMN\(", re.IGNORECASE)
_PARTS = ("red", "green", "blue")


def format_at(sheet: Sheet, row: int, column: int) -> Json:
    """Return the CellFormat that all rules together give the cell; empty when none holds."""
    found: Json = {}
    for rule in sheet.conditional:
        box = next((box for box in boxes(sheet, rule) if box.holds(row, column)), None)
        if box is not None:
            found = layered(_given(sheet, rule, box, row, column), found)
    return found


def boxes(sheet: Sheet, rule: Json) -> Iterator[Box]:
    """The rule's rectangles, cut to the grid."""
    return (GridRange.of(raw).box(sheet.row_count, sheet.column_count) for raw in rule["ranges"])


def layered(base: Json, over: Json) -> Json:
    """Return *base* with everything that *over* says in its place; a colour is replaced whole."""
    result = dict(base)
    for name, value in over.items():
        inner = result.get(name)
        nested = isinstance(inner, dict) and isinstance(value, dict) and "olor" not in name
        result[name] = layered(result[name], value) if nested else value
    return result


def _given(sheet: Sheet, rule: Json, box: Box, row: int, column: int) -> Json:
    if "gradientRule" in rule:
        return _gradient(sheet, rule["gradientRule"], list(boxes(sheet, rule)), row, column)
    boolean = rule["booleanRule"]
    if not holds(Place(sheet, row, column, (box.top, box.left)), boolean["condition"]):
        return {}
    given: Json = boolean.get("format", {})
    return given


def _gradient(sheet: Sheet, gradient: Json, areas: list[Box], row: int, column: int) -> Json:
    """The background of a number on the scale from `minpoint` by way of `midpoint` to `maxpoint`."""
    value = _number(sheet, row, column)
    if value is None:
        return {}
    points = [gradient[name] for name in ("minpoint", "midpoint", "maxpoint") if name in gradient]
    numbers = _numbers(sheet, areas)
    places = [_place(point, numbers) for point in points]
    above = next((at for at, place in enumerate(places) if value <= place), len(places) - 1)
    below = max(above - 1, 0)
    span = places[above] - places[below]
    share = min((value - places[below]) / span, 1.0) if span > 0 else 1.0
    low, high = points[below].get("color", {}), points[above].get("color", {})
    mixed = {part: low.get(part, 0) + (high.get(part, 0) - low.get(part, 0)) * share for part in _PARTS}
    shown: Json = normal({"backgroundColor": mixed})
    return shown


def _numbers(sheet: Sheet, areas: list[Box]) -> list[float]:
    """The numbers of the rectangles in ascending order."""
    places = [(row, column) for box in areas for row, column, _ in sheet.cells(box)]
    return sorted(number for place in places if (number := _number(sheet, *place)) is not None)


def _place(point: Json, numbers: list[float]) -> float:
    """Where an InterpolationPoint lies among the numbers of its rule."""
    least, most = numbers[0], numbers[-1]
    match point.get("type"):
        case "MIN":
            return least
        case "MAX":
            return most
        case "NUMBER":
            return _given_number(point)
        case "PERCENT":
            return least + (most - least) * _given_number(point) / 100
        case "PERCENTILE":
            at, share = divmod((len(numbers) - 1) * _given_number(point) / 100, 1)
            above = numbers[min(int(at) + 1, len(numbers) - 1)]
            return numbers[int(at)] + (above - numbers[int(at)]) * share
        case kind:
            raise not_emulated(f"InterpolationPoint {kind}")


def _given_number(point: Json) -> float:
    try:
        return float(point.get("value", 0))
    except ValueError:
        raise not_emulated("InterpolationPoint with a formula") from None


def _number(sheet: Sheet, row: int, column: int) -> float | None:
    value = value_at(sheet.book, sheet, row, column)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def row_background(sheet: Sheet, row: int, width: int) -> Json | None:
    """The colour that the rules give the row's first coloured cell; None when there is none."""
    found: tuple[int, Json] | None = None
    for rule in sheet.conditional:
        colour: Json | None = rule.get("booleanRule", {}).get("format", {}).get("backgroundColor")
        if colour is None:
            continue
        column = _first_held(sheet, row, width, rule)
        if column is not None and (found is None or column < found[0]):
            found = (column, colour)
    return None if found is None else found[1]


def _first_held(sheet: Sheet, row: int, width: int, rule: Json) -> int | None:
    """The first column of the row in which the rule holds."""
    condition = rule["booleanRule"]["condition"]
    for box in boxes(sheet, rule):
        if not box.top <= row < box.bottom:
            continue
        last = min(box.right, width)
        if _same_in_all_columns(condition):
            last = min(last, box.left + 1)
        for column in range(box.left, last):
            if holds(Place(sheet, row, column, (box.top, box.left)), condition):
                return column
    return None


def _same_in_all_columns(condition: Json) -> bool:
    text = condition["values"][0].get("userEnteredValue", "") if condition.get("values") else ""
    return bool(condition.get("type") == "CUSTOM_FORMULA" and not _RELATIVE_COLUMN.search(text))
