"""A row is mended while people sort again: the mending meets another row, which is owed its own from that moment."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import httpx2
import pytest

from shared.adapters.sheets.calls.gateway import Gateway
from shared.adapters.sheets.calls.lines import READ_TRIES
from shared.adapters.sheets.calls.transport import Area, Committed, Grid, GspreadTransport, Request, Tab
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.journal.journal import SheetJournal
from shared.domain.status import Status
from shared.ports import Refused, Unavailable
from tests.adapters.logged import logged
from tests.adapters.sheet_people import SORT, by_chat, opened, saying, sort, statuses
from tests.fakes import FakeClock
from tests.sheets import APPEALS, UNPACED, Sheets

UPPER_TWO = {**sort(descending=False), "range": "Обращения!A2:Q3"}
NOT_REACHED = [Unavailable("sheets: 503")] * READ_TRIES


class Restless:
    """Before each write somebody sorts, or does something else; when there is nothing left to sort, reads fail."""

    def __init__(self, sheets: Sheets) -> None:
        self._calls: GspreadTransport = sheets.calls()
        self._people = f"{sheets.url}/google/people"
        self.sorts: list[dict[str, Any]] = []
        self.people: list[tuple[str, dict[str, Any]]] = []
        self.failures: list[Exception] = []

    def tabs(self, spreadsheet: str) -> list[Tab]:
        return self._calls.tabs(spreadsheet)

    def title(self, spreadsheet: str, sheet: int) -> str | None:
        return self._calls.title(spreadsheet, sheet)

    def read(self, spreadsheet: str, areas: Sequence[Area]) -> list[Grid]:
        if self.failures and not self.sorts:
            raise self.failures.pop(0)
        return self._calls.read(spreadsheet, areas)

    def write(self, spreadsheet: str, requests: Sequence[Request], echoes: Sequence[Area]) -> Committed:
        acts = [("sort", self.sorts.pop(0))] if self.sorts else [self.people.pop(0)] if self.people else []
        for call, body in acts:
            httpx2.post(f"{self._people}/{call}", json=body, trust_env=False).raise_for_status()
        return self._calls.write(spreadsheet, requests, echoes)


@pytest.fixture
def calls(sheets: Sheets) -> Restless:
    return Restless(sheets)


@pytest.fixture
async def journal(sheets: Sheets, calls: Restless) -> SheetJournal:
    """501 to 503 have asked, 502 is with the specialists; the next write for 501 meets 503, whose mending meets 502."""
    waiting = FakeClock()
    gateway = Gateway(calls, share=UNPACED, now=waiting.now, sleep=waiting.sleep)
    journal = SheetJournal(replace(sheets.tools(), book=Workbook(gateway, APPEALS)))
    await opened(sheets, journal, 501, 502, 503)
    await journal.change("a502-1", saying(sheets, "позовите", "c0", Status.HANDED_OVER))
    calls.sorts = [{key: value for key, value in one.items() if key != "call"} for one in (SORT, UPPER_TWO)]
    return journal


async def test_whoever_is_met_in_turn_is_mended(sheets: Sheets, journal: SheetJournal) -> None:
    """Each row has its own status in the end."""
    assert await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER))
    assert [said["appeal"] for said in logged(sheets, "put_back")] == ["a503-1", "a502-1"]
    waiting = "Передано специалисту"
    assert await statuses(sheets) == {"501": waiting, "502": waiting, "503": "Ответ ИИ"}


async def test_the_sheet_is_out_of_reach_before_all_is_mended(
    sheets: Sheets, journal: SheetJournal, calls: Restless
) -> None:
    """Both rows stay owed: the next call of this instance mends them, whoever it is about."""
    calls.failures = [*NOT_REACHED]
    with pytest.raises(Unavailable):
        await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER))
    assert (await statuses(sheets))["502"] == "Ответ ИИ"
    await journal.newest(777)
    assert await statuses(sheets) == {"501": "Ответ ИИ", "502": "Передано специалисту", "503": "Ответ ИИ"}


async def test_the_first_row_is_given_up(sheets: Sheets, journal: SheetJournal, calls: Restless) -> None:
    """Google refuses what would mend it, which is said; the one that was met in turn is mended all the same."""
    calls.failures = [Refused("sheets: 400")]
    assert await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER))
    assert [said["appeal"] for said in logged(sheets, "not_put_back")] == ["a503-1"]
    assert (await statuses(sheets))["502"] == "Передано специалисту"


@pytest.mark.parametrize("asked", ["chat", "appeal"])
async def test_a_caller_gives_up_while_rows_are_mended(
    sheets: Sheets, journal: SheetJournal, calls: Restless, asked: str
) -> None:
    """The mending goes on without the caller, and knows whom it met in turn."""
    calls.sorts, calls.failures = calls.sorts[:1], [*NOT_REACHED]
    with pytest.raises(Unavailable):
        await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER))
    calls.sorts = [{key: value for key, value in UPPER_TWO.items() if key != "call"}]
    sheets.fault(service="sheets", match=":batchUpdate", times=1, latency_ms=600)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await (journal.newest(777) if asked == "chat" else journal.find("a777-1"))
    wanted = {"501": "Ответ ИИ", "502": "Передано специалисту", "503": "Ответ ИИ"}
    async with asyncio.timeout(10):
        while await statuses(sheets) != wanted or len(logged(sheets, "put_back")) < 2:  # noqa: ASYNC110 - people see it
            await asyncio.sleep(0.02)


async def test_the_head_of_the_row_is_taken_while_it_is_mended(sheets: Sheets, calls: Restless) -> None:
    """The guard finds nothing, but every cell was put back and the row is the right one: that is not done again."""
    journal = SheetJournal(sheets.tools(calls))
    await opened(sheets, journal, 501, 502)
    without_head = (await by_chat(sheets))["502"]["Текст обращений"].partition("\n")[2]
    by_id = {key: value for key, value in SORT.items() if key != "call"}
    taken = {"spreadsheet": APPEALS, "range": "Обращения!E2", "values": [[without_head]]}
    calls.people = [("sort", by_id), ("edit", taken)]
    sheets.emulator.reset_stats()
    await journal.change("a501-1", saying(sheets, "ещё", "c1", Status.HANDED_OVER))
    assert await statuses(sheets) == {"501": "Передано специалисту", "502": "Ответ ИИ"}
    assert sheets.emulator.stats()["writes"] == 3
