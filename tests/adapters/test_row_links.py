"""Where an appeal's row stands, for whoever opens its link."""

from __future__ import annotations

import asyncio

from shared.adapters.sheets.journal.journal import SheetJournal
from tests.adapters.sheet_people import opened
from tests.sheets import APPEALS, Sheets

APPEAL = "a501-1"


async def reads_of(sheets: Sheets, journal: SheetJournal, appeal_id: str) -> tuple[str | None, int]:
    """The row that the link leads to («5:5»), and what that cost."""
    sheets.emulator.reset_stats()
    address = await journal.link(appeal_id)
    return (address.partition("&range=")[2] if address else None), int(str(sheets.emulator.stats()["reads"]))


async def test_a_link_costs_one_read_in_ten_seconds(sheets: Sheets) -> None:
    """Known or not, moved or deleted; then the row is looked for anew."""
    journal = sheets.journal()
    await opened(sheets, journal, 501)
    assert await reads_of(sheets, journal, APPEAL) == ("2:2", 1)
    await sheets.person("insert-rows", spreadsheet=APPEALS, sheet="Обращения", row=2, count=3)
    assert await reads_of(sheets, journal, APPEAL) == ("2:2", 0)
    sheets.clock.advance(10)
    assert await reads_of(sheets, journal, APPEAL) == ("5:5", 1)
    await sheets.person("delete-rows", spreadsheet=APPEALS, sheet="Обращения", row=5, count=1)
    sheets.clock.advance(10)
    assert await reads_of(sheets, journal, APPEAL) == (None, 1)
    assert await reads_of(sheets, journal, APPEAL) == (None, 0)


async def test_many_at_once_share_it(sheets: Sheets) -> None:
    """A notice is opened by the whole group."""
    journal = sheets.journal()
    await opened(sheets, journal, 501)
    sheets.emulator.reset_stats()
    assert len(set(await asyncio.gather(*(journal.link(APPEAL) for _ in range(30))))) == 1
    assert int(str(sheets.emulator.stats()["reads"])) == 1


async def test_after_columns_moved_the_row_is_found(sheets: Sheets) -> None:
    """The columns are found by header again."""
    journal = sheets.journal()
    await opened(sheets, journal, 501)
    await sheets.person("insert-columns", spreadsheet=APPEALS, sheet="Обращения", column=1, count=2)
    assert (await reads_of(sheets, journal, APPEAL))[0] == "2:2"
