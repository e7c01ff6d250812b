"""Calls fail, or only their answers are lost: every row and line is there once, and who asked hears what is so."""

from __future__ import annotations

import pytest

from shared.adapters.sheets.calls.refusals import MarkStands
from shared.adapters.sheets.journal.journal import SheetJournal
from shared.adapters.sheets.journal.marks import row_mark
from shared.adapters.sheets.journal.new_rows import append_request, cells_of_new
from shared.adapters.sheets.journal.rows import AppealRows
from shared.domain.appeals import NOTHING, Appeal, Edit
from shared.domain.status import Status
from tests.adapters.sheet_people import READ, SORT, WRITE, failing, kept, lines, opened, person_after, saying
from tests.sheets import APPEALS, Sheets


@pytest.mark.parametrize("match", [WRITE, READ])
@pytest.mark.parametrize("action", [503, "drop", "apply-then-drop", 429])
async def test_a_failing_call_leaves_one_line(
    sheets: Sheets, journal: SheetJournal, action: int | str, match: str
) -> None:
    """Nobody knows whether a write was applied: the row is read again, and its trace tells."""
    await opened(sheets, journal, 501)
    sheets.fault(service="sheets", match=match, action=action, times=1)
    change = saying(sheets, "ещё", "c1")
    for journal_ in (journal, journal, sheets.journal()):
        try:
            await journal_.change("a501-1", change)
        except Exception as error:
            assert type(error).__name__ == "Unavailable"  # noqa: PT017 - Telegram brings the update again
    assert (await lines(sheets))["501"] == ["вопрос 501", "ещё"]


@pytest.mark.parametrize("action", [503, "drop", "apply-then-drop"])
async def test_a_new_row_stands_once_whatever_fails(sheets: Sheets, journal: SheetJournal, action: int | str) -> None:
    """The mark makes the repeated append refusable."""
    await journal.newest(501)
    sheets.fault(service="sheets", match="appendCells", action=action, times=1)
    await opened(sheets, journal, 501)
    assert [row["id"] for row in await sheets.rows()] == ["a501-1"]


async def test_old_marks_are_forgotten(sheets: Sheets, journal: SheetJournal) -> None:
    """A mark is needed as long as Telegram repeats an update, 24 h; then the sweep deletes it."""
    await opened(sheets, journal, 501)
    sheets.clock.advance(24 * 3600)
    await opened(sheets, journal, 502)
    sheets.clock.advance(24 * 3600)
    await journal.forget_marks()
    sheets.clock.advance(-24 * 3600)
    layout = await AppealRows(sheets.book(APPEALS)).layout()
    repeated = append_request(cells_of_new(await kept(journal, "a502-1")), layout)
    with pytest.raises(MarkStands):
        await sheets.gateway().write(APPEALS, [repeated, row_mark("a502-1", 0, sheets.clock.now())])
    await sheets.gateway().write(APPEALS, [row_mark("a501-1", 0, sheets.clock.now())])


async def test_a_write_that_was_applied_and_then_dropped_counts(sheets: Sheets, journal: SheetJournal) -> None:
    """Nobody else did it: who asked for it goes on, and the partner gets the answer that was recorded."""
    await opened(sheets, journal, 501)
    sheets.fault(service="sheets", match="*:batchUpdate*", action="apply-then-drop", times=1)
    written = await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    assert written is not None
    assert written.changed
    assert written.appeal.has_seen("c1")


async def test_a_write_that_was_not_applied_is_not_taken_for_one(sheets: Sheets, journal: SheetJournal) -> None:
    """Its answer was lost, and a person's act leaves nothing to do: who asked hears that it was not done."""
    await opened(sheets, journal, 501)
    [row] = await sheets.rows()
    resolved = {"spreadsheet": APPEALS, "range": f"Обращения!F{row['row']}", "values": [["Решено"]]}
    sheets.faults.replace([failing("*:batchUpdate*", 503), person_after("*:batchGetByDataFilter*", resolved)])
    ask = saying(sheets, "ещё", "c1")
    written = await journal.change("a501-1", lambda now: None if now.is_resolved else ask(now))
    assert written is not None
    assert not written.changed
    assert not written.appeal.has_seen("c1")


@pytest.mark.parametrize("applied", [True, False])
async def test_a_sort_under_a_write_whose_answer_is_lost(sheets: Sheets, journal: SheetJournal, applied: bool) -> None:
    """Cells that it took in the row that came there are found and put back; nobody waits behind a false receipt."""
    await opened(sheets, journal, 501, 502)
    for chat in (501, 502):
        await journal.change(f"a{chat}-1", saying(sheets, "позовите", f"h{chat}", Status.HANDED_OVER))
    before = {row["id"]: row for row in await sheets.rows()}
    sheets.clock.advance(120)
    action = "apply-then-drop" if applied else 503
    sheets.faults.replace([person_after("*:batchGetByDataFilter*", SORT), failing("*:batchUpdate*", action)])

    def replied(row: Appeal) -> Edit | None:
        if row.receipt != NOTHING:
            return None
        at = sheets.clock.local()
        return Edit(at=at, status=Status.IN_WORK, receipt="доставлено 14:05", trace=row.known_trace.noted("reply", "x"))

    written = await journal.change("a501-1", replied)
    assert written is not None
    after = {row["id"]: row for row in await sheets.rows()}
    same = ("Статус", "Доставка", "Вопрос", "Ждёт с", "Время обновления")
    assert {column: after["a502-1"][column] for column in same} == {column: before["a502-1"][column] for column in same}
    assert (after["a501-1"]["Статус"], after["a501-1"]["Доставка"]) == ("В работе", "доставлено 14:05")
