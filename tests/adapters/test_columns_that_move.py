"""Columns dragged elsewhere while a first message is answered: its row stands where it belongs, once."""

from __future__ import annotations

from typing import Any

import pytest

from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain import texts
from shared.domain.appeals import Appeal, Edit
from shared.domain.status import Status
from tests.adapters.sheet_people import READ, draft, failing, kept, opened, saying
from tests.sheets import APPEALS, Sheets

TAB = {"spreadsheet": APPEALS, "sheet": "Обращения"}
MOVES: dict[str, tuple[str, dict[str, Any]]] = {
    "the reply before the status": ("move-columns", {**TAB, "column": "G", "to": "F"}),
    "the Telegram ID behind the history": ("move-columns", {**TAB, "column": "D", "to": "F"}),
    "a new one in front": ("insert-columns", {**TAB, "column": "A"}),
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
async def test_columns_that_move_before_a_row_is_appended(
    sheets: Sheets, journal: SheetJournal, move: tuple[str, dict[str, Any]]
) -> None:
    """What was written under other titles is no appeal any more, and says so; the appeal is written anew."""
    await opened(sheets, journal, 501)
    assert await journal.newest(502) is None
    call, body = move
    await sheets.person(call, **body)
    written = await journal.open(draft(sheets, 502))
    assert written.changed
    [row] = [row for row in await sheets.rows() if row["id"] == "a502-1"]
    assert (row["Telegram ID"], row["Статус"], row["Ответ специалиста"]) == ("502", Status.ANSWERED, "")
    [left] = [row for row in await sheets.rows() if texts.ROW_MISPLACED in row.values()]
    assert not {"a502-1", left["row"]} <= set(left.values())
    assert not any(value.startswith("v1 ") for value in left.values())
    assert [line.text for line in (await kept(journal, "a502-1")).lines] == ["вопрос 502"]


@pytest.mark.parametrize("title", ["Код\nпартнера", "Код  партнера", "Код\u00a0партнера", " Код партнера "])
async def test_titles_that_people_broke_into_lines(sheets: Sheets, journal: SheetJournal, title: str) -> None:
    """It is the same column: the row is appended once, and no call is made for it that others do not cost."""
    await sheets.type("Обращения!A1", title)
    await opened(sheets, journal, 501)
    sheets.emulator.reset_stats()
    await opened(sheets, journal, 502)
    stats = sheets.emulator.stats()
    assert (stats["reads"], stats["writes"]) == (1, 1)
    assert len(await sheets.rows()) == 2


async def test_a_persons_own_column_may_be_renamed_meanwhile(sheets: Sheets, journal: SheetJournal) -> None:
    """Its title is nothing to us."""
    await sheets.person("insert-columns", **{**TAB, "column": "C"})
    assert await journal.newest(502) is None
    await sheets.type("Обращения!C1", "Дата\nзвонка")
    await opened(sheets, journal, 502)
    assert len(await sheets.rows()) == 1


async def test_a_misplaced_row_whose_answer_was_lost(sheets: Sheets, journal: SheetJournal) -> None:
    """Nothing said under which titles it was written: its cells do, and a status is nobody's reply."""
    await opened(sheets, journal, 501)
    assert await journal.newest(502) is None
    call, body = MOVES["the reply before the status"]
    await sheets.person(call, **body)
    sheets.faults.replace([failing("appendCells", "apply-then-drop")])
    await opened(sheets, journal, 502)
    [row] = [row for row in await sheets.rows() if row["id"] == "a502-1"]
    assert (row["Статус"], row["Ответ специалиста"]) == (Status.ANSWERED, "")


@pytest.mark.parametrize(("column", "to"), [("I", "M"), ("L", "I"), ("N", "K"), ("G", "F")])
async def test_columns_that_move_under_a_guarded_write(
    sheets: Sheets, journal: SheetJournal, column: str, to: str
) -> None:
    """Several columns hold «—»: what went into another one is taken back, and written under its own title."""
    await opened(sheets, journal, 501)
    at = sheets.clock.local()

    def change(row: Appeal) -> Edit:
        waits = at.strftime("%Y-%m-%d %H:%M:%S")
        trace = row.known_trace.saw("u2")
        status = Status.HANDED_OVER
        return Edit(at=at, status=status, question="› вопрос", waiting_since=waits, trace=trace)

    sheets.meanwhile(READ, call="move-columns", **{**TAB, "column": column, "to": to})
    assert await journal.change("a501-1", change)
    [row] = await sheets.rows()
    assert (row["Статус"], row["Вопрос"], row["Доставка"], row["Оценка"]) == (Status.HANDED_OVER, "› вопрос", "—", "—")
    assert row["Ждёт с"] == "2026-11-22 14:03:00"


TYPED = {"Статус": "В работе", "Ответ специалиста": "Сейчас пришлю", "Ответственный": "Иванов"}


@pytest.mark.parametrize("column", ["F", "G", "N"])
@pytest.mark.parametrize("wanted", [None, Status.ANSWERED, Status.HANDED_OVER], ids=str)
async def test_what_people_typed_is_brought_back_though_columns_moved(
    sheets: Sheets, journal: SheetJournal, column: str, wanted: Status | None
) -> None:
    """Status, reply and owner come from under their own titles; the status that a person chose is kept."""
    await opened(sheets, journal, 501)
    seen = await kept(journal, "a501-1")
    for letter, text in zip("FGM", TYPED.values(), strict=True):
        await sheets.type(f"Обращения!{letter}2", text)
    await sheets.person("insert-columns", **{**TAB, "column": column})
    written = await journal.change(seen.id, saying(sheets, "ещё", "c1", wanted), seen=seen)
    assert written is not None
    assert written.changed
    assert written.status_kept
    [row] = await sheets.rows()
    assert (written.appeal.status, written.appeal.reply, written.appeal.owner) == tuple(TYPED.values())
    assert {title: row[title] for title in TYPED} == TYPED
