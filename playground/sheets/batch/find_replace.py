"""Find and replace: on a single cell it is the API's only conditional write.

What Google does not document is taken at its worst: the result is parsed as if a person typed it (outside cells of
plain-text format), styled stretches of text are lost, an empty cell never matches.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from playground.sheets import display
from playground.sheets.entered import typed
from playground.sheets.errors import RequestError
from playground.sheets.java_regex import JavaRegexError, compiled
from playground.sheets.java_replacement import replacement
from playground.sheets.model import Cell, Formula, Json, Sheet, Spreadsheet
from playground.sheets.ranges import Box
from playground.sheets.writing import as_typed, checked, with_value

Replacer = Callable[[str], tuple[str, int]]


def find_replace(book: Spreadsheet, content: Json) -> Json:
    replacer = _replacer(content)
    counts = dict.fromkeys(("valuesChanged", "formulasChanged", "rowsChanged", "sheetsChanged"), 0)
    occurrences = 0
    for sheet, box in _scope(book, content):
        rows: set[int] = set()
        for row, column, cell in list(sheet.cells(box)):
            if book.guard_skips_filtered_rows and sheet.rows[row].filtered:
                continue
            found = _replaced(sheet, row, column, cell, replacer, formulas=bool(content.get("includeFormulas")))
            if found:
                occurrences += found
                rows.add(row)
                counts["formulasChanged" if isinstance(cell.value, Formula) else "valuesChanged"] += 1
        counts["rowsChanged"] += len(rows)
        counts["sheetsChanged"] += bool(rows)
    counts["occurrencesChanged"] = occurrences
    return {name: count for name, count in counts.items() if count}


def _scope(book: Spreadsheet, content: Json) -> list[tuple[Sheet, Box]]:
    if "range" in content:
        return [book.box(content["range"])]
    if "sheetId" in content:
        sheet = book.sheet(content["sheetId"])
        return [(sheet, sheet.box)]
    if content.get("allSheets"):
        return [(sheet, sheet.box) for sheet in book.sheets]
    raise RequestError("One of range, sheetId or allSheets must be specified.")


def _replaced(sheet: Sheet, row: int, column: int, cell: Cell, replacer: Replacer, *, formulas: bool) -> int:
    """How many occurrences were replaced in the cell."""
    if isinstance(cell.value, Formula):
        if not formulas:
            return 0
        text, count = replacer(str(display.written(sheet, cell, row, column, dates_as_text=False)))
        if count:
            value = typed(checked(text), sheet.book.locale, 2000).value
            sheet.put(row, column, with_value(cell, value))
        return count
    shown = display.shown(sheet, cell, row, column)
    if not shown:
        return 0
    text, count = replacer(shown)
    if count:
        sheet.put(row, column, as_typed(sheet, cell, text))
    return count


def _replacer(content: Json) -> Replacer:
    find = content.get("find", "")
    if not find:
        raise RequestError("The search string must not be empty.")
    new = content.get("replacement", "")
    fold = not content.get("matchCase")
    entire = bool(content.get("matchEntireCell"))
    if content.get("searchByRegex"):
        return _by_regex(find, new, fold, entire)
    if entire:
        return _entire(find, new, fold)
    if not fold:
        return lambda text: (text.replace(find, new), text.count(find))
    pattern = re.compile(re.escape(find), re.IGNORECASE)
    return lambda text: pattern.subn(lambda _: new, text)


def _entire(find: str, new: str, fold: bool) -> Replacer:
    if not fold:
        return lambda text: (new, 1) if text == find else (text, 0)
    folded = find.casefold()
    return lambda text: (new, 1) if text.casefold() == folded else (text, 0)


@lru_cache(maxsize=256)
def _pattern(find: str, fold: bool) -> re.Pattern[str]:
    return compiled(find, ignore_case=fold)


def _by_regex(find: str, new: str, fold: bool, entire: bool) -> Replacer:
    try:
        pattern = _pattern(find, fold)
        put = replacement(new, pattern)
    except JavaRegexError as error:
        raise RequestError(str(error)) from None

    def replacer(text: str) -> tuple[str, int]:
        if not entire:
            return pattern.subn(put, text)
        found = pattern.fullmatch(text)
        return (put(found), 1) if found else (text, 0)

    return replacer


HANDLERS = {"findReplace": find_replace}
