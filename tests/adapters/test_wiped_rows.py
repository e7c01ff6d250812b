"""A row without history and technical cell is written by position: only as it stands now, not as it was read once."""

from __future__ import annotations

import pytest

from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain.appeals import Appeal
from tests.adapters.logged import logged
from tests.adapters.sheet_people import SORT, by_chat, kept, lines, opened, saying
from tests.sheets import Sheets


@pytest.fixture
async def seen(sheets: Sheets, journal: SheetJournal) -> Appeal:
    """The first of three appeals as the bot read it before the model's time: history and technical cell are wiped."""
    await opened(sheets, journal, 501, 502, 503)
    await sheets.type("Обращения!E2", "")
    await sheets.type("Обращения!Q2", "")
    return await kept(journal, "a501-1")


async def test_sorted_during_the_models_time(sheets: Sheets, journal: SheetJournal, seen: Appeal) -> None:
    """Another row stands there by now: it keeps its cells, and the line goes where the appeal stands."""
    others = {chat: row for chat, row in (await by_chat(sheets)).items() if chat != "501"}
    await sheets.person("sort", **{key: value for key, value in SORT.items() if key != "call"})
    written = await journal.change(seen.id, saying(sheets, "важно", "c1"), seen=seen)
    assert written is not None
    assert written.changed
    assert await lines(sheets) == {"501": ["важно"], "502": ["вопрос 502"], "503": ["вопрос 503"]}
    now = await by_chat(sheets)
    for chat, row in others.items():
        assert {**now[chat], "row": ""} == {**row, "row": ""}
    assert not logged(sheets, "row_overwritten")


@pytest.mark.parametrize("status", ["Решено", "В работе"], ids=["closed", "taken over"])
async def test_a_person_acts_during_the_models_time(
    sheets: Sheets, journal: SheetJournal, seen: Appeal, status: str
) -> None:
    """Status, reply and owner stand as they were typed, and the change is computed from them."""
    for column, text in {"F": status, "G": "Сейчас пришлю", "M": "Иванов"}.items():
        await sheets.type(f"Обращения!{column}2", text)
    written = await journal.change(seen.id, saying(sheets, "важно", "c1"), seen=seen)
    assert written is not None
    row = written.appeal
    assert (row.status, row.reply, row.owner) == (status, "Сейчас пришлю", "Иванов")
    now = (await by_chat(sheets))["501"]
    assert (now["Статус"], now["Ответ специалиста"], now["Ответственный"]) == (status, "Сейчас пришлю", "Иванов")
