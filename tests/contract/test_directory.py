"""What a directory of partners is: the same for the fake and for the real one on the Sheets emulator."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from playground.data import clean_partners
from shared.domain.access import Partner, code_mark
from shared.ports import Directory
from tests.fakes import FakeDirectory
from tests.sheets import AUTHORISATION, Sheets, emulated_sheets

ANNA, BORIS = (Partner(code=partner.code, phone=partner.phone, name=partner.name) for partner in clean_partners()[:2])
TAB = "Авторизация"


@dataclass
class Known:
    directory: Directory
    sheets: Sheets | None


@pytest.fixture(params=["fake", "emulator"])
async def known(request: pytest.FixtureRequest) -> AsyncIterator[Known]:
    if request.param == "fake":
        yield Known(FakeDirectory([ANNA, BORIS]), None)
        return
    with emulated_sheets() as sheets:
        yield Known(sheets.directory(), sheets)


async def row_of(sheets: Sheets, partner: Partner) -> dict[str, str]:
    rows = await sheets.rows(TAB, AUTHORISATION)
    return next(row for row in rows if row["Код партнера"] == partner.code and row["ФИО партнера"] == partner.name)


async def test_nobody_is_known_before_logging_in(known: Known) -> None:
    """A chat is a stranger's until its partner logged in."""
    assert await known.directory.partner_of(501) is None


async def test_code_and_phone_find_the_row(known: Known) -> None:
    """As typed; a wrong code and a wrong phone find nothing alike."""
    found = await known.directory.matching(f"№ {ANNA.code}", ANNA.phone.replace("+7", "8"))
    assert found is not None
    assert found.name == ANNA.name
    assert await known.directory.matching(ANNA.code, BORIS.phone) is None
    assert await known.directory.matching("", "") is None


async def test_a_login_is_known_at_once(known: Known) -> None:
    """Status, Telegram ID and date stand in the row."""
    assert await known.directory.authorise(ANNA, 501)
    partner = await known.directory.partner_of(501)
    assert partner is not None
    assert (partner.name, partner.chat, partner.authorised) == (ANNA.name, 501, True)
    if known.sheets:
        row = await row_of(known.sheets, ANNA)
        assert row["Статус авторизации"] == "авторизован"
        assert row["Telegram ID"] == "501"
        assert row["Дата авторизации"] == "22.11.2026 14:03"


async def test_a_row_of_another_account_is_refused(known: Known) -> None:
    """Until it is freed."""
    assert await known.directory.authorise(ANNA, 501)
    assert not await known.directory.authorise(ANNA, 502)
    assert not await known.directory.free(501, code_mark(BORIS.code))
    assert await known.directory.free(501, code_mark(ANNA.code))
    assert not await known.directory.free(501, code_mark(ANNA.code))
    assert await known.directory.authorise(ANNA, 502)
    assert await known.directory.partner_of(501) is None


async def test_another_row_frees_the_old_one(known: Known) -> None:
    """An account stands in one row."""
    await known.directory.authorise(ANNA, 501)
    await known.directory.authorise(BORIS, 501)
    partner = await known.directory.partner_of(501)
    assert partner is not None
    assert partner.name == BORIS.name
    assert await known.directory.authorise(ANNA, 502)


@pytest.fixture
async def sheets() -> AsyncIterator[Sheets]:
    with emulated_sheets() as emulated:
        yield emulated


async def test_rows_that_move_under_a_login(sheets: Sheets) -> None:
    """A sort between read and write: the partner's row gets the login, every other row keeps what it held."""
    directory = sheets.directory()
    await directory.authorise(BORIS, 502)
    before = {(row["Код партнера"], row["ФИО партнера"]): row for row in await sheets.rows(TAB, AUTHORISATION)}
    sheets.clock.advance(10)
    sheets.meanwhile(
        "values:batchGetByDataFilter",
        call="sort",
        spreadsheet=AUTHORISATION,
        range=f"{TAB}!A2:H",
        column="B",
        descending=True,
    )
    assert await directory.authorise(ANNA, 501)
    assert [event for _, event, _ in sheets.log.lines] == ["login_strayed"]
    after = {(row["Код партнера"], row["ФИО партнера"]): row for row in await sheets.rows(TAB, AUTHORISATION)}
    assert after.pop((ANNA.code, ANNA.name))["Telegram ID"] == "501"
    for key, row in after.items():
        kept = {name: value for name, value in before[key].items() if name != "row"}
        assert {name: value for name, value in row.items() if name != "row"} == kept


async def test_a_login_on_another_instance_is_seen_soon(sheets: Sheets) -> None:
    """Within 30 seconds, although the cache is five minutes old at most."""
    here, there = sheets.directory(), sheets.directory()
    assert await here.partner_of(501) is None
    await there.authorise(ANNA, 501)
    assert await here.partner_of(501) is None
    sheets.clock.advance(31)
    assert await here.partner_of(501) is not None


async def test_an_outage_locks_nobody_out(sheets: Sheets) -> None:
    """A known partner stays known, however old the cache is."""
    directory = sheets.directory()
    await directory.authorise(ANNA, 501)
    sheets.clock.advance(3600)
    sheets.fault(service="sheets", match="", action=503, rate=1.0)
    assert await directory.partner_of(501) is not None
