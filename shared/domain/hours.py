"""Hours as people type them into «Настройки»: «Пн–Пт 9:00–18:00; Сб 10–14», «10:00–20:00»."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from shared.domain.invisible import without_invisible

_DAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
_EVERY_DAY = ("ежедневно", "каждый день")
_DASH = r"\s*[-–—]\s*"
_CLOCK = r"(\d{1,2})(?:[:.](\d\d))?"
_SPAN = re.compile(rf"(?:с\s+)?{_CLOCK}(?:{_DASH}|\s+до\s+){_CLOCK}")
_PART = re.compile(r"(?P<days>[а-я\s,–—-]+?)[\s:]+(?P<span>(?:с\s+)?\d.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From `opens` to `closes` of the same day; a day ends at 23:59."""

    opens: time
    closes: time


def parse_span(text: str) -> Span | None:
    """«10:00–20:00», «с 10 до 20»; None for anything else, and where the end is not after the beginning."""
    found = _SPAN.fullmatch(without_invisible(text).strip().casefold())
    if found is None:
        return None
    opens, closes = _time(found[1], found[2]), _time(found[3], found[4])
    return Span(opens=opens, closes=closes) if opens and closes and opens < closes else None


def parse_week(text: str) -> Mapping[int, Span] | None:
    """Weekday, Monday 0 → its hours; None where a part cannot be read or a day stands twice."""
    week: dict[int, Span] = {}
    for part in re.split(r"[;\n]+", without_invisible(text).casefold().strip(" ;\n")):
        found = _PART.fullmatch(part.strip())
        days, span = (_days(found["days"]), parse_span(found["span"])) if found else (None, None)
        if not days or span is None or week.keys() & set(days):
            return None
        week |= dict.fromkeys(days, span)
    return week


def _days(text: str) -> list[int] | None:
    """«пн–пт, вс» → the numbers of these days; None for what is no day."""
    if text.strip() in _EVERY_DAY:
        return list(range(len(_DAYS)))
    days: list[int] = []
    for part in text.split(","):
        ends = [end.strip() for end in re.split(_DASH, part)]
        if len(ends) > 2 or any(end not in _DAYS for end in ends):
            return None
        first, last = _DAYS.index(ends[0]), _DAYS.index(ends[-1])
        if last < first:
            return None
        days += range(first, last + 1)
    return days


def _time(hours: str, minutes: str | None) -> time | None:
    if (int(hours), minutes or "00") == (24, "00"):
        return time(23, 59)
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError:
        return None
