"""Columns dragged elsewhere while a first message is answered: its row stands where it belongs, once."""

from __future__ import annotations

from typing import Any

import pytest

from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain import texts
from shared.domain.status import Status
from tests.adapters.sheet_people import draft, kept, opened
from tests.sheets import APPEALS, Sheets

TAB = {"spreadsheet": APPEALS, "sheet": "Обращения"}
MOVES: dict[str, tuple[str, dict[str, Any]]] = {
    "the reply before the status": ("move-columns", {**TAB, "column": "G", "to": "F"}),
    "the Telegram ID behind the history": ("move-columns", {**TAB, "column": "D", "to": "F"}),
    "a new one in front": ("insert-columns", {**TAB, "column": "A"}),
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
async def test_columns_that_move_before_a_row_is_appended(
    sheets: Sheets, journal: SheetJournal, move: tuple[str, dict[str, Any]]
) -> None:
    """What was written under other titles is no appeal any more, and says so; the appeal is written anew."""
    await opened(sheets, journal, 501)
    assert await journal.newest(502) is None
    call, body = move
    await sheets.person(call, **body)
    written = await journal.open(draft(sheets, 502))
    assert written.changed
    [row] = [row for row in await sheets.rows() if row["id"] == "a502-1"]
    assert (row["Telegram ID"], row["Статус"], row["Ответ специалиста"]) == ("502", Status.ANSWERED, "")
    [left] = [row for row in await sheets.rows() if texts.ROW_MISPLACED in row.values()]
    assert not {"a502-1", left["row"]} <= set(left.values())
    assert not any(value.startswith("v1 ") for value in left.values())
    assert [line.text for line in (await kept(journal, "a502-1")).lines] == ["вопрос 502"]


async def test_columns_that_stand_cost_nothing(sheets: Sheets, journal: SheetJournal) -> None:
    """The titles come with the answer of the append itself."""
    await opened(sheets, journal, 501, 502)
    assert not [row for row in await sheets.rows() if texts.ROW_MISPLACED in row.values()]
