"""A handler whose time is up leaves in the middle of a write; Telegram brings its update again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from shared.adapters.sheets.appeals import SheetJournal
from shared.domain.appeals import Appeal, Edit, NewAppeal
from shared.domain.history import Line
from shared.domain.trace import Trace
from tests.sheets import Sheets, emulated_sheets

CHAT, UPDATE = 501, "u2"
DEADLINE_S = 0.15


@pytest.fixture
def sheets() -> Iterator[Sheets]:
    with emulated_sheets() as emulated:
        yield emulated


def saying(sheets: Sheets, row: Appeal, text: str) -> Edit | None:
    if row.has_seen(UPDATE):
        return None
    at = sheets.clock.local()
    return Edit(at=at, lines=(Line(at=at, author="Анна", text=text),), trace=row.known_trace.saw(UPDATE))


def draft(sheets: Sheets) -> NewAppeal:
    at = sheets.clock.local()
    edit = Edit(at=at, lines=(Line(at=at, author="Анна", text="первый"),), trace=Trace().saw("u1"))
    return NewAppeal(id=f"a{CHAT}-1", chat=CHAT, code="00101", phone="+79000001001", name="Анна", edit=edit)


def slow_write(sheets: Sheets) -> None:
    sheets.fault(service="sheets", match=":batchUpdate", times=1, latency_ms=600)


async def test_a_line_whose_writer_gave_up_is_there_once(sheets: Sheets) -> None:
    """The write was under way and arrives all the same: the repetition finds its trace."""
    journal = sheets.journal()
    await journal.open(draft(sheets))
    slow_write(sheets)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(DEADLINE_S):
            await journal.change(f"a{CHAT}-1", lambda row: saying(sheets, row, "второй"))
    await journal.change(f"a{CHAT}-1", lambda row: saying(sheets, row, "второй"))
    [row] = await sheets.rows()
    assert row["Текст обращений"].count("второй") == 1


async def test_a_row_whose_writer_gave_up_is_there_once(sheets: Sheets) -> None:
    """The same for an appeal that was being opened."""
    journal = sheets.journal()
    assert await journal.newest(CHAT) is None
    slow_write(sheets)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(DEADLINE_S):
            await journal.open(draft(sheets))
    await journal.open(draft(sheets))
    [row] = await sheets.rows()
    assert row["Текст обращений"].count("первый") == 1


async def test_a_line_that_still_waited_for_its_turn_is_written_by_the_repetition(sheets: Sheets) -> None:
    """Another's write is under way: what was not sent yet is not sent for nobody."""
    journal: SheetJournal = sheets.journal()
    await journal.open(draft(sheets))
    slow_write(sheets)
    other = asyncio.create_task(journal.forget_marks())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(DEADLINE_S):
            await journal.change(f"a{CHAT}-1", lambda row: saying(sheets, row, "второй"))
    await other
    await journal.change(f"a{CHAT}-1", lambda row: saying(sheets, row, "второй"))
    [row] = await sheets.rows()
    assert row["Текст обращений"].count("второй") == 1
