"""A handler whose time is up leaves in the middle of a write; Telegram brings its update again."""

from __future__ import annotations

import asyncio

import pytest

from playground.kernel.faults import Fault
from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain.status import Status
from tests.adapters.sheet_people import READ, SORT, draft, opened, person_after, saying, statuses
from tests.sheets import Sheets

CHAT, UPDATE = 501, "u2"
DEADLINE_S = 0.15


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
