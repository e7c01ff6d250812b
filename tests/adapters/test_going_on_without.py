"""Partners are answered although a tab waits for its repair, and what waits is noted for the admins."""

from __future__ import annotations

from shared.adapters.sheets.breaker import PROBE_S
from shared.adapters.sheets.journal.journal import SheetJournal
from shared.adapters.sheets.knowledge import SheetKnowledge
from shared.adapters.sheets.preferences import SheetPreferences
from shared.adapters.sheets.promotions import SheetPromotions
from shared.adapters.sheets.repair_notices import RepairNotices
from shared.domain import problem_texts
from shared.domain.preferences import Preferences
from tests.adapters import crm
from tests.adapters.crm import EXPIRED_S, PEOPLE, known, log_in, overlay
from tests.adapters.logged import logged
from tests.adapters.repairs import batch, emptied, full, protected, unprotected
from tests.adapters.test_archive import all_lines, say, talk
from tests.sheets import APPEALS, AUTHORISATION, Sheets

PROMOTIONS = "promotions-test"


def noted(notices: RepairNotices) -> list[tuple[str, str]]:
    return [(failure.place, failure.problem) for failure in notices.take()]


async def test_a_full_workbook_without_an_archive(sheets: Sheets) -> None:
    """The lines stay in the cell, the message is recorded, the tab is tried once in 15 s, and made after the repair."""
    tools = sheets.tools()
    journal = SheetJournal(tools)
    await talk(sheets, journal, 11)
    await full(sheets)
    await say(sheets, journal, 11)
    assert noted(tools.book.notices) == [("вкладка «Архив»", problem_texts.ROW_NOT_ADDED_FULL)]
    assert await all_lines_of_the_cell(sheets) == 12
    await say(sheets, journal, 12, length=100)
    assert len(logged(sheets, "archive_not_made")) == len(noted(tools.book.notices)) == 1
    await emptied(sheets)
    sheets.clock.advance(PROBE_S)
    await say(sheets, journal, 13, length=100)
    assert await all_lines(sheets) == list(range(13, -1, -1))
    assert not noted(tools.book.notices)


async def all_lines_of_the_cell(sheets: Sheets) -> int:
    [row] = await sheets.rows()
    return row["Текст обращений"].count("Анна")


async def test_an_archive_that_takes_no_rows(sheets: Sheets) -> None:
    """A person protected it."""
    tools = sheets.tools()
    journal = SheetJournal(tools)
    await batch(sheets, {"addSheet": {"properties": {"sheetId": 5, "title": "Архив"}}})
    header = [name for name in (await sheets.person("view", spreadsheet=APPEALS, sheet="Обращения"))["header"] if name]
    await sheets.person("edit", spreadsheet=APPEALS, range="Архив!A1", values=[header])
    await protected(sheets, sheetId=5)
    await talk(sheets, journal, 12)
    assert noted(tools.book.notices) == [("вкладка «Архив»", problem_texts.ROW_NOT_ADDED_PROTECTED)]
    assert await all_lines_of_the_cell(sheets) == 12


async def test_an_import_into_a_protected_tab(sheets: Sheets) -> None:
    """Who was logged in is known throughout; the logins cannot be written back, which somebody has to hear."""
    await crm.clean_tab(sheets)
    book = sheets.book(AUTHORISATION)
    directory = sheets.directory(book)
    await log_in(directory, PEOPLE[:3])
    await overlay(sheets)
    await protected(sheets, AUTHORISATION)
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, PEOPLE[:3]) == [True] * 3
    assert noted(book.notices) == [("вкладка «Авторизация»", problem_texts.CELLS_PROTECTED)]
    await unprotected(sheets, AUTHORISATION)
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, PEOPLE[:3]) == [True] * 3
    assert not noted(book.notices)


async def test_settings_that_cannot_be_read_at_first(sheets: Sheets) -> None:
    """The defaults are used, and somebody hears that they are; a tab that is not there is no fault."""
    book = sheets.book(APPEALS)
    await sheets.type("Настройки!A1", "Имя")
    settings = SheetPreferences(book, clock=sheets.clock, log=sheets.log)
    assert await settings.current() == Preferences()
    assert noted(book.notices) == [("вкладка «Настройки»", "нет столбца «Ключ»")]
    await sheets.person("rename-tab", spreadsheet=APPEALS, sheet="Настройки", title="Заметки")
    other = sheets.book(APPEALS)
    assert await SheetPreferences(other, clock=sheets.clock, log=sheets.log).current() == Preferences()
    assert not noted(other.notices)


async def test_settings_that_cannot_be_read_any_more(sheets: Sheets) -> None:
    """What was read last holds on."""
    book = sheets.book(APPEALS)
    settings = SheetPreferences(book, clock=sheets.clock, log=sheets.log)
    before = await settings.current()
    await sheets.type("Настройки!A1", "Имя")
    sheets.clock.advance(EXPIRED_S)
    assert await settings.current() == before
    assert noted(book.notices) == [("вкладка «Настройки»", "нет столбца «Ключ»")]


async def test_knowledge_that_cannot_be_read(sheets: Sheets) -> None:
    """At first there are no entries, later those of before; either way somebody hears of it."""
    book = sheets.book(APPEALS)
    knowledge = SheetKnowledge(book, clock=sheets.clock, log=sheets.log)
    await sheets.type("База знаний!C1", "Текст")
    assert await knowledge.entries() == ()
    assert noted(book.notices) == [("вкладка «База знаний»", "нет столбца «Ответ»")]
    await sheets.type("База знаний!C1", "Ответ")
    sheets.clock.advance(EXPIRED_S)
    before = await knowledge.entries()
    await sheets.type("База знаний!C1", "Текст")
    sheets.clock.advance(EXPIRED_S)
    assert await knowledge.entries() == before != ()
    assert noted(book.notices) == [("вкладка «База знаний»", "нет столбца «Ответ»")]


async def test_promotions_that_cannot_be_read(sheets: Sheets) -> None:
    book = sheets.book(PROMOTIONS)
    promotions = SheetPromotions(book, clock=sheets.clock, log=sheets.log)
    await sheets.type("Акции!B1", "Имя", PROMOTIONS)
    assert await promotions.all() == []
    assert noted(book.notices) == [("вкладка «Акции»", "нет столбца «Название»")]


async def test_partners_of_before_and_a_tab_without_its_header(sheets: Sheets) -> None:
    """They are known from the last read; so no caller gets the exception that would be reported."""
    book = sheets.book(AUTHORISATION)
    directory = sheets.directory(book)
    assert await directory.partner_of(501) is None
    await sheets.type("Авторизация!A1", "Шифр", AUTHORISATION)
    sheets.clock.advance(EXPIRED_S)
    assert await directory.partner_of(501) is None
    assert noted(book.notices) == [("вкладка «Авторизация»", "нет столбца «Код партнера»")]
