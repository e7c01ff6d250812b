"""Rows and columns out of sight: does the guard see them all the same?"""

from __future__ import annotations

from ops.sheets_probe.tab import Column, Seen, Tab, whole
from shared.adapters.sheets.calls.transport import Request
from shared.adapters.sheets.journal import guard

STATUS = whole(Column.STATUS, "Ответ ИИ", "Передано специалисту")


async def basic_filter(tab: Tab) -> Seen:
    """A row hidden by the filter that everybody sees."""
    row = await tab.row()
    async with tab.filtered(row) as hidden:
        return _seen(hidden, await tab.guarded(row, *await tab.cells(row)))


async def filter_view(tab: Tab) -> Seen:
    """A row that a filter view leaves out."""
    row = await tab.row()
    view = {"title": f"{row}", "range": tab.data(), "filterSpecs": [await tab.all_but(row)]}
    made = await tab.done({"addFilterView": {"filter": view}})
    try:
        return _seen(True, await tab.guarded(row, *await tab.cells(row)))
    finally:
        number = made.replies[0]["addFilterView"]["filter"]["filterViewId"]
        await tab.done({"deleteFilterView": {"filterId": number}})


async def hidden_by_hand(tab: Tab) -> Seen:
    """A row that somebody hid."""
    row = await tab.row()
    await tab.done(_hide(tab.span(row), True))
    counted = await tab.guarded(row, *await tab.cells(row))
    await tab.done(_hide(tab.span(row), False))
    return _seen(True, counted)


async def collapsed_group(tab: Tab) -> Seen:
    """A row of a group that is folded."""
    row = await tab.row()
    span = tab.span(row)
    group = {"dimensionGroup": {"range": span, "depth": 1, "collapsed": True}, "fields": "collapsed"}
    await tab.done({"addDimensionGroup": {"range": span}}, {"updateDimensionGroup": group})
    counted = await tab.guarded(row, *await tab.cells(row))
    await tab.done({"deleteDimensionGroup": {"range": span}}, _hide(span, False))
    return _seen(True, counted)


async def hidden_column(tab: Tab) -> Seen:
    """The technical columns, which are hidden always."""
    row = await tab.row()
    at = tab.columns.at[Column.TRACE]
    span = {"sheetId": tab.sheet, "dimension": "COLUMNS", "startIndex": at - 1, "endIndex": at}
    await tab.done(_hide(span, True))
    counted = await tab.guarded(row, *await tab.cells(row))
    await tab.done(_hide(span, False))
    return _seen(True, counted)


async def written_by_position(tab: Tab) -> Seen:
    """updateCells writes a row that the filter hides, and no other: the way where the guard sees nothing."""
    row, below = await tab.rows(tab.new_values(), tab.new_values())
    values = {Column.STATUS: "Передано специалисту"}
    async with tab.filtered(row) as hidden:
        await tab.done(*guard.placed(values, sheet=tab.sheet, row=row, columns=tab.columns))
    said = await tab.texts([row, below], Column.STATUS)
    return Seen(holds=hidden and said == ["Передано специалисту", "Ответ ИИ"], said=", ".join(said))


def _hide(span: dict[str, object], hidden: bool) -> Request:
    properties = {"hiddenByUser": hidden}
    return {"updateDimensionProperties": {"range": span, "properties": properties, "fields": "hiddenByUser"}}


def _seen(hidden: bool, counted: list[int]) -> Seen:
    return Seen(holds=hidden and all(count == 1 for count in counted), said=f"{counted}")


ALL = (basic_filter, filter_view, hidden_by_hand, collapsed_group, hidden_column, written_by_position)
