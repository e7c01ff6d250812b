"""Formats of strings that OpenAI's strict schemas know, and texts that hold where a pattern or format is demanded."""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

_DURATION = re.compile(r"P(?=\d|T\d)(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?)")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_HOST = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*")
_ZONED = re.compile(r".*(Z|[+-]\d\d:\d\d)", re.IGNORECASE)


def _parsed(read: Callable[[str], object]) -> Callable[[str], bool]:
    def holds(text: str) -> bool:
        try:
            read(text)
        except ValueError:
            return False
        return True

    return holds


_HOLDS: dict[str, Callable[[str], bool]] = {
    "date-time": lambda text: bool("T" in text.upper() and _ZONED.fullmatch(text) and _parsed(_moment)(text)),
    "time": lambda text: bool(_ZONED.fullmatch(text) and _parsed(dt.time.fromisoformat)(text)),
    "date": lambda text: len(text) == len("2026-01-01") and _parsed(dt.date.fromisoformat)(text),
    "duration": lambda text: _DURATION.fullmatch(text) is not None,
    "email": lambda text: _EMAIL.fullmatch(text) is not None,
    "hostname": lambda text: _HOST.fullmatch(text) is not None,
    "ipv4": _parsed(ipaddress.IPv4Address),
    "ipv6": _parsed(ipaddress.IPv6Address),
    "uuid": lambda text: text.count("-") == 4 and _parsed(uuid.UUID)(text),
}
FORMATS = tuple(_HOLDS)

SAMPLES = (
    *("", "0", "00", "000", "0000", "00000", "000000", "a", "aa", "aaa", "A", "AA", "AAA", "0.0", "a0", "A0", "kb-0"),
    *("#000000", "0000-00", "+70000000000", "00:00", "00:00:00", "а", "А", "example.com", "https://example.com"),
    *("2026-01-01T00:00:00Z", "00:00:00Z", "2026-01-01", "P1D", "a@example.com", "127.0.0.1", "::1"),
    "00000000-0000-4000-8000-000000000000",
)
"""The first that holds is taken: for each format there is one, and some for patterns that are often seen."""


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text.upper())


def _checker() -> FormatChecker:
    checker = FormatChecker(formats=())
    for name, holds in _HOLDS.items():
        checker.checks(name)(lambda value, holds=holds: not isinstance(value, str) or holds(value))
    return checker


_CHECKER = _checker()


def validator(schema: Mapping[str, Any]) -> Draft202012Validator:
    """A validator of JSON Schema that checks formats too."""
    return Draft202012Validator(dict(schema), format_checker=_CHECKER)
