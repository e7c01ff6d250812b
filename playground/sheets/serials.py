"""Dates as Sheets counts them: days since 30 December 1899."""

from __future__ import annotations

import datetime as dt

EPOCH = dt.datetime(1899, 12, 30)


def serial(moment: dt.datetime) -> float:
    days = (moment - EPOCH) / dt.timedelta(days=1)
    return float(round(days, 10))


def date_serial(year: int, month: int, day: int) -> int | None:
    """None when there is no such day."""
    try:
        return (dt.date(year, month, day) - EPOCH.date()).days
    except ValueError:
        return None


def moment(number: float) -> dt.datetime | None:
    """To the nearest second, as it is displayed; None when it is out of the calendar."""
    try:
        return EPOCH + dt.timedelta(seconds=round(number * 86400))
    except OverflowError:
        return None
