"""A handler whose time is up leaves in the middle of a write; Telegram brings its update again."""

from __future__ import annotations

import asyncio

import pytest

from playground.kernel.faults import Fault
from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain.status import Status
from tests.adapters.crm import PEOPLE, logins
from tests.adapters.sheet_people import READ, SORT, draft, opened, person_after, saying, statuses
from tests.sheets import APPEALS, Sheets

CHAT, UPDATE = 501, "u2"
DEADLINE_S = 0.15
PATIENCE_S = 10


def slow_write(sheets: Sheets, *before: Fault) -> None:
    slow = Fault.parse({"service": "sheets", "match": ":batchUpdate", "times": 1, "latency_ms": 600})
    sheets.faults.replace([*before, slow])


async def test_a_line_whose_writer_gave_up_is_there_once(sheets: Sheets) -> None:
    """The write was under way and arrives all the same: the repetition finds its trace."""
    journal = sheets.journal()
    await journal.open(draft(sheets, CHAT))
    slow_write(sheets)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(DEADLINE_S):
            await journal.change(f"a{CHAT}-1", saying(sheets, "второй", UPDATE))
    await journal.change(f"a{CHAT}-1", saying(sheets, "второй", UPDATE))
    [row] = await sheets.rows()
    assert row["Текст обращений"].count("второй") == 1


async def test_a_row_whose_writer_gave_up_is_there_once(sheets: Sheets) -> None:
    """The same for an appeal that was being opened."""
    journal = sheets.journal()
    assert await journal.newest(CHAT) is None
    slow_write(sheets)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(DEADLINE_S):
            await journal.open(draft(sheets, CHAT))
    await journal.open(draft(sheets, CHAT))
    [row] = await sheets.rows()
    assert row["Текст обращений"].count(f"вопрос {CHAT}") == 1


async def test_a_line_that_still_waited_for_its_turn_is_written_by_the_repetition(sheets: Sheets) -> None:
    """Another's write is under way: what was not sent yet is not sent for nobody."""
    journal: SheetJournal = sheets.journal()
    await journal.open(draft(sheets, CHAT))
    slow_write(sheets)
    other = asyncio.create_task(journal.forget_marks())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(DEADLINE_S):
            await journal.change(f"a{CHAT}-1", saying(sheets, "второй", UPDATE))
    await other
    await journal.change(f"a{CHAT}-1", saying(sheets, "второй", UPDATE))
    [row] = await sheets.rows()
    assert row["Текст обращений"].count("второй") == 1


async def test_a_write_whose_writer_gave_up_is_put_right_in_the_row_that_it_hit(sheets: Sheets) -> None:
    """Sorted between read and write: the status that went into another partner's row is taken out again."""
    journal = sheets.journal()
    await opened(sheets, journal, 501, 502)
    slow_write(sheets, person_after(READ, SORT))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(DEADLINE_S):
            await journal.change("a501-1", saying(sheets, "второй", UPDATE, Status.HANDED_OVER))
    wanted = {"501": Status.HANDED_OVER, "502": Status.ANSWERED}
    async with asyncio.timeout(10):
        while await statuses(sheets) != wanted:  # noqa: ASYNC110 - a person sees it
            await asyncio.sleep(0.02)


async def test_a_row_under_moved_columns_whose_writer_gave_up(sheets: Sheets) -> None:
    """It landed under other titles: who opened it does not wait any more, and it is put right all the same."""
    journal = sheets.journal()
    await journal.newest(CHAT)
    await sheets.person("move-columns", spreadsheet=APPEALS, sheet="Обращения", column="G", to="F")
    slow_write(sheets)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(DEADLINE_S):
            await journal.open(draft(sheets, CHAT))
    async with asyncio.timeout(PATIENCE_S):
        while await standing(sheets) != (str(CHAT), Status.ANSWERED):
            pass


async def standing(sheets: Sheets) -> tuple[str, str] | None:
    """Telegram ID and status of the appeal's row."""
    rows = [row for row in await sheets.rows() if row["id"] == f"a{CHAT}-1"]
    return (rows[0]["Telegram ID"], rows[0]["Статус"]) if rows else None


async def test_a_login_whose_writer_gave_up(sheets: Sheets) -> None:
    """The old row was freed: the new one is written, too, though nobody waits for it any more."""
    directory = sheets.directory()
    old, new = PEOPLE[:2]
    assert await directory.authorise(old, CHAT)
    slow_write(sheets)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(DEADLINE_S):
            await directory.authorise(new, CHAT)
    async with asyncio.timeout(PATIENCE_S):
        while await codes_of(sheets, CHAT) != [new.code]:
            pass
    assert await directory.partner_of(CHAT)


async def codes_of(sheets: Sheets, chat: int) -> list[str]:
    """Of the rows in which the account is logged in."""
    return [who.split()[0] for who, (_, held, _) in (await logins(sheets)).items() if held == str(chat)]
