"""A reply that Google took for a formula, typed into a cell that has lost its text format."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain import texts
from shared.domain.events import EditedRow
from shared.usecases.deliver_reply import deliver_reply
from tests.adapters.sheet_people import draft, kept
from tests.fakes import World
from tests.sheets import APPEALS, Sheets

CALL_US = "+7 912 345-67-89 звоните"
TYPED = EditedRow(appeal="a501-1", number=2, edited=("reply",), editor="", at=0.0)


async def replies_lose_their_format(sheets: Sheets) -> None:
    calls = sheets.calls()
    tabs = await asyncio.to_thread(calls.tabs, APPEALS)
    [sheet] = [tab.sheet for tab in tabs if tab.title == "Обращения"]
    column = {"sheetId": sheet, "startRowIndex": 1, "startColumnIndex": 6, "endColumnIndex": 7}
    plain = {"repeatCell": {"range": column, "cell": {}, "fields": "userEnteredFormat"}}
    await asyncio.to_thread(calls.write, APPEALS, [plain], [])


async def test_the_cell_beside_it_says_what_to_do(sheets: Sheets, journal: SheetJournal) -> None:
    """Nobody is sent «#ERROR!»; with an apostrophe in front the same text arrives."""
    world = World()
    outside, memory = replace(world.outside(), journal=journal), world.memory()
    opened = (await journal.open(draft(sheets, 501))).appeal
    await replies_lose_their_format(sheets)
    [row] = await sheets.rows()
    for _ in range(2):
        await sheets.type(f"Обращения!G{row['row']}", CALL_US)
        found = await kept(journal, opened.id)
        assert found.reply == "#ERROR!"
        shown = await deliver_reply(outside, memory, found, TYPED)
        assert shown.receipt == texts.REPLY_IS_FORMULA
    [row] = await sheets.rows()
    assert (row["Доставка"], world.messenger.to(501)) == (texts.REPLY_IS_FORMULA, [])
    await sheets.type(f"Обращения!G{row['row']}", f"'{CALL_US}")
    await deliver_reply(outside, memory, await kept(journal, opened.id), TYPED)
    [row] = await sheets.rows()
    assert world.messenger.to(501) == [texts.reply(opened.number, CALL_US)]
    assert row["Доставка"].startswith("доставлено")
