"""Of two writers by position who read the same version of a row, a change and a repair among them, one writes."""

from __future__ import annotations

from shared.adapters.sheets.journal.by_position import ByPosition, Overwritten
from shared.adapters.sheets.journal.found import Found
from shared.adapters.sheets.journal.journal import SheetJournal
from shared.adapters.sheets.journal.mending import Mending
from shared.adapters.sheets.journal.rows import AppealRows
from shared.adapters.sheets.journal.skipped import InVain
from shared.adapters.sheets.journal.tools import Tools
from shared.adapters.sheets.tables import AppealColumn
from shared.domain import texts
from shared.turns import Turns
from tests.adapters.sheet_people import lines, opened, saying
from tests.sheets import Sheets


async def read(tools: Tools) -> Found:
    found = await AppealRows(tools.book).find("a501-1", with_history=True)
    assert found is not None
    return found


def overwritten(found: Found) -> Overwritten:
    """As if the text in the row were another appeal's."""
    return Overwritten(victim="a501-1", row=found.place.row, values={AppealColumn.HISTORY: found.appeal.history})


def mending(tools: Tools) -> Mending:
    return Mending(tools, AppealRows(tools.book), ByPosition(tools), Turns())


async def test_a_repair_does_not_replace_a_version_that_was_replaced(sheets: Sheets, journal: SheetJournal) -> None:
    """It is refused, and written when the row reads the same once more: that write went elsewhere."""
    await opened(sheets, journal, 501)
    tools, refused = sheets.tools(), InVain()
    found = await read(tools)
    await ByPosition(tools).write(found, {AppealColumn.QUESTION: "кто-то был быстрее"}, version=found.version)
    tried = [await mending(tools).once(overwritten(found), number, refused) for number in range(2)]
    assert [one and one.over for one in tried] == [False, True]
    assert (await lines(sheets))["501"] == [texts.ROW_OVERWRITTEN]


async def test_a_repair_that_was_refused_is_alone_with_the_next_version(sheets: Sheets, journal: SheetJournal) -> None:
    """Its mark of that version is the first one again, which whoever read the version too makes as well."""
    await opened(sheets, journal, 501)
    tools, refused = sheets.tools(), InVain()
    before = await read(tools)
    await ByPosition(tools).write(before, {AppealColumn.QUESTION: "кто-то был быстрее"}, version=before.version)
    await mending(tools).once(overwritten(before), 0, refused)
    await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    after = await read(tools)
    tried = await mending(tools).once(overwritten(before), 1, refused)
    assert tried is not None
    assert tried.over
    landed = await ByPosition(tools).write(after, {AppealColumn.QUESTION: "поздно"}, version=after.version)
    assert not landed.written
