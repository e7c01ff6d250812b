"""People sort, copy, cut, delete and replace rows while the journal writes: nobody's text reaches anybody else."""

from __future__ import annotations

import gc
import weakref

import pytest

from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain import texts
from shared.domain.status import Status
from shared.ports import RowConfused, Written
from tests.adapters.logged import logged
from tests.adapters.sheet_people import HALF_SORT, READ, SORT, kept, lines, opened, receipts, saying, sort, statuses
from tests.sheets import APPEALS, Sheets


async def test_a_sort_between_read_and_write(sheets: Sheets, journal: SheetJournal) -> None:
    """The guard misses, the row is found again, the line lands where it belongs, once."""
    await opened(sheets, journal, 501, 502, 503)
    sheets.meanwhile(READ, **SORT)
    written = await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER))
    assert isinstance(written, Written)
    assert written.changed
    assert await lines(sheets) == {"501": ["вопрос 501", "ещё"], "502": ["вопрос 502"], "503": ["вопрос 503"]}
    assert await statuses(sheets) == {"501": "Передано специалисту", "502": "Ответ ИИ", "503": "Ответ ИИ"}


async def test_what_a_stray_write_took_is_put_back(sheets: Sheets, journal: SheetJournal) -> None:
    """The row that stood there had the same status and the same time: it keeps both, whoever sorts again."""
    await opened(sheets, journal, 501, 502, 503)
    before = {row["id"]: row for row in await sheets.rows()}
    sheets.meanwhile(READ, **SORT)
    sheets.clock.advance(60)
    await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER))
    after = {row["id"]: row for row in await sheets.rows()}
    assert len(logged(sheets, "put_back")) == 1
    for appeal in ("a502-1", "a503-1"):
        same = {name for name in before[appeal] if before[appeal][name] == after[appeal][name]}
        assert {"Статус", "Время обновления", "Доставка", "Вопрос", "Ждёт с", "id"} <= same
    assert await sheets.journal().change("a503-1", saying(sheets, "жива", "c2"))
    assert (await lines(sheets))["503"] == ["вопрос 503", "жива"]


async def test_a_sort_of_half_the_columns(sheets: Sheets, journal: SheetJournal) -> None:
    """A:H sorted without the rest: ids and Telegram IDs part, and nothing is written to anybody."""
    await opened(sheets, journal, 501, 502)
    seen = {row["Telegram ID"]: row["Текст обращений"] for row in await sheets.rows()}
    await sheets.person(**HALF_SORT)
    with pytest.raises(RowConfused):
        await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    newest = await journal.newest(501)
    assert newest is not None
    assert newest.is_confused
    assert newest.has_seen("u501")
    assert {row["Telegram ID"]: row["Текст обращений"] for row in await sheets.rows()} == seen


async def test_a_half_sort_between_read_and_write(sheets: Sheets, journal: SheetJournal) -> None:
    """The technical cell was hit, the history was not: the cell gets its own back."""
    await opened(sheets, journal, 501, 502)
    before = {row["id"]: row["Служебное"] for row in await sheets.rows()}
    sheets.meanwhile(READ, **HALF_SORT)
    with pytest.raises(RowConfused):
        await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER))
    rows = await sheets.rows()
    assert {row["id"]: row["Служебное"] for row in rows} == before
    assert {row["Статус"] for row in rows} == {"Ответ ИИ"}
    assert all("ещё" not in row["Текст обращений"] for row in rows)


async def test_a_deleted_row_is_gone(sheets: Sheets, journal: SheetJournal) -> None:
    """Also the last one, also when the row number is somebody else's now."""
    await opened(sheets, journal, 501, 502, 503)
    await sheets.person("delete-rows", spreadsheet=APPEALS, sheet="Обращения", row=2, count=1)
    assert await journal.change("a501-1", saying(sheets, "ещё", "c1")) is None
    await journal.change("a503-1", saying(sheets, "ещё", "c2"))
    assert await lines(sheets) == {"502": ["вопрос 502"], "503": ["вопрос 503", "ещё"]}


async def test_a_row_deleted_between_read_and_write(sheets: Sheets, journal: SheetJournal) -> None:
    """Nothing is written below the table or into the next row."""
    await opened(sheets, journal, 501, 502)
    sheets.meanwhile(READ, call="delete-rows", spreadsheet=APPEALS, sheet="Обращения", row=2, count=1)
    assert await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER)) is None
    assert await lines(sheets) == {"502": ["вопрос 502"]}
    assert [row["Статус"] for row in await sheets.rows()] == ["Ответ ИИ"]


async def test_a_row_cut_and_pasted_elsewhere(sheets: Sheets, journal: SheetJournal) -> None:
    """It is the same appeal in another place."""
    await opened(sheets, journal, 501, 502)
    await sheets.person("cut-row", spreadsheet=APPEALS, sheet="Обращения", row=2, to=9)
    await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    assert (await lines(sheets))["501"] == ["вопрос 501", "ещё"]


async def test_a_copied_row(sheets: Sheets, journal: SheetJournal) -> None:
    """One of the two lives on, and goes on living after a sort; a reply typed in the other is said to be confused."""
    await opened(sheets, journal, 501, 502)
    await sheets.person("copy-row", spreadsheet=APPEALS, sheet="Обращения", row=2, to=5)
    for number in range(3):
        sheets.clock.advance(60)
        await journal.change("a501-1", saying(sheets, f"строка {number}", f"c{number}"))
        await sheets.person(**sort(descending=number % 2 == 0))
        journal = sheets.journal()
    appeal = await journal.find("a501-1")
    assert appeal is not None
    assert [line.text for line in reversed(appeal.lines)] == ["вопрос 501", "строка 0", "строка 1", "строка 2"]
    stale = next(row for row in await sheets.rows() if row["id"] == "a501-1" and "строка" not in row["Текст обращений"])
    await sheets.type(f"Обращения!G{stale['row']}", "Ответ в копии")
    assert await journal.flag_confused(int(stale["row"]), texts.CONFUSED)
    assert (await receipts(sheets))[stale["row"]] == texts.CONFUSED


async def test_columns_that_were_moved(sheets: Sheets, journal: SheetJournal) -> None:
    """Columns are found by header, also when they move between two writes."""
    await opened(sheets, journal, 501)
    await sheets.person("insert-columns", spreadsheet=APPEALS, sheet="Обращения", column="C", count=2)
    await sheets.person("move-columns", spreadsheet=APPEALS, sheet="Обращения", column="G", to="A")
    await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    await opened(sheets, journal, 502)
    assert await lines(sheets) == {"501": ["вопрос 501", "ещё"], "502": ["вопрос 502"]}


async def test_columns_that_move_between_read_and_write(sheets: Sheets, journal: SheetJournal) -> None:
    """The guard misses, the header is read again."""
    await opened(sheets, journal, 501)
    sheets.meanwhile(READ, call="insert-columns", spreadsheet=APPEALS, sheet="Обращения", column="A", count=1)
    await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    assert (await lines(sheets))["501"] == ["вопрос 501", "ещё"]


async def test_a_renamed_tab(sheets: Sheets, journal: SheetJournal) -> None:
    """Known instances go on, a new one finds it by its columns."""
    await opened(sheets, journal, 501)
    await sheets.person("rename-tab", spreadsheet=APPEALS, sheet="Обращения", title="Обращения 2026")
    await journal.change("a501-1", saying(sheets, "раз", "c1"))
    await sheets.journal().change("a501-1", saying(sheets, "два", "c2"))
    appeal = await journal.find("a501-1")
    assert appeal is not None
    assert [line.text for line in reversed(appeal.lines)] == ["вопрос 501", "раз", "два"]


async def test_a_row_seen_a_moment_ago_saves_a_read(sheets: Sheets, journal: SheetJournal) -> None:
    """The first try needs no read of its own; the guard notices that somebody was faster; nothing is kept for ever."""
    await opened(sheets, journal, 501)
    seen = await kept(journal, "a501-1")
    sheets.emulator.reset_stats()
    await journal.change("a501-1", saying(sheets, "раз", "c1"), seen=seen)
    assert sheets.emulator.stats()["reads"] == 0
    await journal.change("a501-1", saying(sheets, "два", "c2"), seen=seen)
    assert (await lines(sheets))["501"] == ["вопрос 501", "раз", "два"]
    memory = weakref.ref(seen)
    del seen
    gc.collect()
    assert memory() is None


async def test_the_tab_replaced_by_its_copy(sheets: Sheets, journal: SheetJournal) -> None:
    """Copied, the original deleted, the copy named like it: the journal goes on there."""
    await opened(sheets, journal, 501, 502)
    gateway = sheets.gateway()
    [sheet] = [tab.sheet for tab in await gateway.tabs(APPEALS) if tab.title == "Обращения"]
    copy = {"duplicateSheet": {"sourceSheetId": sheet, "newSheetId": 77, "newSheetName": "Копия"}}
    rename = {"updateSheetProperties": {"properties": {"sheetId": 77, "title": "Обращения"}, "fields": "title"}}
    await gateway.write(APPEALS, [copy, {"deleteSheet": {"sheetId": sheet}}, rename], moves_nothing=False)
    written = await journal.change("a502-1", saying(sheets, "ещё", "c1"))
    assert written is not None
    assert "ещё" in next(row["Текст обращений"] for row in await sheets.rows() if row["id"] == "a502-1")


async def test_a_new_row_sorted_above_those_that_are_known(sheets: Sheets, journal: SheetJournal) -> None:
    """Another instance opened it, and the last row that this one knows stands where it stood: it is found."""
    await opened(sheets, journal, 502, 503)
    await opened(sheets, sheets.journal(), 504)
    await sheets.person(**SORT)
    newest = await journal.newest(504)
    assert newest is not None
    assert newest.id == (await kept(journal, "a504-1")).id == "a504-1"


async def test_half_a_sort_leaves_the_status_that_a_person_chose(sheets: Sheets, journal: SheetJournal) -> None:
    """«В работе» set by hand, then A:H sorted: the partner's row is confused, and known to be with a specialist."""
    await opened(sheets, journal, 501, 502)
    [row] = [row for row in await sheets.rows() if row["id"] == "a501-1"]
    await sheets.type(f"Обращения!F{row['row']}", "В работе")
    await sheets.person(**HALF_SORT)
    newest = await journal.newest(501)
    assert newest is not None
    assert newest.is_confused
    assert newest.was_with_people
