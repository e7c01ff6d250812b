"""The bot and the check know a column by one rule, however people spell its title."""

from __future__ import annotations

from itertools import cycle

import pytest

from shared.adapters.sheets.tables import AppealColumn
from shared.domain.titles import plain_title
from tests.adapters.inspected import places
from tests.adapters.sheet_people import delivered, draft, saying
from tests.sheets import APPEALS, Sheets
from tests.titles import NAMES, others, spelt


@pytest.mark.parametrize("column", AppealColumn)
def test_the_rule(column: AppealColumn) -> None:
    """Every spelling is the title; what merely looks like it is not."""
    assert {plain_title(spelt(column, name)) for name in NAMES} == {column.value}
    assert column.value not in {plain_title(cell) for cell in others(column)}


@pytest.mark.parametrize("first", range(0, len(NAMES), 4))
async def test_the_bot_and_the_check_know_the_columns(sheets: Sheets, first: int) -> None:
    """A row is appended, read and written, and the check finds nothing wrong with the header."""
    titles = [spelt(column, name) for column, name in zip(AppealColumn, cycle(NAMES[first:]), strict=False)]
    await sheets.person("edit", spreadsheet=APPEALS, range="Обращения!A1", values=[titles])
    journal = sheets.journal()
    assert (await journal.open(draft(sheets, 501))).changed
    assert await journal.change("a501-1", saying(sheets, "ещё", "u2"))
    assert await journal.change("a501-1", delivered(sheets))
    [row] = (await sheets.person("view", spreadsheet=APPEALS, sheet="Обращения"))["rows"][:1]
    assert row["values"][8] == "доставлено 14:03"
    assert not [place for place in await places(sheets) if place.startswith("Обращения")]
