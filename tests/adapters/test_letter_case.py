"""A cell counts as read only letter for letter: a person who changed nothing but the case has changed it."""

from __future__ import annotations

from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain.status import Status
from tests.adapters.sheet_people import READ, lines, opened, saying
from tests.sheets import APPEALS, Sheets


async def test_a_status_typed_in_other_letters_stands(sheets: Sheets, journal: SheetJournal) -> None:
    """«ОТВЕТ ИИ» typed between our read and our write: a person's choice, which the hand-over does not overwrite."""
    await opened(sheets, journal, 501)
    sheets.meanwhile(READ, spreadsheet=APPEALS, range="Обращения!F2", values=[["ОТВЕТ ИИ"]])
    written = await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER))
    assert written is not None
    assert written.status_kept
    [row] = await sheets.rows()
    assert row["Статус"] == "ОТВЕТ ИИ"
    assert (await lines(sheets))["501"] == ["вопрос 501", "ещё"]
