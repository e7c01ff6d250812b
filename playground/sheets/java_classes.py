"""Java's character classes and properties, as what stands between brackets in Python."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from functools import lru_cache

CLASSES = {
    "d": "0-9",
    "w": "A-Za-z0-9_",
    "s": r" \t\n\x0b\f\r",
    "h": r" \t\xa0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000",
    "v": r"\n\x0b\f\r\x85\u2028\u2029",
}
OUTSIDE = {
    "D": r"\x00-/:-\U0010ffff",
    "W": r"\x00-/:-@\[-\^`{-\U0010ffff",
    "S": r"\x00-\x08\x0e-\x1f!-\U0010ffff",
}
"""The negated classes, written positively: they may stand in brackets beside others."""
UNICODE = {"d": r"\d", "w": r"\w", "s": r"\s", "D": r"\D", "W": r"\W", "S": r"\S"}
"""The same under `(?U)`."""
_FIXED = {
    "Upper": "A-Z",
    "Lower": "a-z",
    "Digit": "0-9",
    "Alpha": "A-Za-z",
    "Alnum": "A-Za-z0-9",
    "Punct": r"!-/:-@\[-`{-~",
    "Graph": "!-~",
    "Print": " -~",
    "Space": r" \t\n\x0b\f\r",
    "Blank": r" \t",
    "ASCII": r"\x00-\x7f",
    "XDigit": "0-9a-fA-F",
    "Cntrl": r"\x00-\x1f\x7f",
    "Cyrillic": r"\u0400-\u052f\u1c80-\u1c8f\u2de0-\u2dff\ua640-\ua69f",
    "InCyrillic": r"\u0400-\u04ff",
    "Latin": r"A-Za-zªºÀ-ÖØ-öø-ʸ",
}
_BINARY: dict[str, Callable[[str], bool]] = {
    "Alphabetic": str.isalpha,
    "Letter": str.isalpha,
    "Uppercase": str.isupper,
    "Lowercase": str.islower,
    "Digit": lambda char: unicodedata.category(char) == "Nd",
    "Punctuation": lambda char: unicodedata.category(char).startswith("P"),
    "White_Space": str.isspace,
}
_JAVA = {"javaLetter": "L", "javaDigit": "Nd", "javaUpperCase": "Lu", "javaLowerCase": "Ll"}
_CATEGORIES = {unicodedata.category(chr(code)) for code in range(0x3000)} | {"Cs", "Co", "Cn"}
_PREFIXES = ("general_category=", "gc=", "script=", "sc=")


@lru_cache(maxsize=64)
def property_body(name: str) -> str | None:
    """What stands between brackets for `\\p{name}`; None for a property that is not known."""
    name = _JAVA.get(name, name)
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    binary = _BINARY.get(name.removeprefix("Is")) if name.startswith("Is") else None
    if binary is not None:
        return _ranges(binary)
    if name in _FIXED:
        return _FIXED[name]
    name = name.removeprefix("Is")
    if name in ("Cyrillic", "Latin"):
        return _FIXED[name]
    if name in _CATEGORIES or name in {category[0] for category in _CATEGORIES}:
        return _ranges(lambda char: unicodedata.category(char).startswith(name))
    return None


@lru_cache(maxsize=64)
def outside(body: str) -> str:
    """The complement of ranges that `property_body` gave, as ranges."""
    inside = re.compile(f"[{body}]")
    return _ranges(lambda char: inside.match(char) is None)


def _ranges(belongs: Callable[[str], bool]) -> str:
    pieces: list[str] = []
    first: int | None = None
    for code in range(sys.maxunicode + 2):
        inside = code <= sys.maxunicode and belongs(chr(code))
        if inside and first is None:
            first = code
        elif not inside and first is not None:
            pieces.append(f"\\U{first:08x}-\\U{code - 1:08x}")
            first = None
    return "".join(pieces)
