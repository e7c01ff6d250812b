"""What becomes of a text that a person types into a cell (USER_ENTERED), by the spreadsheet's locale."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from playground.sheets import serials
from playground.sheets.formulas.grammar import stored_formula
from playground.sheets.locales import Locale, locale
from playground.sheets.model import ErrorValue, Formula, Json, Value


class Entered(NamedTuple):
    """`format` is the number format that typing brings along, None where it brings none."""

    value: Value
    format: Json | None = None


ERRORS = {
    "#NULL!": "NULL_VALUE",
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
}


def typed(text: str, locale_name: str, year: int) -> Entered:
    """`year` completes a date typed without one. The empty text clears the cell."""
    if text == "":
        return Entered(None)
    if text.startswith("'"):
        return Entered(text[1:])
    words = locale(locale_name)
    stripped = text.strip()
    for reader in (_truth, _error, _number, _date_time):
        found = reader(stripped, words, year)
        if found is not None:
            return found
    if text[0] in "=+-" and len(stripped) > 1:
        return Entered(Formula(stored_formula(text if text[0] == "=" else f"={text}", words)))
    return Entered(text)


def _truth(text: str, words: Locale, _year: int) -> Entered | None:
    upper = text.upper()
    if upper in {"TRUE", words.true}:
        return Entered(True)
    if upper in {"FALSE", words.false}:
        return Entered(False)
    return None


def _error(text: str, _words: Locale, _year: int) -> Entered | None:
    kind = ERRORS.get(text.upper())
    return None if kind is None else Entered(ErrorValue(kind, text.upper(), ""))


def number(text: str, words: Locale) -> float | int | None:
    """A plain number of the locale, without currency, percent or exponent."""
    found = _number(text, words, 0)
    return found.value if found and isinstance(found.value, int | float) else None


def _number(text: str, words: Locale, _year: int) -> Entered | None:
    body, sign = text, 1
    if body.startswith("(") and body.endswith(")"):
        body, sign = body[1:-1].strip(), -1
    elif body.startswith(("+", "-")):
        body, sign = body[1:].strip(), -1 if body[0] == "-" else 1
    percent = body.endswith("%")
    if percent:
        body = body[:-1].strip()
    body, currency = _without_currency(body, words)
    if not body or not (body[0].isdigit() or body[0] == words.decimal) or (currency and percent):
        return None
    if scientific := _exponent(body, words):
        return Entered(_plain(sign * scientific), {"type": "SCIENTIFIC", "pattern": "0.00E+00"})
    digits = _digits(body, words)
    if digits is None:
        return None
    value, grouped, fraction = digits
    pattern = _pattern(grouped, bool(fraction), currency, percent, words)
    return Entered(_plain(sign * value / 100 if percent else sign * value), pattern)


def _without_currency(body: str, words: Locale) -> tuple[str, bool]:
    signs = {words.currency} | ({"р.", "руб.", "руб"} if words.currency == "₽" else set())
    for sign in sorted(signs, key=len, reverse=True):
        if body.startswith(sign):
            return body[len(sign) :].strip(), True
        if body.endswith(sign) and words.currency_after:
            return body[: -len(sign)].strip(), True
    return body, False


def _exponent(body: str, words: Locale) -> float | None:
    found = re.fullmatch(rf"(\d+)(?:{re.escape(words.decimal)}(\d*))?[eE]([+-]?\d{{1,3}})", body)
    if not found:
        return None
    value = float(f"{found.group(1)}.{found.group(2) or 0}e{found.group(3)}")
    return value if value != float("inf") else None


def _digits(body: str, words: Locale) -> tuple[float | int, bool, str] | None:
    group = r"[\u00a0\u202f ]" if words.group == "\u00a0" else re.escape(words.group)
    decimal = re.escape(words.decimal)
    found = re.fullmatch(rf"(\d{{1,3}}(?:{group}\d{{3}})+|\d*)(?:{decimal}(\d*))?", body)
    if not found or not any(char.isdigit() for char in body):
        return None
    whole, fraction = re.sub(r"\D", "", found.group(1)), found.group(2) or ""
    grouped = len(whole) != len(found.group(1))
    value: float | int = float(f"{whole or 0}.{fraction}") if fraction else float(whole or 0)
    return value, grouped, fraction


def _pattern(grouped: bool, fraction: bool, currency: bool, percent: bool, words: Locale) -> Json | None:
    if percent:
        return {"type": "PERCENT", "pattern": "0.00%" if fraction else "0%"}
    places = ".00" if fraction else ""
    if currency:
        sign = f'"{words.currency}"'
        pattern = f"#,##0{places}\\ {sign}" if words.currency_after else f"{sign}#,##0{places}"
        return {"type": "CURRENCY", "pattern": pattern}
    return {"type": "NUMBER", "pattern": f"#,##0{places}"} if grouped else None


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) and abs(value) < 1e15 else float(repr(value))


_TIME = re.compile(r"(\d{1,4}):(\d{2})(?::(\d{2})(\.\d{1,3})?)?\s*([AaPp][Mm])?")


def _date_time(text: str, words: Locale, year: int) -> Entered | None:
    if len(text) > 40 or not any(char.isdigit() for char in text):
        return None
    day = _date(text, words, year)
    if day is not None:
        return Entered(day[0], {"type": "DATE", "pattern": day[1]})
    time = _time(text)
    if time is not None:
        return Entered(time[0], {"type": "TIME", "pattern": time[1]})
    first, _, _second = text.partition(" ")
    for split in (text.rfind(" ", 0, text.find(":")), len(first)):
        if split <= 0:
            continue
        day, time = _date(text[:split].strip(), words, year), _time(text[split:].strip())
        if day is not None and time is not None and time[0] < 1:
            return Entered(day[0] + time[0], {"type": "DATE_TIME", "pattern": f"{day[1]} {time[1]}"})
    return None


def _time(text: str) -> tuple[float, str] | None:
    found = _TIME.fullmatch(text)
    if not found:
        return None
    hours, minutes = int(found.group(1)), int(found.group(2))
    seconds = float((found.group(3) or "0") + (found.group(4) or ""))
    half = (found.group(5) or "").lower()
    if minutes > 59 or seconds >= 60 or (half and not 1 <= hours <= 12):
        return None
    if half:
        hours = hours % 12 + (12 if half == "pm" else 0)
    pattern = ("h:mm:ss" if found.group(3) else "h:mm") + (" am/pm" if half else "")
    if hours > 23:
        pattern = "[h]:mm:ss"
    return (hours * 3600 + minutes * 60 + seconds) / 86400, pattern


def _date(text: str, words: Locale, year: int) -> tuple[int, str] | None:
    for pattern, reader in _DATES:
        found = pattern.fullmatch(text)
        if found and (result := reader(found, words, year)) is not None:
            return result
    return None


def _iso(found: re.Match[str], _words: Locale, _year: int) -> tuple[int, str] | None:
    mark = found.group(2)
    day = serials.date_serial(int(found.group(1)), int(found.group(3)), int(found.group(4)))
    return None if day is None else (day, f"yyyy{mark}mm{mark}dd")


def _figures(found: re.Match[str], words: Locale, year: int) -> tuple[int, str] | None:
    first, mark, second, third = found.groups()
    if mark == "." and words.decimal == ".":
        return None
    if mark == "." and third is None and len(second) > 2:
        return None
    pair = (int(first), int(second)) if words.order == "MDY" else (int(second), int(first))
    full = year if third is None else _full_year(third)
    day = serials.date_serial(full, *pair)
    if day is None:
        return None
    names = {"MDY": ("m", "d")}.get(words.order, ("d", "m"))
    wide = [
        name * 2 if len(part) == 2 and words.order != "MDY" else name
        for name, part in zip(names, (first, second), strict=True)
    ]
    tail = "" if third is None else mark + ("yyyy" if len(third) == 4 else "yy")
    return day, mark.join(wide) + tail


def _full_year(text: str) -> int:
    number = int(text)
    if len(text) == 4:
        return number
    return number + (2000 if number < 50 else 1900)


def _day_month_name(found: re.Match[str], words: Locale, year: int) -> tuple[int, str] | None:
    return _named(found.group(1), found.group(2), found.group(3), words, year, "d mmmm")


def _month_name_day(found: re.Match[str], words: Locale, year: int) -> tuple[int, str] | None:
    return _named(found.group(2), found.group(1), found.group(3), words, year, "mmmm d")


def _named(day: str, name: str, year_text: str | None, words: Locale, year: int, shape: str) -> tuple[int, str] | None:
    month = words.month(name)
    if month is None:
        return None
    number = serials.date_serial(int(year_text) if year_text else year, month, int(day))
    if number is None:
        return None
    comma = "," if shape.startswith("m") else ""
    return number, f"{shape}{comma} yyyy" if year_text else shape


_Reader = Callable[[re.Match[str], Locale, int], "tuple[int, str] | None"]
_DATES: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})"), _iso),
    (re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?"), _figures),
    (re.compile(r"(\d{1,2})[ -]([^\W\d]{3,9}\.?)(?:[ -](\d{4})(?: г\.)?)?"), _day_month_name),
    (re.compile(r"([^\W\d]{3,9}\.?) (\d{1,2})(?:, ?(\d{4}))?"), _month_name_day),
)
