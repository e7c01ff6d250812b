"""The functions the evaluator knows; an unknown one is #NAME?, as at Google."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from playground.sheets import serials
from playground.sheets.formats import number_shown
from playground.sheets.formulas.evaluate import Evaluation, FormulaError, Result, as_number, as_text, compared, tidy
from playground.sheets.formulas.grammar import Node
from playground.sheets.formulas.lookup import LOOKUPS
from playground.sheets.model import ErrorValue, Scalar

Function = Callable[[Evaluation, tuple[Node, ...]], Result]


def _values(run: Evaluation, parts: Iterable[Node]) -> list[Scalar]:
    values = [value for part in parts for value in run.flat(part)]
    for value in values:
        if isinstance(value, ErrorValue):
            raise FormulaError(value.kind, value.message)
    return values


def _numbers(run: Evaluation, parts: Iterable[Node]) -> list[float]:
    found: list[float] = []
    for part in parts:
        if part.kind in {"reference", "name"}:
            values = _values(run, [part])
            found += [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
        else:
            found += [as_number(value, run.book) for value in _values(run, [part]) if value is not None]
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


def _texts(change: Callable[[str], str]) -> Function:
    return lambda run, parts: change(run.text(parts[0]))


def _left(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    return run.text(parts[0])[: int(run.number(parts[1])) if len(parts) > 1 else 1]


def _right(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    count = int(run.number(parts[1])) if len(parts) > 1 else 1
    text = run.text(parts[0])
    return text[max(len(text) - count, 0) :]


def _mid(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    start = int(run.number(parts[1])) - 1
    return run.text(parts[0])[start : start + int(run.number(parts[2]))]


def _find(fold: bool) -> Function:
    def function(run: Evaluation, parts: tuple[Node, ...]) -> Result:
        needle, text = run.text(parts[0]), run.text(parts[1])
        start = int(run.number(parts[2])) - 1 if len(parts) > 2 else 0
        place = text.casefold().find(needle.casefold(), start) if fold else text.find(needle, start)
        if place < 0:
            raise FormulaError("VALUE", f"In {'SEARCH' if fold else 'FIND'} evaluation, cannot find '{needle}'.")
        return place + 1

    return function


def _substitute(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    text, old, new = (run.text(part) for part in parts[:3])
    if len(parts) == 3:
        return text.replace(old, new)
    pieces = text.split(old)
    at = int(run.number(parts[3]))
    return old.join(pieces[:at]) + new + old.join(pieces[at:]) if at < len(pieces) else text


def _join(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    return run.text(parts[0]).join(as_text(value, run.book) for value in _values(run, parts[1:]))


def _textjoin(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    skip = run.truth(parts[1])
    texts = [as_text(value, run.book) for value in _values(run, parts[2:])]
    return run.text(parts[0]).join(text for text in texts if text or not skip)


def _text(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    return number_shown(run.number(parts[0]), {"type": "NUMBER", "pattern": run.text(parts[1])}, run.book.locale)


def _today(run: Evaluation) -> dt.datetime:
    try:
        zone: dt.tzinfo = ZoneInfo(run.book.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = dt.UTC
    return dt.datetime.fromtimestamp(run.book.now(), zone).replace(tzinfo=None)


def _date(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    year, month, day = (int(run.number(part)) for part in parts)
    first = serials.date_serial(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    if first is None:
        raise FormulaError("NUM")
    return first + day - 1


def _calendar(field: str) -> Function:
    def function(run: Evaluation, parts: tuple[Node, ...]) -> Result:
        moment = serials.moment(run.number(parts[0]))
        if moment is None:
            raise FormulaError("NUM")
        return int(getattr(moment, field))

    return function


def _regexmatch(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    try:
        return re.search(run.text(parts[1]), run.text(parts[0])) is not None
    except re.error:
        raise FormulaError("REF", "The regular expression is not valid.") from None


def _hyperlink(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    return run.value(parts[1]) if len(parts) > 1 else run.text(parts[0])


def _na(_run: Evaluation, _parts: tuple[Node, ...]) -> Result:
    raise FormulaError("N_A", "Did not find value.")


def _and(run: Evaluation, parts: tuple[Node, ...]) -> Result:
    return all(bool(value) for value in _values(run, parts) if value is not None)


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
    "OR": lambda run, parts: any(bool(value) for value in _values(run, parts) if value is not None),
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
    "CONCATENATE": lambda run, parts: "".join(as_text(value, run.book) for value in _values(run, parts)),
    "CONCAT": lambda run, parts: run.text(parts[0]) + run.text(parts[1]),
    "JOIN": _join,
    "TEXTJOIN": _textjoin,
    "LEN": lambda run, parts: len(run.text(parts[0])),
    "LEFT": _left,
    "RIGHT": _right,
    "MID": _mid,
    "UPPER": _texts(str.upper),
    "LOWER": _texts(str.lower),
    "PROPER": _texts(str.title),
    "TRIM": _texts(lambda text: " ".join(text.split())),
    "CHAR": lambda run, parts: chr(int(run.number(parts[0]))),
    "REPT": lambda run, parts: run.text(parts[0]) * int(run.number(parts[1])),
    "EXACT": lambda run, parts: run.text(parts[0]) == run.text(parts[1]),
    "FIND": _find(fold=False),
    "SEARCH": _find(fold=True),
    "SUBSTITUTE": _substitute,
    "REGEXMATCH": _regexmatch,
    "TEXT": _text,
    "VALUE": lambda run, parts: run.number(parts[0]),
    "N": lambda run, parts: run.number(parts[0]),
    "HYPERLINK": _hyperlink,
    "TODAY": lambda run, _parts: math.floor(serials.serial(_today(run))),
    "NOW": lambda run, _parts: serials.serial(_today(run)),
    "DATE": _date,
    "YEAR": _calendar("year"),
    "MONTH": _calendar("month"),
    "DAY": _calendar("day"),
    "HOUR": _calendar("hour"),
    "MINUTE": _calendar("minute"),
    "SECOND": _calendar("second"),
    "EQ": lambda run, parts: compared(run.scalar(parts[0]), run.scalar(parts[1])) == 0,
    **LOOKUPS,
}
