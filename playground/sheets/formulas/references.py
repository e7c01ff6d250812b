"""References inside formulas: how they follow when a formula is copied, and when rows and columns move."""

from __future__ import annotations

import re
from collections.abc import Callable

from playground.sheets import a1
from playground.sheets.formulas.grammar import Token, tokens
from playground.sheets.ranges import Span

_PART = re.compile(r"(\$?)([A-Za-z]{1,3})?(\$?)(\d+)?")
Change = Callable[[Span], "Span | None"]


def copied(text: str, rows: int, columns: int) -> str:
    """A stored formula as it reads so many rows and columns further; `$` holds a reference in place."""
    if not rows and not columns:
        return text
    return _mapped(text, lambda token: _shifted(token.text, rows, columns))


def reshaped(text: str, home: str, title: str, dimension: str, change: Change) -> str:
    """A stored formula of the sheet `home` after rows or columns of the sheet `title` moved."""

    def follow(token: Token) -> str:
        sheet, rest = a1.split(token.text)
        if (sheet or home).casefold() != title.casefold():
            return token.text
        prefix = token.text[: len(token.text) - len(rest)]
        new = _changed(rest, dimension, change)
        return "#REF!" if new is None else prefix + new

    return _mapped(text, follow)


def renamed(text: str, old: str, new: str) -> str:
    """A stored formula after a sheet got another title."""

    def follow(token: Token) -> str:
        sheet, rest = a1.split(token.text)
        return f"{a1.quoted(new)}!{rest}" if sheet is not None and sheet.casefold() == old.casefold() else token.text

    return _mapped(text, follow)


def _mapped(text: str, follow: Callable[[Token], str]) -> str:
    return "=" + "".join(follow(token) if token.kind == "reference" else token.text for token in tokens(text[1:]))


def _shifted(text: str, rows: int, columns: int) -> str:
    sheet, rest = a1.split(text)
    prefix = text[: len(text) - len(rest)] if sheet is not None else ""
    corners: list[str] = []
    for corner in rest.split(":"):
        found = _PART.fullmatch(corner)
        if found is None:
            return text
        hold_column, name, hold_row, number = found.groups()
        if name and not hold_column:
            moved = a1.column_number(name) + columns
            if moved < 0:
                return "#REF!"
            name = a1.letters(moved)
        if not name and number and hold_column:
            hold_row, hold_column = hold_column, ""
        if number and not hold_row:
            if int(number) + rows < 1:
                return "#REF!"
            number = str(int(number) + rows)
        corners.append(f"{hold_column}{name or ''}{hold_row}{number or ''}")
    return prefix + ":".join(corners)


def _changed(rest: str, dimension: str, change: Change) -> str | None:
    corners = [_PART.fullmatch(corner) for corner in rest.split(":")]
    if any(corner is None for corner in corners):
        return rest
    parts = [list(corner.groups()) for corner in corners if corner is not None]
    for part in parts:
        if not part[1] and part[3] and part[0]:
            part[0], part[2] = "", part[0]
    place = 3 if dimension == "ROWS" else 1
    ends = [_index(part[place], dimension) for part in parts]
    if any(end is None for end in ends):
        return rest
    low = min(end for end in ends if end is not None)
    high = max(end for end in ends if end is not None) + 1
    span = change(Span(low, high))
    if span is None:
        return None
    for part, end in zip(parts, ends, strict=True):
        new = span.start if end == low else span.end - 1
        part[place] = str(new + 1) if dimension == "ROWS" else a1.letters(new)
    return ":".join("".join(piece or "" for piece in part) for part in parts)


def _index(text: str | None, dimension: str) -> int | None:
    if not text:
        return None
    return int(text) - 1 if dimension == "ROWS" else a1.column_number(text)
