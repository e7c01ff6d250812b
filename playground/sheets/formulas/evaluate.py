"""What a formula comes to. Results are kept until something in the spreadsheet changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.sheets import a1
from playground.sheets.formulas.grammar import FormulaParseError, Node, parsed
from playground.sheets.locales import locale
from playground.sheets.model import ErrorValue, Formula, Json, Scalar, Sheet, Spreadsheet
from playground.sheets.ranges import Box

Grid = list[list[Scalar]]
Result = Scalar | Grid
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
_BUSY = object()


class FormulaError(Exception):
    """Ends an evaluation with an error value."""

    def __init__(self, kind: str, message: str = "") -> None:
        self.value = ErrorValue(kind, SHOWN[kind], message)
        super().__init__(message)


def result(book: Spreadsheet, sheet: Sheet, formula: Formula, row: int, column: int) -> Scalar:
    """The value of the formula that stands in a cell."""
    stamp = (book.version, len(book.journal.open))
    if book.results_of != stamp:
        book.results, book.results_of = {}, stamp
    key = (sheet.sheet_id, row, column, formula.text)
    known = book.results.get(key)
    if known is _BUSY:
        return ErrorValue("REF", "#REF!", "Circular dependency detected.")
    if key not in book.results:
        book.results[key] = _BUSY
        book.results[key] = Evaluation(book, sheet, row, column).final(formula.text)
    found: Scalar = book.results[key]
    return found


def value_at(book: Spreadsheet, sheet: Sheet, row: int, column: int) -> Scalar:
    value = sheet.at(row, column).value
    return result(book, sheet, value, row, column) if isinstance(value, Formula) else value


class Evaluation:
    """One formula in its place."""

    def __init__(self, book: Spreadsheet, sheet: Sheet, row: int, column: int) -> None:
        self.book = book
        self.sheet = sheet
        self.row = row
        self.column = column
        self.words = locale(book.locale)

    def final(self, text: str) -> Scalar:
        try:
            value = self.scalar(parsed(text))
        except FormulaError as error:
            return error.value
        except (FormulaParseError, RecursionError):
            return ErrorValue("ERROR", "#ERROR!", "Formula parse error.")
        if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
            return FormulaError("NUM").value
        return 0 if value is None else value

    def value(self, node: Node) -> Result:
        evaluator: Callable[[Node], Result] = getattr(self, f"_{node.kind}")
        return evaluator(node)

    def scalar(self, node: Node) -> Scalar:
        """One value: of a range, its first cell; an error value ends the evaluation."""
        value = self.value(node)
        if isinstance(value, list):
            value = value[0][0] if value and value[0] else None
        if isinstance(value, ErrorValue):
            raise FormulaError(value.kind, value.message)
        return value

    def number(self, node: Node) -> float | int:
        return as_number(self.scalar(node), self.book)

    def text(self, node: Node) -> str:
        return as_text(self.scalar(node), self.book)

    def truth(self, node: Node) -> bool:
        value = self.scalar(node)
        if isinstance(value, str):
            if value.upper() in {"TRUE", "FALSE"}:
                return value.upper() == "TRUE"
            raise FormulaError("VALUE")
        return bool(value)

    def flat(self, node: Node) -> list[Scalar]:
        value = self.value(node)
        return [item for row in value for item in row] if isinstance(value, list) else [value]

    def grid(self, node: Node) -> Grid:
        value = self.value(node)
        return value if isinstance(value, list) else [[value]]

    def area(self, text: str) -> tuple[Sheet, Box]:
        title, rest = a1.split(text)
        sheet = self.sheet if title is None else self.book.titled(title)
        area = a1.area(rest)
        if sheet is None or area is None:
            raise FormulaError("REF", "Unresolved sheet name.")
        bottom = sheet.row_count if area.bottom is None else min(area.bottom, sheet.row_count)
        right = sheet.column_count if area.right is None else min(area.right, sheet.column_count)
        box = Box(area.top or 0, bottom, area.left or 0, right)
        if box.empty:
            raise FormulaError("REF", "Reference does not exist.")
        return sheet, box

    def _reference(self, node: Node) -> Result:
        sheet, box = self.area(node.value)
        if box.height == box.width == 1:
            return value_at(self.book, sheet, box.top, box.left)
        last = max(min(box.bottom, len(sheet.rows)), box.top + 1)
        return [
            [value_at(self.book, sheet, row, column) for column in range(box.left, box.right)]
            for row in range(box.top, last)
        ]

    def _number(self, node: Node) -> Result:
        number = float(node.value)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number

    def _text(self, node: Node) -> Result:
        return node.value

    def _nothing(self, _node: Node) -> Result:
        return None

    def _error(self, node: Node) -> Result:
        kind = next(kind for kind, shown in SHOWN.items() if shown == node.value)
        raise FormulaError(kind)

    def _name(self, node: Node) -> Result:
        if node.value.upper() in {"TRUE", "FALSE"}:
            return node.value.upper() == "TRUE"
        for named in self.book.named:
            if named["name"].casefold() == node.value.casefold():
                sheet, box = self.book.box(named["range"])
                return self._reference(Node("reference", sheet.written(box)))
        raise FormulaError("NAME", f"Unknown range name: '{node.value.upper()}'.")

    def _call(self, node: Node) -> Result:
        from playground.sheets.formulas.functions import FUNCTIONS

        function = FUNCTIONS.get(node.value)
        if function is None:
            raise FormulaError("NAME", f"Unknown function: '{node.value}'.")
        try:
            return function(self, node.parts)
        except (IndexError, ValueError):
            raise FormulaError("N_A", f"Wrong number of arguments to {node.value}.") from None

    def _unary(self, node: Node) -> Result:
        number = self.number(node.parts[0])
        return -number if node.value == "-" else number

    def _percent(self, node: Node) -> Result:
        return self.number(node.parts[0]) / 100

    def _binary(self, node: Node) -> Result:
        if node.value == "&":
            return self.text(node.parts[0]) + self.text(node.parts[1])
        if node.value in "+-*/^":
            return _arithmetic(node.value, self.number(node.parts[0]), self.number(node.parts[1]))
        left, right = self.scalar(node.parts[0]), self.scalar(node.parts[1])
        order = compared(left, right)
        outcomes = {
            "=": order == 0,
            "<>": order != 0,
            "<": order < 0,
            "<=": order <= 0,
            ">": order > 0,
            ">=": order >= 0,
        }
        return outcomes[node.value]


def _arithmetic(operator: str, left: float, right: float) -> float | int:
    names = {"+": "ADD", "-": "MINUS", "*": "MULTIPLY", "/": "DIVIDE", "^": "POW"}
    try:
        match operator:
            case "+":
                value: Any = left + right
            case "-":
                value = left - right
            case "*":
                value = left * right
            case "/":
                value = left / right
            case _:
                value = left**right
    except ZeroDivisionError:
        raise FormulaError("DIVIDE_BY_ZERO", f"Function {names[operator]} parameter 2 cannot be zero.") from None
    except OverflowError:
        raise FormulaError("NUM") from None
    if isinstance(value, complex):
        raise FormulaError("NUM")
    return tidy(value)


def tidy(value: float) -> float | int:
    return int(value) if value == value and abs(value) < 1e15 and value == int(value) else value


def as_number(value: Scalar, book: Spreadsheet) -> float | int:
    from playground.sheets.entered import typed

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
    from playground.sheets.formats import general

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


def result_format(book: Spreadsheet, sheet: Sheet, formula: Formula) -> Json | None:
    """The number format that a formula's result brings along: of a date function, or of the cell it points to."""
    try:
        return _inferred(book, sheet, parsed(formula.text))
    except (FormulaParseError, FormulaError, RecursionError):
        return None


def _inferred(book: Spreadsheet, sheet: Sheet, node: Node) -> Json | None:
    words = locale(book.locale)
    if node.kind == "call":
        dated = {"TODAY": "DATE", "DATE": "DATE", "EDATE": "DATE", "EOMONTH": "DATE", "NOW": "DATE_TIME"}
        if node.value in dated:
            kind = dated[node.value]
            return {"type": kind, "pattern": words.date if kind == "DATE" else words.date_time}
        if node.value not in {"SUM", "MIN", "MAX", "AVERAGE", "IF", "IFERROR", "INDEX"} or not node.parts:
            return None
        return _inferred(book, sheet, node.parts[1 if node.value == "IF" and len(node.parts) > 1 else 0])
    if node.kind == "reference":
        target, box = Evaluation(book, sheet, 0, 0).area(node.value)
        cell = target.at(box.top, box.left)
        own = (cell.format or {}).get("numberFormat")
        if own is None and isinstance(cell.value, Formula) and cell.value.text != node.value:
            return result_format(book, target, cell.value)
        return own if own is None or own.get("type") != "TEXT" else None
    if node.kind == "binary" and node.value in "+-*/":
        return _inferred(book, sheet, node.parts[0]) or _inferred(book, sheet, node.parts[1])
    return None
