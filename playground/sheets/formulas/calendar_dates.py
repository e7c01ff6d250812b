"""Functions on dates."""

from __future__ import annotations

import datetime as dt
import math
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from playground.sheets import serials
from playground.sheets.formulas.arguments import Function
from playground.sheets.formulas.evaluate import Evaluation, Result
from playground.sheets.formulas.grammar import Node
from playground.sheets.formulas.scalars import FormulaError


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


CALENDAR: dict[str, Function] = {
    "TODAY": lambda run, _parts: math.floor(serials.serial(_today(run))),
    "NOW": lambda run, _parts: serials.serial(_today(run)),
    "DATE": _date,
    "YEAR": _calendar("year"),
    "MONTH": _calendar("month"),
    "DAY": _calendar("day"),
    "HOUR": _calendar("hour"),
    "MINUTE": _calendar("minute"),
    "SECOND": _calendar("second"),
}
