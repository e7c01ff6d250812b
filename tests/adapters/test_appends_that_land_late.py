"""An append whose answer is lost and that Google applies later: the row stands once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from shared.adapters.sheets.calls.transport import Area, Committed, Grid, Request, Tab, Transport
from shared.adapters.sheets.journal.archive import Archive
from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain.archive import Cut
from shared.ports import Refused, Unavailable
from tests.adapters.logged import logged
from tests.adapters.sheet_people import draft, kept, lines, opened, saying
from tests.sheets import APPEALS, Sheets

BEFORE, AFTER = "before the next write", "after the next write"
MOVED = Cut(kept="", tail="старые строки", moved="старые строки", first=1, last=120)


@dataclass
class Late:
    """A transport on which an armed append times out; Google applies it before or after the next write."""

    calls: Transport
    lands: str
    armed: bool = True
    held: tuple[str, Sequence[Request]] | None = None
    refusal: Refused | None = None

    def tabs(self, spreadsheet: str) -> list[Tab]:
        return self.calls.tabs(spreadsheet)

    def title(self, spreadsheet: str, sheet: int) -> str | None:
        return self.calls.title(spreadsheet, sheet)

    def read(self, spreadsheet: str, areas: Sequence[Area]) -> list[Grid]:
        return self.calls.read(spreadsheet, areas)

    def write(self, spreadsheet: str, requests: Sequence[Request], echoes: Sequence[Area]) -> Committed:
        if self.armed and any("appendCells" in request for request in requests):
            self.armed, self.held = False, (spreadsheet, requests)
            raise Unavailable("sheets: ReadTimeout")
        if self.lands == BEFORE:
            self._land()
        try:
            return self.calls.write(spreadsheet, requests, echoes)
        finally:
            self._land()

    def _land(self) -> None:
        held, self.held = self.held, None
        try:
            if held:
                self.calls.write(*held, ())
        except Refused as refusal:
            self.refusal = refusal


@pytest.mark.parametrize("lands", [BEFORE, AFTER])
async def test_a_new_row_stands_once(sheets: Sheets, lands: str) -> None:
    """The retry has read and found nothing: it must not append under another mark."""
    late = Late(sheets.calls(), lands)
    journal = SheetJournal(sheets.tools(late))
    written = await journal.open(draft(sheets, 501))
    assert written.changed
    assert written.appeal.has_seen("u501")
    assert [row["id"] for row in await sheets.rows()] == ["a501-1"]
    assert (late.refusal is not None) == (lands == AFTER)
    await journal.change("a501-1", saying(sheets, "ещё", "c1"))
    assert (await lines(sheets))["501"] == ["вопрос 501", "ещё"]


@pytest.mark.parametrize("lands", [BEFORE, AFTER])
async def test_archived_lines_stand_once(sheets: Sheets, journal: SheetJournal, lands: str) -> None:
    """The same for a row of «Архив», which is known by what it holds."""
    await opened(sheets, journal, 501)
    late = Late(sheets.calls(), lands)
    archive = Archive(sheets.tools(late))
    await archive.keep(await kept(journal, "a501-1"), MOVED)
    assert [row["Текст обращений"] for row in await sheets.rows("Архив")] == [MOVED.moved]
    assert (late.refusal is not None) == (lands == AFTER)


async def test_a_row_that_a_person_deleted_is_appended_anew(sheets: Sheets, journal: SheetJournal) -> None:
    """Its mark exists and the row does not: the message comes again and is not lost."""
    for times in range(3):
        if times:
            await sheets.person("delete-rows", spreadsheet=APPEALS, sheet="Обращения", row=2, count=1)
        assert (await sheets.journal().open(draft(sheets, 501))).changed
        assert (await lines(sheets))["501"] == ["вопрос 501"]
    assert len(logged(sheets, "append_refused")) == 3


async def test_an_archived_row_that_a_person_deleted_is_appended_anew(sheets: Sheets, journal: SheetJournal) -> None:
    """The lines are about to leave the history, and must stand somewhere."""
    await opened(sheets, journal, 501)
    for times in range(3):
        if times:
            await sheets.person("delete-rows", spreadsheet=APPEALS, sheet="Архив", row=2, count=1)
        await Archive(sheets.tools()).keep(await kept(journal, "a501-1"), MOVED)
        assert [row["Текст обращений"] for row in await sheets.rows("Архив")] == [MOVED.moved]
