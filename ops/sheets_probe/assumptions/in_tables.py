"""A sheet that people turned into a Table («Преобразовать в таблицу»), whose columns have types."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from ops.sheets_probe import texts
from ops.sheets_probe.tab import COLUMNS, ROWS, Column, Seen, Tab, whole
from shared.adapters.sheets.calls.transport import Request
from shared.adapters.sheets.journal.new_rows import append_request

# what people choose for such columns; the cells that the bot writes there hold text
TYPES = {
    Column.CODE: "DOUBLE",
    Column.PHONE: "DOUBLE",
    Column.UPDATED: "DATE_TIME",
    Column.WAITING: "DATE",
    Column.STATUS: "DROPDOWN",
}


async def appended_to_a_table(tab: Tab) -> Seen:
    """A new row lands directly below the last one of the Table, in the columns that were meant."""
    async with _tab_with_table(tab) as own:
        values = own.new_values()
        await own.done(append_request(values, own.layout))
        found = await own.where(values[Column.ID])
        holds = found == [own.last_row + 1] and await own.text(found[0], Column.NAME) == values[Column.NAME]
        return Seen(holds=holds, said=f"{found}")


async def guarded_in_a_table(tab: Tab) -> Seen:
    """The guarded write of a row finds each of its cells once."""
    async with _tab_with_table(tab) as own:
        counted = await own.guarded(own.last_row, *await own.cells(own.last_row))
        return Seen(holds=counted == [1] * len(counted), said=f"{counted}")


async def typed_columns_keep_text(tab: Tab) -> Seen:
    """In columns of a number, a date and a list the bot's text stays text: appended, and replaced by the guard."""
    async with _tab_with_table(tab) as own:
        values = own.new_values(updated="22.11.2026 14:03", waiting="22.11.2026")
        await own.done(append_request(values, own.layout))
        [row] = await own.where(values[Column.ID])
        appended = [await own.text(row, column) for column in TYPES]
        changed = {column: f"0{value}" for column, value in values.items() if column in TYPES}
        counted = await own.guarded(row, *(whole(column, values[column], text) for column, text in changed.items()))
        kept = [own.kept(row, row, column)[0] for column in changed]
        holds = appended == [values[column] for column in TYPES] and counted == [1] * len(changed)
        holds = holds and kept == [{"stringValue": text} for text in changed.values()]
        return Seen(holds=holds, said=f"{appended}, {counted}, {kept}")


@asynccontextmanager
async def _tab_with_table(tab: Tab) -> AsyncIterator[Tab]:
    """A tab beside the scratch tab, its titles and two rows a Table; deleted afterwards."""
    grid = {"rowCount": ROWS, "columnCount": COLUMNS}
    made = await tab.done({"addSheet": {"properties": {"title": f"{texts.TAB} {tab.now()}", "gridProperties": grid}}})
    own = tab.beside(made.replies[0]["addSheet"]["properties"]["sheetId"])
    try:
        await own.prepare()
        await own.rows(own.new_values(), own.new_values())
        await own.done(_table(own))
        yield own
    finally:
        await tab.done({"deleteSheet": {"sheetId": own.sheet}})


def _table(tab: Tab) -> Request:
    statuses = [{"userEnteredValue": text} for text in ("Ответ ИИ", "Передано специалисту", "Решено")]
    columns: list[dict[str, object]] = []
    for column, kind in TYPES.items():
        said: dict[str, object] = {"columnIndex": tab.columns.at[column] - 1, "columnName": column, "columnType": kind}
        if kind == "DROPDOWN":
            said["dataValidationRule"] = {"condition": {"type": "ONE_OF_LIST", "values": statuses}}
        columns.append(said)
    whole_tab = {**tab.data(), "endColumnIndex": COLUMNS}
    return {"addTable": {"table": {"name": f"Probe_{tab.sheet}", "range": whole_tab, "columnProperties": columns}}}


ALL = (appended_to_a_table, guarded_in_a_table, typed_columns_keep_text)
