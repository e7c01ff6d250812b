"""All rows of a tab but for one column, whose cells are long: a part of the tab at a time."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace

from shared.adapters.sheets.calls.asked import Purpose
from shared.adapters.sheets.calls.refusals import OutOfGrid
from shared.adapters.sheets.calls.transport import Area, Grid
from shared.adapters.sheets.calls.workbook import Workbook

FIRST_ROW = 2
AT_ONCE = 1_000

Numbered = dict[int, list[str]]


async def rows_without(
    book: Workbook, sheet: int, *, skipped: int | None, width: int, dates: bool = False
) -> AsyncIterator[Numbered]:
    """Row number → cells from column 1, "" in the skipped one. What is deleted meanwhile is left out.

    `dates`: cells that are dates come as DateCell.
    """
    try:
        starts = await _starts(book, sheet) if skipped else [FIRST_ROW]
        for first, following in zip(starts, [*starts[1:], None], strict=True):
            columns = [(1, skipped - 1), (skipped + 1, width)] if skipped else [(1, width)]
            spans = [(left, right) for left, right in columns if left <= right]
            areas = [_area(sheet, first, following, left, right) for left, right in spans]
            yield _joined(await _part(book, [replace(area, dates=dates) for area in areas]), first, skipped)
    except OutOfGrid:
        return


async def _part(book: Workbook, areas: Sequence[Area]) -> list[Grid]:
    """Return the cells of areas that have the same rows. OutOfGrid: the first row is gone."""
    try:
        return await book.read(areas, Purpose.REFRESH)
    except OutOfGrid:
        first, last = areas[0].first_row, areas[0].last_row
        if last is None:
            raise
        # only the end may be beyond the grid: cut by some calls, refused by others; what is left is the tab's end
        grids = await book.read([replace(area, last_row=None) for area in areas], Purpose.REFRESH)
        return [grid[: last + 1 - first] for grid in grids]


async def _starts(book: Workbook, sheet: int) -> list[int]:
    """Where each part begins, by the length of the first column; the last part has no end."""
    column = Area(sheet=sheet, first_row=FIRST_ROW, last_row=None, first_column=1, last_column=1)
    [grid] = await book.read([column], Purpose.REFRESH)
    return list(range(FIRST_ROW, max(len(grid), 1) + FIRST_ROW, AT_ONCE))


def _area(sheet: int, first: int, following: int | None, left: int, right: int) -> Area:
    last = following - 1 if following else None
    return Area(sheet=sheet, first_row=first, last_row=last, first_column=left, last_column=right)


def _joined(grids: list[Grid], first: int, skipped: int | None) -> Numbered:
    if skipped is None:
        return dict(enumerate(grids[0], start=first))
    left, right = (grids[0] if skipped > 1 else []), (grids[-1] if len(grids) == 2 or skipped == 1 else [])
    rows: Numbered = {}
    for offset in range(max(len(left), len(right))):
        before = left[offset] if offset < len(left) else []
        after = right[offset] if offset < len(right) else []
        rows[first + offset] = [*before, *[""] * (skipped - len(before)), *after]
    return rows
