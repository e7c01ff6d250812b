"""People type, choose, correct and wipe while the journal writes: what is theirs stays, and the row is recognised."""

from __future__ import annotations

import pytest

from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain import texts
from shared.domain.status import Status
from tests.adapters.sheet_people import READ, kept, lines, opened, saying
from tests.sheets import APPEALS, Sheets


async def test_a_person_who_is_faster_keeps_the_status(sheets: Sheets, journal: SheetJournal) -> None:
    """«Решено» typed between our read and our write stands; the line is there, and the caller knows."""
    await opened(sheets, journal, 501)
    sheets.meanwhile(READ, spreadsheet=APPEALS, range="Обращения!F2", values=[["Решено"]])
    written = await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER))
    assert written is not None
    assert written.status_kept
    [row] = await sheets.rows()
    assert row["Статус"] == "Решено"
    assert (await lines(sheets))["501"] == ["вопрос 501", "ещё"]


async def test_a_history_that_a_person_edited(sheets: Sheets, journal: SheetJournal) -> None:
    """What people wrote below the head stays."""
    await opened(sheets, journal, 501)
    [row] = await sheets.rows()
    await sheets.type("Обращения!E2", row["Текст обращений"] + "\nпозвонить в среду")
    await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    [row] = await sheets.rows()
    assert "позвонить в среду" in row["Текст обращений"]
    assert "ещё" in row["Текст обращений"]


@pytest.mark.parametrize("wiped", ["Q2", "E2", "I2", "F2", "H2"])
async def test_wiped_cells(sheets: Sheets, journal: SheetJournal, wiped: str) -> None:
    """Trace, history, receipt, status or time cleared: the row is recognised, the line is recorded once."""
    await opened(sheets, journal, 501, 502)
    await sheets.type(f"Обращения!{wiped}", "")
    for update in ("c1", "c1", "c2"):
        await sheets.journal().change("a501-1", saying(sheets, f"строка {update}", update))
    texts_now = (await lines(sheets))["501"]
    assert texts_now[-2:] == ["строка c1", "строка c2"]
    assert texts_now.count("строка c1") == 1
    assert (await lines(sheets))["502"] == ["вопрос 502"]


@pytest.mark.parametrize("header", ["", "№"], ids=["missing", "doubled"])
async def test_a_column_of_peoples_own_may_be_gone(sheets: Sheets, journal: SheetJournal, header: str) -> None:
    """«Ответственный», «Оценка» and «В базу»: the bot does without, for a new row as for an old one."""
    await opened(sheets, journal, 501)
    for cell in ("M1", "N1", "O1"):
        await sheets.type(f"Обращения!{cell}", header and "Ответственный")
    assert await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    await opened(sheets, journal, 502)
    assert (await kept(journal, "a502-1")).owner == ""


async def test_a_row_typed_by_hand(sheets: Sheets, journal: SheetJournal) -> None:
    """It has no id: a reply in it is said to be confused, the others work."""
    await opened(sheets, journal, 501)
    await sheets.person(
        "edit", spreadsheet=APPEALS, range="Обращения!A3", values=[["K9", "8912", "Иван", "501", "", "Новое", "Ответ"]]
    )
    assert await journal.flag_confused(3, texts.CONFUSED)
    await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    assert (await lines(sheets))["501"] == ["вопрос 501", "ещё"]


async def test_a_living_row_is_not_flagged(sheets: Sheets, journal: SheetJournal) -> None:
    """Only rows that are nobody's."""
    await opened(sheets, journal, 501)
    await sheets.type("Обращения!G2", "Ответ")
    assert not await journal.flag_confused(2, texts.CONFUSED)
    assert not await journal.flag_confused(900, texts.CONFUSED)
