"""A person takes the head out of a history while calls fail and rows move: no line is lost, nobody else's is met."""

from __future__ import annotations

from typing import Any

import pytest

from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain import texts
from shared.domain.status import Status
from shared.ports import Unavailable
from tests.adapters.logged import logged
from tests.adapters.sheet_people import (
    HALF_SORT,
    POSITION,
    READ,
    SORT,
    WRITE,
    failing,
    lines,
    opened,
    person_after,
    saying,
    sort,
    statuses,
)
from tests.sheets import APPEALS, Sheets

HARMLESS: dict[str, Any] = {"call": "edit", "spreadsheet": APPEALS, "range": "Обращения!O2", "values": [[""]]}


async def behead(sheets: Sheets, row: int = 2) -> None:
    cell = next(found["Текст обращений"] for found in await sheets.rows() if found["row"] == str(row))
    await sheets.type(f"Обращения!E{row}", cell.split("\n", 1)[1])


def after_reads(sheets: Sheets, count: int, *edits: dict[str, object]) -> None:
    """People act after the read of that number, one after each read."""
    acts = [HARMLESS] * (count - 1) + list(edits)
    sheets.faults.replace([person_after(READ, edit) for edit in acts])


def second_write_fails(sheets: Sheets, action: int | str) -> None:
    sheets.faults.replace([person_after(WRITE, HARMLESS), failing(WRITE, action)])


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("action", [503, "drop", "apply-then-drop"])
async def test_a_message_is_journaled_though_the_repair_failed(
    sheets: Sheets, journal: SheetJournal, action: int | str, restarted: bool
) -> None:
    """The first try met the technical cell but not the head, the next call failed: the update counts as not seen."""
    await opened(sheets, journal, 501, 502)
    await behead(sheets)
    second_write_fails(sheets, action)
    change = saying(sheets, "важно", "c1", Status.HANDED_OVER)
    for again in (journal, sheets.journal() if restarted else journal, sheets.journal()):
        newest = await again.newest(501)
        assert newest is not None
        if newest.has_seen("c1"):
            assert "важно" in newest.history
            continue
        try:
            await again.change("a501-1", change)
        except Unavailable:
            continue
    assert await lines(sheets) == {"501": ["вопрос 501", "важно"], "502": ["вопрос 502"]}


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_half_sort_met_the_technical_cell(sheets: Sheets, journal: SheetJournal, restarted: bool) -> None:
    """A:H sorted between read and write, the repair failed, the sort undone: the message that comes again is kept."""
    await opened(sheets, journal, 501, 502)
    passes = person_after(WRITE, HARMLESS)
    sheets.faults.replace([person_after(READ, HALF_SORT), passes, failing(WRITE, 503)])
    with pytest.raises(Unavailable):
        await journal.change("a501-1", saying(sheets, "важно", "c1"))
    await sheets.person(**sort("A:H", descending=False))
    again = sheets.journal() if restarted else journal
    await again.change("a501-1", saying(sheets, "важно", "c1"))
    assert await lines(sheets) == {"501": ["вопрос 501", "важно"], "502": ["вопрос 502"]}


async def test_an_update_that_was_journaled_stays_seen(sheets: Sheets, journal: SheetJournal) -> None:
    """A head taken away afterwards takes nothing from the trace: its line stands there."""
    await opened(sheets, journal, 501)
    await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    await behead(sheets)
    newest = await sheets.journal().newest(501)
    assert newest is not None
    assert newest.has_seen("c1")
    assert newest.has_seen("u501")
    written = await sheets.journal().change("a501-1", saying(sheets, "ещё", "c1"))
    assert written is not None
    assert not written.changed


@pytest.mark.parametrize("wiped", [False, True])
@pytest.mark.parametrize("reads", [1, 2, 3, 4])
async def test_a_sort_while_a_headless_row_is_written(
    sheets: Sheets, journal: SheetJournal, reads: int, wiped: bool
) -> None:
    """Whatever is left of the row guards it, technical cell or text: another's history is never replaced."""
    await opened(sheets, journal, 501, 502, 503)
    await journal.change("a503-1", saying(sheets, "смета 500", "c3"))
    await behead(sheets)
    if wiped:
        await sheets.type("Обращения!Q2", "")
    after_reads(sheets, reads, SORT)
    await journal.change("a501-1", saying(sheets, "скидка 40", "c1", Status.HANDED_OVER))
    expected = {"501": ["вопрос 501", "скидка 40"], "502": ["вопрос 502"], "503": ["вопрос 503", "смета 500"]}
    assert await lines(sheets) == expected
    assert await statuses(sheets) == {"501": "Передано специалисту", "502": "Ответ ИИ", "503": "Ответ ИИ"}
    assert not logged(sheets, "row_overwritten", "not_put_back")


@pytest.mark.parametrize("reads", [1, 2, 3, 4])
async def test_a_sort_while_a_row_without_history_is_written(sheets: Sheets, journal: SheetJournal, reads: int) -> None:
    """The technical cell guards it as long as it stands; only the empty cell is written by position."""
    await opened(sheets, journal, 501, 502, 503)
    await sheets.type("Обращения!E2", "")
    after_reads(sheets, reads, SORT)
    await journal.change("a501-1", saying(sheets, "скидка 40", "c1", Status.HANDED_OVER))
    assert await lines(sheets) == {"501": ["скидка 40"], "502": ["вопрос 502"], "503": ["вопрос 503"]}


async def test_a_sort_while_a_row_that_lost_everything_is_written(sheets: Sheets, journal: SheetJournal) -> None:
    """No head, no text, no technical cell: another row is met. Nobody sees it there; it is mended when it can be."""
    await opened(sheets, journal, 501, 502, 503)
    await sheets.type("Обращения!E2", "")
    await sheets.type("Обращения!Q2", "")
    reads = [person_after(READ, HARMLESS), person_after(READ, SORT)]
    sheets.faults.replace([*reads, person_after(POSITION, HARMLESS), failing(POSITION, 503)])
    with pytest.raises(Unavailable):
        await journal.change("a501-1", saying(sheets, "тайна 501", "c1", Status.HANDED_OVER))
    assert logged(sheets, "row_overwritten")
    assert await sheets.journal().all_of(503) == []
    await journal.change("a501-1", saying(sheets, "тайна 501", "c1", Status.HANDED_OVER))
    expected = {"501": ["тайна 501"], "502": ["вопрос 502"], "503": [texts.ROW_OVERWRITTEN]}
    assert await lines(sheets) == expected


async def test_two_instances_at_a_headless_row(sheets: Sheets, journal: SheetJournal) -> None:
    """Of two who read the same text one restores the head, the other reads again; both lines stand."""
    await opened(sheets, journal, 501, 502)
    await behead(sheets)
    first, second = sheets.journal(), sheets.journal()
    seen = [await instance.find("a501-1") for instance in (first, second)]
    await first.change("a501-1", saying(sheets, "раз", "c1"), seen=seen[0])
    await second.change("a501-1", saying(sheets, "два", "c2"), seen=seen[1])
    assert await lines(sheets) == {"501": ["вопрос 501", "раз", "два"], "502": ["вопрос 502"]}
    assert logged(sheets, "head_restored")


async def test_what_a_person_wrote_above_the_lines(sheets: Sheets, journal: SheetJournal) -> None:
    """The head is restored above whatever stands there, signs and all."""
    await opened(sheets, journal, 501)
    [row] = await sheets.rows()
    note = "цена $1 (1+1) [см. C:\\смета] · ^не звонить$ 🙂"
    await sheets.type("Обращения!E2", f"{note}\n{row['Текст обращений'].split(chr(10), 1)[1]}")
    await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    [row] = await sheets.rows()
    top, first, second, third = row["Текст обращений"].split("\n")
    assert top.startswith("№ ")
    assert first.endswith("Партнёр: ещё")
    assert second == note
    assert third.endswith("вопрос 501")
