"""Characters that nobody sees, pasted into the sheets, through the adapters."""

from __future__ import annotations

from playground.data import clean_partners
from shared.adapters.sheets.knowledge import SheetKnowledge
from tests.adapters.inspected import places
from tests.adapters.test_replies_in_the_sheet import Events, handed_over, pasted
from tests.sheets import APPEALS, AUTHORISATION, Sheets

UNSEEN = "\u2800\ufeff\u00ad"
ANNA = clean_partners()[0]
FAMILY = "👨\u200d👩\u200d👧 и ❤\ufe0f"


async def login_cells(sheets: Sheets, *cells: str) -> None:
    rows = await sheets.rows("Авторизация", AUTHORISATION)
    row = next(int(row["row"]) for row in rows if row["ФИО партнера"] == ANNA.name)
    await sheets.person("edit", spreadsheet=AUTHORISATION, range=f"Авторизация!A{row}", values=[list(cells)])


async def test_a_row_with_them_lets_its_partner_in(sheets: Sheets) -> None:
    """The code has a byte order mark, the phone the marks of a contact card; the check says nothing of either."""
    await login_cells(sheets, f"\ufeff{ANNA.code}\u2800", ANNA.name, f"\u202a{ANNA.phone}\u202c")
    directory = sheets.directory()
    found = await directory.matching(ANNA.code, ANNA.phone)
    assert found
    assert await directory.authorise(found, 501)
    known = await directory.partner_of(501)
    assert known
    assert (known.code, known.name) == (ANNA.code, ANNA.name)
    assert not await places(sheets)


async def test_a_reply_of_them_alone_is_none(sheets: Sheets) -> None:
    """Not by the event and not by the sweep; emoji that consist of them arrive whole."""
    events = Events(sheets)
    await handed_over(sheets, 501, 502)
    await pasted(sheets, UNSEEN, FAMILY)
    await events.edited()
    await events.handle({"kind": "sweep"})
    await events.handle({"kind": "sweep"})
    assert (events.arrived(501), events.arrived(502)) == ([], [FAMILY])
    chats = {row["Telegram ID"]: (row["Статус"], row["Доставка"]) for row in await sheets.rows()}
    assert chats["501"] == ("Передано специалисту", "—")


async def test_entries_with_them_count(sheets: Sheets) -> None:
    """Statuses and links are read without them, a cell of them alone is empty."""
    entry = ["kb-x\u200b", "Где макет?", "В кабинете.", "https://partners.example/x\u200b", "опублико\u00adвано"]
    await sheets.person("edit", spreadsheet=APPEALS, range="База знаний!A2", values=[entry])
    await sheets.person("edit", spreadsheet=APPEALS, range="База знаний!C3", values=[[UNSEEN]])
    book = sheets.book(APPEALS)
    entries = {entry.id: entry for entry in await SheetKnowledge(book, clock=sheets.clock, log=sheets.log).entries()}
    assert entries["kb-x"].link == "https://partners.example/x"
    assert "" not in {entry.answer.strip("\u2800\ufeff\u00ad") for entry in entries.values()}
    assert await places(sheets) == ["База знаний C3"]
