"""What a person's call points at: a spreadsheet, a tab, a range, a row, a column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.sheets import a1, addresses, display
from playground.sheets.errors import ApiError, invalid
from playground.sheets.model import Json, Sheet, Spreadsheet
from playground.sheets.people.edits import EditEvent
from playground.sheets.ranges import Box

Body = Mapping[str, Any]


@dataclass(slots=True, kw_only=True)
class Done:
    """What came of an action. `told` goes into the event log; `undoable` is false for looking and for undoing."""

    answer: Json = field(default_factory=dict)
    event: EditEvent | None = None
    told: Json = field(default_factory=dict)
    undoable: bool = True


def only(body: Body, *names: str) -> None:
    """Refuse a call that says more than the action understands."""
    unknown = set(body) - {"spreadsheet", "user", *names}
    if unknown:
        raise invalid(f"unknown field: {', '.join(sorted(unknown))}; known: spreadsheet, user, {', '.join(names)}")


def text(body: Body, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise invalid(f"{name}: a text is needed, got {value!r}")
    return value


def whole(body: Body, name: str, default: int | None = None, *, least: int = 1) -> int:
    value = body.get(name, default)
    if isinstance(value, str) and value.isdigit():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise invalid(f"{name}: a whole number from {least} is needed, got {value!r}")
    return value


def tab(book: Spreadsheet, body: Body) -> Sheet:
    """The tab named by `sheet`, else by the `range`, else the first one."""
    title = body.get("sheet")
    if title is None and isinstance(body.get("range"), str):
        title = a1.split(body["range"])[0]
    if title is None:
        return book.sheets[0]
    sheet = book.titled(str(title))
    if sheet is None:
        raise invalid(f"unknown sheet: {title}; there are {', '.join(sheet.title for sheet in book.sheets)}")
    return sheet


def area(book: Spreadsheet, body: Body) -> tuple[Sheet, a1.Area]:
    """The `range`, not yet cut to the grid; a bare tab name is the whole tab."""
    named = text(body, "range")
    sheet = tab(book, body)
    rest = a1.split(named)[1]
    if not rest or book.titled(rest) is not None:
        return book.titled(rest) or sheet, a1.Area()
    found = a1.area(rest)
    if found is None:
        raise invalid(f"range: {named!r} is no range")
    return sheet, found


def box(book: Spreadsheet, body: Body) -> tuple[Sheet, Box]:
    sheet, found = area(book, body)
    bottom = sheet.row_count if found.bottom is None else min(found.bottom, sheet.row_count)
    right = sheet.column_count if found.right is None else min(found.right, sheet.column_count)
    cut = Box(found.top or 0, bottom, found.left or 0, right)
    if cut.empty:
        raise addresses.exceeds(sheet, Box(cut.top, cut.top + 1, cut.left, cut.left + 1))
    return sheet, cut


def row(sheet: Sheet, body: Body, name: str = "row") -> int:
    """A row counted from 1, as an index."""
    number = whole(body, name)
    if number > sheet.row_count:
        raise invalid(f"{name}: the sheet has {sheet.row_count} rows, got {number}")
    return number - 1


def column(sheet: Sheet, value: Any, name: str = "column") -> int:
    """A column by its header, its letter, or its number from 1; as an index."""
    if isinstance(value, str):
        for index in range(sheet.column_count):
            if display.shown(sheet, sheet.at(0, index), 0, index) == value:
                return index
        if value.isascii() and value.isalpha() and len(value) <= 3:
            value = a1.column_number(value) + 1
        elif value.isdigit():
            value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= sheet.column_count:
        raise invalid(f"{name}: a header, a letter or a number from 1 to {sheet.column_count} is needed, got {value!r}")
    return value - 1


def refused(message: str) -> ApiError:
    return invalid(message)
