"""Where a new row lands: below the last one that holds anything, whatever people did to the sheet."""

from __future__ import annotations

from ops.sheets_probe.tab import Column, Seen, Tab, counts, whole
from shared.adapters.sheets.calls.transport import Request
from shared.adapters.sheets.journal import guard
from shared.adapters.sheets.journal.new_rows import append_request
from shared.domain import history

GONE = "строка перепутана"


async def below_the_last_row(tab: Tab) -> Seen:
    """A row after the last one, in the columns that were meant."""
    await tab.row()
    return await _appended(tab)


async def first_column_is_empty(tab: Tab) -> Seen:
    """Also where the first columns of the last row are empty."""
    await tab.row(code="", phone="", name="")
    return await _appended(tab)


async def the_last_row_is_filtered(tab: Tab) -> Seen:
    """Also where a filter hides the last row."""
    row = await tab.row()
    async with tab.filtered(row):
        return await _appended(tab)


async def the_last_row_is_hidden(tab: Tab) -> Seen:
    """Also where somebody hid it."""
    span = tab.span(await tab.row())

    def hide(hidden: bool) -> Request:
        content = {"range": span, "properties": {"hiddenByUser": hidden}, "fields": "hiddenByUser"}
        return {"updateDimensionProperties": content}

    return await _appended(tab, hide(True), after=(hide(False),))


async def formats_are_no_data(tab: Tab) -> Seen:
    """Colours, drop-downs and tick boxes in the rows below hold nothing: the row lands above them."""
    await tab.row()
    below = {"sheetId": tab.sheet, "startRowIndex": tab.last_row, "endRowIndex": tab.last_row + 40}
    status, tick = tab.columns.at[Column.STATUS], tab.columns.at[Column.TO_KNOWLEDGE]
    colour = {"userEnteredFormat": {"backgroundColor": {"red": 1.0}}}
    listed = {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "Решено"}]}

    def column(at: int) -> dict[str, int]:
        return {**below, "startColumnIndex": at - 1, "endColumnIndex": at}

    return await _appended(
        tab,
        {"repeatCell": {"range": below, "cell": colour, "fields": "userEnteredFormat.backgroundColor"}},
        {"setDataValidation": {"range": column(status), "rule": {"condition": listed}}},
        {"setDataValidation": {"range": column(tick), "rule": {"condition": {"type": "BOOLEAN"}}}},
        after=(
            {"setDataValidation": {"range": column(status)}},
            {"setDataValidation": {"range": column(tick)}},
            {"repeatCell": {"range": below, "cell": {}, "fields": "userEnteredFormat.backgroundColor"}},
        ),
    )


async def the_titles_come_with_it(tab: Tab) -> Seen:
    """The answer shows the titles under which the row was written."""
    values = tab.new_values()
    committed = await tab.done(append_request(values, tab.layout), echoes=[tab.layout.titles()])
    tab.last_row = max([tab.last_row, *await tab.where(values[Column.ID])])
    return Seen(holds=not tab.layout.moved(committed.echoes[0]), said=f"{committed.echoes[0]}")


async def a_row_is_taken_out(tab: Tab) -> Seen:
    """What makes it an appeal is emptied, whatever stands in its history."""
    row = await tab.row()
    appeal, head = await tab.text(row, Column.ID), history.head_of(await tab.text(row, Column.HISTORY)) or ""
    requests = guard.requests_of([whole(Column.ID, appeal, "")], sheet=tab.sheet, row=row, columns=tab.columns)
    taken = guard.whole_request(head, replacement=GONE, sheet=tab.sheet, row=row, columns=tab.columns)
    counted = counts(await tab.done(*requests, taken))
    left = [await tab.text(row, column) for column in (Column.ID, Column.HISTORY)]
    return Seen(holds=counted == [1, 1] and left == ["", GONE], said=f"{counted}, {left[0]!r}")


async def _appended(tab: Tab, *before: Request, after: tuple[Request, ...] = ()) -> Seen:
    if before:
        await tab.done(*before)
    values = tab.new_values()
    await tab.done(append_request(values, tab.layout))
    if after:
        await tab.done(*after)
    tab.last_row += 1
    found = await tab.where(values[Column.ID])
    holds = found == [tab.last_row]
    if holds:
        holds = await tab.text(tab.last_row, Column.CODE) == values[Column.CODE]
    else:
        tab.last_row = max([tab.last_row, *found])
    return Seen(holds=holds, said=f"{found}")


ALL = (
    below_the_last_row,
    first_column_is_empty,
    the_last_row_is_filtered,
    the_last_row_is_hidden,
    formats_are_no_data,
    the_titles_come_with_it,
    a_row_is_taken_out,
)
