"""The real Sheets adapters on the Sheets emulator, and people at the same sheet."""

from __future__ import annotations

import contextlib
import itertools
import json
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import httpx2
from starlette.applications import Starlette
from starlette.routing import Mount

from playground.data import workbooks
from playground.kernel.emulator import Kernel
from playground.kernel.faults import Fault, Faults, FaultyService
from playground.kernel.server import free_port, serving
from playground.sheets import SheetsEmulator, TabSeed
from shared.adapters import google
from shared.adapters.sheets.calls import transport
from shared.adapters.sheets.calls.gateway import Gateway
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.directory.directory import SheetDirectory
from shared.adapters.sheets.journal.journal import SheetJournal
from shared.adapters.sheets.journal.tools import Tools
from shared.adapters.sheets.preferences import SheetPreferences
from tests.fakes import START, FakeClock, FakeEvents, FakeLog

UNPACED = 60_000
TLS = ssl.create_default_context()
"""Made once: a client would load all certificates anew, and asks for none of them."""
APPEALS, AUTHORISATION = "appeals-test", "authorisation-test"


@dataclass
class Sheets:
    """One emulated Google with the three synthetic workbooks, quotas off unless a test turns them on."""

    kernel: Kernel
    emulator: SheetsEmulator
    faults: Faults
    url: str
    clock: FakeClock = field(default_factory=FakeClock)
    log: FakeLog = field(default_factory=FakeLog)
    events: FakeEvents = field(default_factory=FakeEvents)
    tokens: Iterator[str] = field(default_factory=lambda: (f"{n:06d}" for n in itertools.count()))

    def start_anew(self) -> None:
        """The synthetic workbooks as they were."""
        self.faults.replace([])
        seed(self.emulator)

    def journal(self) -> SheetJournal:
        """A journal as a new instance has it, with a gateway of its own."""
        return SheetJournal(self.tools())

    def directory(self, book: Workbook | None = None) -> SheetDirectory:
        """A directory as a new instance has it; it waits by moving the clock."""
        book = book or self.book(AUTHORISATION)
        return SheetDirectory(book, clock=self.clock, events=self.events, log=self.log, sleep=self.clock.sleep)

    def preferences(self) -> SheetPreferences:
        return SheetPreferences(self.book(APPEALS), clock=self.clock, log=self.log)

    def tools(self, calls: transport.Transport | None = None) -> Tools:
        """What a journal works with; `calls`: how it reaches the sheets, if not directly."""
        book = Workbook(self.gateway(calls), APPEALS)
        return Tools(book=book, clock=self.clock, token=lambda: next(self.tokens), log=self.log)

    def book(self, spreadsheet: str) -> Workbook:
        return Workbook(self.gateway(), spreadsheet)

    def gateway(self, calls: transport.Transport | None = None) -> Gateway:
        return Gateway(calls or self.calls(), share=UNPACED)

    def calls(self) -> transport.GspreadTransport:
        key = json.dumps(self.emulator.service_account_key("bot@test.iam.gserviceaccount.com"))
        credentials = partial(google.credentials, key, transport.SCOPES)
        return transport.GspreadTransport(partial(transport.connect, f"{self.url}/google", credentials))

    async def person(self, call: str, **body: Any) -> dict[str, Any]:
        """A person at the sheet, as the page lets them."""
        async with httpx2.AsyncClient(base_url=self.url, trust_env=False, verify=TLS) as client:
            if call == "view":
                answer = await client.get("/google/people/view", params=body)
            else:
                answer = await client.post(f"/google/people/{call}", json=body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def rows(self, sheet: str = "Обращения", spreadsheet: str = APPEALS) -> list[dict[str, str]]:
        """What a person sees: a mapping by header for each row, with its number under «row»."""
        view = await self.person("view", spreadsheet=spreadsheet, sheet=sheet)
        header = view["header"]
        return [
            {"row": str(row["row"]), **dict(zip(header, row["values"], strict=False))}
            for row in view["rows"]
            if any(row["values"])
        ]

    async def type(self, cell: str, text: str, spreadsheet: str = APPEALS) -> None:
        await self.person("edit", spreadsheet=spreadsheet, range=cell, values=[[text]])

    def meanwhile(self, match: str, **edit: Any) -> None:
        """A person acts once, right after the matched call was computed."""
        self.fault(service="sheets", match=match, action="person", times=1, edit=edit)

    def fault(self, **raw: Any) -> None:
        self.faults.replace([Fault.parse(raw)])


@contextlib.contextmanager
def emulated_sheets() -> Iterator[Sheets]:
    port = free_port()
    kernel = Kernel.fresh(f"http://127.0.0.1:{port}")
    kernel.settings.quotas = False
    emulator = SheetsEmulator(kernel)
    faults = Faults()

    async def person(edit: Any) -> None:
        call = str(edit.get("call", "edit"))
        await emulator.person(call, {key: value for key, value in edit.items() if key != "call"})

    faults.person = person
    faulty = FaultyService(
        emulator.app,
        service="sheets",
        faults=faults,
        settings=kernel.settings,
        error_body=emulator.error_body,
    )
    seed(emulator)
    with serving(Starlette(routes=[Mount("/google", app=faulty)]), port=port) as url:
        yield Sheets(kernel=kernel, emulator=emulator, faults=faults, url=url)


def seed(emulator: SheetsEmulator) -> None:
    for book in workbooks(START.date()):
        tabs = [
            TabSeed(
                title=tab.title,
                rows=[tab.header, *tab.rows],
                text_columns=[tab.header.index(column) for column in tab.text_columns],
                hidden_columns=[tab.header.index(column) for column in tab.hidden_columns],
            )
            for tab in book.tabs
        ]
        emulator.create_spreadsheet(
            f"{book.key}-test", book.title, tabs, alias=book.key, shared_with=["bot@test.iam.gserviceaccount.com"]
        )
