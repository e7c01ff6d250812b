"""The synthetic sheets with more dirt in them, and what the inspection says about it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from shared.adapters import google
from shared.adapters.sheets.calls import transport
from shared.adapters.sheets.calls.transport import Area, Committed, Grid, Request, Tab, Transport
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.inspection import SheetInspection
from shared.domain.ids import appeal_id
from shared.domain.problems import Problem
from shared.domain.trace import Trace
from tests.sheets import APPEALS, AUTHORISATION, Sheets

PROMOTIONS = "promotions-test"
SYNTHETIC = [
    *("Авторизация A22", "Авторизация C27", "Авторизация E29", "Авторизация F29", "Авторизация E35"),
    *("Авторизация C36", "Авторизация C41", "Авторизация D41"),
]
"""The dirt that stands in the synthetic data, found by reading it."""


@dataclass
class Noted:
    """A transport that notes which areas were read."""

    calls: Transport
    areas: list[tuple[str, Area]] = field(default_factory=list)

    def tabs(self, spreadsheet: str) -> list[Tab]:
        return self.calls.tabs(spreadsheet)

    def title(self, spreadsheet: str, sheet: int) -> str | None:
        return self.calls.title(spreadsheet, sheet)

    def read(self, spreadsheet: str, areas: Sequence[Area]) -> list[Grid]:
        self.areas += [(spreadsheet, area) for area in areas]
        return self.calls.read(spreadsheet, areas)

    def write(self, spreadsheet: str, requests: Sequence[Request], echoes: Sequence[Area]) -> Committed:
        return self.calls.write(spreadsheet, requests, echoes)


def noted(sheets: Sheets) -> Noted:
    key = json.dumps(sheets.emulator.service_account_key("bot@test.iam.gserviceaccount.com"))
    credentials = partial(google.credentials, key, transport.SCOPES)
    return Noted(transport.GspreadTransport(partial(transport.connect, f"{sheets.url}/google", credentials)))


def inspection(sheets: Sheets, calls: Transport | None = None) -> SheetInspection:
    gateway = sheets.gateway(calls)
    return SheetInspection(
        authorisation=Workbook(gateway, AUTHORISATION),
        appeals=Workbook(gateway, APPEALS),
        promotions=Workbook(gateway, PROMOTIONS),
    )


async def found(sheets: Sheets) -> list[Problem]:
    """Beyond what stands in the synthetic data."""
    problems = await inspection(sheets).problems()
    assert [problem.place for problem in problems if problem.place in SYNTHETIC] == SYNTHETIC
    return [problem for problem in problems if problem.place not in SYNTHETIC]


async def places(sheets: Sheets) -> list[str]:
    return [problem.place for problem in await found(sheets)]


def appeal_row(
    chat: int = 501,
    message: int = 10,
    *,
    shown_chat: str | None = None,
    status: str = "Ответ ИИ",
    reply: str = "",
    receipt: str = "—",
    row_id: str | None = None,
    trace: str | None = None,
) -> list[str]:
    """A row of «Обращения» as the bot leaves it, but for what is said otherwise."""
    known = appeal_id(chat, message, 0) if row_id is None else row_id
    cell = Trace(token="abc123", head="№ 7K3Q").written() if trace is None else trace
    return [
        *("00101", "+79000001001", "Анна", str(chat) if shown_chat is None else shown_chat, "№ 7K3Q\nПривет", status),
        *(reply, "2026-11-22 14:03:00", receipt, "7K3Q", "—", "—", "", "", "", known, cell),
    ]
