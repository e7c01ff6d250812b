"""Copied rows and columns sorted apart: nothing of them reaches anybody, and the cell beside a reply says so."""

from __future__ import annotations

import pytest

from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain import texts
from shared.domain.status import Status
from shared.ports import RowConfused
from tests.adapters.sheet_people import (
    HALF_SORT,
    READ,
    SORT,
    WRITE,
    delivered,
    draft,
    failing,
    kept,
    lines,
    opened,
    person_after,
    receipts,
    saying,
    sort,
    statuses,
)
from tests.sheets import APPEALS, Sheets


async def test_a_copy_above_that_was_given_to_another_partner(sheets: Sheets, journal: SheetJournal) -> None:
    """The row whose Telegram ID fits its id is the appeal, wherever the copy stands."""
    await opened(sheets, journal, 501)
    await sheets.person("insert-rows", spreadsheet=APPEALS, sheet="Обращения", row=2, count=1)
    await sheets.person("copy-row", spreadsheet=APPEALS, sheet="Обращения", row=3, to=2)
    await sheets.person(
        "edit", spreadsheet=APPEALS, range="Обращения!A2", values=[["K502", "+79120000000", "Имя 502", "502"]]
    )
    await sheets.type("Обращения!G3", "Ответ")
    for instance in (journal, sheets.journal()):
        newest = await instance.newest(501)
        assert newest is not None
        assert not newest.is_confused
        assert newest.reply == "Ответ"
        assert not await instance.flag_confused(3, texts.CONFUSED, read=newest)
    await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    assert (await lines(sheets))["501"] == ["вопрос 501", "ещё"]
    assert await journal.all_of(502) == []


async def test_a_reply_typed_into_the_copy_of_an_answered_row(sheets: Sheets, journal: SheetJournal) -> None:
    """It is not delivered, and the receipt that was copied with the row does not say that it was."""
    await opened(sheets, journal, 501)
    await sheets.type("Обращения!G2", "Первый ответ")
    await journal.change("a501-1", delivered(sheets))
    await sheets.person("copy-row", spreadsheet=APPEALS, sheet="Обращения", row=2, to=5)
    await sheets.type("Обращения!G5", "Второй ответ")
    appeal = await kept(journal, "a501-1")
    assert await journal.flag_confused(5, texts.CONFUSED, read=appeal)
    assert await receipts(sheets) == {"2": "доставлено 14:03", "5": texts.CONFUSED}


async def test_the_living_row_is_told_from_what_was_read(sheets: Sheets, journal: SheetJournal) -> None:
    """A reply in its place costs no further call."""
    await opened(sheets, journal, 501)
    await sheets.type("Обращения!G2", "Ответ")
    appeal = await kept(journal, "a501-1")
    sheets.emulator.reset_stats()
    assert not await journal.flag_confused(2, texts.CONFUSED, read=appeal)
    assert sheets.emulator.stats()["reads"] == 0


@pytest.mark.parametrize("columns", ["E:H", "E:E", "A:H", "Q:Q"])
async def test_columns_sorted_apart(sheets: Sheets, journal: SheetJournal, columns: str) -> None:
    """History, number, id, Telegram ID or technical cell contradict each other: the row is nobody's."""
    await opened(sheets, journal, 501, 502)
    by = {"E:H": "E", "E:E": "E", "A:H": "D", "Q:Q": "Q"}[columns]
    seen = {row["row"]: row for row in await sheets.rows()}
    for descending in (True, False):
        await sheets.person(**sort(columns, by=by, descending=descending))
        if {row["row"]: row for row in await sheets.rows()} != seen:
            break
    before = await sheets.rows()
    for instance in (journal, sheets.journal()):
        for chat in (501, 502):
            newest = await instance.newest(chat)
            assert newest is not None
            assert newest.is_confused
            assert await instance.all_of(chat) == []
            with pytest.raises(RowConfused):
                await instance.change(f"a{chat}-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER))
    assert await sheets.rows() == before
    await sheets.type("Обращения!G3", "Ответ")
    assert await journal.flag_confused(3, texts.CONFUSED)
    assert (await receipts(sheets))["3"] == texts.CONFUSED


async def test_a_reply_that_a_half_sort_carried_away(sheets: Sheets, journal: SheetJournal) -> None:
    """A:H sorted before the event is handled: the flag stands where the reply stands now."""
    await opened(sheets, journal, 501, 502, 503)
    await sheets.type("Обращения!G2", "Ответ")
    await sheets.person(**HALF_SORT)
    appeal = await kept(journal, "a501-1")
    assert appeal.is_confused
    assert await journal.flag_confused(2, texts.CONFUSED, read=appeal)
    rows = {row["Ответ специалиста"]: row["Доставка"] for row in await sheets.rows() if row["Telegram ID"] != "502"}
    assert rows == {"Ответ": texts.CONFUSED, "": "—"}


async def test_a_new_row_that_was_half_sorted_away_before_it_was_seen(sheets: Sheets, journal: SheetJournal) -> None:
    """The append's answer was lost: the caller gets what it wrote, not whose cells came there."""
    await opened(sheets, journal, 501)
    sheets.faults.replace([failing("appendCells", "apply-then-drop"), person_after(READ, HALF_SORT)])
    written = await journal.open(draft(sheets, 502))
    assert (written.changed, written.appeal.chat, written.appeal.id) == (True, 502, "a502-1")


async def test_a_reply_that_was_sent_before_its_row_was_half_sorted_away(sheets: Sheets, journal: SheetJournal) -> None:
    """The receipt stands beside that reply, wherever it went; other replies keep theirs."""
    await opened(sheets, journal, 501, 502, 503)
    await sheets.type("Обращения!G2", "Готово")
    await sheets.type("Обращения!G3", "Другое")
    sent = await kept(journal, "a501-1")
    await sheets.person(HALF_SORT["call"], **{key: value for key, value in HALF_SORT.items() if key != "call"})
    await journal.flag_sent(sent, texts.delivered_confused(sheets.clock.local()))
    told = {row["Ответ специалиста"]: row["Доставка"] for row in await sheets.rows()}
    assert told["Готово"] == "доставлено 14:03, но строка перепутана"
    assert told["Другое"] == "—"


async def test_a_reply_that_stayed_while_its_partner_was_sorted_away(sheets: Sheets, journal: SheetJournal) -> None:
    """Of C:E alone: the reply stands beside its id still, and so does the receipt."""
    await opened(sheets, journal, 501, 502)
    await sheets.type("Обращения!G2", "Готово")
    sent = await kept(journal, "a501-1")
    part = sort("C:E")
    await sheets.person(part["call"], **{key: value for key, value in part.items() if key != "call"})
    await journal.flag_sent(sent, texts.delivered_confused(sheets.clock.local()))
    assert await receipts(sheets) == {"2": "доставлено 14:03, но строка перепутана", "3": "—"}


async def test_a_receipt_meant_for_a_row_made_by_hand_meets_another(sheets: Sheets, journal: SheetJournal) -> None:
    """Everything was sorted after the look: no sound row is called confused."""
    await opened(sheets, journal, 501, 502)
    await sheets.person("edit", spreadsheet=APPEALS, range="Обращения!D4", values=[["999"]])
    await sheets.type("Обращения!G4", "Ручной ответ")
    sheets.meanwhile(READ, **SORT)
    await journal.flag_confused(4, texts.CONFUSED)
    sound = [row for row in await sheets.rows() if row["id"]]
    assert len(sound) == 2
    assert all(row["Доставка"] == "—" for row in sound)


async def test_a_status_chosen_while_a_line_is_written(sheets: Sheets, journal: SheetJournal) -> None:
    """The write leaves the status alone, and its answer tells what stands there."""
    await opened(sheets, journal, 501)
    await journal.change("a501-1", saying(sheets, "передайте", "u2", Status.HANDED_OVER))
    sheets.meanwhile(READ, call="edit", spreadsheet=APPEALS, range="Обращения!F2", values=[["Решено"]])
    written = await journal.change("a501-1", saying(sheets, "ещё вопрос", "u3"))
    assert written is not None
    assert (written.changed, written.status_kept, written.appeal.status) == (True, True, Status.RESOLVED)


async def test_a_status_chosen_and_half_sorted_away_while_the_bot_writes_its_own(
    sheets: Sheets, journal: SheetJournal
) -> None:
    """The row has another's status then: it is not written in the place of the first one's."""
    await opened(sheets, journal, 501, 502)
    choice = {"call": "edit", "spreadsheet": APPEALS, "range": "Обращения!F2", "values": [["Решено"]]}
    sheets.faults.replace([person_after(READ, choice), person_after(WRITE, HALF_SORT)])
    await journal.change("a501-1", saying(sheets, "позовите", "u2", Status.HANDED_OVER))
    assert await statuses(sheets) == {"501": Status.RESOLVED, "502": Status.ANSWERED}
