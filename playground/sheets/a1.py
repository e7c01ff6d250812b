"""A1 and R1C1 notation."""

from __future__ import annotations

import re
from typing import NamedTuple

_CELL = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9]\d{0,7})?")
_R1C1 = re.compile(r"R(\d+)?(?:C(\d+))?|C(\d+)", re.IGNORECASE)
_PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LOOKS_LIKE_CELL = re.compile(r"[A-Za-z]{1,3}\d+|R\d*C\d*|R\d*|C\d*", re.IGNORECASE)


class Corner(NamedTuple):
    row: int | None
    column: int | None


class Area(NamedTuple):
    """A rectangle of a sheet yet to be found; half open, None is unbounded."""

    top: int | None = None
    bottom: int | None = None
    left: int | None = None
    right: int | None = None


def letters(column: int) -> str:
    """`letters(0)` is A."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """`column_number("A")` is 0."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def split(text: str) -> tuple[str | None, str]:
    """Title and the rest: `'My sheet'!A1` → (`My sheet`, `A1`); without a `!` the title is None."""
    if text.startswith("'"):
        found = re.match(r"'((?:[^']|'')*)'(?:!(.*))?$", text, re.DOTALL)
        if found:
            return found.group(1).replace("''", "'"), found.group(2) or ""
    title, mark, rest = text.rpartition("!")
    return (title, rest) if mark else (None, text)


def area(text: str) -> Area | None:
    """`A1:B2`, `A:C`, `2:5`, `B2`, `A2:H`, `R1C1:R2C2`; None when it is none of them."""
    first, mark, second = text.partition(":")
    start, end = _corner(first), _corner(second) if mark else _corner(first)
    if start is None or end is None:
        return None
    if not mark and (start.row is None or start.column is None):
        return _whole(start) if _R1C1.fullmatch(first) else None
    top, bottom = _stretch(start.row, end.row)
    left, right = _stretch(start.column, end.column)
    return Area(top, bottom, left, right)


def _whole(corner: Corner) -> Area:
    return Area(
        corner.row,
        None if corner.row is None else corner.row + 1,
        corner.column,
        None if corner.column is None else corner.column + 1,
    )


def _stretch(start: int | None, end: int | None) -> tuple[int | None, int | None]:
    if start is not None and end is not None and end < start:
        start, end = end, start
    if start is None and end is not None:
        return end, None
    return start, None if end is None else end + 1


def _corner(text: str) -> Corner | None:
    found = _CELL.fullmatch(text)
    if found and text.strip("$"):
        column, row = found.groups()
        return Corner(int(row) - 1 if row else None, column_number(column) if column else None)
    found = _R1C1.fullmatch(text)
    if found:
        row, column, alone = found.groups()
        column = column or alone
        return Corner(int(row) - 1 if row else None, int(column) - 1 if column else None)
    return None


def quoted(title: str) -> str:
    """The title as Google writes it before the `!`."""
    if _PLAIN_TITLE.fullmatch(title) and not _LOOKS_LIKE_CELL.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def cell(row: int, column: int) -> str:
    return f"{letters(column)}{row + 1}"


def written(title: str, top: int, bottom: int, left: int, right: int) -> str:
    """`Sheet1!A1:B2`, a single cell as `Sheet1!A1`."""
    first, last = cell(top, left), cell(bottom - 1, right - 1)
    return f"{quoted(title)}!{first}" if first == last else f"{quoted(title)}!{first}:{last}"
