"""What a formula comes to. Results are kept until something in the spreadsheet changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.sheets import a1
from playground.sheets.formulas.grammar import FormulaParseError, Node, parsed
from playground.sheets.formulas.scalars import SHOWN, FormulaError, as_number, as_text, compared, tidy
from playground.sheets.model import ErrorValue, Formula, Scalar, Sheet, Spreadsheet
from playground.sheets.ranges import Box

Grid = list[list[Scalar]]
Result = Scalar | Grid
_BUSY = object()


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
