"""A workbook written before ids had a second and before state cells kept times: it is read, and goes on as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain.incoming import Message
from shared.domain.status import Status
from shared.ports import Answer, Outside, React
from shared.usecases.memory import Memory
from shared.usecases.receive import receive
from tests.adapters.sheet_people import kept
from tests.fakes import LOGO, START, World
from tests.sheets import APPEALS, Sheets

CHAT, SECOND = 501, int(START.timestamp())
OPEN, RESOLVED = "a501-9001", "a501-8000"


def row(appeal: str, number: str, status: str, update: str) -> list[str]:
    """As the bot left it on 20 November, two days ago."""
    head = f"№ {number} · 20.11.2026 10:00 · abc123"
    text = f"{head}\n20.11.2026 10:00 · Ассистент: Посмотрите в кабинете.\n20.11.2026 10:00 · Белова Анна: Где он?"
    state = f'v1 abc123 {{"h":"{head}","n":{len(text)},"s":"{status}","u":["810000","{update}"]}}'
    return [
        *("00123", "+79123456789", "Белова Анна Петровна", str(CHAT), text, status, "", "2026-11-20 10:00:00"),
        *("—", number, "—", "—", "", "—", "", appeal, state),
    ]


@pytest.fixture
async def journal(sheets: Sheets) -> SheetJournal:
    values = [row(RESOLVED, "8S7H", "Решено", "810001"), row(OPEN, "J7RQ", "Ответ ИИ", "810002")]
    await sheets.person("edit", spreadsheet=APPEALS, range="Обращения!A2", values=values)
    return sheets.journal()


def asked(message: int, update: int, text: str = LOGO.question) -> Message:
    """Today, in the chat with a new bot."""
    now = START.timestamp() + message
    return Message(update=str(update), chat=CHAT, message=message, text=text, arrived=now, sent_at=int(now))


async def answer(journal: SheetJournal, message: Message) -> Answer | None:
    world = World()
    outside: Outside = replace(world.outside(), journal=journal)
    world.knowledge.listed = [LOGO]
    world.clock.at = message.arrived
    return await receive(outside, Memory.fresh(world.clock), message)


async def texts(journal: SheetJournal, appeal: str) -> list[str]:
    return [line.text for line in reversed((await kept(journal, appeal)).lines) if line.author.startswith("Белова")]


async def test_old_rows_are_found_by_their_ids_and_keep_their_numbers(journal: SheetJournal) -> None:
    """The newest is the one of the greatest message, as it was."""
    newest = await journal.newest(CHAT)
    assert newest is not None
    assert (newest.id, newest.number, newest.is_confused) == (OPEN, "J7RQ", False)
    assert [appeal.id for appeal in await journal.all_of(CHAT)] == [OPEN, RESOLVED]
    assert await journal.link(OPEN)


async def test_an_old_open_row_goes_on(sheets: Sheets, journal: SheetJournal) -> None:
    """A new bot's first message is written into it, also under update ids that the old bot had recorded there."""
    for message, update in ((5, 810_002), (60, 50_000), (120, 810_000)):
        await answer(journal, asked(message, update))
    assert await texts(journal, OPEN) == ["Где он?", *[LOGO.question] * 3]
    assert len(await sheets.rows()) == 2


async def test_an_update_that_the_previous_revision_recorded_is_known(sheets: Sheets, journal: SheetJournal) -> None:
    """Telegram brings it again after the deployment: it is in the old row, and opens none of its own."""
    again = replace(asked(9001, 810_002), sent_at=SECOND - 2 * 86_400 - 4 * 3600 - 240)
    assert isinstance(await answer(journal, again), React)
    assert await texts(journal, OPEN) == ["Где он?"]
    assert len(await sheets.rows()) == 2


async def test_a_new_row_is_newer_than_all_old_ones(sheets: Sheets, journal: SheetJournal) -> None:
    """Message 5 of the new bot opens one after the old was resolved, and 7 goes on in it."""
    for found in await sheets.rows():
        await sheets.type(f"Обращения!F{found['row']}", Status.RESOLVED)
    await answer(journal, asked(5, 50_000))
    await answer(journal, asked(7, 50_001, "Позовите менеджера"))
    new = f"a501-5-{SECOND + 5}"
    assert [appeal.id for appeal in await journal.all_of(CHAT)] == [new, OPEN, RESOLVED]
    assert await texts(sheets.journal(), new) == [LOGO.question, "Позовите менеджера"]
    assert (await kept(journal, new)).known_status is Status.HANDED_OVER
