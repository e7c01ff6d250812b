"""All three workbooks looked through behind the port `Inspection`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from shared.adapters.sheets.addresses import book_address, range_address
from shared.adapters.sheets.calls.asked import Purpose
from shared.adapters.sheets.calls.transport import Tab
from shared.adapters.sheets.calls.workbook import Workbook
from shared.adapters.sheets.rows_without import rows_without
from shared.adapters.sheets.rules.appeals import AppealRules
from shared.adapters.sheets.rules.archive import archive_problems
from shared.adapters.sheets.rules.authorisation import AuthorisationRules
from shared.adapters.sheets.rules.blank_rows import BlankRows
from shared.adapters.sheets.rules.header import header_problems
from shared.adapters.sheets.rules.knowledge import KnowledgeRules
from shared.adapters.sheets.rules.preferences import PreferenceRules
from shared.adapters.sheets.rules.promotions import PromotionRules
from shared.adapters.sheets.rules.row import Row, Rules, rows_of
from shared.adapters.sheets.tables import (
    PEOPLES_OWN,
    AppealColumn,
    AuthorisationColumn,
    AuthorisationExtra,
    KnowledgeColumn,
    PromotionColumn,
    PromotionExtra,
    SettingColumn,
    TabTitle,
    headers_of,
    renamed,
)
from shared.domain import problem_texts
from shared.domain.problems import Problem
from shared.ports import NeedsRepair, Refused

AT_ONCE = 200
"""So many rows are looked at before whoever else waits gets a turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A tab as it should be. `unread`: the column whose cells are too long to be read for everybody.

    `dates`: it has dates that people type. `missing`: what is said where there is no such tab and the bot needs none.
    """

    title: TabTitle
    columns: type[StrEnum]
    extra: tuple[str, ...] = ()
    rules: Callable[[], Rules]
    unread: str | None = None
    dates: bool = False
    missing: str = ""


AUTHORISATION = Wanted(
    title=TabTitle.AUTHORISATION,
    columns=AuthorisationColumn,
    extra=tuple(AuthorisationExtra),
    rules=AuthorisationRules,
    dates=True,
)
APPEALS = Wanted(title=TabTitle.APPEALS, columns=AppealColumn, rules=AppealRules, unread=AppealColumn.HISTORY)
SETTINGS = Wanted(
    title=TabTitle.SETTINGS, columns=SettingColumn, rules=PreferenceRules, missing=problem_texts.NO_SETTINGS
)
KNOWLEDGE = Wanted(title=TabTitle.KNOWLEDGE, columns=KnowledgeColumn, rules=KnowledgeRules)
PROMOTIONS = Wanted(
    title=TabTitle.PROMOTIONS, columns=PromotionColumn, extra=tuple(PromotionExtra), rules=PromotionRules, dates=True
)
ARCHIVE = Wanted(title=TabTitle.ARCHIVE, columns=AppealColumn, rules=BlankRows)
OF_APPEALS = (APPEALS, SETTINGS, KNOWLEDGE, ARCHIVE)
"""What is kept in the workbook of the appeals."""


class SheetInspection:
    def __init__(self, *, authorisation: Workbook, appeals: Workbook, promotions: Workbook) -> None:
        self._books = ((authorisation, (AUTHORISATION,)), (appeals, OF_APPEALS), (promotions, (PROMOTIONS,)))

    def tabs(self) -> list[str]:
        """What is looked at, in the order of the problems."""
        return [wanted.title.value for _, tabs in self._books for wanted in tabs]

    async def problems(self) -> list[Problem]:
        found: list[Problem] = []
        for book, wanted in self._books:
            found += await self._of_book(book, wanted)
        return found

    async def _of_book(self, book: Workbook, tabs: Sequence[Wanted]) -> list[Problem]:
        try:
            headers = await headers_of(book, await book.tabs(anew=True), Purpose.REFRESH)
        except (Refused, NeedsRepair):
            address = book_address(book.id)
            return [Problem(tab=wanted.title, text=problem_texts.BOOK_CLOSED, link=address) for wanted in tabs]
        sheets = {wanted: _sheet_of(wanted, headers) for wanted in tabs}
        return [
            replace(problem, link=_link(book, sheets[wanted], problem))
            for wanted in tabs
            async for problem in self._of_tab(book, wanted, headers)
        ]

    async def _of_tab(
        self, book: Workbook, wanted: Wanted, headers: Mapping[Tab, tuple[str, ...]]
    ) -> AsyncIterator[Problem]:
        if wanted is ARCHIVE:
            for problem in _of_archive(headers):
                yield problem
            return
        tab, said = _located(wanted, headers)
        if said:
            yield said
        if tab is None:
            return
        needed = tuple(column for column in wanted.columns if column not in PEOPLES_OWN)
        own = tuple(column for column in wanted.columns if column in PEOPLES_OWN)
        header = list(header_problems(wanted.title, headers[tab], needed, own=own, extra=wanted.extra))
        for problem in header:
            yield problem
        if not all(problem.mild for problem in header):
            return
        rules = (BlankRows(), wanted.rules())
        skipped = headers[tab].index(wanted.unread) + 1 if wanted.unread else None
        width = len(headers[tab])
        async for read in rows_without(book, tab.sheet, skipped=skipped, width=width, dates=wanted.dates):
            async for row in _by_turns(rows_of(wanted.title, headers[tab], read)):
                for rule in rules:
                    for problem in rule.problems_of(row):
                        yield problem


def _sheet_of(wanted: Wanted, headers: Mapping[Tab, tuple[str, ...]]) -> int | None:
    """Return the id of the tab that the problems are in; None where there is no such tab."""
    if wanted is ARCHIVE:
        return next((tab.sheet for tab in headers if tab.title == TabTitle.ARCHIVE), None)
    tab, _ = _located(wanted, headers)
    return tab.sheet if tab else None


def _link(book: Workbook, sheet: int | None, problem: Problem) -> str:
    return book_address(book.id) if sheet is None else range_address(book.id, sheet, problem.cell)


def _of_archive(headers: Mapping[Tab, tuple[str, ...]]) -> list[Problem]:
    """The bot makes the tab that it lacks; its rows are long, and nobody's to mend."""
    return [
        problem
        for tab, header in headers.items()
        if tab.title == TabTitle.ARCHIVE
        for problem in archive_problems(header)
    ]


def _located(wanted: Wanted, headers: Mapping[Tab, tuple[str, ...]]) -> tuple[Tab | None, Problem | None]:
    """The tab as the bot finds it, and what is to be said about its title."""
    named = next((tab for tab in headers if tab.title == wanted.title), None)
    if named:
        return named, None
    fitting = renamed(headers, wanted.columns)
    match fitting:
        case [tab]:
            text = problem_texts.tab_renamed(wanted.title, tab.title)
            return tab, Problem(tab=wanted.title, text=text, mild=True)
        case []:
            text = wanted.missing or problem_texts.no_tab(wanted.title)
            return None, Problem(tab=wanted.title, text=text, mild=bool(wanted.missing))
        case _:
            text = problem_texts.tabs_alike(wanted.title, [tab.title for tab in fitting])
            return None, Problem(tab=wanted.title, text=text)


async def _by_turns(rows: Iterable[Row]) -> AsyncIterator[Row]:
    for count, row in enumerate(rows, start=1):
        yield row
        if count % AT_ONCE == 0:
            await asyncio.sleep(0)
