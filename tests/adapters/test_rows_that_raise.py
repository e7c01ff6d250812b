"""A row that raises what nobody expects stops no other row of its tab."""

from __future__ import annotations

from collections.abc import Iterator

from shared.adapters.sheets.calls.asked import Purpose
from shared.adapters.sheets.rules.row import Row
from shared.adapters.sheets.sound_rows import SoundRows
from shared.adapters.sheets.tables import KnowledgeColumn, TabTitle
from shared.domain.problems import Problem
from tests.sheets import APPEALS, Sheets


class FailingRules:
    """A rule with a fault of ours, which the third row of the tab meets."""

    def problems_of(self, row: Row) -> Iterator[Problem]:
        if row.number == 3:
            raise ZeroDivisionError
        yield from ()


async def test_the_others_can_be_worked_with(sheets: Sheets) -> None:
    """The row is skipped, and the log says which."""
    rows = SoundRows(sheets.book(APPEALS), TabTitle.KNOWLEDGE, KnowledgeColumn, FailingRules, log=sheets.log)
    numbers = [row.number for row in await rows.read(Purpose.TAB)]
    assert numbers[:3] == [2, 4, 5]
    assert ("ERROR", "row_failed", {"tab": "База знаний", "row": 3, "error": "ZeroDivisionError"}) in sheets.log.lines
