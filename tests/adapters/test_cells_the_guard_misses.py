"""Should Google's findReplace not see a cell (many lines, an odd character): it is written all the same, and said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import pytest

from shared.adapters.sheets.calls.transport import Area, Committed, Grid, Request, Tab, Transport
from shared.adapters.sheets.journal.journal import SheetJournal
from shared.adapters.sheets.tables import AppealColumn
from shared.domain.status import Status
from shared.ports import Written
from tests.adapters.logged import logged
from tests.adapters.sheet_people import READ, SORT, by_chat, lines, opened, saying, statuses
from tests.sheets import APPEALS, Sheets

COLUMNS = list(AppealColumn)


class HalfBlind:
    """A Sheets API whose findReplace never finds anything in some columns."""

    def __init__(self, calls: Transport, *columns: AppealColumn) -> None:
        self._calls = calls
        self._blind = {COLUMNS.index(column) for column in columns}

    def tabs(self, spreadsheet: str) -> list[Tab]:
        return self._calls.tabs(spreadsheet)

    def title(self, spreadsheet: str, sheet: int) -> str | None:
        return self._calls.title(spreadsheet, sheet)

    def read(self, spreadsheet: str, areas: Sequence[Area]) -> list[Grid]:
        return self._calls.read(spreadsheet, areas)

    def write(self, spreadsheet: str, requests: Sequence[Request], echoes: Sequence[Area]) -> Committed:
        return self._calls.write(spreadsheet, [self._seen(request) for request in requests], echoes)

    def _seen(self, request: Request) -> Request:
        asked = cast("dict[str, Any] | None", request.get("findReplace"))
        if asked is None or asked["range"]["startColumnIndex"] not in self._blind:
            return request
        return {"findReplace": {**asked, "find": "nothing like this"}}


def journal_on(sheets: Sheets, *blind: AppealColumn) -> SheetJournal:
    return SheetJournal(sheets.tools(HalfBlind(sheets.calls(), *blind)))


def columns_said(sheets: Sheets) -> list[str]:
    said = [details["columns"] for details in logged(sheets, "guard_skipped")]
    return [str(column) for columns in said for column in cast("list[str]", columns)]


@pytest.mark.parametrize("blind", [AppealColumn.TRACE, AppealColumn.STATUS, AppealColumn.UPDATED])
async def test_one_cell_is_not_seen(sheets: Sheets, blind: AppealColumn) -> None:
    """The trace is not left behind, nor the status taken for a person's choice."""
    journal = journal_on(sheets, blind)
    await opened(sheets, journal, 501, 502)
    sheets.clock.advance(60)
    for update in ("c1", "c1", "c2"):
        written = await journal.change("a501-1", saying(sheets, f"строка {update}", update, Status.HANDED_OVER))
        assert isinstance(written, Written)
        assert not written.status_kept
    assert await lines(sheets) == {"501": ["вопрос 501", "строка c1", "строка c2"], "502": ["вопрос 502"]}
    rows = await by_chat(sheets)
    assert rows["501"]["Статус"] == "Передано специалисту"
    assert rows["501"]["Время обновления"] > rows["502"]["Время обновления"]
    assert blind.value in columns_said(sheets)


async def test_a_person_chooses_a_status_that_is_not_seen(sheets: Sheets) -> None:
    """It reads otherwise than before: it stands, and the caller knows."""
    journal = journal_on(sheets, AppealColumn.STATUS)
    await opened(sheets, journal, 501)
    sheets.meanwhile(READ, spreadsheet=APPEALS, range="Обращения!F2", values=[["Решено"]])
    written = await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER))
    assert written is not None
    assert written.status_kept
    assert [row["Статус"] for row in await sheets.rows()] == ["Решено"]


@pytest.mark.parametrize("more", [(), (AppealColumn.TRACE,), (AppealColumn.STATUS,)])
async def test_the_head_is_not_seen(sheets: Sheets, more: tuple[AppealColumn, ...]) -> None:
    """The other cells were hit in the right row and are taken back; then the row is written by position, once."""
    journal = journal_on(sheets, AppealColumn.HISTORY, *more)
    await opened(sheets, journal, 501, 502)
    for update in ("c1", "c1", "c2"):
        await journal.change("a501-1", saying(sheets, f"строка {update}", update, Status.HANDED_OVER))
    assert await lines(sheets) == {"501": ["вопрос 501", "строка c1", "строка c2"], "502": ["вопрос 502"]}
    assert await statuses(sheets) == {"501": "Передано специалисту", "502": "Ответ ИИ"}
    assert "Текст обращений" in columns_said(sheets)
    assert not logged(sheets, "not_put_back")


async def test_a_sort_where_the_head_is_not_seen(sheets: Sheets) -> None:
    """What strayed into another row is put back by position where the guard does not see that row."""
    journal = journal_on(sheets, AppealColumn.HISTORY)
    await opened(sheets, journal, 501, 502, 503)
    before = {row["id"]: row for row in await sheets.rows()}
    sheets.meanwhile(READ, **SORT)
    await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER))
    after = {row["id"]: row for row in await sheets.rows()}
    for appeal in ("a502-1", "a503-1"):
        assert {**after[appeal], "row": ""} == {**before[appeal], "row": ""} | {
            name: after[appeal][name] for name in ("Текст обращений", "Служебное")
        }
    assert await lines(sheets) == {"501": ["вопрос 501", "ещё"], "502": ["вопрос 502"], "503": ["вопрос 503"]}
