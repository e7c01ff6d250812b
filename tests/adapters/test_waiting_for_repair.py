"""What only a person can repair is an outage: the place is named, hardly a call is made, and it ends by itself."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from shared.adapters.sheets.breaker import PROBE_S
from shared.ports import Journal, NeedsRepair, Refused, Unavailable
from tests.adapters.crm import PEOPLE
from tests.adapters.repairs import (
    DAMAGES,
    NO_NEW_ROWS,
    PLACE,
    Damage,
    behind_breaker,
    protected,
    unprotected,
    without_room_for_marks,
)
from tests.adapters.sheet_people import draft, opened, saying
from tests.sheets import AUTHORISATION, Sheets

PARTNERS = range(601, 621)


async def asks(sheets: Sheets, journal: Journal, chat: int) -> bool:
    """A first message, as the webhook records it."""
    await journal.newest(chat)
    return (await journal.open(draft(sheets, chat))).changed


async def failures(sheets: Sheets, journal: Journal, *chats: int) -> list[object]:
    return await asyncio.gather(*(asks(sheets, journal, chat) for chat in chats), return_exceptions=True)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
async def test_nothing_works_until_it_is_repaired(sheets: Sheets, damage: Damage) -> None:
    """The problem is named; one attempt in 15 s, whoever asks and how often; then it works, with no restart."""
    journal, google = behind_breaker(sheets)
    assert await asks(sheets, journal, 501)
    await damage.done(sheets)
    failed = await failures(sheets, journal, *PARTNERS)
    assert all(isinstance(error, NeedsRepair) for error in failed)
    assert {(error.place, error.problem) for error in failed if isinstance(error, NeedsRepair)} == {
        (damage.place, damage.problem)
    }
    assert {error.retry_after for error in failed if isinstance(error, NeedsRepair)} == {60}
    for _ in range(4):
        google.calls = 0
        for _ in range(3):
            assert all(isinstance(error, NeedsRepair) for error in await failures(sheets, journal, *PARTNERS))
        assert google.calls <= 4
        sheets.clock.advance(PROBE_S)
    await damage.undone(sheets)
    assert await asks(sheets, journal, 502)
    assert await failures(sheets, journal, *PARTNERS) == [True] * len(PARTNERS)
    assert {"501", "502"} <= {row["Telegram ID"] for row in await sheets.rows()}


@pytest.mark.parametrize("damage", NO_NEW_ROWS.values(), ids=NO_NEW_ROWS)
async def test_no_new_rows_until_it_is_repaired(sheets: Sheets, damage: Damage) -> None:
    """Twenty who are refused at once cost one refused call; a read that works is no proof that a row can be written."""
    journal, google = behind_breaker(sheets)
    assert await asks(sheets, journal, 501)
    await damage.done(sheets)
    google.calls = 0
    failed = await failures(sheets, journal, *PARTNERS)
    assert {(error.place, error.problem) for error in failed if isinstance(error, NeedsRepair)} == {
        (damage.place, damage.problem)
    }
    assert google.calls <= 3
    for chat in (701, 702, 703):
        google.calls = 0
        for _ in range(3):
            assert all(isinstance(error, NeedsRepair) for error in await failures(sheets, journal, chat, *PARTNERS))
        assert google.calls <= 3
        sheets.clock.advance(PROBE_S)
    assert await journal.newest(704) is None
    google.calls = 0
    assert all(isinstance(error, NeedsRepair) for error in await failures(sheets, journal, *PARTNERS))
    assert google.calls == 0
    sheets.clock.advance(PROBE_S)
    await damage.undone(sheets)
    assert await asks(sheets, journal, 502)
    assert await failures(sheets, journal, *PARTNERS) == [True] * len(PARTNERS)


async def test_a_reader_takes_no_turn_of_a_writer(sheets: Sheets) -> None:
    """The Mini App's list would find that reading works, and nobody would learn that writing does again."""
    journal, _ = behind_breaker(sheets)
    assert await asks(sheets, journal, 501)
    await protected(sheets)
    assert isinstance((await failures(sheets, journal, 502))[0], NeedsRepair)
    sheets.clock.advance(PROBE_S)
    await unprotected(sheets)
    with pytest.raises(NeedsRepair):
        await journal.all_of(501)
    assert await asks(sheets, journal, 502)
    assert len(await journal.all_of(501)) == 1


async def test_a_refused_row_is_no_outage(sheets: Sheets) -> None:
    """A protected row concerns its own appeal: it is refused as ever, and everybody else goes on."""
    journal, _ = behind_breaker(sheets)
    assert await asks(sheets, journal, 501)
    assert await asks(sheets, journal, 502)
    await protected(sheets, endRowIndex=2)
    with pytest.raises(Refused):
        await journal.change("a501-1", saying(sheets, "ещё", "u2"))
    assert await journal.change("a502-1", saying(sheets, "ещё", "u3"))
    assert await asks(sheets, journal, 503)


async def test_a_value_that_no_cell_holds_is_no_outage(sheets: Sheets) -> None:
    """One row's fault: who asks next is served."""
    journal, _ = behind_breaker(sheets)
    with pytest.raises(Refused):
        await journal.open(replace(draft(sheets, 501), name="я" * 50_001))
    assert await asks(sheets, journal, 502)


async def test_a_503_while_waiting_proves_nothing(sheets: Sheets) -> None:
    """The attempt of the turn fails otherwise: the repair is waited for as before."""
    journal, google = behind_breaker(sheets)
    assert await asks(sheets, journal, 501)
    await DAMAGES["a renamed column"].done(sheets)
    await failures(sheets, journal, 601)
    sheets.clock.advance(PROBE_S)
    sheets.fault(service="sheets", match="", action=503, rate=1.0)
    [error] = await failures(sheets, journal, 602)
    assert isinstance(error, Unavailable)
    assert not isinstance(error, NeedsRepair)
    google.calls = 0
    assert isinstance((await failures(sheets, journal, 603))[0], NeedsRepair)
    assert google.calls == 0


async def test_a_reply_is_not_given_up_while_the_book_is_closed(sheets: Sheets) -> None:
    """Its event must come again, so nothing that Google says of the whole workbook is a refusal of the row."""
    journal, _ = behind_breaker(sheets)
    assert await asks(sheets, journal, 501)
    for status in (401, 403, 404, 409):
        sheets.clock.advance(PROBE_S)
        sheets.fault(service="sheets", match=":batchUpdate", action=status, rate=1.0)
        found = await journal.find("a501-1")
        with pytest.raises(NeedsRepair):
            await journal.change("a501-1", saying(sheets, "ответ", "r1"), seen=found)


async def test_partners_who_cannot_be_read(sheets: Sheets) -> None:
    """A fresh instance without anything stale: one read in 15 s, and it works after the repair."""
    directory = sheets.directory()
    await sheets.type("Авторизация!A1", "Код", AUTHORISATION)
    sheets.emulator.reset_stats()
    for _ in range(5):
        with pytest.raises(NeedsRepair) as told:
            await directory.partner_of(501)
        with pytest.raises(NeedsRepair):
            await directory.matching("00123", "+79123456789")
    assert (told.value.place, told.value.problem) == ("вкладка «Авторизация»", "нет столбца «Код партнера»")
    assert int(str(sheets.emulator.stats()["reads"])) <= 2
    await sheets.type("Авторизация!A1", "Код партнера", AUTHORISATION)
    sheets.clock.advance(PROBE_S)
    assert await directory.partner_of(501) is None
    assert await directory.partner_of(700000129)


async def test_an_appeal_whose_row_and_tab_are_protected(sheets: Sheets) -> None:
    """First the row is refused, then the new one: that is an outage."""
    journal, _ = behind_breaker(sheets)
    await opened(sheets, sheets.journal(), 501)
    await protected(sheets)
    with pytest.raises(Refused):
        await journal.change("a501-1", saying(sheets, "ещё", "u2"))
    with pytest.raises(NeedsRepair) as told:
        await journal.open(draft(sheets, 502))
    assert told.value.place == PLACE


async def test_a_login_into_protected_cells(sheets: Sheets) -> None:
    """Nobody can log in until a person undoes it: no refusal of this one partner, and no login that was not written."""
    directory = sheets.directory()
    partner = PEOPLE[0]
    await protected(sheets, AUTHORISATION)
    with pytest.raises(NeedsRepair) as told:
        await directory.authorise(partner, 501)
    assert told.value.place == "вкладка «Авторизация»"
    sheets.clock.advance(31)
    assert await directory.partner_of(501) is None
    await unprotected(sheets, AUTHORISATION)
    assert await directory.authorise(partner, 501)


async def test_partners_who_are_still_known_hide_nothing(sheets: Sheets) -> None:
    """The partners' sheet cannot be read: they are served from the last read, and the watch says what is broken."""
    directory = sheets.directory()
    await directory.watch()
    await sheets.person("edit", spreadsheet=AUTHORISATION, range="Авторизация!A1", values=[["Шифр"]])
    sheets.clock.advance(600)
    with pytest.raises(NeedsRepair, match="Код партнера"):
        await directory.watch()
    assert await directory.partner_of(501) is None
    await sheets.person("edit", spreadsheet=AUTHORISATION, range="Авторизация!A1", values=[["Код партнера"]])
    sheets.clock.advance(600)
    await directory.watch()


async def test_old_marks_are_deleted_while_there_is_no_room_for_new_ones(sheets: Sheets) -> None:
    """The sweep frees the room, although others' attempts take every turn."""
    journal, _ = behind_breaker(sheets)
    assert await asks(sheets, journal, 501)
    await without_room_for_marks(sheets)
    assert isinstance((await failures(sheets, journal, 601))[0], NeedsRepair)
    sheets.clock.advance(PROBE_S)
    assert isinstance((await failures(sheets, journal, 602))[0], NeedsRepair)
    await journal.forget_marks()
    sheets.clock.advance(PROBE_S)
    assert await asks(sheets, journal, 502)
