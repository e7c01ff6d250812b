"""Functions that look into ranges: counting by a criterion, finding a row, saying where one is."""

from __future__ import annotations

import re
from collections.abc import Callable

from playground.sheets.entered import typed
from playground.sheets.formulas.arguments import Function
from playground.sheets.formulas.evaluate import Evaluation, Result
from playground.sheets.formulas.grammar import Node
from playground.sheets.formulas.scalars import FormulaError, compared, tidy
from playground.sheets.model import Scalar


def criterion(wanted: Scalar, run: Evaluation) -> Callable[[Scalar], bool]:
    """`">=5"`, `"да*"`, `5` … as a test of one value."""
    if not isinstance(wanted, str):
        return lambda value: value is not None and compared(value, wanted) == 0
    found = re.fullmatch(r"(<>|<=|>=|=|<|>)?(.*)", wanted, re.DOTALL)
    operator, rest = found.groups() if found else (None, wanted)
    operand = typed(rest, run.book.locale, 2000).value
    if not isinstance(operand, int | float | bool):
        return _text_criterion(operator or "=", rest)
    number = operand
    tests: dict[str, Callable[[int], bool]] = {
        "=": lambda order: order == 0,
        "<>": lambda order: order != 0,
        "<": lambda order: order < 0,
        "<=": lambda order: order <= 0,
        ">": lambda order: order > 0,
        ">=": lambda order: order >= 0,
    }
    test = tests[operator or "="]
    if operator == "<>":
        return lambda value: not isinstance(value, int | float) or test(compared(value, number))
    return lambda value: isinstance(value, int | float) and test(compared(value, number))


def _text_criterion(operator: str, text: str) -> Callable[[Scalar], bool]:
    pattern = re.escape(text).replace(r"\~\*", r"\*").replace(r"\~\?", r"\?")
    pattern = re.sub(r"(?<!~)\\\*", ".*", pattern)
    pattern = re.sub(r"(?<!~)\\\?", ".", pattern)
    shape = re.compile(pattern, re.IGNORECASE | re.DOTALL)

    def fits(value: Scalar) -> bool:
        if not text:
            return value is None
        return isinstance(value, str) and shape.fullmatch(value) is not None

    if operator == "<>":
        return lambda value: not fits(value)
    if operator == "=":
        return fits
    sign = 1 if operator.startswith(">") else -1
    return lambda value: isinstance(value, str) and compared(value, text) == sign


def _countif(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    test = criterion(run.scalar(parts[1]), run)
    return sum(test(value) for value in run.flat(parts[0]))


def _countifs(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    return sum(_rows_that_fit(run, parts))


def _rows_that_fit(run: Evaluation, parts: tuple[Node, ...]) -> list[bool]:
    columns = [
        [criterion(run.scalar(wanted), run)(value) for value in run.flat(area)]
        for area, wanted in zip(parts[::2], parts[1::2], strict=True)
    ]
    return [all(fits) for fits in zip(*columns, strict=False)]


def _sumif(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    fits = _rows_that_fit(run, parts[:2])
    return _total(run.flat(parts[2] if len(parts) > 2 else parts[0]), fits)


def _sumifs(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    return _total(run.flat(parts[0]), _rows_that_fit(run, parts[1:]))


def _total(values: list[Scalar], fits: list[bool]) -> float | int:
    chosen = [value for value, fit in zip(values, fits, strict=False) if fit]
    return tidy(sum(value for value in chosen if isinstance(value, int | float) and not isinstance(value, bool)))


def _match(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    wanted, values = run.scalar(parts[0]), run.flat(parts[1])
    kind = int(run.number(parts[2])) if len(parts) > 2 else 1
    if kind == 0:
        for number, value in enumerate(values, 1):
            if value is not None and compared(value, wanted) == 0:
                return number
        raise FormulaError("N_A", f"Did not find value '{wanted}' in MATCH evaluation.")
    best = [n for n, value in enumerate(values, 1) if value is not None and compared(value, wanted) * kind <= 0]
    if not best:
        raise FormulaError("N_A", f"Did not find value '{wanted}' in MATCH evaluation.")
    return best[-1]


def _index(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    grid = run.grid(parts[0])
    row = int(run.number(parts[1])) if len(parts) > 1 else 1
    column = int(run.number(parts[2])) if len(parts) > 2 else 1
    if len(grid) == 1 and len(parts) == 2:
        row, column = 1, row
    try:
        return grid[max(row, 1) - 1][max(column, 1) - 1]
    except IndexError:
        raise FormulaError("NUM", "INDEX is out of range.") from None


def _vlookup(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    wanted, grid, column = run.scalar(parts[0]), run.grid(parts[1]), int(run.number(parts[2]))
    sorted_keys = run.truth(parts[3]) if len(parts) > 3 else True
    found: Scalar = None
    seen = False
    for row in grid:
        order = compared(row[0], wanted) if row[0] is not None else 1
        if order == 0 or (sorted_keys and order < 0):
            found, seen = row[column - 1], True
            if order == 0:
                return found
    if not seen:
        raise FormulaError("N_A", f"Did not find value '{wanted}' in VLOOKUP evaluation.")
    return found


def _place(row: bool) -> Function:
    def function(run: Evaluation, parts: tuple[Node, ...]) -> Result:
        if not parts:
            return (run.row if row else run.column) + 1
        if parts[0].kind != "reference":
            raise FormulaError("N_A", "Argument must be a range.")
        _, box = run.area(parts[0].value)
        return (box.top if row else box.left) + 1

    return function


def _extent(rows: bool) -> Function:
    def function(run: Evaluation, parts: tuple[Node, ...]) -> Result:
        _, box = run.area(parts[0].value)
        return box.height if rows else box.width

    return function


LOOKUPS: dict[str, Function] = {
    "COUNTIF": _countif,
    "COUNTIFS": _countifs,
    "SUMIF": _sumif,
    "SUMIFS": _sumifs,
    "MATCH": _match,
    "INDEX": _index,
    "VLOOKUP": _vlookup,
    "ROW": _place(row=True),
    "COLUMN": _place(row=False),
    "ROWS": _extent(rows=True),
    "COLUMNS": _extent(rows=False),
}
