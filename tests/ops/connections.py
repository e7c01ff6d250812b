"""A tool at emulated workbooks, connected as with real credentials."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ops.sheets_of import Connection, connect
from ops.sheets_setup import workbook
from playground.sheets import TabSeed
from shared.domain.appeals import NewAppeal
from shared.domain.status import Status
from shared.domain.trace import Trace
from tests.adapters.journal_worker import edit
from tests.sheets import Sheets

ACCOUNT = "bot@test.iam.gserviceaccount.com"
IDS = {"SHEET_ID": "authorisation-test", "APPEALS_SHEET_ID": "appeals-test", "PROMOTIONS_SHEET_ID": "promotions-test"}
KINDS = (workbook.AUTHORISATION, workbook.APPEALS, workbook.PROMOTIONS)
PARTNERS = ["Код партнера", "ФИО партнера", "Телефон партнера", "Статус авторизации", "Telegram ID", "Дата авторизации"]
PEOPLES = ["Код партнера", "Телефон партнера", "ФИО партнера", "Telegram ID", "Текст обращений", "Статус"]
PEOPLES += ["Ответ специалиста", "Время обновления"]
PROMOTIONS = ["Дата релиза", "Название", "Описание", "Статус", "Дата начала", "Дата окончания"]
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """`make sheets-setup` on the emulated workbooks."""

    sheets: Sheets
    connection: Connection

    def run(self, only: workbook.Kind | None = None) -> None:
        """All three workbooks, or the one that a test is about."""
        ids = (self.connection.authorisation, self.connection.appeals, self.connection.promotions)
        for spreadsheet, kind in zip(ids, KINDS, strict=True):
            if only in (None, kind):
                workbook.set_up(self.connection.client, spreadsheet, kind)

    def all_in_one(self) -> Setup:
        """The appeals' workbook under all three ids."""
        one = self.connection.appeals
        return replace(self, connection=replace(self.connection, authorisation=one, promotions=one))

    def writes_of_a_run(self, only: workbook.Kind | None = None) -> object:
        self.sheets.emulator.reset_stats()
        self.run(only)
        return self.sheets.emulator.stats()["writes"]

    def workbooks(self, *, authorisation: Rows = (), appeals: Rows = (), promotions: Rows = ()) -> None:
        """Workbooks as people made them: the tabs have their titles, the rows of the caller, and nothing else."""
        given = {"Авторизация": authorisation, "Обращения": appeals, "Акции": promotions}
        for spreadsheet, (title, rows) in zip(IDS.values(), given.items(), strict=True):
            tab = TabSeed(title=title if rows else "Лист1", rows=rows, frozen_rows=0, row_count=200)
            alias = spreadsheet.removesuffix("-test")
            self.sheets.emulator.create_spreadsheet(
                spreadsheet, f"Таблица {alias}", [tab], alias=alias, shared_with=[ACCOUNT]
            )


def setup_on(sheets: Sheets) -> Setup:
    key = json.dumps(sheets.emulator.service_account_key(ACCOUNT))
    return Setup(
        sheets=sheets,
        connection=connect({**IDS, "GCP_SA_JSON": key, "SHEETS_API_URL": f"{sheets.url}/google"}),
    )


def batch(setup: Setup, spreadsheet: str, *requests: dict[str, Any]) -> None:
    """A person's own doing that the page has no button for."""
    setup.connection.client.batch_update(spreadsheet, {"requests": requests})


def metadata(setup: Setup, fields: str, spreadsheet: str = "appeals-test") -> Any:
    return setup.connection.client.fetch_sheet_metadata(spreadsheet, params={"fields": fields})


def draft_of(chat: int) -> NewAppeal:
    said = edit("Вопрос", Trace(), Status.ANSWERED)
    return NewAppeal(id=f"a{chat}-1", chat=chat, code="00123", phone="+79123456789", name="Анна", edit=said)
