"""The guarded write itself: what was read is replaced and counted, anything else is left alone."""

from __future__ import annotations

from ops.sheets_probe.tab import AT, Column, Seen, Tab, whole
from shared.adapters.sheets.journal import guard
from shared.domain.appeals import Edit, edited
from shared.domain.history import Line
from shared.wiring import new_token


async def a_whole_write(tab: Tab) -> Seen:
    """Head, trace and status of a row as the journal writes them: each counts 1, and reads as it was meant."""
    row = await tab.row()
    found = await tab.found(row)
    before = found.appeal
    edit = Edit(at=AT, lines=(Line(at=AT, author="Анна", text="Ещё\nвопрос"),), trace=before.known_trace.saw("u9"))
    after = edited(before, edit, new_token())
    cells = guard.cells_of(before, after, edit, head=found.place.head or "", trace_cell=found.place.trace_cell)
    counted = await tab.guarded(row, *cells)
    now = await tab.found(row)
    same = (now.appeal.history, now.place.trace_cell) == (after.history, after.known_trace.written())
    return Seen(holds=counted == [1] * len(cells) and same, said=f"{counted}")


async def somebody_was_faster(tab: Tab) -> Seen:
    """The same write a second time finds nothing and changes nothing."""
    row = await tab.row(status="Ответ ИИ")
    cell = whole(Column.STATUS, "Ответ ИИ", "Передано специалисту")
    counted = await tab.guarded(row, cell, cell) + await tab.guarded(row, cell)
    return Seen(holds=counted == [1, 0, 0], said=f"{counted}")


async def only_the_whole_cell(tab: Tab) -> Seen:
    """matchEntireCell: a part of the cell's text does not match."""
    row = await tab.row(status="Ответ ИИ")
    counted = await tab.guarded(row, whole(Column.STATUS, "Ответ", "x"), whole(Column.STATUS, "Ответ ИИ ", "x"))
    return Seen(holds=counted == [0, 0], said=await tab.text(row, Column.STATUS))


async def letter_case(tab: Tab) -> Seen:
    """matchCase: tokens that differ in case differ."""
    row = await tab.row(status="abcdef")
    counted = await tab.guarded(row, whole(Column.STATUS, "ABCDEF", "x"))
    return Seen(holds=counted == [0], said=await tab.text(row, Column.STATUS))


ALL = (a_whole_write, somebody_was_faster, only_the_whole_cell, letter_case)
