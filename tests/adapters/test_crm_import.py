"""The CRM replaces the Authorisation tab in mid-traffic: the removed lose access, nobody else notices."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from shared.domain.access import code_mark
from tests.adapters import crm
from tests.adapters.crm import EXPIRED_S, PEOPLE, known, log_in, logins, overlay, row_of
from tests.adapters.logged import logged
from tests.sheets import AUTHORISATION, Sheets

FIVE = PEOPLE[:5]
READ, WRITE = "values:batchGetByDataFilter", ":batchUpdate"


@pytest.fixture
async def sheets(sheets: Sheets) -> Sheets:
    await crm.clean_tab(sheets)
    return sheets


def eight(phone: str) -> str:
    """«+79000001001» → «8 (900) 000-10-01»"""
    return f"8 ({phone[2:5]}) {phone[5:8]}-{phone[8:10]}-{phone[10:]}"


async def test_nobody_notices_an_import(sheets: Sheets) -> None:
    """Other rows, other phones' writing, no technical column: each is known throughout, and has the old date again."""
    directory = sheets.directory()
    await log_in(directory, FIVE)
    before = await logins(sheets)
    sheets.clock.advance(EXPIRED_S)
    await overlay(sheets, PEOPLE[::-1], written=lambda one: replace(one, phone=eight(one.phone)))
    assert await known(directory, FIVE) == [True] * 5
    after = await logins(sheets)
    assert sorted(after.values()) == sorted(before.values())
    assert after[f"{FIVE[0].code} {eight(FIVE[0].phone)}"] == ("авторизован", "500", "22.11.2026 14:03")
    assert sheets.events.published == [{"kind": "partners.imported", "restored": 5, "gone": 0}]


@pytest.mark.parametrize("kept", [crm.LOGIN[:1], crm.LOGIN[2:], crm.LOGIN[::2]], ids=["status", "date", "both"])
async def test_an_import_that_keeps_status_or_date(sheets: Sheets, kept: list[str]) -> None:
    """It names nobody, so it is an import as any: each is known throughout, all three cells are back, it is told."""
    directory = sheets.directory()
    await log_in(directory, FIVE)
    before = await logins(sheets)
    rows = await sheets.rows(crm.TAB, AUTHORISATION)
    values = [[row[name] if name not in crm.LOGIN or name in kept else "" for name in crm.HEADER] for row in rows]
    await sheets.person("replace-tab", spreadsheet=AUTHORISATION, sheet=crm.TAB, values=[crm.HEADER, *values])
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, FIVE) == [True] * 5
    assert await logins(sheets) == before
    assert sheets.events.published == [{"kind": "partners.imported", "restored": 5, "gone": 0}]


async def test_an_id_cleared_by_hand_frees_its_row(sheets: Sheets) -> None:
    """Status and date may stay: another account can log in there."""
    directory = sheets.directory()
    await log_in(directory, FIVE)
    await sheets.type(f"{crm.TAB}!E{await row_of(sheets, 500)}", "", AUTHORISATION)
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, FIVE) == [False] + [True] * 4
    assert not sheets.events.published
    assert await directory.authorise(FIVE[0], 777)


async def test_an_import_costs_two_reads_and_a_write(sheets: Sheets) -> None:
    """However many logins it took; and nothing more once they are back."""
    directory = sheets.directory()
    await log_in(directory, PEOPLE)
    await overlay(sheets)
    sheets.clock.advance(EXPIRED_S)
    sheets.emulator.reset_stats()
    assert all(await known(directory, PEOPLE))
    assert all(await known(directory, PEOPLE))
    stats = sheets.emulator.stats()
    assert (stats["reads"], stats["writes"]) == (2, 1)
    assert len(await logins(sheets)) == len(PEOPLE)


async def test_the_removed_lose_access(sheets: Sheets) -> None:
    """Within the cache time; also who is there under another code or phone: zeros in front matter."""
    directory = sheets.directory()
    await log_in(directory, FIVE)
    removed, recoded, rephoned, *others = FIVE
    changed = {
        recoded: replace(recoded, code=recoded.code.lstrip("0")),
        rephoned: replace(rephoned, phone="+79990000000"),
    }
    await overlay(sheets, PEOPLE[1:], written=lambda one: changed.get(one, one))
    assert await known(directory, FIVE) == [True] * 5
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, [removed, recoded, rephoned]) == [False] * 3
    assert await known(directory, others) == [True] * 2
    assert len(await logins(sheets)) == 2
    assert sheets.events.published == [{"kind": "partners.imported", "restored": 2, "gone": 3}]


async def test_an_import_that_renumbers_everybody_is_told(sheets: Sheets) -> None:
    """Nobody can be restored; the admin hears of it before the partners call."""
    directory = sheets.directory()
    await log_in(directory, FIVE)
    await overlay(sheets, written=lambda one: replace(one, code=f"N{one.code}"))
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, FIVE) == [False] * 5
    assert sheets.events.published == [{"kind": "partners.imported", "restored": 0, "gone": 5}]


async def test_an_import_done_again_rightly(sheets: Sheets) -> None:
    """Codes without their zeros, and the right ones soon after: the logins come back with them."""
    directory = sheets.directory()
    await log_in(directory, FIVE)
    await overlay(sheets, written=lambda one: replace(one, code=one.code.lstrip("0")))
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, FIVE) == [False] * 5
    await overlay(sheets)
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, FIVE) == [True] * 5


async def test_a_tab_without_the_login_columns(sheets: Sheets) -> None:
    """Known partners stay known, it is reported; when the columns are there again, so are the logins."""
    directory = sheets.directory()
    await log_in(directory, FIVE)
    await overlay(sheets, header=["Код партнера", "ФИО партнера", "Телефон партнера"])
    for _ in range(30):
        sheets.clock.advance(EXPIRED_S)
        assert await known(directory, FIVE) == [True] * 5
    assert "Telegram ID" in str(logged(sheets, "served_stale")[0]["error"])
    await overlay(sheets)
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, FIVE) == [True] * 5
    assert len(await logins(sheets)) == 5


@pytest.mark.parametrize("values", [[], [crm.HEADER], [crm.HEADER, ["", "", ""]]], ids=["nothing", "header", "blank"])
async def test_an_emptied_tab_removes_nobody(sheets: Sheets, values: list[list[str]]) -> None:
    """Seen between the clearing and the filling of an import, or for as long as it lasts."""
    directory = sheets.directory()
    await log_in(directory, FIVE)
    await sheets.person("replace-tab", spreadsheet=AUTHORISATION, sheet=crm.TAB, values=values)
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, FIVE) == [True] * 5
    await overlay(sheets)
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, FIVE) == [True] * 5
    assert len(await logins(sheets)) == 5


async def test_an_import_seen_half_way(sheets: Sheets) -> None:
    """The rows that are not there yet are read again before anybody is missed."""
    directory = sheets.directory()
    await log_in(directory, FIVE)
    await overlay(sheets, PEOPLE[:3])
    sheets.meanwhile(READ, call="replace-tab", **crm.replacement(PEOPLE))
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, FIVE) == [True] * 5
    assert len(await logins(sheets)) == 5


@pytest.mark.parametrize("logged_in", [1, 2, 5])
async def test_a_freed_row_stays_free(sheets: Sheets, logged_in: int) -> None:
    """A person clears status, ID and date of one row, by hand or through the bot on another instance."""
    here, there = sheets.directory(), sheets.directory()
    await log_in(here, PEOPLE[:logged_in])
    await known(there, FIVE)
    row = await row_of(sheets, 500)
    place = f"{crm.TAB}!D{row}:F{row}"
    await sheets.person("clear", spreadsheet=AUTHORISATION, range=place)
    sheets.clock.advance(EXPIRED_S)
    for directory in (here, there):
        assert await known(directory, PEOPLE[:logged_in]) == [False] + [True] * (logged_in - 1)
    await here.authorise(PEOPLE[0], 500)
    sheets.clock.advance(31)
    assert await known(there, PEOPLE[:logged_in]) == [True] * logged_in
    await here.free(500, code_mark(PEOPLE[0].code))
    sheets.clock.advance(EXPIRED_S)
    for directory in (here, there):
        assert await known(directory, PEOPLE[:logged_in]) == [False] + [True] * (logged_in - 1)
    assert sheets.events.published == []


async def test_a_withdrawn_login_is_never_restored(sheets: Sheets) -> None:
    """Status cleared while the Telegram ID stands, and an import afterwards."""
    directory = sheets.directory()
    await log_in(directory, FIVE)
    await sheets.type(f"{crm.TAB}!D{await row_of(sheets, 500)}", "", AUTHORISATION)
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, FIVE) == [False] + [True] * 4
    await overlay(sheets)
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, FIVE) == [False] + [True] * 4
    assert sheets.events.published == [{"kind": "partners.imported", "restored": 4, "gone": 0}]


async def test_logins_that_people_typed_are_restored_too(sheets: Sheets) -> None:
    """They have no mark of the bot: three of them, and more than half, are an import."""
    rows = [[*(one.code, one.name, one.phone), "авторизован", str(crm.chat_of(one)), "1.10.2026"] for one in FIVE[:3]]
    await sheets.person("replace-tab", spreadsheet=AUTHORISATION, sheet=crm.TAB, values=[crm.HEADER, *rows])
    directory = sheets.directory()
    assert await known(directory, FIVE[:3]) == [True] * 3
    await overlay(sheets, FIVE)
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, FIVE[:3]) == [True] * 3
    assert {login[2] for login in (await logins(sheets)).values()} == {"1.10.2026"}


async def test_code_and_phone_in_two_rows(sheets: Sheets) -> None:
    """Two accounts of one pair keep a row each; where the export has it once, one of them does."""
    directory, pair = sheets.directory(), FIVE[0]
    await overlay(sheets, [pair, *FIVE])
    await log_in(directory, FIVE)
    assert await directory.authorise(pair, 900)
    await overlay(sheets, [*FIVE, pair])
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, FIVE) == [True] * 5
    assert await directory.partner_of(900)
    await overlay(sheets, FIVE)
    sheets.clock.advance(EXPIRED_S)
    accounts = [await directory.partner_of(chat) for chat in (500, 900)]
    assert sum(account is not None for account in accounts) == 1


async def test_a_login_during_the_import(sheets: Sheets) -> None:
    """Rows change between its read and its write: it ends in its own row, nobody has another's."""
    directory = sheets.directory()
    await log_in(directory, FIVE[:4])
    sheets.meanwhile(READ, call="replace-tab", **crm.replacement(PEOPLE[::-1]))
    sheets.clock.advance(EXPIRED_S)
    assert await directory.authorise(FIVE[4], 504)
    assert await known(directory, FIVE) == [True] * 5
    held = await logins(sheets)
    assert {person: login[1] for person, login in held.items()} == {
        f"{one.code} {one.phone}": str(crm.chat_of(one)) for one in FIVE
    }


async def test_two_instances_restore_at_once(sheets: Sheets) -> None:
    """They write the same values: every login stands once, in its own row."""
    here, there = sheets.directory(), sheets.directory()
    await log_in(here, FIVE)
    before = await logins(sheets)
    assert await known(there, FIVE) == [True] * 5
    await overlay(sheets)
    sheets.clock.advance(EXPIRED_S)
    for found in await asyncio.gather(known(here, FIVE), known(there, FIVE)):
        assert found == [True] * 5
    assert await logins(sheets) == before


async def test_a_row_that_another_account_took_is_left_alone(sheets: Sheets) -> None:
    """After the import somebody logged in on an instance that knew nothing of the first."""
    directory = sheets.directory()
    await log_in(directory, FIVE)
    await overlay(sheets)
    assert await sheets.directory().authorise(FIVE[0], 999)
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, FIVE) == [False] + [True] * 4
    taken = await directory.partner_of(999)
    assert taken is not None
    assert taken.name == FIVE[0].name


async def test_rows_that_move_under_the_restoring(sheets: Sheets) -> None:
    """A sort between read and write: what landed in others' rows is taken out again, and nobody was somebody else."""
    directory = sheets.directory()
    await log_in(directory, FIVE)
    before = await logins(sheets)
    await overlay(sheets)
    sheets.meanwhile(READ, call="sort", spreadsheet=AUTHORISATION, range=f"{crm.TAB}!A2:H", column="B", descending=True)
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, FIVE) == [True] * 5
    assert await logins(sheets) == before
    assert await known(sheets.directory(), FIVE) == [True] * 5


async def test_rows_that_move_under_a_freeing(sheets: Sheets) -> None:
    """The emptied row was somebody else's: they get their own back, and the account is freed all the same."""
    directory = sheets.directory()
    await log_in(directory, PEOPLE)
    before = await logins(sheets)
    sheets.meanwhile(READ, call="sort", spreadsheet=AUTHORISATION, range=f"{crm.TAB}!A2:H", column="B", descending=True)
    assert await directory.free(500, code_mark(PEOPLE[0].code))
    assert len(logged(sheets, "login_strayed")) == 1
    after = await logins(sheets)
    assert before.pop(f"{PEOPLE[0].code} {PEOPLE[0].phone}")[1] == "500"
    assert after == before
    assert not sheets.events.published


async def test_a_failed_restoring_is_made_up_for(sheets: Sheets) -> None:
    """The partners do not notice; the next read finds what is still owed."""
    directory = sheets.directory()
    await log_in(directory, FIVE)
    await overlay(sheets)
    sheets.fault(service="sheets", match=WRITE, action=503, rate=1.0)
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, FIVE) == [True] * 5
    assert len(logged(sheets, "logins_not_restored")) == 1
    assert await logins(sheets) == {}
    sheets.faults.replace([])
    sheets.clock.advance(EXPIRED_S)
    assert await known(directory, FIVE) == [True] * 5
    assert len(await logins(sheets)) == 5
    assert len(sheets.events.published) == 1


async def test_what_was_known_long_ago_restores_nobody(sheets: Sheets) -> None:
    """An instance that slept for hours cannot tell who was withdrawn meanwhile; one that watched can."""
    sleeper, watcher = sheets.directory(), sheets.directory()
    await log_in(sleeper, FIVE)
    for _ in range(13):
        sheets.clock.advance(300)
        await watcher.watch()
    await overlay(sheets)
    assert await known(sleeper, FIVE) == [False] * 5
    await watcher.watch()
    sheets.clock.advance(300)
    await watcher.watch()
    assert len(await logins(sheets)) == 5
    assert await known(sleeper, FIVE) == [True] * 5
