"""Several requests of one batch, what its answer shows, and what is refused with it."""

from __future__ import annotations

from dataclasses import replace

from ops.sheets_probe.tab import ROWS, Column, Seen, Tab, counts, whole
from shared.adapters.sheets.calls.refusals import OutOfGrid
from shared.adapters.sheets.journal import guard
from shared.adapters.sheets.journal.guard import Cell

TOO_LONG = "ж" * 50_001


async def one_after_the_other(tab: Tab) -> Seen:
    """Each request sees what those before it left."""
    row = await tab.row(status="Ответ ИИ")
    counted = await tab.guarded(
        row, whole(Column.STATUS, "Ответ ИИ", "В работе"), whole(Column.STATUS, "В работе", "Решено")
    )
    said = await tab.text(row, Column.STATUS)
    return Seen(holds=counted == [1, 1] and said == "Решено", said=f"{counted}, {said}")


async def echo_after_the_batch(tab: Tab) -> Seen:
    """includeSpreadsheetInResponse shows the cells as they are after the whole batch."""
    row = await tab.row(status="Ответ ИИ")
    requests = guard.requests_of(
        [whole(Column.STATUS, "Ответ ИИ", "Решено")], sheet=tab.sheet, row=row, columns=tab.columns
    )
    areas = [tab.area(row, Column.STATUS), *tab.layout.identity_areas(row)]
    committed = await tab.done(*requests, echoes=areas)
    found = await tab.found(row)
    said = [echo[0][0] for echo in committed.echoes]
    return Seen(holds=said == ["Решено", found.appeal.id, str(found.appeal.chat)], said=", ".join(said))


async def a_refusal_undoes_the_batch(tab: Tab) -> Seen:
    """What a cell cannot hold is refused, by the number of its request, and the others are not applied."""
    row = await tab.row(status="Ответ ИИ")
    place = {"sheet": tab.sheet, "row": row, "columns": tab.columns}
    fine = guard.requests_of([whole(Column.STATUS, "Ответ ИИ", "Решено")], **place)  # type: ignore[arg-type]
    refusal = await tab.refused(*fine, *guard.placed({Column.QUESTION: TOO_LONG}, **place))  # type: ignore[arg-type]
    status = await tab.text(row, Column.STATUS)
    return Seen(holds="requests[1]" in str(refusal) and status == "Ответ ИИ", said=f"{status}; {refusal}"[:160])


async def a_result_that_is_too_long(tab: Tab) -> Seen:
    """A replacement that makes a cell too long is refused by the number of its request as well."""
    row = await tab.row()
    head = (await tab.found(row)).place.head or ""
    cells = [
        whole(Column.STATUS, "нет такого", "x"),
        Cell(column=Column.HISTORY, find=head, replacement=TOO_LONG, whole=False),
    ]
    requests = guard.requests_of(cells, sheet=tab.sheet, row=row, columns=tab.columns)
    refusal = await tab.refused(*requests)
    return Seen(holds="requests[1]" in str(refusal), said=f"{refusal}"[:160])


async def beyond_the_grid(tab: Tab) -> Seen:
    """Rows that are gone: a 400 whose words the bot knows, of a guarded write and of one by position."""
    cells = [whole(Column.STATUS, "Ответ ИИ", "Решено")]
    place = {"sheet": tab.sheet, "row": ROWS + 5, "columns": tab.columns}
    known, said = [], []
    for requests in (guard.requests_of(cells, **place), guard.placed({Column.STATUS: "x"}, **place)):  # type: ignore[arg-type]
        try:
            await tab.done(*requests)
        except OutOfGrid as refusal:
            known.append(True)
            said.append(str(refusal))
    return Seen(holds=known == [True, True], said="; ".join(said)[:160])


async def an_end_beyond_the_grid(tab: Tab) -> Seen:
    """A range that begins inside the grid and ends beyond it is cut to the grid, read and written."""
    row = await tab.row(status="Ответ ИИ")
    area = replace(tab.area(row, Column.STATUS), last_row=ROWS + 5)
    found = {"find": "Ответ ИИ", "replacement": "Решено", "matchEntireCell": True, "range": area.grid_range()}
    counted = counts(await tab.done({"findReplace": found}))
    [read] = await tab.read(area)
    return Seen(holds=counted == [1] and read[:1] == [["Решено"]], said=f"{counted}, {len(read)}")


ALL = (
    one_after_the_other,
    echo_after_the_batch,
    a_refusal_undoes_the_batch,
    a_result_that_is_too_long,
    beyond_the_grid,
    an_end_beyond_the_grid,
)
