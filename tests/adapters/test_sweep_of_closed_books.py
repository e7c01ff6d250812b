"""A sweep during an outage of the workbook, and the sweeps after its repair."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.ports import NeedsRepair
from shared.usecases.sweep import sweep
from tests.adapters.repairs import DAMAGES, NO_NEW_ROWS, Damage, behind_breaker, protected
from tests.adapters.sheet_people import draft
from tests.fakes import World
from tests.sheets import Sheets

SWEEP_S = 300
CLOSED = {status: DAMAGES[status] for status in ("401", "403", "404")} | {
    "read only": NO_NEW_ROWS["the bot may only read"],
    "a renamed column": DAMAGES["a renamed column"],
}


@pytest.mark.parametrize("damage", CLOSED.values(), ids=CLOSED)
async def test_the_sweep_works_after_the_repair(sheets: Sheets, damage: Damage) -> None:
    """The deleting of old marks proves that the workbook is open; replies are read by the same sweep."""
    journal, _ = behind_breaker(sheets)
    await journal.open(draft(sheets, 501))
    world = World()
    world.clock = sheets.clock
    outside, memory = replace(world.outside(), journal=journal), world.memory()
    await damage.done(sheets)
    with pytest.raises(NeedsRepair):
        await sweep(outside, memory)
    await damage.undone(sheets)
    await sheets.type("Обращения!G2", "Готово")
    for _ in range(2):
        sheets.clock.advance(SWEEP_S)
        await sweep(outside, memory)
    assert any("Готово" in text for text in world.messenger.to(501))


async def test_deleted_marks_do_not_prove_that_rows_can_be_written(sheets: Sheets) -> None:
    """A protected tab refuses a row, and no mark."""
    journal, google = behind_breaker(sheets)
    await protected(sheets)
    with pytest.raises(NeedsRepair):
        await journal.open(draft(sheets, 501))
    sheets.clock.advance(SWEEP_S)
    await journal.forget_marks()
    google.calls = 0
    with pytest.raises(NeedsRepair):
        await journal.open(draft(sheets, 502))
    assert google.calls == 0
