"""The Sheets emulator as the playground holds it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from starlette.types import ASGIApp

from playground.kernel.emulator import Kernel
from playground.sheets.errors import ApiError
from playground.sheets.library import Library, permission
from playground.sheets.people import actions
from playground.sheets.people.edits import EditEvent
from playground.sheets.quotas import Quotas, exceeded
from playground.sheets.seeds import TabSeed, tab
from playground.sheets.service import Service
from playground.sheets.stats import Stats
from playground.sheets.tokens import Tokens
from playground.sheets.workbook import Workbook

OWNER = "owner@playground.example"


class SheetsEmulator:
    """Sheets v4, OAuth, a little Drive, and people. State is changed in the event loop, within one request."""

    def __init__(self, kernel: Kernel) -> None:
        self.access_token = "conformance"
        self.on_edit: Callable[[EditEvent], Awaitable[None]] | None = None
        self._kernel = kernel
        self._library = Library(kernel.clock.now)
        self._quotas = Quotas()
        self._stats = Stats()
        self._tokens = Tokens(f"{kernel.base_url}/google/token", self.access_token, kernel.clock.now)
        self._service = Service(
            kernel=kernel,
            library=self._library,
            quotas=self._quotas,
            stats=self._stats,
            tokens=self._tokens,
            person=self.person,
        )
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def app(self) -> ASGIApp:
        return self._service

    def error_body(self, status: int) -> bytes:
        if status == 429:
            return exceeded("Write", per_user=True, window_start=self._kernel.clock.now()).body()
        return ApiError(status).body()

    def stats(self) -> dict[str, object]:
        return self._stats.as_json()

    def reset_stats(self) -> None:
        self._stats = self._service.stats = Stats()

    async def start(self) -> None:
        return

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def service_account_key(self, email: str) -> dict[str, str]:
        """The JSON key with which google-auth signs for this account."""
        return self._tokens.account_key(email)

    def create_spreadsheet(
        self,
        spreadsheet_id: str,
        title: str,
        tabs: Sequence[TabSeed],
        *,
        locale: str = "ru_RU",
        time_zone: str = "Europe/Moscow",
        alias: str | None = None,
        shared_with: Sequence[str] = (),
    ) -> None:
        """A spreadsheet with these tabs, replacing one of the same id; `shared_with` may write in it."""
        book = self._library.new(title, owner=OWNER, locale=locale, time_zone=time_zone, spreadsheet_id=spreadsheet_id)
        book.sheets = tuple(tab(book, seed, 0 if index == 0 else 1_000_000 + index) for index, seed in enumerate(tabs))
        book.permissions = tuple(
            permission(str(number), "writer", email) for number, email in enumerate(shared_with, 1)
        )
        if alias is not None:
            self._library.aliases[alias] = spreadsheet_id

    def keep(self) -> None:
        """Remember all spreadsheets as they are now: `restore` comes back to them."""
        self._library.keep()

    def restore(self) -> None:
        """All spreadsheets as kept last; what was counted against the quotas is forgotten, keys and tokens stay."""
        self._library.restore()
        self._quotas.clear()

    def workbook(self, spreadsheet_id: str) -> Workbook:
        """By id or alias; KeyError for an unknown one."""
        return Workbook(self._library.books[self._library.aliases.get(spreadsheet_id, spreadsheet_id)])

    async def person(self, call: str, body: Mapping[str, object]) -> dict[str, object]:
        """What a person does at the sheet: `edit`, `sort`, … and `view`. ApiError 400 says what is wrong with it."""
        done = actions.perform(self._library, call, body)
        if call != "view":
            self._kernel.events.record("sheets", f"person: {call}", **done.told)
        if done.event is not None and self.on_edit is not None:
            task = asyncio.ensure_future(self._told(self.on_edit, done.event))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return done.answer

    async def _told(self, hook: Callable[[EditEvent], Awaitable[None]], event: EditEvent) -> None:
        try:
            await hook(event)
        except Exception as error:
            self._kernel.events.record("sheets", "the edit trigger failed", error=repr(error))
