"""Dates as people type them into a sheet."""

from __future__ import annotations

import re
from datetime import date

from shared.domain.invisible import without_invisible

_MONTH_FIRST = frozenset({"en", "en_US", "en_PH", "fil", "fil_PH", "es_PA", "es_PR"})
# how 12/1/2026 is meant there nobody can tell: people write the year first, or with other signs
_YEAR_FIRST = frozenset({"fa", "hu", "ja", "ko", "lt", "mn", "sv", "zh", "en_CA", "en_ZA", "fr_CA"})
_YEAR, _DAY_OR_MONTH = r"(\d{4}|\d{2})", r"(\d{1,2})"
_ISO = re.compile(rf"(\d{{4}})([-./]){_DAY_OR_MONTH}\2{_DAY_OR_MONTH}")
_DOTS = re.compile(rf"{_DAY_OR_MONTH}\.{_DAY_OR_MONTH}\.{_YEAR}")
_SLASHES = re.compile(rf"{_DAY_OR_MONTH}/{_DAY_OR_MONTH}/{_YEAR}")
_TIME = r"[T\s]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(\s*[ap]m)?(Z|[+-]\d{2}:\d{2})?"
_BEHIND = re.compile(rf"(\s*г)?[.,]?({_TIME})?", re.IGNORECASE)


class DateCell(str):
    """A cell as shown that holds a date: `day`, whatever the cell's format makes of it."""

    day: date

    def __new__(cls, shown: str, day: date) -> DateCell:
        cell = super().__new__(cls, shown)
        cell.day = day
        return cell


def date_in(cell: str) -> date | None:
    """Return the date that a cell holds; of plain text one that is the same in every locale. None for anything else."""
    return cell.day if isinstance(cell, DateCell) else parse_date(cell)


def parse_date(text: str, locale: str = "") -> date | None:
    """Return the date that a text is, with or without a time behind; None for anything else.

    The year first («2026-12-01»), dots with the day first («1.12.2026», «01.12.26») whatever the locale. Slashes by the
    workbook's locale such as «en_US»; None where the locale is unknown, or writes no day or month before the year.
    """
    stripped = without_invisible(text).strip()
    if found := _ISO.match(stripped):
        parts = (found[1], found[3], found[4])
    elif found := _DOTS.match(stripped):
        parts = (found[3], found[2], found[1])
    elif (found := _SLASHES.match(stripped)) and locale and not _is_of(_YEAR_FIRST, locale):
        day, month = (found[2], found[1]) if locale in _MONTH_FIRST else (found[1], found[2])
        parts = (found[3], month, day)
    else:
        return None
    return _date(*parts) if _BEHIND.fullmatch(stripped[found.end() :]) else None


def _is_of(locales: frozenset[str], locale: str) -> bool:
    """Return whether the set names the locale or its language."""
    return locale in locales or locale.partition("_")[0] in locales


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
