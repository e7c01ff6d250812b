"""Long histories on the Sheets emulator: the oldest lines move to «Архив», whatever happens in between."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain import history
from shared.domain.appeals import Appeal, Edit, NewAppeal
from shared.domain.archive import FULL
from shared.domain.history import Line
from shared.domain.status import Status
from shared.domain.trace import Trace
from shared.ports import Refused, Unavailable
from tests.adapters.logged import logged
from tests.sheets import APPEALS, Sheets

APPEAL = "a501-1"
LONG = 4_000
ENOUGH = 14
"""So many lines make a history move once."""


def edit(sheets: Sheets, number: int, trace: Trace, length: int = LONG) -> Edit:
    line = Line(at=sheets.clock.local(), author="Анна", text=f"{number} ".ljust(length, "я"))
    return Edit(at=sheets.clock.local(), lines=(line,), status=Status.ANSWERED, trace=trace.saw(f"u{number}"))


async def say(sheets: Sheets, journal: SheetJournal, number: int, *, length: int = LONG) -> None:
    written = await journal.change(
        APPEAL, lambda row: None if row.has_seen(f"u{number}") else edit(sheets, number, row.known_trace, length)
    )
    assert written is not None


async def talk(sheets: Sheets, journal: SheetJournal, count: int = ENOUGH) -> None:
    """The appeal is opened with line 0, and goes on to line `count` - 1."""
    draft = NewAppeal(
        id=APPEAL, chat=501, code="00123", phone="+79123456789", name="Анна", edit=edit(sheets, 0, Trace())
    )
    await journal.open(draft)
    for number in range(1, count):
        await say(sheets, journal, number)


def adding(line: Line, row: Appeal) -> Edit:
    return Edit(at=line.at, lines=(line,), trace=row.known_trace)


def numbers(cell: str) -> list[int]:
    return [int(line.text.split()[0]) for line in history.parse(cell)]


async def moved(sheets: Sheets) -> list[dict[str, str]]:
    return await sheets.rows("Архив")


async def all_lines(sheets: Sheets) -> list[int]:
    """Those of the appeal's cell and of the archive, newest first."""
    [row] = [row for row in await sheets.rows() if row["id"] == APPEAL]
    assert len(row["Текст обращений"]) < 50_000
    older = [number for kept in reversed(await moved(sheets)) for number in numbers(kept["Текст обращений"])]
    return numbers(row["Текст обращений"]) + older


async def test_the_oldest_lines_move_before_the_cell_is_full(sheets: Sheets) -> None:
    """Nothing lost, order kept, the tab made where there was none, the same columns in it."""
    await talk(sheets, sheets.journal(), 30)
    assert await all_lines(sheets) == list(range(29, -1, -1))
    rows = await moved(sheets)
    assert len(rows) >= 3
    assert {row["id"] for row in rows} == {APPEAL}
    assert {row["Код партнера"] for row in rows} == {"00123"}
    [row] = await sheets.rows()
    assert len(row["Текст обращений"]) <= FULL
    assert row["Текст обращений"].endswith("вкладка «Архив»")


async def test_another_instance_goes_on_with_it(sheets: Sheets) -> None:
    """Also one that has never read the history: the row tells how long it is."""
    await talk(sheets, sheets.journal(), 8)
    other = sheets.journal()
    for number in range(8, 30):
        await say(sheets, other, number)
    assert await all_lines(sheets) == list(range(29, -1, -1))


@pytest.mark.parametrize("action", ["drop", "apply-then-drop", "503"])
async def test_a_write_that_fails_midway_moves_nothing_twice(sheets: Sheets, action: str) -> None:
    """Whether Google applied it or not: every line is there once, in the cell or in the archive."""
    journal = sheets.journal()
    await talk(sheets, journal, ENOUGH - 4)
    for number in range(ENOUGH - 4, ENOUGH + 4):
        sheets.fault(service="sheets", match="*:batchUpdate*", action=action, times=1)
        await say(sheets, journal, number)
    assert await all_lines(sheets) == list(range(ENOUGH + 3, -1, -1))


async def test_a_crash_between_archive_and_cut_moves_nothing_twice(sheets: Sheets) -> None:
    """The archive's row stands, the lines were not cut yet: a new instance cuts, and appends no second row."""
    await talk(sheets, sheets.journal(), ENOUGH - 3)
    number = ENOUGH - 3
    while not await moved_or_none(sheets):
        dying = sheets.journal()
        sheets.fault(service="sheets", match="*:batchUpdate*findReplace*", action="503", times=100)
        with pytest.raises(Unavailable):
            await say(sheets, dying, number)
        sheets.faults.replace([])
        if not await moved_or_none(sheets):
            await say(sheets, sheets.journal(), number)
            number += 1
    assert len(await moved(sheets)) == 1
    await say(sheets, sheets.journal(), number)
    assert len(await moved(sheets)) == 1
    assert await all_lines(sheets) == list(range(number, -1, -1))


async def moved_or_none(sheets: Sheets) -> list[dict[str, str]]:
    tabs = sheets.emulator.workbook(APPEALS).titles()
    return await moved(sheets) if "Архив" in tabs else []


async def test_two_instances_at_once_move_once(sheets: Sheets) -> None:
    """Both find the cell too full: one row in the archive, every line once."""
    one, other = sheets.journal(), sheets.journal()
    await talk(sheets, one, 11)
    for number in range(11, 25, 2):
        await asyncio.gather(say(sheets, one, number), say(sheets, other, number + 1))
    assert sorted(await all_lines(sheets)) == list(range(25))


async def test_what_a_person_adds_meanwhile_is_not_cut_away(sheets: Sheets) -> None:
    """A note typed into the oldest lines after they were archived: nothing is cut then, the next message cuts."""
    journal = sheets.journal()
    await talk(sheets, journal, 11)
    [row] = await sheets.rows()
    noted = f"{row['Текст обращений']} заметка"
    cell = f"Обращения!E{row['row']}"
    sheets.meanwhile("*:batchUpdate*appendCells*", spreadsheet=APPEALS, range=cell, values=[[noted]])
    await say(sheets, journal, 11)
    [row] = await sheets.rows()
    assert row["Текст обращений"].endswith("заметка")
    assert numbers(row["Текст обращений"]) == list(range(11, -1, -1))
    for number in range(12, 16):
        await say(sheets, journal, number)
    [row] = await sheets.rows()
    assert "вкладка «Архив»" in row["Текст обращений"]
    [_, corrected] = await moved(sheets)
    assert corrected["Текст обращений"].endswith("заметка")
    older = numbers(corrected["Текст обращений"])
    assert numbers(row["Текст обращений"]) + older == list(range(15, -1, -1))


async def test_a_letter_that_a_person_corrects_meanwhile_is_not_cut_away(sheets: Sheets) -> None:
    """The oldest lines are as long as before and differ in case only: they are not the ones that were archived."""
    journal = sheets.journal()
    await talk(sheets, journal, 11)
    [row] = await sheets.rows()
    head, _, below = row["Текст обращений"].partition("\n")
    corrected = f"{head}\n{below.replace('я', 'Я')}"
    cell = f"Обращения!E{row['row']}"
    sheets.meanwhile("*:batchUpdate*appendCells*", spreadsheet=APPEALS, range=cell, values=[[corrected]])
    await say(sheets, journal, 11)
    [row] = await sheets.rows()
    assert numbers(row["Текст обращений"]) == list(range(11, -1, -1))
    assert row["Текст обращений"].endswith("Я")


async def test_emoji_are_two_characters_for_a_cell(sheets: Sheets) -> None:
    """Google counts UTF-16 units: a history of emoji is full at half as many signs."""
    journal = sheets.journal()
    await talk(sheets, journal, 2)
    for number in range(2, 30):
        line = Line(at=sheets.clock.local(), author="Анна", text=f"{number} ".ljust(LONG // 2, "🙂"))
        assert await journal.change(APPEAL, partial(adding, line))
    assert await all_lines(sheets) == list(range(29, -1, -1))
    assert not logged(sheets, "write_refused")


async def test_a_long_reply_onto_a_nearly_full_cell(sheets: Sheets) -> None:
    """Old and new do not fit into the cell together: the old ones leave first, under the same guard."""
    journal = sheets.journal()
    await talk(sheets, journal, 11)
    reply = Line(at=sheets.clock.local(), author="Специалист", text="11 ".ljust(19_000, "я"))
    await journal.change(APPEAL, partial(adding, reply))
    assert await all_lines(sheets) == list(range(11, -1, -1))
    assert not logged(sheets, "write_refused", "guard_skipped")


async def test_the_archive_was_deleted(sheets: Sheets) -> None:
    """A running instance makes it anew; so does one that finds the old one under another name."""
    journal = sheets.journal()
    await talk(sheets, journal, 16)
    assert await moved(sheets)
    await sheets.person("rename-tab", spreadsheet=APPEALS, sheet="Архив", title="Архив 2026")
    other = sheets.journal()
    for number in range(16, 24):
        await say(sheets, other, number)
    gateway = sheets.gateway()
    [tab] = [tab for tab in await gateway.tabs(APPEALS) if tab.title == "Архив"]
    await gateway.write(APPEALS, [{"deleteSheet": {"sheetId": tab.sheet}}], moves_nothing=False)
    for number in range(24, 34):
        await say(sheets, other, number)
    [row] = await sheets.rows()
    newest = numbers(row["Текст обращений"])
    assert newest == list(range(33, 33 - len(newest), -1))
    assert await moved(sheets)


async def test_a_persons_own_tab_of_that_name(sheets: Sheets) -> None:
    """Nothing is written there. The lines stay as long as the cell holds them; then the row is refused, and said."""
    journal = sheets.journal()
    own = {"addSheet": {"properties": {"sheetId": 5, "title": "Архив"}}}
    await sheets.gateway().write(APPEALS, [own], moves_nothing=False)
    await talk(sheets, journal, 12)
    assert logged(sheets, "archive_unusable")
    [row] = await sheets.rows()
    assert numbers(row["Текст обращений"]) == list(range(11, -1, -1))
    with pytest.raises(Refused):
        await say(sheets, journal, 12)
    assert await moved(sheets) == []
