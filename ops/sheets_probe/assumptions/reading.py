"""What a read brings: the cells that were asked for, as they were written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ops.sheets_probe.tab import ROWS, Column, Seen, Tab
from shared.adapters.sheets.calls.refusals import OutOfGrid
from shared.domain.dates import DateCell

DECEMBER, DECEMBER_SERIAL = date(2026, 12, 1), 46357
AS_WRITTEN = (
    " пробел впереди и сзади ",
    "\nстрока впереди и сзади\n",
    "табуляция\tи неразрывный\u00a0пробел",
    "нулевая\u200bширина",
    "=1+1",
    "00123",
    "1 234,50",
    "#ERROR!",
    "ж" * 5_000,
)


async def text_reads_as_written(tab: Tab) -> Seen:
    """FORMATTED_VALUE of a text cell is what was written, to the last space."""
    rows = await tab.rows(*(tab.new_values(question=text) for text in AS_WRITTEN))
    read = await tab.texts(rows, Column.QUESTION)
    wrong = [text[:30] for text, now in zip(AS_WRITTEN, read, strict=True) if text != now]
    return Seen(holds=not wrong, said=", ".join(repr(text) for text in wrong) or f"{len(AS_WRITTEN)}")


async def clipped_cells(tab: Tab) -> Seen:
    """A clipped cell of fixed height reads whole."""
    row = await tab.row()
    before = await tab.text(row, Column.HISTORY)
    box = {"sheetId": tab.sheet, "startRowIndex": row - 1, "endRowIndex": row}
    clipped = {"userEnteredFormat": {"wrapStrategy": "CLIP"}}
    height = {"range": tab.span(row), "properties": {"pixelSize": 21}, "fields": "pixelSize"}
    await tab.done(
        {"repeatCell": {"range": box, "cell": clipped, "fields": "userEnteredFormat.wrapStrategy"}},
        {"updateDimensionProperties": height},
    )
    after = await tab.text(row, Column.HISTORY)
    return Seen(holds=before == after, said=f"{len(after)}")


async def areas_that_overlap(tab: Tab) -> Seen:
    """Several areas in one read, some within others: each answer says whose it is."""
    first, second = await tab.rows(tab.new_values(), tab.new_values())
    column = tab.columns.at[Column.ID]
    ids = tab.layout.column_from(first, Column.ID)
    [wide] = tab.layout.row_areas(second, with_history=True)
    cell = tab.area(second, Column.ID)
    one, many, row, again = await tab.read(cell, ids, wide, replace(cell, last_row=None))
    found = row[0][column - 1]
    holds = one == [[found]] and [line[0] for line in many][1] == found and again[0] == [found]
    return Seen(holds=holds, said=found)


async def hidden_rows_are_read(tab: Tab) -> Seen:
    """A row that a filter hides is read like any other."""
    row = await tab.row()
    before = await tab.text(row, Column.ID)
    async with tab.filtered(row) as hidden:
        after = await tab.text(row, Column.ID)
    return Seen(holds=hidden and before == after != "", said=after)


async def reads_beyond_the_grid(tab: Tab) -> Seen:
    """Rows that are gone: a 400 whose words the bot knows."""
    try:
        await tab.text(ROWS + 5, Column.ID)
    except OutOfGrid as refusal:
        return Seen(holds=True, said=str(refusal)[:160])
    return Seen(holds=False, said="")


async def dates_come_with_their_value(tab: Tab) -> Seen:
    """A date shown as a month alone is told by its serial; text with slashes by the locale that comes along."""
    row = await tab.row(name="1/2/2026")
    column = tab.columns.at[Column.QUESTION]
    box = {"sheetId": tab.sheet, "startRowIndex": row - 1, "endRowIndex": row}
    box |= {"startColumnIndex": column - 1, "endColumnIndex": column}
    shown = {"numberFormat": {"type": "DATE", "pattern": "mmmm"}}
    cell = {"userEnteredValue": {"numberValue": DECEMBER_SERIAL}, "userEnteredFormat": shown}
    fields = "userEnteredValue,userEnteredFormat.numberFormat"
    await tab.done({"updateCells": {"range": box, "rows": [{"values": [cell]}], "fields": fields}})
    wanted = [replace(tab.area(row, column), dates=True) for column in (Column.QUESTION, Column.NAME, Column.ID)]
    dated, slashes, other = (grid[0][0] for grid in await tab.read(*wanted))
    by_value = isinstance(dated, DateCell) and dated.day == DECEMBER
    by_locale = isinstance(slashes, DateCell) and not isinstance(other, DateCell)
    return Seen(holds=by_value and by_locale, said=dated)


ALL = (
    text_reads_as_written,
    clipped_cells,
    areas_that_overlap,
    hidden_rows_are_read,
    reads_beyond_the_grid,
    dates_come_with_their_value,
)
