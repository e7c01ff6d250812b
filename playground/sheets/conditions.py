"""Boolean conditions of filters, conditional formats and data validation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from playground.sheets import a1, display, serials
from playground.sheets.bodies import not_emulated
from playground.sheets.entered import typed
from playground.sheets.formulas.evaluate import result, value_at
from playground.sheets.formulas.grammar import stored_formula
from playground.sheets.formulas.references import copied
from playground.sheets.formulas.scalars import as_text, compared
from playground.sheets.locales import locale
from playground.sheets.model import ErrorValue, Formula, Json, Scalar, Sheet

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"https?://\S+\.\S+")


class Place:
    """A cell under a condition. `origin` is the first cell of the rule's range: formulas are relative to it."""

    def __init__(self, sheet: Sheet, row: int, column: int, origin: tuple[int, int]) -> None:
        self.sheet = sheet
        self.row = row
        self.column = column
        self.origin = origin
        cell = sheet.at(row, column)
        self.value = display.effective(sheet, cell, row, column)
        self.text = display.shown(sheet, cell, row, column)

    def operand(self, raw: Json) -> Scalar:
        """A condition's value: typed by a person, or computed."""
        if "relativeDate" in raw:
            return _relative(raw["relativeDate"], self.sheet.book.now())
        text = raw.get("userEnteredValue", "")
        value = typed(text, self.sheet.book.locale, 2000).value
        if isinstance(value, Formula):
            return self.computed(value.text)
        return value

    def computed(self, text: str) -> Scalar:
        moved = copied(text, self.row - self.origin[0], self.column - self.origin[1])
        return result(self.sheet.book, self.sheet, Formula(moved), self.row, self.column)


def holds(place: Place, condition: Json) -> bool:
    """Whether the cell satisfies the condition."""
    kind = condition.get("type", "CONDITION_TYPE_UNSPECIFIED")
    values = condition.get("values", [])
    if kind == "CUSTOM_FORMULA":
        found = place.computed(_formula(place, values))
        return found is True or (isinstance(found, int | float) and found != 0)
    if kind in _CHECKS:
        return _CHECKS[kind](place, values)
    family, _, test = kind.partition("_")
    if family == "NUMBER":
        return _is_number(place.value) and _compare(place.value, test, [place.operand(raw) for raw in values])
    if family == "DATE" and test in _DATES:
        return _is_number(place.value) and _compare(_day(place.value), _DATES[test], _days(place, values))
    if family == "TEXT":
        return _text(place, test, [as_text(place.operand(raw), place.sheet.book) for raw in values])
    raise not_emulated(f"ConditionType {kind}")


def _formula(place: Place, values: list[Json]) -> str:
    text = values[0].get("userEnteredValue", "") if values else ""
    return stored_formula(text, locale(place.sheet.book.locale))


def _is_number(value: Scalar) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _compare(value: Scalar, test: str, operands: list[Scalar]) -> bool:
    if test in {"BETWEEN", "NOT_BETWEEN"}:
        inside = compared(value, operands[0]) >= 0 and compared(value, operands[1]) <= 0
        return inside == (test == "BETWEEN")
    order = compared(value, operands[0])
    return {
        "GREATER": order > 0,
        "GREATER_THAN_EQ": order >= 0,
        "LESS": order < 0,
        "LESS_THAN_EQ": order <= 0,
        "EQ": order == 0,
        "NOT_EQ": order != 0,
    }[test]


_DATES = {
    "EQ": "EQ",
    "NOT_EQ": "NOT_EQ",
    "BEFORE": "LESS",
    "AFTER": "GREATER",
    "ON_OR_BEFORE": "LESS_THAN_EQ",
    "ON_OR_AFTER": "GREATER_THAN_EQ",
    "BETWEEN": "BETWEEN",
    "NOT_BETWEEN": "NOT_BETWEEN",
}


def _day(value: Scalar) -> int:
    return int(value // 1) if isinstance(value, int | float) else 0


def _days(place: Place, values: list[Json]) -> list[Scalar]:
    return [_day(place.operand(raw)) for raw in values]


def _relative(name: str, now: float) -> int:
    today = dt.datetime.fromtimestamp(now, dt.UTC).date()
    back = {"PAST_YEAR": 365, "PAST_MONTH": 30, "PAST_WEEK": 7, "YESTERDAY": 1, "TODAY": 0, "TOMORROW": -1}
    return (today - serials.EPOCH.date()).days - back[name]


def _text(place: Place, test: str, operands: list[str]) -> bool:
    text, operand = place.text.casefold(), (operands[0] if operands else "").casefold()
    match test:
        case "CONTAINS":
            return operand in text
        case "NOT_CONTAINS":
            return operand not in text
        case "STARTS_WITH":
            return text.startswith(operand)
        case "ENDS_WITH":
            return text.endswith(operand)
        case "EQ":
            return text == operand
        case "NOT_EQ":
            return text not in {one.casefold() for one in operands}
        case "IS_EMAIL":
            return _EMAIL.fullmatch(place.text) is not None
        case "IS_URL":
            return _URL.fullmatch(place.text) is not None
        case _:
            raise not_emulated(f"ConditionType TEXT_{test}")


def _one_of_list(place: Place, values: list[Json]) -> bool:
    return any(place.text == raw.get("userEnteredValue") or place.value == place.operand(raw) for raw in values)


def _one_of_range(place: Place, values: list[Json]) -> bool:
    text = values[0].get("userEnteredValue", "").lstrip("=") if values else ""
    title, rest = a1.split(text)
    sheet = place.sheet if title is None else place.sheet.book.titled(title)
    area = a1.area(rest)
    if sheet is None or area is None:
        return False
    bottom = sheet.row_count if area.bottom is None else area.bottom
    right = sheet.column_count if area.right is None else area.right
    return any(
        value_at(sheet.book, sheet, row, column) == place.value
        for row in range(area.top or 0, min(bottom, len(sheet.rows)))
        for column in range(area.left or 0, right)
    )


def _boolean(place: Place, values: list[Json]) -> bool:
    allowed: list[Scalar] = [place.operand(raw) for raw in values] or [True, False]
    return place.value in allowed


_CHECKS: dict[str, Callable[[Place, list[Json]], bool]] = {
    "BLANK": lambda place, _values: place.text == "",
    "NOT_BLANK": lambda place, _values: place.text != "",
    "ONE_OF_LIST": _one_of_list,
    "ONE_OF_RANGE": _one_of_range,
    "BOOLEAN": _boolean,
    "DATE_IS_VALID": lambda place, _values: _is_number(place.value) and not isinstance(place.value, ErrorValue),
}
