"""What single reads show of the rows of appeals, and when the whole id column is to be read."""

from __future__ import annotations

import pytest

from shared.adapters.sheets.journal.index import Index
from shared.adapters.sheets.journal.journal import SheetJournal
from shared.adapters.sheets.journal.rows import AppealRows
from tests.adapters.sheet_people import opened
from tests.sheets import APPEALS, Sheets

COLUMN = [["a501-1"], ["a502-1"], ["a503-1"]]


@pytest.mark.parametrize(
    ("row", "shown", "doubted"),
    [
        (3, "a502-1", False),
        (3, "a501-1", True),
        (3, "", True),
        (3, "note", True),
        (6, "a501-1", True),
        (6, "a504-1", False),
        (6, "", False),
    ],
)
def test_a_row_that_shows_another_id(row: int, shown: str, doubted: bool) -> None:
    """No known row is trusted until the whole column was read; rows that are merely new tell nothing."""
    index = Index()
    index.rebuild(COLUMN)
    index.compare(row, shown)
    assert index.is_doubted is doubted
    assert index.has_at("a501-1", 2) is not doubted
    index.rebuild([*COLUMN])
    assert index.has_at("a501-1", 2)


async def test_a_row_looked_at_by_its_number(sheets: Sheets, journal: SheetJournal) -> None:
    """It shows that rows were sorted above the last one; the next read of any appeal finds all of them again."""
    await opened(sheets, journal, 501, 502, 503)
    rows = AppealRows(sheets.book(APPEALS))
    before = await rows.find("a501-1", with_history=False)
    assert before is not None
    sort = {"spreadsheet": APPEALS, "range": "Обращения!A2:Q3", "column": "D", "descending": True}
    await sheets.person("sort", **sort)
    assert rows.still_at("a501-1", before.place)
    await rows.at(3)
    assert not rows.still_at("a501-1", before.place)
    await rows.find("a503-1", with_history=False)
    now = await rows.find("a501-1", with_history=False)
    assert now is not None
    assert now.place.row == 3
    assert rows.still_at("a501-1", now.place)
