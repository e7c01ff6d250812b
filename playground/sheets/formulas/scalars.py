"""Single values: how they are compared, and what one becomes where another kind is needed."""

from __future__ import annotations

from typing import Any

from playground.sheets.entered import typed
from playground.sheets.formats import general
from playground.sheets.locales import locale
from playground.sheets.model import ErrorValue, Scalar, Spreadsheet

SHOWN = {
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "ERROR": "#ERROR!",
}


class FormulaError(Exception):
    """Ends an evaluation with an error value."""

    def __init__(self, kind: str, message: str = "") -> None:
        self.value = ErrorValue(kind, SHOWN[kind], message)
        super().__init__(message)


def tidy(value: float) -> float | int:
    return int(value) if value == value and abs(value) < 1e15 and value == int(value) else value


def as_number(value: Scalar, book: Spreadsheet) -> float | int:
    if value is None:
        return 0
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    if isinstance(value, str):
        read = typed(value, book.locale, 2000).value
        if isinstance(read, int | float) and not isinstance(read, bool):
            return read
    raise FormulaError("VALUE", f"'{value}' is a text and cannot be coerced to a number.")


def as_text(value: Scalar, book: Spreadsheet) -> str:
    words = locale(book.locale)
    if value is None:
        return ""
    if isinstance(value, bool):
        return words.true if value else words.false
    if isinstance(value, int | float):
        return general(value, words)
    return value.shown if isinstance(value, ErrorValue) else value


def rank(value: Scalar) -> int:
    """Numbers before texts before truth values before errors."""
    if isinstance(value, bool):
        return 2
    if isinstance(value, int | float):
        return 0
    return 3 if isinstance(value, ErrorValue) else 1


def compared(left: Scalar, right: Scalar) -> int:
    """-1, 0 or 1; texts without regard to case, an empty cell as the other side's nothing."""
    if left is None:
        left = "" if isinstance(right, str) else 0 if right is not None else None
    if right is None and left is not None:
        right = "" if isinstance(left, str) else 0
    if left is None:
        return 0
    if rank(left) != rank(right):
        return -1 if rank(left) < rank(right) else 1
    first: Any = left.casefold() if isinstance(left, str) else left
    second: Any = right.casefold() if isinstance(right, str) else right
    return int(first > second) - int(first < second)
