"""The functions the evaluator knows; an unknown one is #NAME?, as at Google."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

from playground.sheets.formulas.arguments import Function, values
from playground.sheets.formulas.calendar_dates import CALENDAR
from playground.sheets.formulas.evaluate import Evaluation, Result
from playground.sheets.formulas.grammar import Node
from playground.sheets.formulas.lookup import LOOKUPS
from playground.sheets.formulas.scalars import FormulaError, as_number, compared, tidy
from playground.sheets.formulas.texts import TEXTS
from playground.sheets.model import ErrorValue, Scalar


def _numbers(run: Evaluation, parts: Iterable[Node]) -> list[float]:
    found: list[float] = []
    for part in parts:
        if part.kind in {"reference", "name"}:
            found += [
                value for value in values(run, [part]) if isinstance(value, int | float) and not isinstance(value, bool)
            ]
        else:
            found += [as_number(value, run.book) for value in values(run, [part]) if value is not None]
    return found


def _average(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    numbers = _numbers(run, parts)
    if not numbers:
        raise FormulaError("DIVIDE_BY_ZERO", "Evaluation of function AVERAGE caused a divide by zero error.")
    return tidy(sum(numbers) / len(numbers))


def _if(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    if run.truth(parts[0]):
        return run.value(parts[1])
    return run.value(parts[2]) if len(parts) > 2 else False


def _ifs(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    for condition, outcome in zip(parts[::2], parts[1::2], strict=True):
        if run.truth(condition):
            return run.value(outcome)
    raise FormulaError("N_A", "No match.")


def _iferror(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    try:
        return run.scalar(parts[0])
    except FormulaError:
        return run.value(parts[1]) if len(parts) > 1 else ""


def _is(check: Callable[[Scalar], bool]) -> Function:
    def function(run: Evaluation, parts: tuple[Node, ...]) -> Result:
        try:
            return check(run.scalar(parts[0]))
        except FormulaError as error:
            return check(error.value)

    return function


def _rounded(mode: str) -> Function:
    def function(run: Evaluation, parts: tuple[Node, ...]) -> Result:
        places = int(run.number(parts[1])) if len(parts) > 1 else 0
        number = Decimal(repr(float(run.number(parts[0]))))
        return tidy(float(number.quantize(Decimal(1).scaleb(-places), mode)))

    return function


def _math(function: Callable[[float], float]) -> Function:
    def applied(run: Evaluation, parts: tuple[Node, ...]) -> Result:
        try:
            return tidy(function(run.number(parts[0])))
        except (ValueError, OverflowError):
            raise FormulaError("NUM") from None

    return applied


def _mod(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    divisor = run.number(parts[1])
    if divisor == 0:
        raise FormulaError("DIVIDE_BY_ZERO", "Function MOD parameter 2 cannot be zero.")
    return tidy(run.number(parts[0]) % divisor)


def _hyperlink(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    return run.value(parts[1]) if len(parts) > 1 else run.text(parts[0])


def _na(_run: Evaluation, _parts: tuple[Node, ...]) -> Result:
    raise FormulaError("N_A", "Did not find value.")


def _and(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    return all(bool(value) for value in values(run, parts) if value is not None)


FUNCTIONS: dict[str, Function] = {
    "SUM": lambda run, parts: tidy(math.fsum(_numbers(run, parts))),
    "AVERAGE": _average,
    "MIN": lambda run, parts: min(_numbers(run, parts), default=0),
    "MAX": lambda run, parts: max(_numbers(run, parts), default=0),
    "PRODUCT": lambda run, parts: tidy(math.prod(_numbers(run, parts))),
    "COUNT": lambda run, parts: len(_numbers(run, [p for p in parts if p.kind in {"reference", "name", "number"}])),
    "COUNTA": lambda run, parts: sum(value is not None for part in parts for value in run.flat(part)),
    "COUNTBLANK": lambda run, parts: sum(value in (None, "") for part in parts for value in run.flat(part)),
    "IF": _if,
    "IFS": _ifs,
    "IFERROR": _iferror,
    "IFNA": _iferror,
    "AND": _and,
    "OR": lambda run, parts: any(bool(value) for value in values(run, parts) if value is not None),
    "NOT": lambda run, parts: not run.truth(parts[0]),
    "TRUE": lambda _run, _parts: True,
    "FALSE": lambda _run, _parts: False,
    "NA": _na,
    "ISBLANK": _is(lambda value: value is None),
    "ISNUMBER": _is(lambda value: isinstance(value, int | float) and not isinstance(value, bool)),
    "ISTEXT": _is(lambda value: isinstance(value, str)),
    "ISERROR": _is(lambda value: isinstance(value, ErrorValue)),
    "ISNA": _is(lambda value: isinstance(value, ErrorValue) and value.kind == "N_A"),
    "ROUND": _rounded(ROUND_HALF_UP),
    "ROUNDUP": _rounded(ROUND_UP),
    "ROUNDDOWN": _rounded(ROUND_DOWN),
    "TRUNC": _rounded(ROUND_DOWN),
    "ABS": _math(abs),
    "INT": _math(math.floor),
    "SQRT": _math(math.sqrt),
    "LN": _math(math.log),
    "EXP": _math(math.exp),
    "PI": lambda _run, _parts: math.pi,
    "MOD": _mod,
    "POWER": lambda run, parts: tidy(run.number(parts[0]) ** run.number(parts[1])),
    "VALUE": lambda run, parts: run.number(parts[0]),
    "N": lambda run, parts: run.number(parts[0]),
    "HYPERLINK": _hyperlink,
    "EQ": lambda run, parts: compared(run.scalar(parts[0]), run.scalar(parts[1])) == 0,
    **CALENDAR,
    **LOOKUPS,
    **TEXTS,
}
