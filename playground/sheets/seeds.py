"""A spreadsheet as the world begins with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playground.sheets.model import EMPTY, Cell, Column, Row, Sheet, Spreadsheet

TEXT_FORMAT = {"numberFormat": {"type": "TEXT", "pattern": "@"}}
Given = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TabSeed:
    """A tab to begin with. Rows are stored as given, the header first; columns are counted from 0."""

    title: str
    rows: Sequence[Sequence[Given]]
    text_columns: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    row_count: int = 1000
    frozen_rows: int = 1


def tab(book: Spreadsheet, seed: TabSeed, sheet_id: int) -> Sheet:
    """The sheet of a seed; it is not yet part of the spreadsheet."""
    width = max([26, *(len(row) for row in seed.rows), *(column + 1 for column in seed.text_columns)])
    sheet = Sheet(book, sheet_id, seed.title, max(seed.row_count, len(seed.rows) + 1), 0)
    text = Cell(format=TEXT_FORMAT)
    formatted = set(seed.text_columns)
    blanks = [text if index in formatted else EMPTY for index in range(width)]
    sheet.columns = [Column(blank) for blank in blanks]
    for index in seed.hidden_columns:
        sheet.columns[index].hidden = True
    sheet.rows = [
        Row([None if value in (None, "") else Cell(value, blanks[at].format) for at, value in enumerate(row)])
        for row in seed.rows
    ]
    if seed.frozen_rows:
        sheet.grid = {"frozenRowCount": seed.frozen_rows}
    return sheet
